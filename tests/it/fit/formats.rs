//! Hostile ids, secrets, widths, and the same facts in every format.

use serde_json::{Value, json};

use super::files::{BASE, Files, assert_refused, fit, item, report};

const FORMATS: [&str; 4] = ["table", "json", "csv", "markdown"];

#[test]
fn hostile_ids_and_names_are_escaped_everywhere() {
    let files = Files::new();
    let hostile = ["=cmd|' /C calc'!A0", "\u{202e}evil\u{1b}[31m", "+1\u{7f}", "-2", "@x\u{85}", "a\nb", "<img>|`x`"];
    let entries: Vec<_> = hostile.iter().map(|id| json!({"id": id, "maxUsers": 1, "startDate": BASE})).collect();
    let definitions: Vec<_> = hostile.iter().map(|id| json!({"id": id, "name": id})).collect();
    let license = json!({"MyEsri": {"version": "1\u{1b}[2J", "definitions": {"userTypes": definitions}, "provision": {"userTypes": entries}}});
    let license = files.add("license.json", license.to_string());
    let users: Vec<_> = hostile
        .iter()
        .chain(&["=gone", "\u{202d}gone"])
        .enumerate()
        .map(|(index, id)| json!({"username": format!("\u{1b}]0;{index}"), "userLicenseTypeId": id, "role": "\u{9b}31m"}))
        .collect();
    let members = files.add("members.json", json!({"users": users}).to_string());
    for format in FORMATS {
        for color in ["always", "never"] {
            let run = fit(&license, &["--usage", &members, "-f", format, "--color", color, "--width", "120"]);
            assert_eq!(run.code, 1, "{run:?}");
            let is_ours = |character: char| character == '\n' || color == "always" && character == '\u{1b}';
            let dangerous = |character: &char| {
                (character.is_control() || "\u{202d}\u{202e}".contains(*character)) && !is_ours(*character)
            };
            assert_eq!(run.stdout.chars().find(dangerous), None, "{format}: {}", run.stdout);
            assert!(!run.stdout.contains("\u{1b}[2J") && !run.stdout.contains("\u{1b}[31mevil"), "{format}");
        }
    }
    let diff = crate::common::seatline(&["diff", &license, &license, "--color", "always"]).stdout;
    assert!(!diff.contains("\u{1b}[2J"), "{diff:?}");
    let csv = fit(&license, &["--usage", &members, "-f", "csv"]).stdout;
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    for record in reader.records() {
        let record = record.unwrap();
        for index in [1, 2] {
            assert!(!record[index].starts_with(['=', '+', '-', '@', '\t', '\r']), "{record:?}");
        }
    }
    // A negative number is a number all the same.
    assert!(csv.lines().any(|line| line.contains(",-1,")), "{csv}");
    // JSON gives back what was there.
    let report = report(&license, &["--usage", &members]);
    assert!(hostile.iter().all(|id| item(&report, id)["assigned"] == 1));
    let markdown = fit(&license, &["--usage", &members, "-f", "markdown"]).stdout;
    assert!(!markdown.contains("<img>|"), "{markdown}");
    // And messages are one line.
    let twice = json!({"users": [users[0], users[0]]}).to_string();
    let run = fit(&license, &["--usage", &files.add("twice.json", twice)]);
    assert_refused(&run, &["\\u001b]0;0 is there twice"]);
    let plan = files.add("plan.csv", "kind,id,count\n\u{1b}[31m,\u{202e},1\n");
    let run = fit(&license, &["--plan", &plan]);
    assert_eq!(
        run.stderr.trim_end().chars().find(|character| character.is_control() || *character == '\u{202e}'),
        None
    );
}

const SECRET: &str = "hunter2-SGVsbG8";

#[test]
fn no_format_and_no_message_shows_an_unknown_member() {
    let files = Files::new();
    let license = files.license();
    let user = json!({"username": "a", "userLicenseTypeId": "creatorUT", "email": SECRET, "fullName": SECRET,
        "role": {"x": SECRET}, "disabled": SECRET});
    let resource = json!({"token": SECRET, "currentRegisteredMembers": SECRET, "licenseManagerInfo": {"x": SECRET}, "userTypes": [
        {"id": "creatorUT", "maximumRegisteredMembers": SECRET, "currentRegisteredMembers": 1, "x": SECRET}]});
    let counts = json!({"results": [{"key": "creatorUT", "count": 1, "x": SECRET}], "nextStart": -1, "x": SECRET});
    let broken = |page: Value| format!("{page} {{\"users\": \"{SECRET}\"");
    for (text, code) in [
        (json!({"users": [user], "token": SECRET}).to_string(), 0),
        (resource.to_string(), 0),
        (counts.to_string(), 0),
        (format!("username,userLicenseTypeId,email\na,creatorUT,{SECRET}\n"), 0),
        (broken(counts.clone()), 3),
        (json!({"users": [user, {"email": SECRET, "username": {"x": SECRET}}]}).to_string(), 3),
        (json!({"users": [user, {"username": "b", "userLicenseTypeId": {"x": SECRET}}]}).to_string(), 3),
        (json!({"users": [user], "total": SECRET}).to_string(), 3),
        (json!({"results": [{"key": "creatorUT", "count": SECRET}], "nextStart": -1}).to_string(), 3),
        (
            json!({"userTypes": [{"id": "a", "maximumRegisteredMembers": 1, "currentRegisteredMembers": SECRET}]})
                .to_string(),
            3,
        ),
        (format!(r#"{{"users": [{{"username": "a", "username": "{SECRET}"}}]}}"#), 3),
        (format!("username,userLicenseTypeId,email\na,creatorUT,\"{SECRET}\n"), 3),
        (format!("username,userLicenseTypeId,email\na,creatorUT\n{SECRET}\n"), 3),
    ] {
        let usage = files.add("usage", &text);
        for format in FORMATS {
            let run = fit(&license, &["--usage", &usage, "-f", format]);
            assert_eq!(run.code, code, "{text}: {run:?}");
            assert!(!run.stdout.contains("hunter2") && !run.stderr.contains("hunter2"), "{text}: {run:?}");
        }
    }
}

#[test]
fn a_table_keeps_its_width_and_its_facts() {
    for width in [40, 60, 80, 100, 120, 200] {
        let run = crate::common::seatline(&[
            "fit",
            "samples/enterprise-11.4.json",
            "--usage",
            "samples/stories/members-11.4.csv",
            "--as-of",
            "2026-11-01",
            "--width",
            &width.to_string(),
        ]);
        for line in run.stdout.lines() {
            assert!(line.chars().count() <= width, "{width}: {line}");
        }
        for word in ["GISProfessionalBasicUT", "available", "creatorUT", "GISProfessionalAdvUT"] {
            assert!(run.stdout.contains(word), "{width}: {word} is whole: {}", run.stdout);
        }
        let text = run.words();
        for fact in ["not in this license", "4 short", "5.5 %", "12 members (2 disabled", "317"] {
            assert!(text.contains(fact), "{width}: {fact}: {text}");
        }
        let verdict = "does not fit: 1 user type, 3 members locked out (looked at until the license ends, ";
        assert!(text.starts_with(verdict), "{text}");
    }
}

#[test]
fn what_is_not_certain_is_marked_in_every_format() {
    let files = Files::new();
    let members = "username,userLicenseTypeId,role\na,GISProfessionalAdvUT,org_user\n";
    let members = files.add("members.csv", members);
    let run = |format: &str, width: &str| {
        let run = crate::common::seatline(&[
            "fit",
            "samples/faulty.json",
            "--usage",
            &members,
            "--as-of",
            "2027-01-01",
            "-f",
            format,
            "--width",
            width,
        ]);
        assert_eq!(run.code, 1, "{run:?}");
        run.stdout
    };
    let json: Value = serde_json::from_str(&run("json", "80")).unwrap();
    let item = item(&json, "GISProfessionalAdvUT");
    assert_eq!((&item["fits"], &item["certain"], &item["available"]), (&json!(false), &json!(false), &json!(11)));
    assert_eq!(item["fitsUntil"], json["asOf"]);
    for text in [run("table", "200"), run("table", "100"), run("table", "40"), run("markdown", "80")] {
        let text = crate::common::words(&text);
        assert!(text.contains("12 ?") && text.contains("11 ?") && text.contains("8.3 % ?"), "{text}");
        assert!(text.contains("does not certainly fit: the seats of 1 user type are not certain"), "{text}");
    }
    let csv = run("csv", "80");
    let row = csv.lines().find(|line| line.contains("GISProfessionalAdvUT")).unwrap();
    assert!(row.contains(r#","false","2027-01-01T00:00:00Z","false","2027-01-01T00:00:00Z","#), "{row}");
}

#[test]
fn what_nobody_counted_is_told() {
    let files = Files::new();
    let members = files.add("members.csv", "username,userLicenseTypeId\na,creatorUT\n");
    let run =
        crate::common::seatline(&["fit", "samples/renewed-11.1.json", "--usage", &members, "--as-of", "2027-01-01"]);
    assert!(run.stdout.contains("not counted, so not looked at: 2 app bundles, 1 extension and 4 apps"), "{run:?}");
    assert!(run.stdout.contains(", 1 member, "), "{run:?}");
}
