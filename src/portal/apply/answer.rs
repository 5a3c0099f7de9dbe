//! The answer of `updateUserLicenseType`.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::Deserialize;

use crate::json::{Raw, Text};
use crate::source::PortalError;

/// `{"results":[{"username","status"}]}`, with an element for each user (seen on 10.9.1; the operation is not
/// documented). The element of a member who was not changed may have an `error` with the reason.
#[derive(Debug, Deserialize)]
struct UpdateAnswer<'a> {
    #[serde(borrow)]
    results: Option<Vec<Outcome<'a>>>,
}

#[derive(Debug, Deserialize)]
struct Outcome<'a> {
    username: Option<String>,
    #[serde(borrow, default)]
    status: Raw<'a>,
    #[serde(borrow, default)]
    success: Raw<'a>,
    #[serde(borrow, default)]
    error: Raw<'a>,
    #[serde(borrow, default)]
    errors: Raw<'a>,
    #[serde(borrow, default)]
    message: Raw<'a>,
    #[serde(borrow, default)]
    messages: Raw<'a>,
    #[serde(borrow, default)]
    reason: Raw<'a>,
}

impl Outcome<'_> {
    /// Whether the member was changed; `None` where it does not say so plainly. `true` and `false` are the only plain words.
    fn is_changed(&self) -> Option<bool> {
        match (self.status.text(), self.success.text()) {
            (Some("false"), _) | (_, Some("false")) => Some(false),
            (Some("true"), _) => Some(true),
            _ if self.reason().is_some() => Some(false),
            _ => None,
        }
    }

    /// The reason, which mostly is an object with `message` and `details`, as in the portal's error answers, or a text.
    fn reason(&self) -> Option<String> {
        [self.error, self.errors, self.message, self.messages, self.reason].into_iter().find_map(reason)
    }
}

/// The portal's answer about one member.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct MemberOutcome {
    /// Whether the portal reported the member as changed; `None` where it does not say.
    pub(super) done: Option<bool>,
    /// The portal's reason for not changing the member, if it gave one; not cut.
    pub(super) reason: Option<String>,
}

/// The portal's answer about each user of a request; users whom the answer does not name are left out. A user who is
/// named twice counts as changed only if both results say so. A user name in another case counts if it matches only one
/// user.
///
/// # Errors
/// Where the answer has no readable results.
pub(super) fn outcomes(text: &str, users: &[String]) -> Result<BTreeMap<String, MemberOutcome>, &'static str> {
    let answer: UpdateAnswer<'_> = serde_json::from_str(text).map_err(|_| "an answer without readable results")?;
    let results = answer.results.ok_or("an answer without results, which says nothing of any member")?;
    let mut outcomes = BTreeMap::new();
    for outcome in results {
        let username = outcome.username.as_deref().and_then(|username| spoken_of(username, users));
        let Some(username) = username else { continue };
        let one = outcomes.entry(username.clone()).or_insert_with(|| MemberOutcome { done: Some(true), reason: None });
        one.done = match (one.done, outcome.is_changed()) {
            (Some(false), _) | (_, Some(false)) => Some(false),
            (None, _) | (_, None) => None,
            _ => Some(true),
        };
        if outcome.is_changed() != Some(true) {
            one.reason = one.reason.take().or_else(|| outcome.reason());
        }
    }
    Ok(outcomes)
}

/// The texts in an error; its code where it has none. The error may stand in a list, or in another one.
fn reason(error: Raw<'_>) -> Option<String> {
    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct Outer<'a> {
        #[serde(borrow, default)]
        error: Raw<'a>,
        #[serde(borrow, default)]
        message_code: Raw<'a>,
    }
    let within = || -> Option<String> {
        let text = error.text()?;
        if let Ok(Outer { error, message_code }) = serde_json::from_str(text) {
            return texts(error).or_else(|| message_code.string().map(Cow::into_owned));
        }
        let list: Vec<Raw<'_>> = serde_json::from_str(text).ok()?;
        list.into_iter().find_map(texts)
    };
    texts(error).or_else(within)
}

fn texts(error: Raw<'_>) -> Option<String> {
    let read = PortalError::from_members(&[(Text(Cow::Borrowed("error")), error)])?;
    (!read.messages.is_empty()).then(|| read.messages.join("; "))
}

fn spoken_of<'u>(username: &str, users: &'u [String]) -> Option<&'u String> {
    users.iter().find(|user| *user == username).or_else(|| {
        let lower = username.to_lowercase();
        let mut same = users.iter().filter(|user| user.to_lowercase() == lower);
        same.next().filter(|_| same.next().is_none())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Which users were changed, and the reasons why others were not.
    fn read(text: &str, users: &[&str]) -> Option<String> {
        let users: Vec<String> = users.iter().map(|user| (*user).to_owned()).collect();
        let told = outcomes(text, &users).ok()?;
        let one = |(name, MemberOutcome { done, reason }): (String, MemberOutcome)| {
            let done = done.map_or_else(|| "not told".to_owned(), |done| done.to_string());
            format!("{name}: {done}{}", reason.map(|reason| format!(" ({reason})")).unwrap_or_default())
        };
        Some(told.into_iter().map(one).collect::<Vec<_>>().join(", "))
    }

    #[test]
    fn a_name_in_another_case_is_the_same_where_it_is_nobody_elses() {
        let answer = serde_json::json!({ "results": [
            { "username": "ADA", "status": true },
            { "username": "joe", "status": true },
            { "username": "Joe", "status": false },
            { "username": "\u{e9}va", "status": true },
        ]});
        let read = read(&answer.to_string(), &["Ada", "joe", "JOE", "\u{c9}va"]);
        assert_eq!(read.as_deref(), Some("Ada: true, joe: true, \u{c9}va: true"));
    }

    #[test]
    fn only_a_plain_true_is_done() {
        let read = |text: &str| read(text, &["a", "b", "c"]);
        let text = r#"{"results":[{"username":"a","status":true},{"username":"b","status":null},{"username":"z","status":true}]}"#;
        assert_eq!(read(text).as_deref(), Some("a: true, b: not told"));
        for status in [r#""success""#, r#""true""#, "1", "null", "{}"] {
            let text = format!(r#"{{"results":[{{"username":"a","status":{status}}}]}}"#);
            assert_eq!(read(&text).as_deref(), Some("a: not told"), "{text}");
        }
        let said = r#"{"results":[{"username":"a","success":false},{"username":"b","success":true},{"username":"c"}]}"#;
        assert_eq!(read(said).as_deref(), Some("a: false, b: not told, c: not told"));
        let both = r#"{"results":[{"username":"a","status":true,"success":false}]}"#;
        assert_eq!(read(both).as_deref(), Some("a: false"));
        let twice = r#"{"results":[{"username":"a","status":false},{"username":"a","status":true}]}"#;
        assert_eq!(read(twice).as_deref(), Some("a: false"));
        for text in [r#"{"success":true}"#, "[]", "", r#"{"results":null}"#, r#"{"results":[7]}"#] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn the_reason_is_read_in_whatever_form() {
        for (error, expected) in [
            (r#"{"code":500,"message":"No seat.","details":["Really."]}"#, "a: false (No seat.; Really.)"),
            (r#"{"message":null,"details":"No seat."}"#, "a: false (No seat.)"),
            (r#""No seat.""#, "a: false (No seat.)"),
            ("null", "a: false"),
            (r#"{"messageCode":"LIC_0012"}"#, "a: false (LIC_0012)"),
            (r#"{"error":{"message":"No seat."}}"#, "a: false (No seat.)"),
            (r#"[{"message":"No seat."}]"#, "a: false (No seat.)"),
            (r#"["No seat."]"#, "a: false (No seat.)"),
            ("{}", "a: false"),
            ("7", "a: false"),
        ] {
            let text = format!(r#"{{"results":[{{"username":"a","status":false,"error":{error}}}]}}"#);
            assert_eq!(read(&text, &["a"]).as_deref(), Some(expected), "{error}");
        }
        for beside in [
            r#""message":"No seat.""#,
            r#""reason":"No seat.""#,
            r#""errors":[{"message":"No seat."}]"#,
            r#""messages":["No seat."]"#,
        ] {
            let text = format!(r#"{{"results":[{{"username":"a","status":false,{beside}}}]}}"#);
            assert_eq!(read(&text, &["a"]).as_deref(), Some("a: false (No seat.)"), "{beside}");
        }
        let done = r#"{"results":[{"username":"a","status":true,"error":{"message":"odd"}}]}"#;
        assert_eq!(read(done, &["a"]).as_deref(), Some("a: true"));
    }
}
