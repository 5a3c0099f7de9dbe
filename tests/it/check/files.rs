//! Policies that apply to some files only.

use std::fs;
use std::path::Path;

use serde_json::Value;

use super::fixtures::findings;
use crate::common::{Run, command, seatline_with_input};

const LICENSE: &str = r#"{"MyEsri": {"version": "11.4", "definitions": {"userTypes": [{"id": "creatorUT", "name": "Creator",
    "description": "", "level": "2", "isEsriDefault": true}], "appBundles": []}, "provision": {"userTypes": [
    {"id": "creatorUT", "maxUsers": 20, "startDate": 1735689600000}]}}}"#;

const ITEMS: &str = r#"
[[item]]
kind = "userType"
id = "creatorUT"
minimum-seats = 200
files = ["prod/**"]

[[item]]
kind = "userType"
id = "creatorUT"
minimum-seats = 10
files = ["staging/*.json", "test-?.jsonl"]
"#;

const WAIVER: &str = r#"
[[waiver]]
rule = "policy-seats"
kind = "*"
id = "*"
until = 2099-01-01
reason = "ordered"
files = ["prod/old/*"]
"#;

struct Site(tempfile::TempDir);

impl Site {
    fn new(policy: &str) -> Self {
        let site = Self(tempfile::tempdir().unwrap());
        for folder in [".git", "prod/old", "staging", "conf"] {
            fs::create_dir_all(site.0.path().join(folder)).unwrap();
        }
        for file in ["prod/a.json", "prod/old/b.json", "staging/a.json", "c.json"] {
            fs::write(site.0.path().join(file), LICENSE).unwrap();
        }
        fs::write(site.0.path().join("seatline.toml"), policy).unwrap();
        site
    }

    fn check(&self, folder: &str, arguments: &[&str]) -> Run {
        let folder = self.0.path().join(folder);
        let mut command = command(&[&["check", "--as-of", "2027-01-01", "-f", "json"][..], arguments].concat());
        command.current_dir(folder).output().unwrap().into()
    }
}

/// The files with too few seats, and whether a waiver accepts it.
fn short(run: &Run) -> Vec<(String, bool)> {
    let report = run.json();
    let mut short = Vec::new();
    for license in report["licenses"].as_array().unwrap() {
        for finding in license["findings"].as_array().unwrap().iter().filter(|one| one["rule"] == "policy-seats") {
            let file = Path::new(license["file"].as_str().unwrap());
            short.push((file.to_str().unwrap().replace('\\', "/"), !finding["waived"].is_null()));
        }
    }
    short
}

#[test]
fn an_item_is_expected_of_its_files_alone() {
    let site = Site::new(ITEMS);
    let of = |file: &str, waived: bool| (file.to_owned(), waived);
    let run = site.check(".", &["."]);
    assert_eq!(short(&run), [of("./prod/a.json", false), of("./prod/old/b.json", false)]);
    assert_eq!(run.code, 1);
    // Run from another folder, or with another name of the policy, the files are the same.
    assert_eq!(short(&site.check("prod", &["a.json", "../staging/a.json"])), [of("a.json", false)]);
    assert_eq!(short(&site.check("conf", &["../c.json", "--policy", "../seatline.toml"])), []);
    let absolute = site.0.path().join("prod/a.json");
    let absolute = absolute.to_str().unwrap();
    assert_eq!(short(&site.check("conf", &[absolute, "--policy", "../seatline.toml"])).len(), 1);
}

#[test]
fn standard_input_is_no_file_and_an_envelope_is_the_file_it_stands_in() {
    let site = Site::new(ITEMS);
    let policy = site.0.path().join("seatline.toml");
    let policy = policy.to_str().unwrap();
    let run = seatline_with_input(&["check", "-", "--policy", policy, "-f", "json"], LICENSE.as_bytes());
    assert_eq!((run.code, short(&run)), (0, vec![]));
    let few = LICENSE.replace("20,", "5,").replace('\n', "");
    let line = format!(r#"{{"source": "prod/a.json", "document": {few}}}"#);
    fs::write(site.0.path().join("test-1.jsonl"), line).unwrap();
    assert_eq!(short(&site.check(".", &["test-1.jsonl"])), [("test-1.jsonl".to_owned(), false)]);
}

#[test]
fn a_waiver_accepts_in_its_files_and_is_not_unused_where_there_are_none() {
    let site = Site::new(&format!("{ITEMS}{WAIVER}"));
    let run = site.check(".", &["prod"]);
    assert_eq!(short(&run), [("prod/a.json".to_owned(), false), ("prod/old/b.json".to_owned(), true)]);
    let unused = |run: &Run| {
        let found: Vec<Value> = findings(&run.json());
        found.iter().any(|finding| finding["rule"] == "waiver-unused")
    };
    assert!(!unused(&run));
    assert!(!unused(&site.check(".", &["staging"])), "none of its files was checked");
    let more = LICENSE.replace("20,", "500,");
    fs::write(site.0.path().join("prod/old/b.json"), more).unwrap();
    assert!(unused(&site.check(".", &["prod"])));
}

#[test]
fn what_can_match_no_file_is_a_mistake_in_the_policy() {
    for (files, part) in [
        ("[]", "no file at all"),
        (r#"["/etc/*"]"#, "from the folder of the policy"),
        (r#"["prod/"]"#, "did you mean `prod/**`?"),
        (r#"["prod/[a"]"#, "unclosed"),
        (r#"["ok", ""]"#, "it is empty"),
        (r#""prod/**""#, "expected a sequence"),
    ] {
        let site = Site::new(&WAIVER.replace(r#"["prod/old/*"]"#, files));
        let run = site.check(".", &["c.json"]);
        assert!(run.code == 2 && run.stderr.contains(part) && run.stderr.contains('^'), "{files}: {}", run.stderr);
    }
    let twice = format!("{ITEMS}{}", ITEMS.lines().take(6).collect::<Vec<_>>().join("\n"));
    let run = Site::new(&twice).check(".", &["c.json"]);
    assert!(run.code == 2 && run.stderr.contains("listed twice"), "{}", run.stderr);
}

#[test]
fn what_an_envelope_names_is_told_wherever_a_message_stands_alone() {
    let site = Site::new("");
    let line = |source: &str, document: &str| {
        format!("{{\"source\": \"{source}\", \"document\": {}}}\n", document.replace('\n', ""))
    };
    let bad = LICENSE.replace("20,", "-3,");
    let broken = line("staging", "{\"MyEsri\": 5}");
    fs::write(
        site.0.path().join("all.jsonl"),
        line("prod", &bad) + &line("test", &bad) + &broken + &bad.replace('\n', ""),
    )
    .unwrap();
    let run = |format: &str| {
        let arguments = ["all.jsonl", "--no-policy", "--as-of", "2027-01-01", "-f", format];
        let run: Run =
            command(&[&["check"], &arguments[..]].concat()).current_dir(site.0.path()).output().unwrap().into();
        run.stdout
    };
    for format in ["github", "azure", "gitlab", "sarif", "junit", "text"] {
        let text = run(format);
        // Where a colon is escaped, it is not that of a message.
        for source in ["prod: ", "test: "] {
            let named = text.lines().filter(|line| line.contains(source)).count();
            assert!(named >= 1, "{format}: {source}: {text}");
        }
        assert!(format == "text" || text.contains("staging: "), "{format}: {text}");
        assert!(!text.contains("all.jsonl: creatorUT"), "{format}: a file names itself once: {text}");
    }
    assert!(run("junit").contains("<property name=\"source\" value=\"prod\"/>"));
}
