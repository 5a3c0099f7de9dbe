//! The sources of members and moves, and the output.

use std::fs;

use serde_json::{Value, json};

use super::portal::{DAY, Portal};
use crate::common::{seatline, seatline_with_input};

fn portal() -> Portal {
    let seats = [("creatorUT", 3), ("viewerUT", 3)];
    Portal::new(
        &seats,
        &["boss,creatorUT,org_admin", "ann,creatorUT,org_user", "bob,viewerUT,org_user"],
        &["ann,viewerUT"],
    )
}

fn user(name: &str, user_type: &str) -> Value {
    json!({"username": name, "userLicenseTypeId": user_type, "role": "org_user", "disabled": false})
}

fn page(start: usize, next: i64, users: &[Value]) -> String {
    json!({"total": 3, "start": start, "num": 2, "nextStart": next, "users": users}).to_string()
}

/// `moves` with these members instead of the CSV.
fn with_members(portal: &Portal, members: &[&str]) -> crate::common::Run {
    let (license, moves) = (portal.name("license.json"), portal.name("moves.csv"));
    let members: Vec<_> = members.iter().flat_map(|path| ["--members", path]).collect();
    seatline(&[&["moves", &license, "--moves", &moves, "--as-of", DAY, "-f", "json"][..], &members].concat())
}

#[test]
fn members_as_pages_as_a_folder_and_as_csv_give_the_same_plan() {
    let portal = portal();
    let expected = portal.report(&[]);
    assert_eq!((&expected["possible"], &expected["members"]), (&json!(true), &json!(3)));
    fs::create_dir(portal.path("pages")).unwrap();
    let admin = json!({"username": "boss", "userLicenseTypeId": "creatorUT", "role": "org_admin"});
    let first = portal.write("pages/1.json", &page(1, 3, &[admin, user("ann", "creatorUT")]));
    let second = portal.write("pages/2.json", &page(3, -1, &[user("bob", "viewerUT")]));
    let (folder, csv) = (portal.name("pages"), portal.name("members.csv"));
    for members in [&[first.as_str(), &second][..], &[&second, &first], &[&folder], &[&folder, &csv]] {
        let run = with_members(&portal, members);
        assert_eq!((run.code, run.json()), (0, expected.clone()), "{members:?}");
    }
    for incomplete in [&[first.as_str()][..], &[&second]] {
        let run = with_members(&portal, incomplete);
        assert_eq!((run.code, &run.json()["possible"]), (3, &json!(null)), "{run:?}");
        assert_eq!(run.json()["failures"][0]["code"], "incomplete", "{run:?}");
        assert!(run.stderr.contains("missing"), "{run:?}");
        assert_eq!(run.stderr.lines().count(), 1, "{run:?}");
    }
    let other = portal.write("other.csv", "username,userLicenseTypeId\nboss,creatorUT\n");
    let run = with_members(&portal, &[&csv, &other]);
    assert!(run.code == 3 && run.stderr.contains("other.csv") && run.stderr.contains("members.csv"), "{run:?}");
}

#[test]
fn what_only_counts_is_no_list_of_members() {
    let portal = portal();
    let counts = portal.write("counts.json", r#"{"results": [{"key": "creatorUT", "count": 2}], "nextStart": -1}"#);
    let run = with_members(&portal, &[&counts]);
    assert!(run.code == 3 && run.stderr.contains("counts.json: this counts members and does not name them"), "{run:?}");
    assert_eq!(with_members(&portal, &["nowhere.csv"]).code, 3);
}

#[test]
fn something_else_that_counts_more_is_believed() {
    let portal = portal();
    let counts = |creators: u32| json!({"results": [{"key": "creatorUT", "count": creators}, {"key": "viewerUT", "count": 1}], "nextStart": -1});
    let resource = |creators: u32| {
        let entry =
            |id: &str, count: u32| json!({"id": id, "maximumRegisteredMembers": 3, "currentRegisteredMembers": count});
        json!({"version": "11.1", "userTypes": [entry("creatorUT", creators), entry("viewerUT", 1)]})
    };
    for document in [&counts as &dyn Fn(u32) -> Value, &resource] {
        let usage = portal.write("usage.json", &document(2).to_string());
        assert_eq!(portal.moves(&["--usage", &usage]).code, 0);
        // A few more members may be the portal's own accounts; these hold seats.
        portal.write("usage.json", &document(3).to_string());
        let run = portal.moves(&["--usage", &usage, "-f", "json"]);
        let types = run.json()["userTypes"].clone();
        let creator = types.as_array().unwrap().iter().find(|one| one["id"] == "creatorUT").unwrap().clone();
        assert_eq!((run.code, &creator["before"]), (0, &json!(3)), "{run:?}");
        assert!(run.stderr.contains("built-in accounts may be why"), "{run:?}");
        portal.write("usage.json", &document(10).to_string());
        let run = portal.moves(&["--usage", &usage]);
        assert_eq!((run.code, run.stdout.as_str()), (3, ""), "{run:?}");
        for words in ["usage.json", "members.csv", "creatorUT", "2", "10"] {
            assert!(run.stderr.contains(words), "{run:?}");
        }
        assert_eq!(run.stderr.lines().count(), 1, "{run:?}");
    }
}

#[test]
fn that_members_are_trusted_is_said_everywhere() {
    for format in ["table", "json", "csv", "markdown", "python"] {
        let run = portal().moves(&["-f", format]);
        let said = [run.stdout, run.stderr].concat();
        assert!(said.contains("the list of 3 members is taken to be complete"), "{format}: {said}");
    }
}

#[test]
fn moves_from_standard_input() {
    let portal = portal();
    let (license, members) = (portal.name("license.json"), portal.name("members.csv"));
    let arguments = ["moves", &license, "--members", &members, "--moves", "-", "--as-of", DAY, "-f", "json"];
    let run = seatline_with_input(&arguments, b"userType;username\r\nviewerUT;ann\r\n");
    assert_eq!(run.json()["batches"], portal.report(&[])["batches"]);
    let run = seatline_with_input(&arguments, b"username,userType\nann,viewerUT\ndora,viewerUT\n");
    assert!(run.stdout.contains("-:3") || run.stdout.contains("stdin"), "{run:?}");
    let twice = ["moves", &license, "--members", "-", "--moves", "-"];
    assert_eq!(seatline_with_input(&twice, b"").code, 2);
}

#[test]
fn wrong_usage_is_2_and_a_wrong_file_3_with_one_line() {
    let portal = portal();
    let (license, moves) = (portal.name("license.json"), portal.name("moves.csv"));
    let bad = portal.write("bad.csv", "username,type\nann,viewerUT\n");
    let list = portal.write("list.json", r#"{"userTypes": [{"id": "creatorUT"}]}"#);
    for (arguments, code, words) in [
        (&["moves", &license, "--moves", &moves][..], 2, "--members"),
        (&["moves", &license, "--members", &moves], 2, "--moves"),
        (&["moves", "--members", &moves, "--moves", &moves], 2, "FILE"),
    ] {
        let run = seatline(arguments);
        assert!(run.code == code && run.stderr.contains(words) && run.stdout.is_empty(), "{arguments:?}: {run:?}");
    }
    for (arguments, code, words) in [
        (&["--map", "creatorUT"][..], 2, "FROM=TO"),
        (&["--map", "=creatorUT"], 2, "FROM=TO"),
        (&["--batch", "0"], 2, "--batch"),
        (&["--batch=-1"], 2, "--batch"),
        (&["--format", "sarif"], 2, "sarif"),
        (&["--moves", &bad], 3, "bad.csv:1:1"),
        (&["--moves", &list], 3, "list.json"),
        (&["--admins", &license], 3, "license.json"),
    ] {
        let run = portal.moves(arguments);
        assert!(run.code == code && run.stderr.contains(words) && run.stdout.is_empty(), "{arguments:?}: {run:?}");
        assert_eq!(run.stderr.lines().filter(|line| line.starts_with("error")).count(), 1, "{run:?}");
    }
}

#[test]
fn no_input_is_replaced_and_no_result_by_another() {
    let portal = portal();
    for name in ["license.json", "members.csv", "moves.csv"] {
        let (path, text) = (portal.name(name), fs::read_to_string(portal.path(name)).unwrap());
        for option in ["-o", "--undo"] {
            let run = portal.moves(&[option, &path]);
            assert_eq!((run.code, run.stdout.as_str()), (2, ""), "{option} {name}: {run:?}");
        }
        assert_eq!(fs::read_to_string(portal.path(name)).unwrap(), text);
    }
    let (out, undo) = (portal.name("out.csv"), portal.name("undo.csv"));
    let other_way = format!("{}/./out.csv", portal.path("").to_str().unwrap());
    let other_case = portal.name("OUT.csv");
    for (output, undo) in [(&out, &out), (&out, &other_way), (&out, &other_case)] {
        let run = portal.moves(&["-o", output, "--undo", undo]);
        assert!(run.code == 2 && !portal.exists("out.csv"), "{run:?}");
    }
    assert_eq!(portal.moves(&["--undo", "-"]).code, 2, "both would go to standard output");
    let run = portal.moves(&["-f", "csv", "-o", &out, "--undo", &undo]);
    assert_eq!((run.code, run.stdout.as_str()), (0, ""), "{run:?}");
    assert_eq!(
        fs::read_to_string(&out).unwrap(),
        "\"username\",\"userType\",\"batch\",\"from\"\n\"ann\",\"viewerUT\",1,\"creatorUT\"\n"
    );
    assert_eq!(fs::read_to_string(&undo).unwrap(), "\"username\",\"userType\"\n\"ann\",\"creatorUT\"\n");
}

#[test]
fn no_plan_is_not_an_empty_one() {
    let portal = portal();
    portal.write("moves.csv", "username,userType\nboss,viewerUT\n");
    let (out, undo) = (portal.name("out"), portal.name("undo.csv"));
    for format in ["csv", "python"] {
        let run = portal.moves(&["-f", format, "-o", &out, "--undo", &undo]);
        assert!(run.code == 1 && run.stderr.contains("boss is an administrator"), "{run:?}");
        assert!(!portal.exists("out") && !portal.exists("undo.csv"));
        let run = portal.moves(&["-f", format, "--exit-zero"]);
        assert_eq!((run.code, run.stdout.as_str()), (0, ""), "{run:?}");
    }
    for format in ["table", "json", "markdown"] {
        let codes = [&["-f", format][..], &["-f", format, "--exit-zero"]].map(|arguments| portal.moves(arguments).code);
        assert_eq!(codes, [1, 0]);
    }
}

#[test]
fn batches_are_as_large_as_asked_for() {
    let members: Vec<_> = (0..60).map(|index| format!("user{index},creatorUT,org_user")).collect();
    let members: Vec<_> = members.iter().map(String::as_str).collect();
    let portal = Portal::new(&[("creatorUT", 60), ("viewerUT", 100)], &members, &[]);
    for (batch, sizes) in [(None, vec![25, 25, 10]), (Some("1"), vec![1; 60]), (Some("1000"), vec![60])] {
        let batch = batch.map_or(Vec::new(), |batch| vec!["--batch", batch]);
        let run = portal.run(&[&["--map", "creatorUT=viewerUT", "-f", "json"][..], &batch].concat());
        let report = super::portal::report_of(&run);
        let batches = report["batches"].as_array().unwrap();
        let found: Vec<_> = batches.iter().map(|batch| batch["users"].as_array().unwrap().len()).collect();
        assert_eq!(found, sizes);
    }
}
