//! Each rule fires on one fixture and is quiet on a similar one.

use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::common::{Run, seatline};

pub(crate) const AS_OF: &str = "2027-01-01";

/// The folders of fixtures, one for each rule.
pub(crate) fn folders() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/rules");
    let mut folders: Vec<_> = root.read_dir().unwrap().map(|entry| entry.unwrap().path()).collect();
    folders.sort();
    folders
}

/// Checks one fixture in a format, with the policy, the usage and the administrator list that lie beside it.
pub(crate) fn check(folder: &Path, name: &str, format: &str) -> Run {
    let path = |name: &str| folder.join(name).to_str().unwrap().to_owned();
    let (license, policy, admins) = (path(&format!("{name}.json")), path(&format!("{name}.toml")), path("admins.json"));
    let mut arguments = vec!["check", &license, "--as-of", AS_OF, "-f", format];
    if Path::new(&policy).exists() {
        arguments.extend(["--policy", &policy]);
    } else {
        arguments.push("--no-policy");
    }
    if Path::new(&admins).exists() {
        arguments.extend(["--admins", &admins]);
    }
    let usage = [format!("{name}.usage.json"), format!("{name}.usage.csv")].map(|name| path(&name));
    if let Some(usage) = usage.iter().find(|usage| Path::new(usage).exists()) {
        arguments.extend(["--usage", usage]);
    }
    seatline(&arguments)
}

/// All findings of a report, those about the policy as well.
pub(crate) fn findings(report: &Value) -> Vec<Value> {
    let of = |value: &Value| value["findings"].as_array().unwrap().clone();
    let licenses = report["licenses"].as_array().unwrap().iter().flat_map(of);
    licenses.chain(report["policy"].as_object().map(|_| of(&report["policy"])).into_iter().flatten()).collect()
}

#[test]
fn every_rule_has_fixtures_that_fire_and_are_quiet() {
    let list = seatline(&["explain"]).stdout;
    let rules: Vec<_> = list.lines().map(|line| line.split_whitespace().next().unwrap().to_owned()).collect();
    let mut folders: Vec<_> =
        folders().iter().map(|path| path.file_name().unwrap().to_str().unwrap().to_owned()).collect();
    let mut sorted = rules.clone();
    sorted.sort();
    folders.sort();
    assert_eq!(folders, sorted);
}

#[test]
fn each_rule_fires_on_one_fixture_and_not_on_the_other() {
    let mut wrong = Vec::new();
    for folder in folders() {
        let rule = folder.file_name().unwrap().to_str().unwrap();
        for (name, expected) in [("fires", true), ("quiet", false)] {
            let run = check(&folder, name, "json");
            let found = findings(&run.json());
            let fired = found.iter().any(|finding| finding["rule"] == rule);
            if fired != expected {
                wrong.push(format!("{rule}/{name}: {:?}", found.iter().map(|one| &one["rule"]).collect::<Vec<_>>()));
            }
            let errors = found.iter().any(|one| one["severity"] == "error" && one["waived"].is_null());
            assert_eq!(run.code, i32::from(errors), "{rule}/{name}: {run:?}");
        }
    }
    assert_eq!(wrong, [""; 0]);
}

#[test]
fn a_clean_license_has_no_finding_above_info() {
    for path in ["tests/fixtures/clean.json", "samples/renewed-11.1.json"] {
        let report = seatline(&["check", path, "--as-of", AS_OF, "--no-policy", "-f", "json"]).json();
        let above: Vec<_> = findings(&report).into_iter().filter(|finding| finding["severity"] != "info").collect();
        assert_eq!(above, [Value::Null; 0], "{path}");
    }
}

#[test]
fn the_published_example_in_force_and_expired() {
    let check = |as_of| seatline(&["check", "samples/portal-10.8.json", "--as-of", as_of, "--no-policy", "-f", "json"]);
    let run = check("2019-01-01");
    assert_eq!((run.code, &run.json()["summary"]["errors"]), (0, &0.into()));
    let run = check("2021-01-01");
    let found = findings(&run.json());
    let count = |rule: &str| found.iter().filter(|finding| finding["rule"] == rule).count();
    assert_eq!((run.code, count("expired"), count("no-admin-user-type"), count("capability-expired")), (1, 25, 1, 1));
}

#[test]
fn explain_prints_the_page_of_each_rule() {
    for folder in folders() {
        let rule = folder.file_name().unwrap().to_str().unwrap();
        let run = seatline(&["explain", rule]);
        assert!(run.code == 0 && run.stdout.starts_with(&format!("# {rule}\n")), "{run:?}");
        assert!(run.stdout.contains("\nDefault severity: "), "{run:?}");
    }
    let run = seatline(&["explain", "seat-gpa"]);
    assert!(run.code == 2 && run.stderr.contains("did you mean seat-gap?"), "{run:?}");
}
