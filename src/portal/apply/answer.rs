//! What `updateUserLicenseType` answers.

use std::collections::BTreeMap;

use serde::Deserialize;

/// `{"results":[{"username","status"}]}`, one for each user (seen on 10.9.1; the operation is not documented).
#[derive(Debug, Deserialize)]
struct Answer {
    results: Option<Vec<Outcome>>,
}

#[derive(Debug, Deserialize)]
struct Outcome {
    username: Option<String>,
    status: Option<bool>,
}

/// For each user of a request whether the portal says that it was done; a user it says nothing of is not there. A user it
/// speaks of twice is done only if it says so both times. It may write a name in another case, if that is nobody else's.
///
/// # Errors
/// Where the answer has no such results.
pub(super) fn statuses(bytes: &[u8], users: &[String]) -> Result<BTreeMap<String, bool>, &'static str> {
    let text = std::str::from_utf8(bytes).unwrap_or_default().trim_start_matches('\u{FEFF}');
    let answer: Answer = serde_json::from_str(text).map_err(|_| "an answer without readable results")?;
    let results = answer.results.ok_or("an answer without results, which says nothing of any member")?;
    let mut statuses = BTreeMap::new();
    for Outcome { username, status } in results {
        let Some(username) = username.and_then(|username| spoken_of(&username, users)) else { continue };
        let done = statuses.entry(username.clone()).or_insert(true);
        *done &= status == Some(true);
    }
    Ok(statuses)
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

    #[test]
    fn a_name_in_another_case_is_the_same_where_it_is_nobody_elses() {
        let users = ["Ada", "joe", "JOE", "\u{c9}va"].map(str::to_owned);
        let answer = serde_json::json!({ "results": [
            { "username": "ADA", "status": true },
            { "username": "joe", "status": true },
            { "username": "Joe", "status": false },
            { "username": "\u{e9}va", "status": true },
        ]});
        let read = statuses(answer.to_string().as_bytes(), &users).unwrap();
        assert_eq!(format!("{read:?}"), "{\"Ada\": true, \"joe\": true, \"\u{c9}va\": true}");
    }

    #[test]
    fn only_a_plain_true_is_done() {
        let users = ["a", "b", "c"].map(str::to_owned);
        let read = |text: &str| statuses(text.as_bytes(), &users).map(|statuses| format!("{statuses:?}"));
        let text = r#"{"results":[{"username":"a","status":true},{"username":"b","status":null},{"username":"z","status":true}]}"#;
        assert_eq!(read(text).unwrap(), r#"{"a": true, "b": false}"#);
        let twice = r#"{"results":[{"username":"a","status":false},{"username":"a","status":true}]}"#;
        assert_eq!(read(twice).unwrap(), r#"{"a": false}"#);
        for text in [
            r#"{"success":true}"#,
            "[]",
            "",
            r#"{"results":null}"#,
            r#"{"results":[{"username":"a","status":"true"}]}"#,
        ] {
            assert!(read(text).is_err(), "{text}");
        }
    }
}
