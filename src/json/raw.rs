//! The text of a value, borrowed from the document.

use std::borrow::Cow;
use std::fmt::{self, Write};

use memchr::memchr;
use serde::de::{Deserialize, Deserializer, Error, Visitor};
use serde_json::value::RawValue;

use crate::json::JsonKind;

/// The JSON text of a value, or nothing where the member is missing.
///
/// Reading the text costs nothing and loses nothing: `1.0`, `1e0` and `1` stay apart, and a number too large for a
/// float is no error.
#[derive(Clone, Copy, Debug, Default)]
pub struct Raw<'a>(Option<&'a str>);

impl<'a> Raw<'a> {
    /// The JSON text; `None` where the member is missing.
    #[must_use]
    pub fn text(self) -> Option<&'a str> {
        self.0
    }

    /// The sort of the value; `None` where the member is missing.
    #[must_use]
    pub fn kind(self) -> Option<JsonKind> {
        Some(match self.0?.as_bytes().first()? {
            b'{' => JsonKind::Object,
            b'[' => JsonKind::Array,
            b'"' => JsonKind::String,
            b't' | b'f' => JsonKind::Boolean,
            b'n' => JsonKind::Null,
            _ => JsonKind::Number,
        })
    }

    /// The string; `None` where the value is no string, or has an escape that is no character.
    #[must_use]
    pub fn string(self) -> Option<Cow<'a, str>> {
        let text = self.0?;
        let inner = text.strip_prefix('"')?.strip_suffix('"')?;
        let is_escaped = memchr(b'\\', inner.as_bytes()).is_some();
        if is_escaped { serde_json::from_str(text).ok().map(Cow::Owned) } else { Some(Cow::Borrowed(inner)) }
    }

    /// The boolean; `None` where the value is none.
    #[must_use]
    pub fn boolean(self) -> Option<bool> {
        match self.0? {
            "true" => Some(true),
            "false" => Some(false),
            _ => None,
        }
    }

    /// The content of a string, or the text of a number: the form in which `version` and `level` are kept.
    #[must_use]
    pub fn as_written(self) -> Option<Cow<'a, str>> {
        match self.kind()? {
            JsonKind::String => self.string(),
            JsonKind::Number => self.0.map(Cow::Borrowed),
            _ => None,
        }
    }

    /// The strings of a list, without elements of another sort; `None` where the value is no list.
    #[must_use]
    pub fn strings(self) -> Option<Vec<String>> {
        let elements: Vec<Raw<'a>> = serde_json::from_str(self.0?).ok()?;
        Some(elements.into_iter().filter_map(|raw| raw.string().map(Cow::into_owned)).collect())
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Raw<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let raw: &'de RawValue = Deserialize::deserialize(deserializer)?;
        Ok(Self(Some(raw.get())))
    }
}

/// A string, borrowed where the document has no escapes in it. Half a surrogate pair is valid JSON but no character,
/// so its escape stays.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Text<'a>(pub Cow<'a, str>);

impl<'de: 'a, 'a> Deserialize<'de> for Text<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct TextVisitor;

        impl<'de> Visitor<'de> for TextVisitor {
            type Value = Text<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a string")
            }

            fn visit_borrowed_bytes<E: Error>(self, bytes: &'de [u8]) -> Result<Self::Value, E> {
                match std::str::from_utf8(bytes) {
                    Ok(text) => Ok(Text(Cow::Borrowed(text))),
                    Err(_) => self.visit_bytes(bytes),
                }
            }

            fn visit_bytes<E: Error>(self, bytes: &[u8]) -> Result<Self::Value, E> {
                Ok(Text(Cow::Owned(with_halves_escaped(bytes))))
            }
        }

        deserializer.deserialize_bytes(TextVisitor)
    }
}

/// Decodes UTF-8 in which surrogates are encoded like characters (WTF-8), and writes the surrogates as escapes.
fn with_halves_escaped(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len());
    let mut rest = bytes;
    while !rest.is_empty() {
        let good = match std::str::from_utf8(rest) {
            Ok(good) => good,
            Err(error) => {
                let good = rest.get(..error.valid_up_to()).unwrap_or_default();
                std::str::from_utf8(good).unwrap_or_default()
            }
        };
        text.push_str(good);
        rest = rest.get(good.len()..).unwrap_or_default();
        if let [lead @ 0xED, second, third, after @ ..] = rest {
            let half = [(lead, 0x0F, 12), (second, 0x3F, 6), (third, 0x3F, 0)];
            let half = half.iter().fold(0, |half, (byte, mask, shift)| half | u32::from(**byte & mask) << shift);
            let _ = write!(text, "\\u{half:04x}");
            rest = after;
        } else if let Some((_, after)) = rest.split_first() {
            text.push(char::REPLACEMENT_CHARACTER);
            rest = after;
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn raw(text: &str) -> Raw<'_> {
        serde_json::from_str(text).unwrap()
    }

    #[test]
    fn strings_are_borrowed_unless_escaped() {
        assert!(matches!(raw(r#""creatorUT""#).string(), Some(Cow::Borrowed("creatorUT"))));
        assert!(matches!(raw(r#""a\tb""#).string(), Some(Cow::Owned(text)) if text == "a\tb"));
        assert_eq!(raw(r#""\ud800""#).string(), None, "half a surrogate pair is no character");
    }

    #[test]
    fn a_number_keeps_its_spelling() {
        assert_eq!(raw("10.80").as_written().as_deref(), Some("10.80"));
        assert_eq!(raw("1e400").kind(), Some(JsonKind::Number));
        assert_eq!(raw("null").as_written(), None);
    }

    #[test]
    fn half_a_surrogate_pair_stays_an_escape() {
        let text = |json: &'static str| serde_json::from_str::<Text<'_>>(json).unwrap().0;
        assert!(matches!(text(r#""aé""#), Cow::Borrowed("aé")));
        assert_eq!(text(r#""a\té""#), "a\té");
        assert_eq!(text(r#""x\ud800y\udfff""#), r"x\ud800y\udfff");
        assert_eq!(text(r#""\ud83c\udf0d""#), "🌍");
    }
}
