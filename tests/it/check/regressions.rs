//! Faults that `check` once had; the name of each test tells the fault.

use serde_json::Value;

use super::fixtures::findings;
use crate::common::{seatline, seatline_with_input};

const AS_OF: &str = "2027-01-01";
const MS_2024: i64 = 1_704_110_400_000;
const YEAR: i64 = 31_536_000_000;

/// A license of Viewer with these counts, a year apart from 2024 on.
fn viewer(counts: &[&str]) -> String {
    let entries = counts.iter().zip(0_i64..).map(|(count, year)| {
        format!(r#"{{"id": "viewerUT", "maxUsers": {count}, "startDate": {}}}"#, MS_2024 + year * YEAR)
    });
    let entries: Vec<_> = entries.collect();
    format!(r#"{{"MyEsri": {{"version": "11.1", "provision": {{"userTypes": [{}]}}}}}}"#, entries.join(", "))
}

fn rules(license: &str, options: &[&str]) -> Vec<String> {
    let arguments = [&["check", "-", "--as-of", AS_OF, "-f", "json"][..], options].concat();
    let report = seatline_with_input(&arguments, license.as_bytes()).json();
    findings(&report).iter().map(|finding| finding["rule"].as_str().unwrap().to_owned()).collect()
}

fn with_policy(license: &str, policy: &str) -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("policy.toml");
    std::fs::write(&path, policy).unwrap();
    rules(license, &["--policy", path.to_str().unwrap()])
}

#[test]
fn a_plain_zero_after_an_unreadable_count_is_an_end() {
    assert!(rules(&viewer(&["5", "-1", "0"]), &["--no-policy"]).contains(&"expired".to_owned()));
    assert!(!rules(&viewer(&["5", "-1"]), &["--no-policy"]).contains(&"expired".to_owned()));
}

#[test]
fn an_end_whose_date_cannot_be_read_is_not_no_end() {
    let license = r#"{"MyEsri": {"provision": {"userTypes": [{"id": "a", "maxUsers": 5, "startDate": 1704110400000},
        {"id": "a", "maxUsers": 0, "startDate": 1893456000}]}}}"#;
    let found = rules(license, &["--no-policy"]);
    assert!(found.contains(&"implausible-date".to_owned()) && !found.contains(&"no-end".to_owned()), "{found:?}");
}

#[test]
fn one_fact_is_found_once() {
    let upcoming = viewer(&["0", "0", "0", "0", "5"]);
    let policy = "[[item]]\nkind = \"userType\"\nid = \"viewerUT\"\nrequired = true\nminimum-seats = 5\n";
    let found = with_policy(&upcoming, policy);
    assert_eq!(found.iter().filter(|rule| rule.starts_with("policy-")).count(), 1, "{found:?}");
    let conflict = viewer(&["5"]).replace("}]", "}, {\"id\": \"viewerUT\", \"maxUsers\": 3, \"startDate\": 1704110400000}, {\"id\": \"viewerUT\", \"maxUsers\": 5, \"startDate\": 1704110400000}]");
    let found = rules(&conflict, &["--no-policy"]);
    assert!(found.contains(&"conflicting-entries".to_owned()) && !found.contains(&"duplicate-entry".to_owned()));
    let found = rules(r#"{"MyEsri": {"provision": null}}"#, &["--no-policy"]);
    assert_eq!(found, ["unreadable-entry"]);
}

#[test]
fn an_unreadable_entitlement_is_told_whatever_else_is_there() {
    let license = r#"{"MyEsri": {"provision": {"userTypes": [], "extensions": [{"id": "utilityNetwork", "maxUsers": 5,
        "startDate": 1704110400000, "entitlements": [{"num": -5, "apiName": "utilityNetwork"}]}]}}}"#;
    assert!(rules(license, &["--no-policy"]).contains(&"unreadable-entry".to_owned()));
}

#[test]
fn the_window_of_the_administrator_ends_before_its_end() {
    let license = r#"{"MyEsri": {"provision": {"userTypes": [{"id": "creatorUT", "maxUsers": 5, "startDate": 1704110400000},
        {"id": "creatorUT", "maxUsers": 0, "startDate": 1806537600000}]}}}"#; // 2027-04-01
    let policy = |on: &str, lasting: &str| {
        with_policy(license, &format!("[admin]\ninitial-user-type = \"creatorUT\"\non = {on}\nfor = \"{lasting}\"\n"))
    };
    let unusable = "admin-type-unusable".to_owned();
    assert!(!policy("2027-03-01", "P31D").contains(&unusable));
    assert!(policy("2027-03-01", "P32D").contains(&unusable));
    assert!(!policy("2020-01-01", "P31D").contains(&unusable), "what is over cannot be helped");
}

#[test]
fn a_license_in_place_of_a_policy_is_not_shown() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("license.json");
    std::fs::write(&path, r#"{"signature": "hunter2", "MyEsri": {}}"#).unwrap();
    let run = seatline(&["check", "samples/portal-10.8.json", "--policy", path.to_str().unwrap()]);
    assert_eq!(run.code, 2);
    assert!(!run.stderr.contains("hunter2"), "{}", run.stderr);
}

#[cfg(unix)]
#[test]
fn a_policy_from_a_pipe_is_read_once() {
    let mut arguments = vec!["check", "samples/portal-10.8.json", "--as-of", "2019-01-01", "--policy", "/dev/stdin"];
    arguments.extend(["-f", "json"]);
    let policy = b"[[item]]\nkind = \"userType\"\nid = \"nope\"\nrequired = true\n";
    assert_eq!(seatline_with_input(&arguments, policy).code, 1);
}

#[test]
fn a_waiver_is_not_unused_where_an_input_could_not_be_read() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("policy.toml");
    let waiver = "[[waiver]]\nrule = \"seat-gap\"\nkind = \"*\"\nid = \"*\"\nuntil = 2030-01-01\nreason = \"known\"\n";
    std::fs::write(&path, waiver).unwrap();
    let unused = |inputs: &[&str]| {
        let arguments = [&["check", "--policy", path.to_str().unwrap(), "--as-of", AS_OF, "-f", "json"][..], inputs];
        findings(&seatline(&arguments.concat()).json()).iter().any(|finding| finding["rule"] == "waiver-unused")
    };
    assert!(unused(&["samples/renewed-11.1.json"]));
    assert!(!unused(&["samples/renewed-11.1.json", "nowhere.json"]));
}

#[test]
fn an_item_is_expected_once() {
    let item = "[[item]]\nkind = \"app\"\nid = \"tracker\"\n";
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("policy.toml");
    for policy in
        [format!("{item}required = true\n{item}forbidden = true\n"), item.replace("tracker", "") + "required = true\n"]
    {
        std::fs::write(&path, policy).unwrap();
        let run = seatline(&["check", "samples/portal-10.8.json", "--policy", path.to_str().unwrap()]);
        assert!(run.code == 2 && run.stderr.contains('^'), "{run:?}");
    }
}

#[test]
fn one_output_that_fails_takes_no_other_with_it() {
    let folder = tempfile::tempdir().unwrap();
    let junit = folder.path().join("ok.xml");
    let junit = format!("junit={}", junit.to_str().unwrap());
    let run = seatline(&[
        "check",
        "samples/portal-10.8.json",
        "--no-policy",
        "-f",
        "sarif=no/such/x",
        "-f",
        &junit,
        "-f",
        "text",
    ]);
    assert_eq!(run.code, 2);
    assert!(run.stdout.contains("error[expired]") && folder.path().join("ok.xml").exists(), "{run:?}");
}

#[test]
fn what_could_not_be_read_is_in_the_files_too() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("out.sarif");
    let sarif = format!("sarif={}", path.to_str().unwrap());
    let run = seatline(&["check", "nowhere.json", "--no-policy", "-f", &sarif]);
    assert_eq!(run.code, 3);
    let log: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    assert_eq!(log["runs"][0]["invocations"][0]["executionSuccessful"], false);
    assert!(log["runs"][0]["invocations"][0]["toolExecutionNotifications"].is_array());
}

#[test]
fn two_names_of_one_file_are_one_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    for (one, other) in [("x", "./x"), ("Out.x", "out.x"), ("Out.x", "./OUT.X")] {
        let (one, other) = (format!("sarif={}", path(one)), format!("json={}", path(other)));
        let run = seatline(&["check", "samples/portal-10.8.json", "--no-policy", "-f", &one, "-f", &other]);
        assert_eq!(run.code, 2, "{run:?}");
    }
    assert_eq!(seatline(&["check", "samples/portal-10.8.json", "--no-policy", "-f", "sarif=-", "-f", "json"]).code, 2);
}

#[test]
fn junit_is_xml_whatever_an_id_holds() {
    let license = viewer(&["-1"]).replace("viewerUT", "a\u{ffff}\u{fffe}<&>");
    let run = seatline_with_input(&["check", "-", "--no-policy", "-f", "junit"], license.as_bytes());
    assert!(roxmltree::Document::parse(&run.stdout).is_ok(), "{}", run.stdout);
}
