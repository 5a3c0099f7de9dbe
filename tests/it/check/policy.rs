//! Finding the policy, mistakes in policies, and the effect of waivers.

use std::fs;
use std::path::Path;

use serde_json::Value;

use super::fixtures::findings;
use crate::common::{Run, assert_schema, command, schema_faults, seatline};

const SAMPLE: &str = "samples/gap-and-early-end-10.9.json";

fn with_policy(policy: &str, options: &[&str]) -> Run {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("policy.toml");
    fs::write(&path, policy).unwrap();
    let path = path.to_str().unwrap();
    seatline(&[&["check", SAMPLE, "--as-of", "2026-11-01", "--policy", path][..], options].concat())
}

#[test]
fn a_mistake_is_shown_with_a_caret_and_what_was_meant() {
    for (policy, place, part) in [
        ("portal-verison = \"11.4\"\n", ":1:1: ", "did you mean `portal-version`?"),
        ("[levels]\nseat-gp = \"allow\"\n", ":2:1: ", "did you mean `seat-gap`?"),
        ("[levels]\nseat-gap = \"alow\"\n", ":2:12: ", "did you mean `allow`?"),
        ("[levels]\nseat-gap = 1\n", ":2:12: ", "expected a string"),
        ("[thresholds]\nwaiver-ending = \"14 days\"\n", ":2:17: ", "such as 30d, 12w"),
        ("portal-version = \"eleven\"\n", ":1:18: ", "not a version"),
        ("portal-version = 11.4\n", ":1:18: ", "expected a string"),
        ("[[item]]\nkind = \"usertype\"\nid = \"x\"\nrequired = true\n", ":2:8: ", "did you mean `userType`?"),
        ("[[item]]\nkind = \"userType\"\nid = \"x\"\n", ":3:6: ", "the item has no expectation"),
        ("[[item]]\nkind = \"userType\"\nid = \"x\"\nminimum-seats = -1\n", ":4:17: ", "-1"),
        ("[[item]]\nkind = \"app\"\nid = \"x\"\nearliest-end = \"2027-02-30\"\n", ":4:16: ", "no day"),
        ("[[waiver]]\nrule = \"seat-gap\"\n", ":1:1: ", "missing field"),
        ("= 1\n", ":1:1: ", ""),
    ] {
        let run = with_policy(policy, &[]);
        assert_eq!((run.code, run.stdout.as_str()), (2, ""), "{policy}: {run:?}");
        let first = run.stderr.lines().next().unwrap();
        assert!(first.starts_with("error: ") && first.contains(place) && first.contains(part), "{policy}: {first}");
        assert!(run.stderr.contains('^'), "{policy}: {}", run.stderr);
    }
}

fn waiver(rule: &str, until: &str) -> String {
    format!("[[waiver]]\nrule = \"{rule}\"\nkind = \"userType\"\nid = \"*\"\nuntil = {until}\nreason = \"known\"\n")
}

fn severities(report: &Value, rule: &str) -> Vec<(Value, bool)> {
    let of = findings(report).into_iter().filter(|finding| finding["rule"] == rule);
    of.map(|finding| (finding["severity"].clone(), !finding["waived"].is_null())).collect()
}

#[test]
fn a_waiver_accepts_until_its_day_and_not_longer() {
    let report = |until: &str, options: &[&str]| {
        let run = with_policy(&waiver("seat-gap", until), &[&["-f", "json"], options].concat());
        (run.code, run.json())
    };
    let (code, accepted) = report("2027-01-31", &[]);
    assert_eq!((code, severities(&accepted, "seat-gap")), (0, vec![("error".into(), true)]));
    assert_eq!(accepted["summary"]["waived"], 1);
    // A date in quotes, and a waiver that ends soon.
    let (code, ending) = report("\"2026-11-10\"", &[]);
    assert_eq!((code, severities(&ending, "waiver-ending").len()), (0, 1));
    // The whole day counts, and the as-of is its first instant.
    let (code, last_day) = report("2026-11-01", &[]);
    assert_eq!((code, severities(&last_day, "seat-gap")), (0, vec![("error".into(), true)]));
    let (code, at) = report("2026-11-01T00:00:00Z", &[]);
    assert_eq!((code, severities(&at, "seat-gap")), (0, vec![("error".into(), true)]));
    let (code, expired) = report("2026-10-31", &[]);
    assert_eq!((code, severities(&expired, "seat-gap")), (1, vec![("error".into(), false)]));
    assert_eq!(severities(&expired, "waiver-expired"), [("error".into(), false)]);
    assert_eq!(severities(&expired, "waiver-unused"), []);
    let (code, audited) = report("2027-01-31", &["--no-waivers"]);
    assert_eq!((code, severities(&audited, "seat-gap")), (1, vec![("error".into(), false)]));
    assert_eq!(audited["policy"]["findings"], Value::Array(Vec::new()));
}

#[test]
fn an_unused_waiver_is_told() {
    let run = with_policy(&waiver("expired", "2027-01-31").replace('*', "creatorUT"), &["-f", "json"]);
    assert_eq!(severities(&run.json(), "waiver-unused"), [("warning".into(), false)]);
}

#[test]
fn what_cannot_be_read_cannot_be_waived() {
    for rule in ["unreadable-entry", "conflicting-entries", "implausible-date"] {
        let run = with_policy(&waiver(rule, "2027-01-31"), &[]);
        assert!(run.code == 2 && run.stderr.contains("cannot be waived"), "{run:?}");
    }
}

#[test]
fn waived_findings_are_suppressed_in_sarif_and_skipped_in_junit() {
    let log = with_policy(&waiver("seat-gap", "2027-01-31"), &["-f", "sarif"]).json();
    let results = log["runs"][0]["results"].as_array().unwrap().clone();
    let gap = results.iter().find(|result| result["ruleId"] == "seat-gap").unwrap();
    assert_eq!(gap["suppressions"][0]["status"], "accepted");
    assert!(gap["suppressions"][0]["justification"].as_str().unwrap().contains("known"));
    let xml = with_policy(&waiver("seat-gap", "2027-01-31"), &["-f", "junit"]).stdout;
    assert!(roxmltree::Document::parse(&xml).unwrap().descendants().any(|node| node.has_tag_name("skipped")));
}

#[test]
fn the_nearest_policy_of_the_working_directory_is_used_and_named() {
    let repository = tempfile::tempdir().unwrap();
    let root = repository.path();
    let inner = root.join("a/b");
    let vendor = tempfile::tempdir().unwrap();
    fs::create_dir_all(&inner).unwrap();
    fs::create_dir(root.join(".git")).unwrap();
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/portal-10.8.json");
    let license = vendor.path().join("license.json");
    fs::copy(sample, &license).unwrap();
    fs::write(vendor.path().join("seatline.toml"), "this is not ours\n").unwrap();
    let policy = |options: &[&str], variable: Option<&Path>| {
        let license = license.to_str().unwrap();
        let mut command = command(&[&["check", license, "--as-of", "2019-01-01", "-f", "json"][..], options].concat());
        if let Some(path) = variable {
            command.env("SEATLINE_POLICY", path);
        }
        let run: Run = command.current_dir(&inner).output().unwrap().into();
        assert_eq!(run.code, 0, "{run:?}");
        run.json()["policy"]["source"].clone()
    };
    assert_eq!(policy(&[], None), Value::Null, "one beside the input is not ours");
    let [far, near] = [root.join("seatline.toml"), root.join("a/seatline.toml")];
    fs::write(&far, "").unwrap();
    // The program does not show the prefix by which Windows takes a path literally.
    let real = |path: &Path| path.canonicalize().unwrap().to_str().unwrap().trim_start_matches(r"\\?\").to_owned();
    assert_eq!(policy(&[], None), real(&far));
    fs::write(&near, "").unwrap();
    assert_eq!(policy(&[], None), real(&near));
    fs::write(inner.join("seatline.toml"), "").unwrap();
    assert_eq!(policy(&[], None), "seatline.toml");
    assert_eq!(policy(&[], Some(&far)), far.to_str().unwrap());
    assert_eq!(policy(&["--policy", near.to_str().unwrap()], Some(&far)), near.to_str().unwrap());
    assert_eq!(policy(&["--no-policy"], Some(&far)), Value::Null);
}

#[test]
fn a_policy_above_the_repository_is_not_ours() {
    let outside = tempfile::tempdir().unwrap();
    fs::write(outside.path().join("seatline.toml"), "not toml at all").unwrap();
    let repository = outside.path().join("repository");
    fs::create_dir_all(repository.join(".git")).unwrap();
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/portal-10.8.json");
    let run = command(&["check", sample.to_str().unwrap(), "--as-of", "2019-01-01"]).current_dir(&repository).output();
    assert_eq!(run.unwrap().status.code(), Some(0));
}

#[test]
fn a_first_policy_asks_for_what_the_license_gives() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("seatline.toml");
    let out = path.to_str().unwrap();
    for sample in ["samples/renewed-11.1.json", "samples/portal-10.8.json", "samples/faulty.json"] {
        let as_of = if sample.contains("portal") { "2019-01-01" } else { "2027-01-01" };
        let _ = fs::remove_file(&path);
        assert_eq!(seatline(&["check", "--init", sample, "--as-of", as_of, "-o", out]).code, 0);
        let policy = fs::read_to_string(&path).unwrap();
        assert!(policy.contains("minimum-seats = ") && policy.contains("# [[waiver]]"), "{policy}");
        let report = seatline(&["check", sample, "--as-of", as_of, "--policy", out, "-f", "json"]).json();
        let broken: Vec<_> = findings(&report)
            .into_iter()
            .filter(|one| one["rule"].as_str().unwrap().starts_with("policy-") || one["rule"] == "version-mismatch")
            .collect();
        assert_eq!(broken, [Value::Null; 0], "{sample}");
        // With its comments removed, the starter is a policy as well.
        let commented = policy.replace("# [[", "[[").replace("# [admin", "[admin");
        let commented: String = commented
            .lines()
            .map(|line| line.strip_prefix("# ").filter(|line| line.contains(" = ")).unwrap_or(line).to_owned() + "\n")
            .collect();
        fs::write(&path, commented).unwrap();
        let run = seatline(&["check", sample, "--as-of", as_of, "--policy", out]);
        assert_ne!(run.code, 2, "{}", run.stderr);
    }
    let run = seatline(&["check", "--init", "samples/portal-10.8.json", "-o", out]);
    assert!(run.code == 2 && run.stderr.contains("there is a policy already"), "{run:?}");
}

#[test]
fn the_schema_of_policies_takes_what_the_program_takes() {
    let policy = seatline(&["check", "--init", "samples/portal-10.8.json", "--as-of", "2019-01-01"]).stdout;
    let value: toml::Value = toml::from_str(&policy).unwrap();
    assert_schema("policy", &plain(&value));
    assert_ne!(schema_faults("policy", &serde_json::json!({"portal-verison": "11.4"})), [""; 0]);
    assert_ne!(schema_faults("policy", &serde_json::json!({"levels": {"seat-gap": "never"}})), [""; 0]);
}

/// TOML as JSON, with dates as text.
fn plain(value: &toml::Value) -> Value {
    match value {
        toml::Value::Table(table) => table.iter().map(|(key, value)| (key.clone(), plain(value))).collect(),
        toml::Value::Array(array) => array.iter().map(plain).collect(),
        toml::Value::String(text) => text.as_str().into(),
        toml::Value::Integer(number) => (*number).into(),
        toml::Value::Boolean(yes) => (*yes).into(),
        toml::Value::Float(number) => (*number).into(),
        toml::Value::Datetime(date) => date.to_string().into(),
    }
}
