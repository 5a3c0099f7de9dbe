//! JSON that is odd, and valid.

use serde_json::{Value, json};

use crate::common::{Run, seatline, seatline_with_input};
use crate::inputs::fixture;

fn report(text: &str) -> Run {
    seatline_with_input(&["report", "-", "-f", "json", "--as-of", "2026-01-01"], text.as_bytes())
}

const ENTRY: &str = r#"{"id":"creatorUT","maxUsers":7,"startDate":1700000000000}"#;

#[test]
fn half_a_surrogate_pair_in_an_unread_name_is_no_trouble() {
    let path = fixture("lone-surrogate-in-name-of-unread-member.json");
    let run = seatline(&["report", &path, "-f", "json", "--as-of", "2026-01-01"]);
    assert_eq!(run.code, 0, "{run:?}");
    assert_eq!(run.json()["licenses"][0]["items"][0]["usableSeats"], 7);
    let run = seatline(&["check", &path, "--no-policy", "-f", "json", "--as-of", "2026-01-01"]);
    assert!(run.stdout.contains(r"x\\ud800"), "the name is told as it is written: {run:?}");
}

#[test]
fn what_is_not_read_is_never_fatal() {
    for odd in [
        r#""x":1e999"#,
        r#""x":-1e999"#,
        r#""x":"\ud800""#,
        r#""\udfff\ud800":[1e400,{"\ud800":"\ud800"}]"#,
        r#""x":1,"x":2"#,
        r#""\u0000":"\u0000""#,
    ] {
        for text in [
            format!(r#"{{{odd},"MyEsri":{{"version":"11.4","provision":{{"userTypes":[{ENTRY}]}}}}}}"#),
            format!(r#"{{"MyEsri":{{"version":"11.4",{odd},"provision":{{"userTypes":[{ENTRY}]}}}}}}"#),
            format!(r#"{{"MyEsri":{{"version":"11.4","provision":{{{odd},"userTypes":[{ENTRY}]}}}}}}"#),
            format!(
                r#"{{"source":"p",{odd},"document":{{{odd},"MyEsri":{{"version":"11.4","provision":{{"userTypes":[{ENTRY}]}}}}}}}}"#
            ),
        ] {
            let run = report(&text);
            assert_eq!(run.code, 0, "{text}: {run:?}");
            assert_eq!(run.json()["licenses"][0]["items"][0]["usableSeats"], 7, "{text}");
        }
    }
}

/// Any value in the place of an object or a list is read as an unknown value, not refused.
#[test]
fn what_is_read_may_be_anything_that_is_json() {
    for odd in ["1e999", "-1e999", r#""\ud800""#, r#"{"\ud800":1e999}"#, r#"["\ud800",1e999]"#, "123e-99999999999"] {
        for text in [
            format!(r#"{{"MyEsri":{{"version":{odd},"definitions":{odd},"provision":{{"userTypes":[{ENTRY}]}}}}}}"#),
            format!(r#"{{"MyEsri":{{"provision":{{"userTypes":[{odd},{ENTRY}],"apps":{odd}}}}}}}"#),
            format!(r#"{{"MyEsri":{{"provision":{odd},"portalCapabilities":{odd}}}}}"#),
            format!(
                r#"{{"MyEsri":{{"provision":{{"userTypes":{odd},"extensions":[{{"id":"a","maxUsers":{odd},"startDate":{odd},"entitlements":[{odd}]}}]}}}}}}"#
            ),
        ] {
            let run = report(&text);
            assert_eq!((run.code, &run.json()["failures"]), (0, &json!([])), "{text}: {run:?}");
            let run = seatline_with_input(&["check", "-", "--no-policy", "-f", "json"], text.as_bytes());
            assert_eq!(run.json()["failures"], json!([]), "{text}");
        }
    }
}

#[test]
fn json_is_never_called_no_json() {
    for text in [
        "1e999",
        r#""\ud800""#,
        r#"{"\ud800":1}"#,
        "[1e999]",
        r#"{"MyEsri":1e999}"#,
        r#"{"MyEsri":"\udead"}"#,
        r#"{"userTypes":[1e999]}"#,
        r#"{"users":[{"username":1e999}]}"#,
        r#"{"error":{"code":1e999,"message":"\ud800"}}"#,
        r#"{"source":1e999,"document":1e999}"#,
    ] {
        for input in [text.to_owned(), format!("{text}\n{text}")] {
            let failures = report(&input).json()["failures"].clone();
            let failures: Vec<Value> = failures.as_array().unwrap().clone();
            assert!(
                !failures.is_empty() && failures.iter().all(|one| one["code"] != "not-json"),
                "{text}: {failures:?}"
            );
        }
    }
}

#[test]
fn a_repeated_key_is_pointed_at_however_deep() {
    let text = "{\"MyEsri\": {\"provision\": {\"userTypes\": [\n  {\"id\": \"a\", \"x\": 1e999, \"id\": \"b\"}]}}}";
    let failure = report(text).json()["failures"][0].clone();
    assert_eq!(
        (&failure["code"], &failure["line"], &failure["column"]),
        (&json!("repeated-key"), &json!(2), &json!(30))
    );
    assert_eq!(failure["pointer"], "/MyEsri/provision/userTypes/0");
}
