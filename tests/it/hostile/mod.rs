//! Holds the program to what it promises of untrusted input: whatever the bytes, no panic, no control characters on the
//! terminal, no value of an unknown member, nothing for a spreadsheet to run, the documented exit code whatever the
//! format, and one message for each input that cannot be read.
//!
//! The inputs are in `encodings`, `syntax`, `kinds`, `values` and `names`; `outcome` runs the program and looks at what it
//! writes; `paths` is about files and folders rather than bytes.

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
    let workers = thread::available_parallelism().map_or(2, usize::from);
    let faults: Vec<String> = thread::scope(|scope| {
        let check = |nth| {
            let own = cases.iter().skip(nth).step_by(workers);
            own.flat_map(check_case).collect::<Vec<_>>()
        };
        let threads: Vec<_> = (0..workers).map(|nth| scope.spawn(move || check(nth))).collect();
        threads.into_iter().flat_map(|thread| thread.join().unwrap()).collect()
    });
    assert!(faults.is_empty(), "{} faults in {} cases:\n{}", faults.len(), cases.len(), faults.join("\n"));
}

/// The faults of the outputs for a case.
fn check_case(case: &Case) -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("input.json");
    fs::write(&path, &case.bytes).unwrap();
    let mut faults = Vec::new();

    let mut items_of_json = 0;
    for format in ["json", "table", "jsonl", "csv", "markdown", "html"] {
        let outcome = run(&["report", "-f", format], &path, None);
        let mut found = outcome.faults(case.errors(), case.exit_code());
        found.extend(match format {
            "json" => {
                items_of_json = outcome.json().map_or(0, |report| items(&report).len());
                report_faults(case, &outcome)
            }
            "jsonl" => rows_fault(outcome.json_lines().map(|lines| lines.len()), items_of_json),
            "csv" => rows_fault(outcome.csv_rows().map(|rows| rows.len()), items_of_json),
            "markdown" => outcome.markdown_faults(),
            "html" => rows_fault(outcome.page_rows(), items_of_json),
            _ => Vec::new(),
        });
        found.extend(case.keeps.iter().filter_map(|text| outcome.forged_line(text)));
        faults.push((format!("report -f {format}"), found));
    }
    let workbook = run(&["report", "-f", "xlsx"], &path, None);
    let mut found = workbook.faults_of_bytes(case.errors(), case.exit_code());
    found.extend(rows_fault(workbook.workbook_rows(), items_of_json));
    faults.push(("report -f xlsx".to_owned(), found));
    let narrow = run(&["report", "--width", "40"], &path, None);
    faults.push(("report --width 40".to_owned(), narrow.faults(case.errors(), case.exit_code())));
    let piped = run(&["report"], Path::new("-"), Some(&case.bytes));
    faults.push(("report -".to_owned(), piped.faults(case.errors(), case.exit_code())));
    faults.extend(admins_faults(case, &path));

    let named = |(command, mut faults): (String, Vec<String>)| {
        faults.dedup();
        faults.into_iter().map(move |fault| format!("{} ({command}): {fault}", case.name))
    };
    faults.into_iter().flat_map(named).collect()
}

/// The faults of `admins`, which exits with 1 where no user type of the license can be an administrator's.
fn admins_faults(case: &Case, path: &Path) -> Vec<(String, Vec<String>)> {
    let json = run(&["admins", "-f", "json"], path, None);
    let exit_code = if case.failure.is_none() && json.exit_code == Some(1) { 1 } else { case.exit_code() };
    let mut faults = vec![("admins -f json".to_owned(), json.schema_faults("admins"))];
    let mut check = |command: &str, outcome: &Outcome, errors| {
        faults.push((command.to_owned(), outcome.faults(errors, exit_code)));
    };
    check("admins -f json", &json, case.errors());
    check("admins", &run(&["admins"], path, None), case.errors());
    check("admins -f csv", &run(&["admins", "-f", "csv"], path, None), case.errors());
    if case.licenses <= 1 {
        // Exit code 1 comes with a reason on stderr.
        let errors = if exit_code == 1 { 1 } else { case.errors() };
        check("admins --pick", &run(&["admins", "--pick"], path, None), errors);
    }
    faults
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

/// The faults in the JSON of a report.
fn report_faults(case: &Case, outcome: &Outcome) -> Vec<String> {
    let report = match outcome.json() {
        Ok(report) => report,
        Err(error) => return vec![error],
    };
    let mut faults = outcome.schema_faults("report");
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

#[test]
fn a_hundred_thousand_faults_are_reported() {
    let case = case::reads("", case::license(&vec!["null"; 100_000].join(",")), &["unreadable-entry"]);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("input.json");
    fs::write(&path, &case.bytes).unwrap();
    for format in ["table", "json"] {
        assert_eq!(run(&["report", "-f", format], &path, None).faults(0, 0), Vec::<String>::new(), "{format}");
    }
}
