//! Sentences in which names from files stand.

use std::fmt;
use std::ops::{Deref, Range};

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A text in which it is known where names from files stand, such as user names and ids. It reads as plain text; a format
/// with markup marks each name by its place, and never looks for names.
#[derive(Clone, Debug, Default)]
pub struct Phrase {
    text: String,
    /// The bytes of each name, in order.
    names: Vec<Range<usize>>,
}

/// Puts words, numbers, names and other phrases together: `phrase!["no seats of ", name(id)]`.
macro_rules! phrase {
    ($($part:expr),+ $(,)?) => {{
        let mut phrase = $crate::text::Phrase::default();
        $(phrase.push($part);)+
        phrase
    }};
}
pub(crate) use phrase;

/// A name from a file.
pub(crate) fn name(name: &str) -> Phrase {
    let whole = 0..name.len();
    Phrase { text: name.to_owned(), names: if name.is_empty() { Vec::new() } else { vec![whole] } }
}

impl Phrase {
    /// Adds words, a number or another phrase to the end.
    pub(crate) fn push(&mut self, more: impl Into<Self>) {
        let more = more.into();
        let before = self.text.len();
        self.text.push_str(&more.text);
        self.names.extend(more.names.into_iter().map(|name| name.start + before..name.end + before));
    }

    /// Puts `between` between the parts.
    pub(crate) fn join(parts: impl IntoIterator<Item = impl Into<Self>>, between: &str) -> Self {
        let mut all = Self::default();
        for (nth, part) in parts.into_iter().enumerate() {
            if nth > 0 {
                all.push(between);
            }
            all.push(part);
        }
        all
    }

    /// A list in words: "a", "a and b", "a, b and c".
    pub(crate) fn list(mut parts: Vec<Self>) -> Self {
        match (parts.pop(), parts.is_empty()) {
            (None, _) => Self::default(),
            (Some(only), true) => only,
            (Some(last), false) => phrase![Self::join(parts, ", "), " and ", last],
        }
    }

    /// Marks the name with which the text begins, where a colon follows it: "viewerUT: no seats".
    pub(crate) fn led_by(mut self, name: &str) -> Self {
        let leads = self.text.strip_prefix(name).is_some_and(|rest| rest.starts_with(": "));
        if leads && !name.is_empty() && self.names.first().is_none_or(|first| first.start >= name.len()) {
            self.names.insert(0, 0..name.len());
        }
        self
    }

    /// The rest of a text that begins with a name and a colon.
    pub(crate) fn after(&self, name: &str) -> Option<Self> {
        let rest = self.text.strip_prefix(name)?.strip_prefix(": ")?;
        let cut = self.text.len() - rest.len();
        let names = self.names.iter().filter(|name| name.start >= cut);
        Some(Self { text: rest.to_owned(), names: names.map(|name| name.start - cut..name.end - cut).collect() })
    }

    /// Words and names together, as JSON shows them.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The parts in order, each with whether it is a name. No part is empty.
    pub(crate) fn parts(&self) -> impl Iterator<Item = (bool, &str)> {
        let ends = self.names.iter().map(|name| name.end).chain([self.text.len()]);
        let words_from = std::iter::once(0).chain(self.names.iter().map(|name| name.end));
        let names = self.names.iter().map(Some).chain([None]);
        let each = words_from.zip(names).zip(ends).flat_map(|((from, name), end)| {
            let words = from..name.map_or(end, |name| name.start);
            [Some((false, words)), name.map(|name| (true, name.clone()))]
        });
        each.flatten()
            .filter_map(|(is_name, part)| Some((is_name, self.text.get(part)?)))
            .filter(|(_, part)| !part.is_empty())
    }
}

impl Deref for Phrase {
    type Target = str;

    fn deref(&self) -> &str {
        &self.text
    }
}

impl AsRef<str> for Phrase {
    fn as_ref(&self) -> &str {
        &self.text
    }
}

impl fmt::Display for Phrase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.text.fmt(f)
    }
}

impl From<String> for Phrase {
    fn from(text: String) -> Self {
        Self { text, names: Vec::new() }
    }
}

impl From<Phrase> for String {
    fn from(phrase: Phrase) -> Self {
        phrase.text
    }
}

impl From<&Self> for Phrase {
    fn from(phrase: &Self) -> Self {
        phrase.clone()
    }
}

macro_rules! plain {
    ($($plain:ty),+) => {$(
        impl From<$plain> for Phrase {
            fn from(plain: $plain) -> Self {
                plain.to_string().into()
            }
        }
    )+};
}
plain!(&str, &String, std::borrow::Cow<'_, str>, u64, u128, usize);

/// Phrases that read alike are alike.
impl PartialEq for Phrase {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl Eq for Phrase {}

impl Serialize for Phrase {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.text.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Phrase {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(Self::from)
    }
}

#[cfg(test)]
impl schemars::JsonSchema for Phrase {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        String::schema_name()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        String::json_schema(generator)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_keep_their_places_in_longer_phrases() {
        let type_of = |id: &str| phrase!["the user type ", name(id)];
        let all = phrase!["", Phrase::list(vec![type_of("is"), type_of(""), type_of("a")]), ": ", 3_u64, " seats"];
        assert_eq!(all.as_str(), "the user type is, the user type  and the user type a: 3 seats");
        let parts: Vec<_> = all.parts().collect();
        let names: Vec<_> = parts.iter().filter(|(is_name, _)| *is_name).map(|(_, name)| *name).collect();
        assert_eq!(names, ["is", "a"]);
        assert_eq!(parts.iter().map(|(_, part)| *part).collect::<String>(), all.as_str());
        assert_eq!(phrase![name("a"), name("b")].parts().collect::<Vec<_>>(), [(true, "a"), (true, "b")]);
        assert_eq!(Phrase::list(Vec::new()).parts().count(), 0);
    }
}
