//! The outputs of `moves`, whatever names there are.

use serde_json::Value;

use super::portal::{DAY, Portal, report_of};
use crate::common::seatline;

const HOSTILE: [&str; 14] = [
    "=HYPERLINK(1)",
    "+1",
    "-1",
    "@me",
    "'quoted",
    "a\"\"\"b",
    "back\\slash",
    "esc\u{1b}[31m",
    "bidi\u{202e}x",
    "🌍\u{10ffff}",
    "new\nline",
    "tab\there",
    "pipe|`<b>",
    "semi;colon, comma",
];

fn is_harmful(character: char) -> bool {
    (character.is_control() && character != '\n') || ('\u{202a}'..='\u{202e}').contains(&character)
}

/// Members with hostile names, who all move to a type with a hostile name.
fn hostile() -> (Portal, String) {
    let target = "=evil\u{1b}\"UT";
    let portal = Portal::new(&[("creatorUT", 20), (target, 20), ("-x'UT", 9)], &[], &[]);
    let users: Vec<Value> = HOSTILE
        .iter()
        .map(|name| serde_json::json!({"username": name, "userLicenseTypeId": "-x'UT", "role": "org_user"}))
        .collect();
    let page = serde_json::json!({"total": users.len(), "start": 1, "nextStart": -1, "users": users});
    let members = portal.write("members.json", &page.to_string());
    (portal, members)
}

fn run(portal: &Portal, members: &str, arguments: &[&str]) -> crate::common::Run {
    let license = portal.name("license.json");
    seatline(&[&["moves", &license, "--members", members, "--as-of", DAY][..], arguments].concat())
}

#[test]
fn hostile_names_are_harmless_in_every_format() {
    let (portal, members) = hostile();
    let map = ["--map=-x'UT==evil\u{1b}\"UT"];
    let undo = portal.name("undo.csv");
    for format in ["table", "json", "csv", "markdown", "python"] {
        let run = run(&portal, &members, &[&map[..], &["-f", format, "--undo", &undo]].concat());
        assert_eq!(run.code, 0, "{run:?}");
        assert!(!run.stdout.contains(is_harmful) && !run.stderr.contains(is_harmful), "{format}: {run:?}");
    }
    let report = report_of(&run(&portal, &members, &[&map[..], &["-f", "json"]].concat()));
    let mut names: Vec<_> =
        report["batches"][0]["users"].as_array().unwrap().iter().map(|name| name.as_str().unwrap()).collect();
    names.sort_unstable();
    let mut expected = HOSTILE;
    expected.sort_unstable();
    assert_eq!(names, expected);
}

#[test]
fn hostile_csv_is_inert_and_can_be_read_back() {
    let (portal, members) = hostile();
    let (moves, undo) = (portal.name("plan.csv"), portal.name("undo.csv"));
    let map = ["--map=-x'UT==evil\u{1b}\"UT", "-f", "csv", "-o", &moves, "--undo", &undo];
    assert_eq!(run(&portal, &members, &map).code, 0);
    for path in [&moves, &undo] {
        let text = std::fs::read_to_string(path).unwrap();
        for record in csv::Reader::from_reader(text.as_bytes()).records() {
            assert!(record.unwrap().iter().all(|cell| !cell.starts_with(['=', '+', '-', '@', '\t', '\r'])), "{text}");
        }
    }
    let there = report_of(&run(&portal, &members, &["--moves", &moves, "-f", "json"]));
    assert_eq!((&there["moves"], &there["unchanged"]), (&HOSTILE.len().into(), &0.into()));
    // Nobody has moved yet, so the undo plan moves nobody; but it finds every member.
    let back = report_of(&run(&portal, &members, &["--moves", &undo, "-f", "json"]));
    assert_eq!((&back["moves"], &back["unchanged"]), (&0.into(), &HOSTILE.len().into()));
}

#[test]
fn a_name_that_may_be_two_is_refused() {
    let seats = [("creatorUT", 5), ("viewerUT", 5)];
    let portal = Portal::new(&seats, &["=a,creatorUT,org_user", "'=a,creatorUT,org_user"], &["'=a,viewerUT"]);
    let report = portal.report(&[]);
    assert_eq!(report["problems"][0]["code"], "ambiguous-name");
    portal.write("moves.csv", "username,userType\n=a,viewerUT\n");
    assert_eq!(portal.report(&[])["batches"][0]["users"], serde_json::json!(["=a"]));
}

#[test]
fn a_hundred_names_in_a_batch_fit_any_page() {
    let members: Vec<_> = (0..100).map(|index| format!("user.number.{index}@example.com,creatorUT,org_user")).collect();
    let members: Vec<_> = members.iter().map(String::as_str).collect();
    let portal = Portal::new(&[("creatorUT", 100), ("viewerUT", 100)], &members, &[]);
    for width in ["40", "80", "200"] {
        let run = portal.run(&["--map", "creatorUT=viewerUT", "--batch", "100", "--width", width]);
        let limit: usize = width.parse().unwrap();
        for line in run.stdout.lines() {
            // The path of the license is one long word.
            assert!(line.chars().count() <= limit || line.contains("license.json"), "{width}: {line:?}");
        }
        let text: String = run.stdout.split_whitespace().collect();
        for index in 0..100 {
            assert!(
                limit < 80 || text.contains(&format!("user.number.{index}@example.com")),
                "{width}: {index}\n{}",
                run.stdout
            );
        }
        assert!(run.stdout.contains("possible in 1 request"), "{}", run.stdout);
    }
}

#[test]
fn every_format_shows_the_same_plan() {
    let members = ["a,creatorUT,org_user", "b,viewerUT,org_user", "c,viewerUT,org_user"];
    let portal = Portal::new(&[("creatorUT", 2), ("viewerUT", 2)], &members, &["a,viewerUT", "b,creatorUT"]);
    let report = portal.report(&[]);
    let order: Vec<_> = report["batches"]
        .as_array()
        .unwrap()
        .iter()
        .map(|batch| (batch["userType"].clone(), batch["users"].clone()))
        .collect();
    assert_eq!(order, [("creatorUT".into(), serde_json::json!(["b"])), ("viewerUT".into(), serde_json::json!(["a"]))]);
    assert_eq!(
        portal.moves(&["-f", "csv"]).stdout,
        "\"username\",\"userType\",\"batch\",\"from\"\n\"b\",\"creatorUT\",1,\"viewerUT\"\n\"a\",\"viewerUT\",2,\"creatorUT\"\n"
    );
    let table = portal.moves(&[]).stdout;
    assert!(table.find("from viewerUT: b") < table.find("from creatorUT: a"), "{table}");
    let python = portal.moves(&["-f", "python"]).stdout;
    let plan = "PLAN = [\n    (\"creatorUT\", [\n        (\"b\", \"viewerUT\"),\n    ]),\n    (\"viewerUT\", [\n        (\"a\", \"creatorUT\"),\n    ]),\n]\n";
    assert!(python.contains(plan), "{python}");
}
