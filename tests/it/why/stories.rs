//! Answers of `why`, read by themselves.

use serde_json::{Value, json};

use crate::common::{Run, assert_schema, seatline, seatline_with_input};

const LICENSE: &str = "samples/renewal/new.json";
const START: i64 = 1_767_225_600_000;
const DAY: i64 = 86_400_000;

fn why(entries: &Value, arguments: &[&str]) -> Run {
    let license = json!({"MyEsri": {"version": "11.3", "provision": {"userTypes": entries}}});
    let text = serde_json::to_string_pretty(&license).unwrap();
    seatline_with_input(&[&["why", "creatorUT", "-"][..], arguments].concat(), text.as_bytes())
}

fn entry(seats: impl Into<Value>, day: i64) -> Value {
    json!({"id": "creatorUT", "maxUsers": seats.into(), "startDate": START + day * DAY})
}

#[test]
fn each_entry_says_what_it_does() {
    let run = seatline(&["why", "creatorUT", LICENSE, "--as-of", "2027-03-01"]);
    let expected = "\
creatorUT (Creator): 60 seats on 2027-03-01 00:00 (UTC), certain
samples/renewal/new.json: license version 11.3

   line  seats  from              reading
     41    120  2024-01-01 00:00  until the next entry
>    46     60  2026-12-31 12:00  holds
     51      0  2029-12-31 12:00  the end
";
    assert_eq!((run.code, run.stdout.as_str()), (0, expected), "{run:?}");
    let report = seatline(&["why", "creatorUT", LICENSE, "--as-of", "2027-03-01", "-f", "json"]).json();
    assert_schema("why", &report);
    assert_eq!(report["entries"][1]["location"]["pointer"], "/MyEsri/provision/userTypes/1");
    let markdown = seatline(&["why", "creatorUT", LICENSE, "--as-of", "2027-03-01", "-f", "markdown"]).stdout;
    assert!(markdown.contains("| → | 46 | 60 | 2026-12-31 12:00 | holds |"), "{markdown}");
}

#[test]
fn a_contradiction_tells_what_another_reading_gives() {
    let entries = json!([entry(120, 0), entry(60, 10), entry(80, 10), entry(0, 90)]);
    let run = why(&entries, &["--as-of", "2026-02-01"]);
    assert!(
        run.stdout.starts_with("creatorUT (Creator): 60 seats on 2026-02-01 00:00 (UTC), not certain\n"),
        "{run:?}"
    );
    let said = "line 10 says 60, line 15 says 80, both from 2026-01-11 00:00: the smaller is counted; another reading gives 80";
    assert!(run.stdout.contains(said), "{run:?}");
    assert!(run.stdout.contains("not counted: another entry says 60 for the same time"), "{run:?}");
}

#[test]
fn what_cannot_be_read_is_told_with_how_it_is_taken() {
    let entries = json!([
        entry(120, 0), entry(-1, 10), {"id": "creatorUT", "maxUsers": 7}, {"maxUsers": 9, "startDate": START + 20 * DAY}, 5
    ]);
    let run = why(&entries, &["--as-of", "2026-02-01", "-f", "json"]);
    let report = run.json();
    let reading = |index: usize| report["entries"][index]["reading"].as_str().unwrap();
    assert_eq!((&report["seats"], &report["certain"]), (&json!(0), &json!(false)), "{report:#}");
    assert_eq!(reading(1), "maxUsers is negative: it counts as 0 seats; holds");
    assert_eq!(reading(2), "id is missing: it belongs to no item, and may belong to this one");
    assert_eq!(reading(3), "startDate is missing: it makes no step, and may begin at any time");
    assert_eq!(reading(4), "id is a number: it belongs to no item, and may belong to this one");
    let readings = report["otherReadings"].as_array().unwrap();
    assert_eq!(readings.len(), 4, "{readings:#?}");
    assert!(readings[0].as_str().unwrap().contains("another reading gives any number"), "{readings:#?}");
}

#[test]
fn a_gap_and_what_changes_nothing_are_named() {
    let entries = json!([entry(5, 0), entry(5, 10), entry(0, 40), entry(9, 50), entry(9, 60), entry(0, 90)]);
    let report = why(&entries, &["--as-of", "2026-01-15", "-f", "json"]).json();
    let readings: Vec<_> = report["entries"].as_array().unwrap().iter().map(|entry| &entry["reading"]).collect();
    let expected =
        ["until the next entry", "holds", "none until 2026-02-20 00:00", "later", "changes nothing", "the end"];
    assert_eq!(readings, expected);
}

#[test]
fn an_unknown_id_and_one_of_several_kinds_are_wrong_usage() {
    let run = seatline(&["why", "CreatorUT", LICENSE]);
    assert!(run.code == 2 && run.stderr.contains("did you mean creatorUT?"), "{run:?}");
    let run = seatline(&["why", "Creator", LICENSE]);
    assert!(run.code == 2 && run.stderr.contains("did you mean creatorUT?"), "{run:?}");
    let run = seatline(&["why", "creatorUT", LICENSE, "--kind", "app"]);
    assert!(run.code == 2 && run.stderr.contains("no app has the id"), "{run:?}");
    let both = json!({"MyEsri": {"provision": {"userTypes": [entry(5, 0)], "apps": [entry(7, 0)]}}}).to_string();
    let ask = |arguments: &[&str]| {
        seatline_with_input(
            &[&["why", "creatorUT", "-", "--as-of", "2026-02-01"][..], arguments].concat(),
            both.as_bytes(),
        )
    };
    let run = ask(&[]);
    assert!(run.code == 2 && run.stderr.contains("is user type and app: say which with --kind"), "{run:?}");
    assert!(ask(&["--kind", "app"]).stdout.contains(": 7 seats on"));
}

#[test]
fn an_input_that_cannot_be_read_is_answered_in_json_too() {
    let run = seatline(&["why", "creatorUT", "samples/administrators-10.8.json", "-f", "json"]);
    let report = run.json();
    assert_schema("why", &report);
    assert_eq!((run.code, &report["seats"], &report["entries"]), (3, &Value::Null, &json!([])), "{report:#}");
    assert_eq!(report["failures"].as_array().unwrap().len(), 1);
}
