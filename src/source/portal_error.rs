//! The error answers of a portal, most of which come with HTTP status 200.

use std::fmt;

use serde::de::{IgnoredAny, SeqAccess};

use crate::json::{Container, JsonKind, Pass, Place, Raw, Text, members};

members! {
    /// The member `error`.
    #[allow(dead_code, reason = "not all of it is asked for")]
    Body {
        "code" => code: Raw<'a>,
        "message" => message: Raw<'a>,
        "details" => details: Raw<'a>,
    }
}

/// The most characters of a text, and of all texts of a list, that are kept: many more than are shown, so that a password which
/// begins in the part that is shown can be found.
const LONGEST: usize = 20_000;

/// The most characters of the messages that are shown.
const SHOWN: usize = 300;

/// The value of `status` in a refusal.
const FAILED: [&str; 4] = ["error", "failure", "failed", "fail"];

/// An error answer: `{"error": {"code", "message", "details"}}`, `{"status": "error", "messages": [], "code"}` or
/// `{"success": false}`. Every part of it may be missing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct PortalError {
    /// The code, such as `499`, as the answer has it.
    pub code: Option<String>,
    /// The messages of the portal, the longest ones cut.
    pub messages: Vec<String>,
}

impl PortalError {
    /// Reads the members of a root object; `None` where they are not an error answer.
    #[must_use]
    pub(crate) fn from_members(members: &[(Text<'_>, Raw<'_>)]) -> Option<Self> {
        let member = |name: &str| members.iter().find(|(Text(key), _)| key == name).map(|(_, raw)| *raw);
        let code = |raw: Raw<'_>| raw.as_written().map(|text| cut(&text));
        if let Some(error) = member("error") {
            return match error.kind()? {
                JsonKind::Object => {
                    let body: Place<Body<'_>> = serde_json::from_str(error.text()?).ok()?;
                    let body = body.here()?;
                    let messages = texts(body.message).chain(texts(body.details)).collect();
                    Some(Self { code: code(body.code), messages })
                }
                JsonKind::String => {
                    let code = member("code").and_then(code);
                    Some(Self { code, messages: texts(error).collect() })
                }
                JsonKind::Array => {
                    let messages: Vec<_> = texts(error).collect();
                    (!messages.is_empty()).then(|| Self { code: member("code").and_then(code), messages })
                }
                _ => None,
            };
        }
        let failed =
            |raw: Raw<'_>| raw.string().is_some_and(|text| FAILED.iter().any(|word| text.eq_ignore_ascii_case(word)));
        let denied = |raw: Raw<'_>| raw.text() == Some("false") || raw.string().is_some_and(|text| text == "false");
        if !member("status").is_some_and(failed) && !member("success").is_some_and(denied) {
            return None;
        }
        let messages = ["messages", "message"].into_iter().filter_map(member).flat_map(texts).collect();
        Some(Self { code: member("code").and_then(code), messages })
    }

    /// What the user can do about the error.
    #[must_use]
    pub fn advice(&self) -> &'static str {
        match self.code.as_deref() {
            Some("498") => "the token is invalid or has expired: get a new one and ask again",
            Some("499") => "ask again with a token of an administrator",
            Some("403") => "ask again as an administrator",
            _ => "ask the portal again, and save its answer when it is a license",
        }
    }
}

/// The string, or the strings of the list, that a member holds, as many as are kept.
fn texts(raw: Raw<'_>) -> impl Iterator<Item = String> {
    let one = raw.string().map(|text| vec![cut(&text)]);
    let list = || serde_json::from_str::<Place<First>>(raw.text()?).ok()?.here().map(|First(texts)| texts.clone());
    one.or_else(list).unwrap_or_default().into_iter().filter(|text| !text.trim().is_empty())
}

fn cut(text: &str) -> String {
    text.chars().take(LONGEST).collect()
}

/// The first strings of a list, of at most [`LONGEST`] characters in all; the rest is read past.
struct First(Vec<String>);

impl<'de> Container<'de> for First {
    fn from_seq<A: SeqAccess<'de>>(mut seq: A, _: Pass) -> Result<Place<Self>, A::Error> {
        let mut texts = Vec::new();
        let mut left = LONGEST;
        while left > 0 {
            let Some(element) = seq.next_element::<Raw<'de>>()? else { return Ok(Place::Here(Self(texts))) };
            let Some(text) = element.string() else { continue };
            let text: String = text.chars().take(left).collect();
            // An empty text takes room too.
            left -= text.chars().count().max(1);
            texts.push(text);
        }
        while seq.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Place::Here(Self(texts)))
    }
}

/// A text of a portal, cut to what is shown.
pub(crate) fn shortened(text: &str) -> String {
    match text.char_indices().nth(SHOWN) {
        Some((at, _)) => format!("{}…", text.get(..at).unwrap_or_default()),
        None => text.to_owned(),
    }
}

/// The code and the messages: `499 Token Required`.
impl fmt::Display for PortalError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let messages = shortened(&self.messages.join("; "));
        let code = self.code.as_deref().map(shortened);
        match (&code, self.messages.as_slice()) {
            (None, []) => f.write_str("without code or message"),
            (Some(code), []) => f.write_str(code),
            (None, _) => f.write_str(&messages),
            (Some(code), _) => write!(f, "{code} {messages}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::source::{Document, Source};

    fn error(text: &str) -> Option<String> {
        let source = Source::from_text("x", text);
        match source.documents().next()?.document.ok()? {
            Document::PortalError(error) => Some(error.to_string()),
            _ => None,
        }
    }

    #[test]
    fn every_published_shape_is_told() {
        for (text, expected) in [
            (r#"{"error":{"code":499,"message":"Token Required","details":[]}}"#, "499 Token Required"),
            (r#"{"error":{"message":null,"details":null}}"#, "without code or message"),
            (r#"{"error":{"code":"GWM_0003","message":"No.","details":"Why","messageCode":"x"}}"#, "GWM_0003 No.; Why"),
            (r#"{"error":{"code":400,"message":"","details":["a","b",1]}}"#, "400 a; b"),
            (r#"{"error":"Invalid license"}"#, "Invalid license"),
            (r#"{"error":["Invalid","license"],"code":7}"#, "7 Invalid; license"),
            (r#"{"status":"error","messages":["Bad file."],"code":500}"#, "500 Bad file."),
            (r#"{"status":"error"}"#, "without code or message"),
            (r#"{"status":"failure","messages":["No."]}"#, "No."),
            (r#"{"status":"Failed","message":"No."}"#, "No."),
            (r#"{"success":false,"message":"No.","code":7}"#, "7 No."),
            (r#"{"success":"false"}"#, "without code or message"),
        ] {
            assert_eq!(error(text).as_deref(), Some(expected), "{text}");
        }
        assert_eq!(error(r#"{"status":"success"}"#), None);
        assert_eq!(error(r#"{"success":true}"#), None);
    }
}
