//! Where in the text a pointer leads. Nothing is indexed before something must be pointed at, and then only the
//! containers on the way there.

use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt;
use std::ops::Range;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

use super::{LineIndex, Pointer, Position, Text};

/// Finds values of one document of a text by their pointers.
#[derive(Debug)]
pub struct Locator<'a> {
    text: &'a str,
    document: Range<usize>,
    containers: HashMap<usize, Children<'a>>,
    lines: Option<LineIndex<'a>>,
}

impl<'a> Locator<'a> {
    /// For the document that stands at the bytes `document` of `text`.
    #[must_use]
    pub fn new(text: &'a str, document: Range<usize>) -> Self {
        Self { text, document, containers: HashMap::new(), lines: None }
    }

    /// The bytes of the value that the pointer leads to, or, where it leads nowhere (a missing member), of the last
    /// container on the way. Of a repeated key the last one counts.
    pub fn span(&mut self, pointer: &Pointer) -> Range<usize> {
        self.nearest(pointer).1
    }

    /// The same with the pointer that leads there: the given one, or the beginning of it that leads somewhere.
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

    /// The members of the object at a span, in order; `None` where no object stands.
    pub fn members(&mut self, span: Range<usize>) -> Option<Vec<(String, Range<usize>)>> {
        match self.children(span) {
            Children::Members(members) => {
                Some(members.iter().map(|(key, span)| (key.to_string(), span.clone())).collect())
            }
            Children::None | Children::List(_) => None,
        }
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

    /// Line and column of both ends of a span, the end exclusive.
    pub fn positions(&mut self, span: &Range<usize>) -> (Position, Position) {
        let lines = self.lines.get_or_insert_with(|| LineIndex::new(self.text));
        (lines.position(span.start), lines.position(span.end))
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

/// What stands directly in a container: the bytes of each value.
#[derive(Debug)]
enum Children<'a> {
    None,
    List(Vec<Range<usize>>),
    Members(Vec<(Cow<'a, str>, Range<usize>)>),
}

impl Children<'_> {
    fn get(&self, segment: &str) -> Option<Range<usize>> {
        match self {
            Self::None => None,
            Self::List(list) => list.get(segment.parse::<usize>().ok()?).cloned(),
            Self::Members(members) => {
                let member = members.iter().rev().find(|(key, _)| key == segment)?;
                Some(member.1.clone())
            }
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
            Self::Members(members) => {
                let (key, span) = members.iter().find(|(_, span)| span.contains(&offset))?;
                Some((key.to_string(), span.clone()))
            }
        }
    }

    /// Spans are read as addresses; here they become offsets in `text`, which lent them.
    fn move_to(&mut self, text: &str) {
        let base = text.as_ptr().addr();
        let shift = |span: &mut Range<usize>| *span = span.start - base..span.end - base;
        match self {
            Self::None => {}
            Self::List(list) => list.iter_mut().for_each(shift),
            Self::Members(members) => members.iter_mut().for_each(|(_, span)| shift(span)),
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
                let mut members = Vec::new();
                while let Some((Text(key), raw)) = map.next_entry::<Text<'de>, &RawValue>()? {
                    members.push((key, address(raw)));
                }
                Ok(Children::Members(members))
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

    #[test]
    fn positions_count_characters() {
        let mut locator = locator();
        let span = locator.span(&Pointer::of(&["a", "1", "d"]));
        let (start, end) = locator.positions(&span);
        assert_eq!((start.line, start.column), (1, 34));
        assert_eq!((end.line, end.column), (1, 38));
        let span = locator.span(&Pointer::of(&["a~"]));
        assert_eq!(locator.positions(&span).0, Position { line: 2, column: 7 });
    }
}
