//! Holds the program to what it promises of untrusted input: whatever the bytes, no panic, no control characters on the
//! terminal, no value of an unknown member, nothing for a spreadsheet to run, the documented exit code whatever the
//! format, and one message for each input that cannot be read.
//!
//! The inputs are in `encodings`, `syntax`, `kinds`, `values` and `names`; `outcome` runs the program and looks at what it
//! writes; `paths` is about files and folders rather than bytes.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, clippy::string_slice)]

mod case;
mod encodings;
mod kinds;
mod names;
mod outcome;
mod paths;
mod syntax;
mod values;

use std::collections::BTreeSet;
use std::path::Path;
use std::{fs, thread};

use jsonschema::Validator;
use serde_json::Value;

use case::Case;
use outcome::{Outcome, run};

const FORMATS: [&str; 5] = ["table", "json", "jsonl", "csv", "markdown"];

fn all_cases() -> Vec<Case> {
    [encodings::cases(), syntax::cases(), kinds::cases(), values::cases(), names::cases()]
        .into_iter()
        .flatten()
        .collect()
}

#[test]
fn every_input_ends_as_documented() {
    let cases = all_cases();
    let mut names = BTreeSet::new();
    let twice: Vec<&str> = cases.iter().map(|case| case.name.as_str()).filter(|name| !names.insert(*name)).collect();
    assert!(twice.is_empty(), "every case has a name of its own, but not {twice:?}");
    assert!(cases.len() >= 60, "only {} cases", cases.len());
    let (report_schema, admins_schema) = (schema("report"), schema("admins"));
    let workers = thread::available_parallelism().map_or(2, usize::from);
    let faults: Vec<String> = thread::scope(|scope| {
        let check = |nth| {
            let own = cases.iter().skip(nth).step_by(workers);
            own.flat_map(|case| check_case(case, &report_schema, &admins_schema)).collect::<Vec<_>>()
        };
        let threads: Vec<_> = (0..workers).map(|nth| scope.spawn(move || check(nth))).collect();
        threads.into_iter().flat_map(|thread| thread.join().unwrap()).collect()
    });
    assert!(faults.is_empty(), "{} faults in {} cases:\n{}", faults.len(), cases.len(), faults.join("\n"));
}

fn schema(name: &str) -> Validator {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("docs/schema/{name}.schema.json"));
    let schema: Value = serde_json::from_slice(&fs::read(path).unwrap()).unwrap();
    jsonschema::validator_for(&schema).unwrap()
}

/// Everything that is wrong with what becomes of a case.
fn check_case(case: &Case, report_schema: &Validator, admins_schema: &Validator) -> Vec<String> {
    let t = std::time::Instant::now();
    let n = case.name.clone();
    struct D(std::time::Instant, String);
    impl Drop for D {
        fn drop(&mut self) {
            if self.0.elapsed().as_millis() > 400 {
                eprintln!("TIME {:?} {}", self.0.elapsed(), self.1);
            }
        }
    }
    let _d = D(t, n);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("input.json");
    fs::write(&path, &case.bytes).unwrap();
    let run = |arguments: &[&str]| run(arguments, &path, None);

    let json = run(&["report", "-f", "json"]);
    let mut faults = vec![("report -f json".to_owned(), report_faults(case, &json, report_schema))];
    let items = json.json().map_or(0, |report| items(&report).len());
    let mut outcomes = vec![("report -f json".to_owned(), json)];
    for format in FORMATS {
        let outcome = run(&["report", "-f", format]);
        let form = match format {
            "jsonl" => rows_fault(outcome.json_lines().map(|lines| lines.len()), items),
            "csv" => rows_fault(outcome.csv_rows().map(|rows| rows.len()), items),
            "markdown" => outcome.markdown_faults(),
            _ => Vec::new(),
        };
        faults.push((format!("report -f {format}"), form));
        outcomes.push((format!("report -f {format}"), outcome));
        outcomes.push((format!("admins -f {format}"), run(&["admins", "-f", format])));
    }
    outcomes.push(("report --width 40".to_owned(), run(&["report", "--width", "40"])));
    outcomes.push(("report -".to_owned(), outcome::run(&["report"], Path::new("-"), Some(&case.bytes))));
    outcomes.push(("admins --pick".to_owned(), run(&["admins", "--pick"])));
    let admins = run(&["admins", "-f", "json"]);
    faults.push(("admins -f json".to_owned(), admins.schema_faults(admins_schema)));

    for (command, outcome) in &outcomes {
        let has_reason = command == "admins --pick" && outcome.exit_code == 1;
        let mut found = outcome.faults(usize::from(case.failure.is_some() || has_reason));
        let may_be_one = command.starts_with("admins") && case.failure.is_none();
        let expected = if may_be_one { admins.exit_code } else { case.exit_code() };
        if outcome.exit_code != expected || (may_be_one && !(0..=1).contains(&expected)) {
            found.push(format!("exit code {}, expected {expected}", outcome.exit_code));
        }
        faults.push((command.clone(), found));
    }
    let named = |(command, faults): (String, Vec<String>)| {
        faults.into_iter().map(move |fault| format!("{} ({command}): {fault}", case.name))
    };
    faults.into_iter().flat_map(named).collect()
}

fn rows_fault(rows: Result<usize, String>, items: usize) -> Vec<String> {
    match rows {
        Ok(rows) if rows == items => Vec::new(),
        Ok(rows) => vec![format!("{rows} rows for {items} items")],
        Err(error) => vec![error],
    }
}

fn items(report: &Value) -> Vec<&Value> {
    let licenses = report["licenses"].as_array().unwrap();
    licenses.iter().flat_map(|license| license["items"].as_array().unwrap()).collect()
}

/// What is wrong with the JSON of a report.
fn report_faults(case: &Case, outcome: &Outcome, schema: &Validator) -> Vec<String> {
    let report = match outcome.json() {
        Ok(report) => report,
        Err(error) => return vec![error],
    };
    let mut faults = outcome.schema_faults(schema);
    let mut expect = |what: &str, holds: bool| {
        if !holds {
            let failures = &report["failures"];
            faults.push(format!("{what}; findings {:.600}, failures {failures:.600}", report["licenses"].to_string()));
        }
    };
    let licenses = report["licenses"].as_array().unwrap();
    let failures = report["failures"].as_array().unwrap();
    let findings: Vec<&Value> = licenses.iter().flat_map(|it| it["findings"].as_array().unwrap()).collect();
    expect(&format!("expected {} licenses, got {}", case.licenses, licenses.len()), licenses.len() == case.licenses);
    let codes: Vec<&str> = failures.iter().map(|failure| failure["code"].as_str().unwrap()).collect();
    expect(&format!("expected failure {:?}, got {codes:?}", case.failure), codes.iter().copied().eq(case.failure));
    let rules: BTreeSet<&str> = findings.iter().map(|finding| finding["rule"].as_str().unwrap()).collect();
    expect(&format!("expected findings {:?}, got {rules:?}", case.rules), rules == case.rules);
    for text in &case.says {
        let mut messages = failures.iter().chain(findings.iter().copied()).map(|it| it["message"].as_str().unwrap());
        expect(&format!("no message says {text:?}"), messages.any(|message| message.contains(text)));
    }
    for text in &case.keeps {
        let kept = items(&report).iter().any(|item| item["id"] == **text && item["name"] == **text);
        expect(&format!("{text:?} is not kept"), kept);
    }
    faults
}
