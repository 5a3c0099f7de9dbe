//! `seatline diff`: properties against a slow comparison of every hour, and the command.

mod case;
mod installed;
mod naive;
mod properties;
mod stories;

use crate::common::{assert_schema, seatline, seatline_with_input};
use case::{BASE, HOUR};
use serde_json::{Value, json};

const OLD: &str = "samples/gap-and-early-end-10.9.json";
const NEW: &str = "samples/renewed-11.1.json";

#[test]
fn exit_codes_and_usage() {
    let code = |arguments: &[&str]| seatline(&[&["diff"][..], arguments].concat()).code;
    assert_eq!(code(&[NEW, NEW]), 0);
    assert_eq!(code(&[OLD, NEW, "--as-of", "2027-01-01"]), 1);
    assert_eq!(code(&[OLD, NEW, "--as-of", "2027-01-01", "--exit-zero"]), 0);
    assert_eq!(code(&["samples/faulty.json", "samples/faulty.json", "--as-of", "2027-01-01"]), 1, "not certain");
    assert_eq!(code(&[OLD]), 2);
    assert_eq!(code(&["-", "-"]), 2);
    assert_eq!(code(&[OLD, "samples/history.jsonl"]), 2, "exactly one document");
    assert_eq!(code(&[OLD, "samples/administrators-10.8.json"]), 3);
    assert_eq!(code(&["nowhere.json", NEW]), 3);
    assert_eq!(code(&[OLD, NEW, "-o", OLD]), 2);
    let both = seatline(&["diff", "nowhere.json", "neither.json"]);
    assert_eq!(both.stderr.lines().filter(|line| line.starts_with("error: ")).count(), 2, "{both:?}");
}

#[test]
fn json_is_as_its_schema_says_and_locations_are_in_both_files() {
    for (old, new) in [(OLD, NEW), (NEW, "samples/enterprise-11.4.json"), ("samples/faulty.json", NEW)] {
        let report = seatline(&["diff", old, new, "--as-of", "2027-01-01", "-f", "json"]).json();
        assert_schema("diff", &report);
        for finding in report["findings"].as_array().unwrap().iter().filter(|one| one["reason"] == "fewer-seats") {
            assert!(finding["old"]["line"].is_u64() && finding["new"]["line"].is_u64(), "{finding}");
        }
    }
}

#[test]
fn an_administrator_list_decides() {
    let folder = tempfile::tempdir().unwrap();
    let list = folder.path().join("list.json");
    std::fs::write(&list, r#"{"userTypes": []}"#).unwrap();
    let run =
        seatline(&["diff", NEW, NEW, "--as-of", "2026-01-01", "--new-admins", list.to_str().unwrap(), "-f", "json"]);
    assert_eq!((run.code, &run.json()["findings"][0]["reason"]), (1, &json!("administrator-lost")));
}

#[test]
fn a_renewal_twelve_hours_late_is_a_gap() {
    let term = |start: i64, end: i64| {
        format!(
            r#"{{"MyEsri": {{"provision": {{"userTypes": [{{"id": "creatorUT", "maxUsers": 5, "startDate": {start}}},
            {{"id": "creatorUT", "maxUsers": 0, "startDate": {end}}}]}}}}}}"#
        )
    };
    let folder = tempfile::tempdir().unwrap();
    let old = folder.path().join("old.json");
    std::fs::write(&old, term(BASE, BASE + 24 * HOUR)).unwrap();
    let gap = |start: i64| {
        let new = term(start, BASE + 100 * HOUR);
        let as_of = (BASE + HOUR).to_string();
        let arguments = ["diff", old.to_str().unwrap(), "-", "--as-of", &as_of, "-f", "json"];
        seatline_with_input(&arguments, new.as_bytes()).json()["items"][0]["gap"].clone()
    };
    assert_eq!(gap(BASE + 24 * HOUR), Value::Null);
    assert_eq!(gap(BASE + 24 * HOUR + 1)["to"], "2020-09-14T12:26:40.001Z");
    assert_eq!(gap(BASE + 36 * HOUR)["days"], 1);
    // The old term is over already, and the new one has not begun.
    let new = term(BASE + 48 * HOUR, BASE + 100 * HOUR);
    let gap_at = |hour: i64| {
        let arguments =
            ["diff", old.to_str().unwrap(), "-", "--as-of", &(BASE + hour * HOUR).to_string(), "-f", "json"];
        seatline_with_input(&arguments, new.as_bytes()).json()["items"][0]["gap"].clone()
    };
    let expected = json!({"from": "2020-09-14T12:26:40Z", "to": "2020-09-15T12:26:40Z", "days": 1});
    assert_eq!([gap_at(1), gap_at(24), gap_at(30), gap_at(47)], [0; 4].map(|_| expected.clone()));
    assert_eq!([gap_at(48), gap_at(120)], [Value::Null, Value::Null], "it has begun, or is over as well");
}

#[test]
fn definitions_that_include_different_extensions_are_not_certain() {
    let license = |definitions: &[&[&str]]| {
        let definition = |ids: &&[&str]| {
            let extensions: Vec<_> = ids.iter().map(|id| json!({"id": id})).collect();
            json!({"id": "creatorUT", "name": "Creator", "extensions": extensions})
        };
        let definitions: Vec<_> = definitions.iter().map(definition).collect();
        let entries = json!([{"id": "creatorUT", "maxUsers": 5, "startDate": BASE}]);
        json!({"MyEsri": {"definitions": {"userTypes": definitions}, "provision": {"userTypes": entries}}}).to_string()
    };
    let folder = tempfile::tempdir().unwrap();
    let old = folder.path().join("old.json");
    let run = |old_license: &[&[&str]]| {
        std::fs::write(&old, license(old_license)).unwrap();
        let arguments = ["diff", old.to_str().unwrap(), "-", "--as-of", &BASE.to_string(), "-f", "json"];
        seatline_with_input(&arguments, license(&[&[]]).as_bytes())
    };
    assert_eq!(run(&[&[], &[]]).code, 0);
    let report = run(&[&[], &["utilityNetwork"]]).json();
    assert_eq!(
        (&report["nothingLost"], &report["findings"][0]["reason"]),
        (&json!(false), &json!("not-certain")),
        "{report:#}"
    );
    assert_eq!(report["findings"][0]["old"]["pointer"], "/MyEsri/definitions/userTypes/1");
}

#[test]
fn every_format_shows_the_same_items() {
    let run =
        |format: &str| seatline(&["diff", OLD, NEW, "--as-of", "2027-01-01", "--width", "200", "-f", format]).stdout;
    let report: Value = serde_json::from_str(&run("json")).unwrap();
    let findings = report["findings"].as_array().unwrap();
    let csv = run("csv");
    assert_eq!(csv::Reader::from_reader(csv.as_bytes()).records().count(), report["items"].as_array().unwrap().len());
    for text in [run("table"), run("markdown"), csv.clone()] {
        for finding in findings {
            assert!(text.replace("\\_", "_").replace('`', "").contains(finding["message"].as_str().unwrap()), "{text}");
        }
    }
    let verdict = report["verdict"].as_str().unwrap();
    assert_eq!(
        verdict,
        "NEW gives less than OLD: 6 losses, the first from 2027-01-01 00:00 on (GISProfessionalBasicUT)"
    );
    assert!(run("table").lines().any(|line| line == verdict), "{}", run("table"));
    let markdown = run("markdown").replace('`', "");
    assert!(markdown.starts_with(&format!("## {verdict}\n")), "{markdown}");
}

#[test]
fn what_is_lost_as_a_whole_is_a_row_of_its_own_in_csv() {
    let folder = tempfile::tempdir().unwrap();
    let list = folder.path().join("list.json");
    std::fs::write(&list, r#"{"userTypes": []}"#).unwrap();
    let list = list.to_str().unwrap();
    let csv = seatline(&["diff", NEW, NEW, "--as-of", "2026-01-01", "--new-admins", list, "-f", "csv"]).stdout;
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let column = reader.headers().unwrap().iter().position(|name| name == "reasons").unwrap();
    let last = reader.records().last().unwrap().unwrap();
    assert_eq!((&last[0], &last[1]), ("userType", ""));
    assert!(
        last[column].starts_with("no user type that is compatible with the Administrator role certainly has seats"),
        "{last:?}"
    );
}
