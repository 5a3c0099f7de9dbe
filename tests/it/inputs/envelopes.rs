//! Licenses in envelopes.

use serde_json::{Value, json};

use crate::common::{seatline, seatline_with_input};
use crate::inputs::fixture;

fn license() -> Value {
    json!({"MyEsri": {"version": "11.1", "provision": {"userTypes": [
        {"id": "creatorUT", "maxUsers": -7, "startDate": 1_700_000_000_000_i64}
    ]}}})
}

fn report(input: &str) -> (i32, Value, String) {
    let run = seatline_with_input(&["report", "-", "-f", "json"], input.as_bytes());
    (run.code, run.json(), run.stderr)
}

#[test]
fn the_source_of_an_envelope_is_told_and_its_file_beside_it() {
    let path = fixture("envelope-with-source-not-understood.jsonl");
    let run = seatline(&["report", &path, "-f", "json", "--as-of", "2019-01-01"]);
    assert_eq!(run.code, 0, "{run:?}");
    let license = &run.json()["licenses"][0];
    assert_eq!(license["source"], "portal-17");
    assert_eq!(license["file"], path);
    assert_eq!(license["fetchedAt"], Value::Null);
    let table = seatline(&["report", &path, "--as-of", "2019-01-01"]);
    assert!(table.stdout.starts_with("portal-17"), "{}", table.stdout);
}

#[test]
fn positions_are_in_the_file_and_pointers_in_the_license() {
    let envelope = json!({"fetchedAt": "2026-01-01T00:00:00Z", "source": "p", "extra": [1], "document": license()});
    let text = serde_json::to_string_pretty(&envelope).unwrap();
    let (code, report, _) = report(&text);
    assert_eq!(code, 0);
    let license = &report["licenses"][0];
    assert_eq!((&license["source"], &license["fetchedAt"]), (&json!("p"), &json!("2026-01-01T00:00:00Z")));
    let location = &license["findings"][0]["location"];
    assert_eq!(location["pointer"], "/MyEsri/provision/userTypes/0/maxUsers");
    let line = text.lines().nth(location["line"].as_u64().unwrap() as usize - 1).unwrap();
    let column = location["column"].as_u64().unwrap() as usize - 1;
    assert_eq!(&line[column..column + 2], "-7", "{location}");
}

#[test]
fn sarif_and_annotations_name_the_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("all.jsonl");
    std::fs::write(&path, format!("{}\n{{\n", json!({"source": "portal-17", "document": license()}))).unwrap();
    let run = seatline(&["check", path.to_str().unwrap(), "--no-policy", "-f", "github"]);
    let annotations: Vec<_> = run.stdout.lines().filter(|line| line.starts_with("::")).collect();
    assert!(annotations.iter().all(|line| line.contains("all.jsonl")), "{annotations:?}");
    let sarif = seatline(&["check", path.to_str().unwrap(), "--no-policy", "-f", "sarif"]).json();
    let results = sarif["runs"][0]["results"].as_array().unwrap();
    assert!(!results.is_empty());
    for result in results {
        // The message says which portal it is.
        let place = &result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"];
        assert!(place.as_str().unwrap().ends_with("all.jsonl"), "{place}");
    }
}

#[test]
fn an_envelope_that_holds_anything_else_fails() {
    for (envelope, code, message) in [
        (json!({"document": license()}), "unreadable", "the source of this envelope is missing"),
        (json!({"source": 17, "document": license()}), "unreadable", "the source of this envelope is a number"),
        (json!({"source": "p", "fetchedAt": 17, "document": license()}), "unreadable", "the fetchedAt of this"),
        (json!({"source": "p", "document": "{}"}), "wrong-kind", "the document in this envelope is a string"),
        (json!({"source": "p", "document": null}), "wrong-kind", "the document in this envelope is null"),
        (
            json!({"source": "p", "document": {"userTypes": []}}),
            "wrong-kind",
            "only a license may stand in an envelope",
        ),
        (json!({"source": "p", "document": {"error": {"code": 499}}}), "portal-error", "error answer 499"),
        (json!({"source": "p", "document": {"x": 1}}), "unknown-kind", "no document of a portal"),
        (json!({"source": "p", "document": {"source": "q", "document": license()}}), "unknown-kind", "no document of"),
        (json!({"source": "p", "document": {"MyEsri": []}}), "unknown-kind", "MyEsri is a list"),
    ] {
        let input = format!("{envelope}\n{}", json!({"source": "good", "document": license()}));
        let (exit, report, stderr) = report(&input);
        assert_eq!(exit, 3, "{input}");
        let failures = report["failures"].as_array().unwrap();
        assert_eq!((failures.len(), &failures[0]["code"]), (1, &json!(code)), "{input}: {failures:?}");
        assert!(failures[0]["message"].as_str().unwrap().contains(message), "{failures:?}");
        let source = if envelope["source"].is_string() && envelope["fetchedAt"].is_null() { "p" } else { "<stdin>" };
        assert_eq!((&failures[0]["source"], &failures[0]["file"]), (&json!(source), &json!("<stdin>")), "{input}");
        assert!(stderr.contains("<stdin>:1:"), "{stderr}");
        assert_eq!(report["licenses"][0]["source"], "good");
    }
}

#[test]
fn an_envelope_stands_wherever_a_license_may() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("envelope.json");
    let license: Value = serde_json::from_str(&std::fs::read_to_string("samples/renewed-11.1.json").unwrap()).unwrap();
    std::fs::write(&path, json!({"source": "portal-17", "document": license}).to_string()).unwrap();
    let path = path.to_str().unwrap();
    let usage = ["--usage", "samples/stories/license-resource-11.1.json"];
    let day = ["--as-of", "2026-03-01"];
    for arguments in [
        [&["fit", path][..], &usage, &day].concat(),
        [&["diff", path, "samples/renewed-11.1.json"][..], &day].concat(),
        [&["diff", "samples/renewed-11.1.json", path][..], &day].concat(),
        [&["timeline", path][..], &day].concat(),
        [&["admins", path][..], &day].concat(),
    ] {
        let run = seatline(&arguments);
        assert_eq!(run.code, 0, "{arguments:?}: {run:?}");
        assert!(run.stdout.contains("portal-17"), "{arguments:?}: {}", run.stdout);
    }
}

#[test]
fn an_envelope_says_nothing_twice() {
    for (text, pointer) in [
        (r#"{"source":"a","source":"b","document":{"MyEsri":{}}}"#, "/source"),
        (r#"{"source":"a","document":{"MyEsri":{"version":1,"version":2}}}"#, "/document/MyEsri"),
        (r#"{"source":"a","document":{"MyEsri":{},"MyEsri":{}}}"#, "/document"),
    ] {
        let (code, report, _) = report(text);
        let failure = &report["failures"][0];
        assert_eq!((code, &failure["code"]), (3, &json!("repeated-key")), "{failure}");
        assert!(failure["pointer"].as_str().unwrap().starts_with(pointer), "{failure}");
    }
    let (code, ..) = report(r#"{"source":"a","x":1,"x":2,"document":{"y":1,"y":2,"MyEsri":{"z":1,"z":2}}}"#);
    assert_eq!(code, 0, "members that are not read may say what they like");
}
