//! Where one license is wanted and there are two, both are named; an answer names the source of an envelope.

use serde_json::{Value, json};

use crate::common::seatline;
use crate::inputs::write;

const RESOURCE: &str = "samples/stories/license-resource-11.1.json";
const GOOD: &str = "samples/renewed-11.1.json";

fn envelope(source: &str) -> String {
    let license: Value = serde_json::from_str(&std::fs::read_to_string(GOOD).unwrap()).unwrap();
    json!({"source": source, "fetchedAt": "2026-01-01T00:00:00Z", "document": license}).to_string()
}

#[test]
fn two_licenses_are_both_named() {
    let folder = tempfile::tempdir().unwrap();
    let both = format!("{}\n{}\n", envelope("portal-17"), envelope("portal-18"));
    let file = write(&folder, "all.jsonl", &both);
    let inside = folder.path().join("in");
    std::fs::create_dir(&inside).unwrap();
    std::fs::write(inside.join("one.json"), envelope("portal-17")).unwrap();
    std::fs::write(inside.join("two.json"), envelope("portal-18")).unwrap();
    for path in [&file, inside.to_str().unwrap()] {
        for arguments in [
            vec!["diff", path, GOOD],
            vec!["diff", GOOD, path],
            vec!["fit", path, "--usage", RESOURCE],
            vec!["preflight", path, "--usage", RESOURCE],
            vec!["preflight", GOOD, "--over", path],
            vec!["moves", path, "--members", "samples/stories/members-11.4.csv", "--map", "viewerUT=creatorUT"],
            vec!["why", "creatorUT", path],
        ] {
            let run = seatline(&[&arguments[..], &["--as-of", "2026-03-01"]].concat());
            assert_eq!(run.code, 2, "{arguments:?}: {run:?}");
            let last = run.stderr.lines().last().unwrap();
            assert!(last.contains("portal-17") && last.contains("portal-18"), "{arguments:?}: {}", run.stderr);
        }
    }
    let plain = write(&folder, "plain.jsonl", "{\"MyEsri\": {}}\n{\"MyEsri\": {}}\n");
    let run = seatline(&["why", "creatorUT", &plain]);
    assert!(run.stderr.contains("plain.jsonl, line 1 and ") && run.stderr.contains("plain.jsonl, line 2"), "{run:?}");
    let broken = write(&folder, "broken.jsonl", format!("{}\n{{\n", envelope("portal-17")));
    let run = seatline(&["why", "creatorUT", &broken]);
    assert!(run.code == 3 && run.stderr.contains("broken.jsonl:2:"), "{run:?}");
}

#[test]
fn an_answer_names_the_source_of_the_envelope_and_its_file() {
    let folder = tempfile::tempdir().unwrap();
    let file = write(&folder, "envelope.json", envelope("portal-17"));
    let members = "samples/stories/members-11.4.csv";
    for (arguments, at) in [
        (vec!["moves", &file, "--members", members, "--map", "viewerUT=creatorUT"], ""),
        (vec!["fit", &file, "--usage", RESOURCE], ""),
        (vec!["preflight", &file, "--usage", RESOURCE, "--no-policy"], "/new"),
        (vec!["why", "creatorUT", &file], ""),
        (vec!["diff", &file, GOOD], "/old"),
        (vec!["diff", GOOD, &file], "/new"),
    ] {
        let run = seatline(&[&arguments[..], &["-f", "json", "--as-of", "2026-03-01"]].concat());
        assert!(run.code <= 1, "{run:?}");
        let report = run.json();
        let named = report.pointer(at).unwrap();
        assert_eq!((&named["source"], &named["file"]), (&json!("portal-17"), &json!(file)), "{arguments:?}");
    }
    let arguments = ["moves", &file, "--members", members, "--map", "viewerUT=creatorUT", "--as-of", "2026-03-01"];
    let table = seatline(&arguments).stdout;
    assert!(table.starts_with("portal-17 (version 11.1)"), "{table}");
}
