//! Finds the bytes of a value by its JSON pointer. A document without findings is never indexed; a finding indexes
//! only the containers on the way to its value.

use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt;
use std::ops::Range;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

use crate::json::{Pointer, Text};

/// Finds the values of a document by their pointers.
#[derive(Debug)]
pub struct Locator<'a> {
    text: &'a str,
    document: Range<usize>,
    containers: HashMap<usize, Children<'a>>,
}

impl<'a> Locator<'a> {
    /// A locator for the document at the bytes `document` of `text`.
    #[must_use]
    pub fn new(text: &'a str, document: Range<usize>) -> Self {
        Self { text, document, containers: HashMap::new() }
    }

    /// The bytes of the value at the pointer. Where the value is missing, the bytes of the innermost container that
    /// exists. Of a repeated key the last value counts.
    pub fn span(&mut self, pointer: &Pointer) -> Range<usize> {
        self.nearest(pointer).1
    }

    /// As [`Self::span`], with the pointer of the value that was found: the given pointer, or the longest beginning
    /// of it that exists.
    pub fn nearest(&mut self, pointer: &Pointer) -> (Pointer, Range<usize>) {
        let mut found = Pointer::default();
        let mut span = self.document.clone();
        for segment in pointer.segments() {
            match self.children(span.clone()).get(&segment) {
                Some(child) => (found, span) = (found.key(&segment), child),
                None => break,
            }
        }
        (found, span)
    }

    /// The values of these members in the object at a span, in the order of the object; of a repeated key the last
    /// value. `None` where there is no object.
    pub fn members<'k>(&mut self, span: Range<usize>, keys: &[&'k str]) -> Option<Vec<(&'k str, Range<usize>)>> {
        let Children::Members { by_key, .. } = self.children(span) else { return None };
        let members = keys.iter().filter_map(|key| by_key.get(*key).map(|span| (*key, span.clone())));
        let mut members: Vec<_> = members.collect();
        members.sort_by_key(|(_, span)| span.start);
        members.dedup();
        Some(members)
    }

    /// The pointer of the innermost value that holds the byte at `offset`.
    pub fn pointer_at(&mut self, offset: usize) -> Pointer {
        let mut pointer = Pointer::default();
        let mut span = self.document.clone();
        while let Some((key, child)) = self.children(span.clone()).holding(offset) {
            pointer = pointer.key(&key);
            span = child;
        }
        pointer
    }

    /// The text of a span.
    #[must_use]
    pub fn slice(&self, span: Range<usize>) -> &'a str {
        self.text.get(span).unwrap_or_default()
    }

    fn children(&mut self, span: Range<usize>) -> &Children<'a> {
        let text = self.text;
        self.containers.entry(span.start).or_insert_with(|| {
            let container = text.get(span).unwrap_or_default();
            let mut children: Children<'a> = serde_json::from_str(container).unwrap_or(Children::None);
            children.move_to(text);
            children
        })
    }
}

/// The values directly in a container, as spans of bytes.
#[derive(Debug)]
enum Children<'a> {
    None,
    List(Vec<Range<usize>>),
    Members {
        /// The value of each key; of a repeated key the last value.
        by_key: HashMap<Cow<'a, str>, Range<usize>>,
        /// All values in order, with their keys.
        in_order: Vec<(Cow<'a, str>, Range<usize>)>,
    },
}

impl Children<'_> {
    fn get(&self, segment: &str) -> Option<Range<usize>> {
        match self {
            Self::None => None,
            Self::List(list) => list.get(segment.parse::<usize>().ok()?).cloned(),
            Self::Members { by_key, .. } => by_key.get(segment).cloned(),
        }
    }

    fn holding(&self, offset: usize) -> Option<(String, Range<usize>)> {
        match self {
            Self::None => None,
            Self::List(list) => {
                let index = list.partition_point(|span| span.end <= offset);
                let span = list.get(index).filter(|span| span.contains(&offset))?;
                Some((index.to_string(), span.clone()))
            }
            Self::Members { in_order, .. } => {
                let index = in_order.partition_point(|(_, span)| span.end <= offset);
                let (key, span) = in_order.get(index).filter(|(_, span)| span.contains(&offset))?;
                Some((key.to_string(), span.clone()))
            }
        }
    }

    /// Changes a borrowed part of `text` into byte offsets of `text`.
    fn move_to(&mut self, text: &str) {
        let base = text.as_ptr().addr();
        let shift = |span: &mut Range<usize>| *span = span.start - base..span.end - base;
        match self {
            Self::None => {}
            Self::List(list) => list.iter_mut().for_each(shift),
            Self::Members { by_key, in_order } => {
                by_key.values_mut().for_each(shift);
                in_order.iter_mut().for_each(|(_, span)| shift(span));
            }
        }
    }
}

fn address(raw: &RawValue) -> Range<usize> {
    let start = raw.get().as_ptr().addr();
    start..start + raw.get().len()
}

impl<'de: 'a, 'a> Deserialize<'de> for Children<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct ChildrenVisitor;

        impl<'de> Visitor<'de> for ChildrenVisitor {
            type Value = Children<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object or a list")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
                let mut list = Vec::new();
                while let Some(raw) = seq.next_element::<&RawValue>()? {
                    list.push(address(raw));
                }
                Ok(Children::List(list))
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut by_key = HashMap::new();
                let mut in_order = Vec::new();
                while let Some((Text(key), raw)) = map.next_entry::<Text<'de>, &RawValue>()? {
                    by_key.insert(key.clone(), address(raw));
                    in_order.push((key, address(raw)));
                }
                Ok(Children::Members { by_key, in_order })
            }
        }

        deserializer.deserialize_any(ChildrenVisitor)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "[0] {\"a\": [1, {\"b/c\" : \"é\", \"d\": 2.50 } ],\n \"a~\":null}";

    fn locator() -> Locator<'static> {
        Locator::new(TEXT, 4..TEXT.len())
    }

    #[test]
    fn a_pointer_leads_to_the_text_of_its_value() {
        let mut locator = locator();
        for (keys, text) in
            [(&["a", "0"][..], "1"), (&["a", "1", "b/c"], "\"é\""), (&["a", "1", "d"], "2.50"), (&["a~"], "null")]
        {
            let span = locator.span(&Pointer::of(keys));
            assert_eq!(locator.slice(span), text);
        }
    }

    #[test]
    fn a_missing_member_is_shown_by_its_container() {
        let mut locator = locator();
        let span = locator.span(&Pointer::of(&["a", "1", "missing", "x"]));
        assert_eq!(locator.slice(span), "{\"b/c\" : \"é\", \"d\": 2.50 }");
    }

    #[test]
    fn an_offset_leads_back_to_its_pointer() {
        let mut locator = locator();
        let offset = TEXT.find("2.50").unwrap();
        assert_eq!(locator.pointer_at(offset).as_str(), "/a/1/d");
        assert_eq!(locator.pointer_at(TEXT.len()).as_str(), "");
    }
}
