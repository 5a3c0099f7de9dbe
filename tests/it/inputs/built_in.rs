//! Where counting the portal's built-in accounts would change an answer, the answer says so.

use serde_json::{Value, json};

use crate::common::{assert_schema, seatline};
use crate::inputs::write;

const DAY: [&str; 2] = ["--as-of", "2026-06-01"];

/// A license with this many seats of Viewer and of Creator.
fn license(seats: u64) -> Value {
    let entries = ["viewerUT", "creatorUT"].map(|id| {
        let entry = |seats: u64, start: i64| json!({"id": id, "maxUsers": seats, "startDate": start});
        [entry(seats, 1_767_225_600_000), entry(0, 1_830_297_600_000)]
    });
    json!({"MyEsri": {"version": "11.5", "definitions": {"userTypes": [], "appBundles": []},
        "provision": {"userTypes": entries.concat(), "appBundles": []}, "portalCapabilities": []}})
}

/// Four Viewers, a Creator, and accounts of the portal with these user types.
fn members(built_in: &[Option<&str>], more_than_named: usize) -> Value {
    let names = ["esri_nav", "esri_livingatlas", "system_publisher"];
    let of = |name: &str, id: Option<&str>, role: &str| {
        let mut user = json!({"username": name, "role": role, "disabled": false});
        if let Some(id) = id {
            user["userLicenseTypeId"] = json!(id);
        }
        user
    };
    let mut users: Vec<_> =
        ["a", "b", "c", "d"].iter().map(|name| of(name, Some("viewerUT"), "iAAAAAAAAAAAAAAA")).collect();
    users.push(of("root", Some("creatorUT"), "org_admin"));
    users.extend(names.iter().zip(built_in).map(|(name, id)| of(name, *id, "org_user")));
    json!({"total": users.len() + more_than_named, "start": 1, "num": 100, "nextStart": -1, "users": users})
}

struct Site {
    folder: tempfile::TempDir,
    license: String,
    members: String,
}

fn site(members: &Value) -> Site {
    site_with(5, members)
}

fn site_with(seats: u64, members: &Value) -> Site {
    let folder = tempfile::tempdir().unwrap();
    let license = write(&folder, "license.json", license(seats).to_string());
    let members = write(&folder, "members.json", members.to_string());
    Site { folder, license, members }
}

impl Site {
    fn json(&self, command: &str, code: i32, more: &[&str]) -> Value {
        let usage = if command == "moves" { "--members" } else { "--usage" };
        let arguments =
            [&[command, self.license.as_str(), usage, &self.members, "-f", "json"][..], &DAY, more].concat();
        let run = seatline(&arguments);
        assert_eq!(run.code, code, "{arguments:?}: {run:?}");
        let report = run.json();
        assert_schema(command, &report);
        report
    }
}

fn said(list: &Value, words: &[&str]) -> bool {
    let lines = list.as_array().unwrap().iter().map(|line| line.as_str().unwrap());
    let mut about = lines.filter(|line| line.contains("built-in accounts"));
    about.any(|line| words.iter().all(|word| line.contains(word)))
}

#[test]
fn what_they_would_change_is_said() {
    let named = "if the portal's built-in accounts that were left out hold seats (esri_livingatlas, esri_nav)";
    let site = site(&members(&[Some("viewerUT"), Some("viewerUT")], 0));
    let fit = site.json("fit", 0, &[]);
    assert_eq!(fit["fits"], true);
    assert!(said(&fit["notes"], &[named, "does not fit: 1 user type"]), "{:#}", fit["notes"]);
    let preflight = site.json("preflight", 0, &["--no-policy"]);
    assert_eq!(preflight["verdict"], "go");
    assert!(said(&preflight["unknown"], &[named, "NO-GO"]), "{:#}", preflight["unknown"]);
    let check = site.json("check", 0, &["--no-policy"]);
    let notes = &check["licenses"][0]["notes"];
    assert!(said(notes, &[named, "over-assigned of viewerUT"]), "{notes:#}");
    let into_viewer = write(&site.folder, "moves.csv", "username,userType\nroot,viewerUT\n");
    let moves = site.json("moves", 1, &["--moves", &into_viewer]);
    assert!(!said(&moves["notes"], &[named]), "it is refused either way: {:#}", moves["notes"]);
}

#[test]
fn an_order_that_they_would_change_is_said() {
    let site = site(&members(&[Some("creatorUT"), Some("creatorUT"), Some("creatorUT")], 0));
    let swap = write(&site.folder, "moves.csv", "username,userType\na,creatorUT\nb,creatorUT\n");
    let moves = site.json("moves", 0, &["--moves", &swap]);
    assert_eq!(moves["possible"], true);
    assert!(said(&moves["notes"], &["there is no order: creatorUT ends up 1 seat short"]), "{:#}", moves["notes"]);
    let counted = site.json("moves", 1, &["--moves", &swap, "--include-built-in"]);
    assert_eq!(counted["possible"], false);
}

#[test]
fn where_nobody_knows_their_user_type_the_worst_is_said() {
    for (built_in, unnamed) in [(&[None, None][..], 0), (&[], 2)] {
        let site = site(&members(built_in, unnamed));
        let fit = site.json("fit", 0, &[]);
        assert_eq!(fit["fits"], true);
        assert!(said(&fit["notes"], &["at worst: does not fit"]), "{:#}", fit["notes"]);
        let preflight = site.json("preflight", 0, &["--no-policy"]);
        assert!(said(&preflight["unknown"], &["at worst: NO-GO"]), "{:#}", preflight["unknown"]);
    }
}

#[test]
fn where_they_change_nothing_nothing_is_said() {
    for members in [members(&[Some("viewerUT")], 0), members(&[None], 0), members(&[], 1), members(&[], 0)] {
        let site = site_with(100, &members);
        for (command, list) in [("fit", "notes"), ("preflight", "unknown")] {
            let report = site.json(command, 0, if command == "fit" { &[] } else { &["--no-policy"] });
            assert!(!said(&report[list], &["hold seats ("]), "{:#}", report[list]);
        }
        assert_eq!(site.json("check", 0, &["--no-policy"])["licenses"][0]["notes"], json!([]));
    }
}

#[test]
fn people_are_told_in_every_format_of_check() {
    let site = site(&members(&[Some("viewerUT"), Some("viewerUT")], 0));
    for format in ["text", "markdown", "sarif", "junit", "github", "jsonl"] {
        let arguments = ["check", &site.license, "--usage", &site.members, "--no-policy", "-f", format];
        let run = seatline(&[&arguments[..], &DAY].concat());
        let beside = if ["text", "markdown"].contains(&format) { &run.stdout } else { &run.stderr };
        assert!(beside.contains("over-assigned of viewerUT"), "{format}: {run:?}");
    }
}
