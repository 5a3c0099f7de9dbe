//! Any bytes as a document, through every command that takes one, in every format: the first byte chooses. A fourth of the choices
//! compares the two ways to the rows of a report.
#![no_main]

use libfuzzer_sys::fuzz_target;
use seatline_fuzz::ask;
use serde_json::Value;

const QUESTIONS: [&[&str]; 30] = [
    &["report", "-", "-f", "table"],
    &["report", "-", "-f", "json"],
    &["report", "-", "-f", "jsonl"],
    &["report", "-", "--inline", "-f", "jsonl"],
    &["report", "-", "-f", "csv"],
    &["report", "-", "-f", "html"],
    &["report", "-", "-f", "xlsx"],
    &["report", "-", "--for", "P30D", "-f", "markdown"],
    &["timeline", "-", "-f", "table", "--width", "40"],
    &["timeline", "-", "--by", "date"],
    &["timeline", "-", "-f", "json"],
    &["timeline", "-", "--tz", "Europe/Berlin", "-f", "ics"],
    &["timeline", "-", "-f", "csv", "--excel=semicolon"],
    &["admins", "-", "-f", "json"],
    &["admins", "-", "-f", "table"],
    &["check", "-", "--no-policy", "-f", "text"],
    &["check", "-", "--no-policy", "-f", "json"],
    &["check", "-", "--no-policy", "-f", "sarif"],
    &["check", "-", "--no-policy", "-f", "junit"],
    &["check", "-", "--no-policy", "-f", "github"],
    &["check", "-", "--no-policy", "-f", "gitlab"],
    &["check", "-", "--no-policy", "-f", "markdown"],
    &["check", "-", "--no-policy", "-f", "html"],
    &["why", "creatorUT", "-", "-f", "text"],
    &["why", "creatorUT", "-", "-f", "json"],
    &["preflight", "-", "--nobody-yet", "--no-policy", "-f", "json"],
    &["preflight", "-", "--nobody-yet", "--no-policy", "-f", "mail"],
    &["fit", "-", "--nobody-yet", "-f", "json"],
    &["report", "-", "--lines", "-f", "jsonl"],
    &["check", "-", "--lines", "--no-policy", "-f", "jsonl"],
];

/// The items of a report, each with the members that JSON gives of it.
fn items(report: &Value) -> impl Iterator<Item = &Value> {
    report["licenses"].as_array().into_iter().flatten().flat_map(|license| license["items"].as_array().into_iter().flatten())
}

/// Rows of JSON are read straight from the text where a license is plain; a report in one piece never is.
fn both_ways_are_the_same(document: &[u8]) {
    let report = ask(&["report", "-", "-f", "json"], document);
    let lines = ask(&["report", "-", "-f", "jsonl"], document);
    assert_eq!(report.exit_code, lines.exit_code);
    if report.exit_code < 2 {
        let report: Value = serde_json::from_slice(&report.stdout).expect("JSON");
        let rows = lines.stdout.split(|byte| *byte == b'\n').filter_map(|line| serde_json::from_slice::<Value>(line).ok());
        let rows: Vec<Value> = rows.filter(|row| row["record"] == "item").collect();
        let items: Vec<&Value> = items(&report).collect();
        assert_eq!(rows.len(), items.len());
        for (row, item) in rows.iter().zip(items) {
            for (name, value) in item.as_object().expect("an item") {
                assert_eq!(&row[name], value, "{name} of {item}");
            }
        }
    }
}

fuzz_target!(|data: &[u8]| {
    let Some((choice, document)) = data.split_first() else { return };
    match QUESTIONS.get(usize::from(*choice) % (QUESTIONS.len() + 10)) {
        Some(question) => drop(ask(question, document)),
        None => both_ways_are_the_same(document),
    }
});
