//! `seatline timeline`: every step, in every format, and a calendar that an independent program reads.

mod calendar;
mod falls;

use std::collections::BTreeSet;

use crate::common::{assert_schema, seatline};
use serde_json::{Value, json};

const GAP: &str = "samples/gap-and-early-end-10.9.json";
const AS_OF: &str = "2026-11-01";

fn run(arguments: &[&str]) -> String {
    let run = seatline(&[&["timeline", "--as-of", AS_OF][..], arguments].concat());
    assert_eq!((run.code, run.stderr.as_str()), (0, ""), "{arguments:?}");
    run.stdout
}

fn item(report: &Value, id: &str) -> Value {
    report["items"].as_array().unwrap().iter().find(|item| item["id"] == id).unwrap().clone()
}

fn json(arguments: &[&str]) -> Value {
    serde_json::from_str(&run(&[&["-f", "json"][..], arguments].concat())).unwrap()
}

#[test]
fn steps_are_the_entries_of_the_document() {
    for path in [GAP, "samples/renewed-11.1.json", "samples/portal-10.8.json", "samples/enterprise-11.4.json"] {
        let document: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
        let report = json(&[path]);
        for (list, kind) in
            [("userTypes", "userType"), ("appBundles", "appBundle"), ("extensions", "extension"), ("apps", "app")]
        {
            let entries = document["MyEsri"]["provision"][list].as_array().cloned().unwrap_or_default();
            let ids: BTreeSet<_> = entries.iter().map(|entry| entry["id"].as_str().unwrap()).collect();
            for id in ids {
                let mut own: Vec<_> = entries.iter().filter(|entry| entry["id"] == id).collect();
                own.sort_by_key(|entry| entry["startDate"].as_i64());
                let mut seats = json!(0);
                let mut expected = Vec::new();
                for entry in own {
                    if entry["maxUsers"] != seats {
                        seats = entry["maxUsers"].clone();
                        let at = chrono::DateTime::from_timestamp_millis(entry["startDate"].as_i64().unwrap()).unwrap();
                        expected.push(json!([at.format("%Y-%m-%dT%H:%M:%SZ").to_string(), seats]));
                    }
                }
                let items = report["items"].as_array().unwrap();
                let item = items.iter().find(|item| item["id"] == id && item["kind"] == kind).unwrap();
                let steps = item["steps"].as_array().unwrap();
                let steps: Vec<_> = steps.iter().map(|step| json!([step["at"], step["seats"]])).collect();
                assert_eq!(steps, expected, "{path} {id}");
            }
        }
    }
}

#[test]
fn gaps_early_ends_and_open_ends_are_told() {
    let report = json(&[GAP]);
    let gap = json!([{"from": "2026-12-28T00:00:00Z", "to": "2027-01-08T00:00:00Z", "days": 11}]);
    assert_eq!(item(&report, "viewerUT")["gaps"], gap);
    assert_eq!(item(&report, "creatorUT")["daysAfterCommonEnd"], -153);
    assert_eq!(item(&report, "GISProfessionalAdvUT")["daysAfterCommonEnd"], 0);
    assert_eq!(item(&report, "survey123")["openEnd"], true);
    assert_eq!(report["licenses"][0]["commonEnd"], "2028-03-01T00:00:00Z");
}

#[test]
fn a_renewal_at_the_very_end_makes_no_gap_and_a_millisecond_later_does() {
    let gaps = |start: i64| {
        let license = format!(
            r#"{{"MyEsri": {{"provision": {{"userTypes": [
                {{"id": "a", "maxUsers": 5, "startDate": 1700000000000}}, {{"id": "a", "maxUsers": 0, "startDate": 1800000000000}},
                {{"id": "a", "maxUsers": 5, "startDate": {start}}}]}}}}}}"#
        );
        let run =
            crate::common::seatline_with_input(&["timeline", "-", "--as-of", AS_OF, "-f", "json"], license.as_bytes());
        run.json()["items"][0]["gaps"].as_array().unwrap().len()
    };
    // At this instant the entries of the end and of the renewal contradict each other, so the seats are not certain.
    assert_eq!(gaps(1_800_000_000_001), 1);
    let license = r#"{"MyEsri": {"provision": {"userTypes": [
        {"id": "a", "maxUsers": 5, "startDate": 1700000000000}, {"id": "a", "maxUsers": 7, "startDate": 1800000000000}]}}}"#;
    let run =
        crate::common::seatline_with_input(&["timeline", "-", "--as-of", AS_OF, "-f", "json"], license.as_bytes());
    assert_eq!(run.json()["items"][0]["gaps"], json!([]));
}

#[test]
fn a_window_leaves_what_is_in_it() {
    let report = json(&[GAP, "--from", "2026-12-28", "--to", "2027-01-08"]);
    let steps = item(&report, "viewerUT")["steps"].as_array().unwrap().len();
    assert_eq!((steps, item(&report, "viewerUT")["seatsBefore"].clone()), (2, json!(150)));
    assert_eq!(item(&report, "creatorUT")["steps"], json!([]));
    assert_eq!(item(&report, "creatorUT")["seatsBefore"], 85);
    let wrong = seatline(&["timeline", GAP, "--from", "2027-01-02", "--to", "2027-01-01"]);
    assert_eq!(wrong.code, 2);
}

#[test]
fn what_a_table_prints_can_be_given_back() {
    let steps = |from: &str, to: &str| {
        let report = json(&[GAP, "--id", "viewerUT", "--from", from, "--to", to]);
        item(&report, "viewerUT")["steps"].as_array().unwrap().len()
    };
    // An instant itself is looked at; a day begins with its first millisecond and is looked at to its last one.
    assert_eq!(steps("2026-12-28 00:00", "2027-01-07 23:59:59.999"), 1);
    assert_eq!(steps("2026-12-28T00:00", "2027-01-08 00:00"), 2);
    assert_eq!(steps("2026-12-28", "2027-01-07"), 1);
    assert_eq!(steps("2026-12-28", "2027-01-08"), 2);
    assert_eq!(steps("2026-12-28 00:00+00:01", "2026-12-28 00:00"), 1);
    assert_eq!(steps("2026-12-28 00:00:00.001", "2027-01-08"), 1);
    // In --from and --to, these count from the as-of, 2026-11-01.
    assert_eq!(steps("+57d", "+68d"), 2);
    assert_eq!(steps("+2mo", "+3mo"), 1);
    let wrong = seatline(&["timeline", GAP, "--as-of", AS_OF, "--to", "+3m"]);
    assert!(wrong.code == 2 && wrong.stderr.contains("did you mean +3mo?"), "{wrong:?}");
}

#[test]
fn what_lies_beyond_certainty_is_marked_in_every_format() {
    let path = "samples/faulty.json";
    let creator = item(&json(&[path]), "creatorUT");
    let until = creator["certainUntil"].as_str().unwrap().to_owned();
    for step in creator["steps"].as_array().unwrap() {
        assert_eq!(step["certain"].as_bool().unwrap(), step["at"].as_str().unwrap() < until.as_str(), "{step}");
    }
    assert!(run(&[path, "--id", "creatorUT"]).contains("2028-07-01 12:00 0 ?"));
    assert!(run(&[path, "--id", "creatorUT", "--by", "date"]).contains("0 ?"));
    assert!(run(&[path, "--id", "creatorUT", "-f", "markdown"]).contains("2028-07-01 12:00 0 ?"));
    assert!(run(&[path, "--id", "creatorUT", "-f", "csv", "-q"]).contains(",0,\"false\",\"false\""));
    assert!(run(&[path, "--id", "creatorUT", "-f", "ics", "--name", "x", "-q"]).contains("(not certain)"));
}

#[test]
fn rows_are_the_same_in_every_format() {
    let report = json(&[GAP]);
    let steps: usize =
        report["items"].as_array().unwrap().iter().map(|item| item["steps"].as_array().unwrap().len()).sum();
    let csv = run(&[GAP, "-f", "csv"]);
    assert_eq!(csv::Reader::from_reader(csv.as_bytes()).records().count(), steps);
    assert_eq!(run(&[GAP, "-f", "jsonl"]).lines().count(), report["items"].as_array().unwrap().len());
    let by_date = run(&[GAP, "--by", "date", "--from", "1999-01-01"]);
    let is_change = |line: &&str| ["begins", "again", "more", "fewer", "ends"].iter().any(|end| line.ends_with(end));
    assert_eq!(by_date.lines().filter(|line| is_change(line) || line.contains("gap until")).count(), steps);
}

#[test]
fn json_is_as_its_schema_says() {
    let report = seatline(&["timeline", "samples", "-q", "-f", "json", "nowhere.json"]).json();
    assert_schema("timeline", &report);
}

#[test]
fn bars_fit_and_show_the_shortest_gap() {
    for width in ["40", "70", "80", "120", "200"] {
        let text = run(&[GAP, "--width", width, "--id", "viewerUT"]);
        let columns: usize = width.parse().unwrap();
        for line in text.lines().skip_while(|line| !line.is_empty()) {
            assert!(line.chars().count() <= columns, "{width}: {line}");
        }
        assert!(text.contains("█.█") || text.contains("█│.█"), "{width}: {text}");
    }
}

#[test]
fn a_list_by_date_begins_at_the_as_of_and_names_the_files() {
    let other = "tests/fixtures/consumers/renewal-with-gap-drop-and-vanished-type.json";
    let text = run(&[GAP, other, "--by", "date"]);
    let dates: Vec<_> = text.lines().filter_map(|line| line.get(..16)).filter(|date| date.starts_with("20")).collect();
    assert!(dates.is_sorted() && dates.first() >= Some(&AS_OF), "{text}");
    let row = |id: &str, file: &str| text.lines().any(|line| line.contains(id) && line.contains(file));
    assert!(row("editorUT", "gap-and-early-end-10.9.json") && row("editorUT", "renewal-with-gap"), "{text}");
    assert!(text.contains("gap until 2027-01-15 12:00") && text.contains("again"), "{text}");
    // A single file is named once.
    let alone = run(&[other, "--by", "date"]);
    assert_eq!(alone.matches("renewal-with-gap").count(), 1, "{alone}");
}

#[test]
fn a_window_without_changes_is_said_to_hold_none() {
    for by in ["item", "date"] {
        for format in ["table", "markdown"] {
            let text = run(&[GAP, "--by", by, "-f", format, "--from", "2029-01-01", "--to", "2030-01-01"]);
            assert!(text.contains("nothing changes from 2029-01-01 00:00 to"), "{by} {format}: {text}");
        }
    }
}

#[test]
fn bars_have_one_width_and_show_small_changes() {
    for width in ["60", "80", "100", "140", "200"] {
        let text =
            run(&["tests/fixtures/consumers/renewal-with-gap-drop-and-vanished-type.json", GAP, "--width", width]);
        let is_bar = |one: char| "▁▂▃▄▅▆▇█.?│".contains(one);
        let bars = text.split([' ', '\n']).filter(|word| word.len() > 7 && word.chars().all(is_bar));
        let lengths: BTreeSet<_> = bars.clone().map(|bar| bar.chars().filter(|one| *one != '│').count()).collect();
        assert_eq!(lengths.len(), 1, "{width}: {text}");
        assert!(bars.clone().all(|bar| bar.matches('│').count() == 1), "{width}: {text}");
        let creator: BTreeSet<_> = bars.clone().next().unwrap().chars().filter(|one| !"│.".contains(*one)).collect();
        assert_eq!(creator.len(), 4, "120, 130, 140 and 150 seats: {text}");
    }
}

#[test]
fn what_has_no_place_for_findings_says_how_many_there_are() {
    let arguments = ["timeline", "samples/faulty.json", "--as-of", "2027-01-01", "-f"];
    let run = |more: &[&str]| seatline(&[&arguments[..], more].concat());
    let count = run(&["json"]).json()["licenses"][0]["findings"].as_array().unwrap().len();
    let note = format!("samples/faulty.json: {count} findings about reading: `seatline timeline` shows them");
    for more in [&["csv"][..], &["jsonl"], &["ics"]] {
        assert_eq!(run(more).stderr.matches(&note).count(), 1, "{more:?}: {}", run(more).stderr);
    }
    for more in [&["json"][..], &["table"], &["jsonl", "--inline"], &["ics", "-q"]] {
        assert!(!run(more).stderr.contains("findings"), "{more:?}");
    }
}

#[test]
fn findings_are_those_of_the_items_that_are_asked_for() {
    let arguments = ["samples/faulty.json", "--as-of", "2027-01-01", "-q", "-f", "json"];
    let findings = |command: &str, more: &[&str]| {
        let run = seatline(&[&[command], &arguments[..], more].concat());
        run.json()["licenses"][0]["findings"].as_array().unwrap().clone()
    };
    for more in [&["--id", "creatorUT"][..], &["--kind", "app"], &[]] {
        assert_eq!(findings("timeline", more), findings("report", more), "{more:?}");
    }
    assert!(findings("timeline", &["--id", "creatorUT"]).len() < findings("timeline", &[]).len());
}

/// A number before a change has the same mark as the number after the change before.
#[test]
fn what_stands_before_a_change_is_marked_as_it_was() {
    let entry = |id: &str, seats: Value, at: Value| json!({"id": id, "maxUsers": seats, "startDate": at});
    let entries = [
        entry("gapUT", json!(100), json!(1_767_225_600_000_i64)),
        entry("gapUT", json!("x"), json!(1_803_859_200_000_i64)),
        entry("gapUT", json!(90), json!(1_811_808_000_000_i64)),
        entry("gapUT", json!(0), json!(1_893_412_800_000_i64)),
        entry("anyUT", json!(20), json!(1_798_761_600_000_i64)),
        entry("anyUT", json!(30), Value::Null),
    ];
    let license = json!({"MyEsri": {"version": "11.4", "provision": {"userTypes": entries}}}).to_string();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("new.json");
    std::fs::write(&file, license).unwrap();
    let path = file.to_str().unwrap();
    for format in ["table", "html"] {
        let text = run(&[path, "--by", "date", "-f", format, "--width", "200"]);
        // Without the tags of a page.
        let text: String = text
            .split('<')
            .map(|piece| piece.split_once('>').map_or(piece, |(_, text)| text))
            .fold(String::new(), |all, piece| all + " " + piece);
        let text = crate::common::words(&text);
        for change in ["100 0 ? gap until 2027-06-01 00:00", "0 ? 90 ? again", "90 ? 0 ? ends", "0 ? 20 ? begins"] {
            assert!(text.contains(change), "{format}: {change}: {text}");
        }
    }
}
