//! `seatline admins`: seats for a period, administrator lists of other licenses, and ids that must not reach a script.

use std::fs;

use serde_json::{Value, json};

use crate::common::{assert_schema, seatline};

/// 10 seats of Creator until 2024-04-10.
const ENDS: &str = "tests/fixtures/verdicts/ends.json";

fn pick(license: &str, arguments: &[&str]) -> (i32, String, String) {
    let run = seatline(&[&["admins", license, "--pick"][..], arguments].concat());
    (run.code, run.stdout, run.stderr)
}

#[test]
fn seats_for_some_time() {
    let picked = |as_of: &str, lasting: &str| {
        let (code, stdout, _) = pick(ENDS, &["--as-of", as_of, "--for", lasting]);
        assert_eq!(stdout, if code == 0 { "creatorUT\n" } else { "" });
        code
    };
    assert_eq!(picked("2024-01-01", "P30D"), 0);
    assert_eq!(picked("2024-01-01", "1y"), 1);
    // The first and the last instant of the period both count.
    assert_eq!([picked("2024-04-09", "1d"), picked("2024-04-08 23:59:59.999", "1d")], [1, 0]);
    let (_, _, stderr) = pick(ENDS, &["--as-of", "2024-01-01", "--for", "1y"]);
    let why = "from 2024-01-01 00:00 to 2025-01-01 00:00 (UTC): creatorUT: no seats from 2024-04-10 00:00 on";
    assert!(stderr.contains(why), "{stderr}");
    let run = seatline(&["admins", ENDS, "--as-of", "2024-01-01", "--for", "1y", "-f", "json"]);
    let report = run.json();
    assert_schema("admins", &report);
    let usable = (&report["pick"], &report["userTypes"][0]["usable"], &report["until"]);
    assert_eq!((run.code, usable), (1, (&Value::Null, &json!("no"), &json!("2025-01-01T00:00:00Z"))));
}

#[test]
fn a_list_of_another_license() {
    let folder = tempfile::tempdir().unwrap();
    let list = folder.path().join("list.json");
    fs::write(&list, r#"{"userTypes": [{"id": "creatorUT"}, {"id": "strangeUT"}]}"#).unwrap();
    let options = ["--as-of", "2024-01-01", "--admins", list.to_str().unwrap()];
    let (code, stdout, stderr) = pick(ENDS, &options);
    assert_eq!((code, stdout.as_str()), (1, ""));
    assert!(stderr.contains("the administrator list names strangeUT"), "{stderr}");
    for format in ["table", "markdown"] {
        let run = seatline(&[&["admins", ENDS, "-f", format][..], &options].concat());
        let text = run.words();
        assert!(run.code == 0 && text.contains("it probably belongs to another license"), "{run:?}");
    }
    let report = seatline(&[&["admins", ENDS, "-f", "json"][..], &options].concat()).json();
    assert_eq!((&report["pick"], &report["licenses"][0]["foreign"]), (&Value::Null, &json!(["strangeUT"])));
    let csv = seatline(&[&["admins", ENDS, "-f", "csv"][..], &options].concat());
    assert!(csv.stderr.contains("it probably belongs to another license"), "{csv:?}");
    fs::write(&list, r#"{"userTypes": [{"id": "creatorUT"}]}"#).unwrap();
    assert_eq!(pick(ENDS, &options).1, "creatorUT\n");
}

#[test]
fn an_id_that_cannot_be_seen_is_not_picked() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    for id in ["creator\u{7}UT", "creatorUT\u{202e}", "creatorUT\n"] {
        let license = json!({"MyEsri": {"version": "11.4", "provision": {"userTypes": [
            {"id": id, "maxUsers": 5, "startDate": 1_600_000_000_000_i64}]}}});
        fs::write(path("license.json"), license.to_string()).unwrap();
        fs::write(path("list.json"), json!({"userTypes": [{"id": id}]}).to_string()).unwrap();
        let (code, stdout, stderr) =
            pick(&path("license.json"), &["--as-of", "2024-01-01", "--admins", &path("list.json")]);
        assert_eq!((code, stdout.as_str()), (1, ""), "{id:?}");
        assert!(stderr.contains("characters that cannot be seen"), "{stderr}");
    }
}

/// The list of another license cannot be trusted. Every command that is given such a list says so, in every format.
#[test]
fn a_list_of_another_license_is_told_by_every_command() {
    let folder = tempfile::tempdir().unwrap();
    let add = |name: &str, text: &str| {
        let path = folder.path().join(name);
        fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let list = add("list.json", r#"{"userTypes": [{"id": "creatorUT"}, {"id": "strangeUT"}, {"id": "otherUT"}]}"#);
    let members = add("members.csv", "username,userLicenseTypeId,role\nada,creatorUT,org_admin\n");
    let moves = add("moves.csv", "username,userType\nada,creatorUT\n");
    let said = "the administrator list names otherUT and strangeUT, which this license neither defines nor provides: it \
                probably belongs to another license";
    let first = ["--usage", &members, "--moves", &moves, "--admins", &list];
    let mapped = ["--usage", &members, "--map", "creatorUT=creatorUT", "--admins", &list];
    let moved = ["--members", &members, "--moves", &moves, "--admins", &list];
    let commands: [(&str, Vec<&str>, &[&str]); 8] = [
        ("report", vec![ENDS, "--admins", &list], &["table", "json", "csv", "markdown"]),
        ("admins", vec![ENDS, "--admins", &list], &["table", "json", "csv", "markdown"]),
        ("diff", vec![ENDS, ENDS, "--old-admins", &list], &["table", "json", "csv", "markdown"]),
        ("diff", vec![ENDS, ENDS, "--new-admins", &list], &["table", "json", "csv", "markdown"]),
        ("fit", [&[ENDS][..], &first].concat(), &["table", "json", "csv", "markdown"]),
        ("fit", [&[ENDS][..], &mapped].concat(), &["json"]),
        ("moves", [&[ENDS][..], &moved].concat(), &["table", "json", "csv", "markdown", "python"]),
        ("preflight", [&[ENDS][..], &first].concat(), &["table", "json"]),
    ];
    for (command, arguments, formats) in commands {
        for format in formats {
            let options = ["--as-of", "2024-01-01", "-f", format];
            let run = seatline(&[&[command][..], &arguments, &options].concat());
            let all = format!("{}{}", run.stdout, run.stderr).replace(['\\', '`'], "");
            let all = crate::common::words(&all);
            assert!(run.code <= 1 && all.contains("strangeUT"), "{command} {format}: {run:?}");
            let is_list_of_ids = command == "diff" && *format == "json";
            assert!(is_list_of_ids || all.contains(said), "{command} {format}: {run:?}");
        }
    }
    let diff = seatline(&["diff", ENDS, ENDS, "--new-admins", &list, "--as-of", "2024-01-01", "-f", "json"]).json();
    assert_eq!(diff["new"]["foreign"], json!(["otherUT", "strangeUT"]));
    assert_eq!(diff["old"]["foreign"], json!([]));
    let nobody = ["preflight", ENDS, "--nobody-yet", "--admins", &list, "--as-of", "2024-01-01", "-f", "json"];
    assert!(seatline(&nobody).json()["unknown"].to_string().contains(said));
    let check = ["check", ENDS, "--admins", &list, "--as-of", "2024-01-01", "--no-policy", "-f", "json"];
    let check = seatline(&check).json();
    let findings = check["licenses"][0]["findings"].as_array().unwrap();
    assert_eq!(findings.iter().filter(|finding| finding["rule"] == "admin-list-mismatch").count(), 2);
}

#[test]
fn whom_report_calls_usable_admins_calls_usable() {
    let mut compared = 0;
    for folder in ["samples", "tests/fixtures"] {
        for as_of in ["2019-01-01", "2024-06-15", "2026-12-31 12:00", "2027-03-01"] {
            let answer = |command: &str| seatline(&[command, folder, "--as-of", as_of, "-q", "-f", "json"]).json();
            let (report, admins) = (answer("report"), answer("admins"));
            let key = |value: &Value| format!("{} {}", value["file"], value["document"]);
            for license in report["licenses"].as_array().unwrap() {
                let own = admins["userTypes"].as_array().unwrap().iter().filter(|one| key(one) == key(license));
                let usable: Vec<_> = own.filter(|one| one["usable"] == "yes").map(|one| &one["id"]).collect();
                assert_eq!(json!(usable), license["administrators"], "{as_of}: {}", key(license));
                compared += 1;
            }
        }
    }
    assert!(compared > 200, "{compared}");
}
