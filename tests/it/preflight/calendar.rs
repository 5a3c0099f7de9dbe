//! The actions as a calendar, read back by an independent program.

use std::collections::BTreeSet;

use crate::common::{events, seatline, sequence};
use serde_json::Value;

const NEW: &str = "samples/renewal/new.json";
const OLD: [&str; 2] = ["--over", "samples/renewal/old.json"];
const FAULTY: &str = "samples/faulty.json";

fn ics(new: &str, rest: &[&str]) -> String {
    let run = seatline(&[&["preflight", new, "-q", "-f", "ics", "--exit-zero"], &OLD[..], rest].concat());
    assert_eq!((run.code, run.stderr.as_str()), (0, ""), "{rest:?}");
    run.stdout
}

fn uids(text: &str) -> BTreeSet<String> {
    events(text).into_keys().collect()
}

#[test]
fn every_action_stands_in_the_calendar_on_its_day() {
    for (new, as_of) in [(NEW, "2026-11-30"), (NEW, "2027-06-01"), (FAULTY, "2027-01-01")] {
        let arguments = ["preflight", new, OLD[0], OLD[1], "--as-of", as_of, "-f", "json", "-q"];
        let json: Value = seatline(&arguments).json();
        let actions = json["actions"].as_array().unwrap();
        assert!(!actions.is_empty(), "{new} {as_of}");
        let events = events(&ics(new, &["--as-of", as_of, "--name", "EXAMPLE"]));
        let days: BTreeSet<_> = actions
            .iter()
            .map(|action| (action["due"].as_str().unwrap()[..10].to_owned(), action["cause"].to_string()))
            .collect();
        assert_eq!(events.len(), days.len(), "one event for each day and cause");
        for action in actions {
            let message = action["message"].as_str().unwrap();
            let found = events.values().find(|event| event["description"].contains(message));
            let event = found.unwrap_or_else(|| panic!("{message}: {events:#?}"));
            assert_eq!(event["transparent"], "TRANSPARENT");
            assert!(event["summary"].starts_with("EXAMPLE: "), "{event:?}");
        }
    }
}

#[test]
fn nothing_to_do_is_no_event() {
    let text = ics("samples/renewal/old.json", &["--as-of", "2026-01-01"]);
    assert_eq!(events(&text).len(), 0, "{text}");
    assert!(text.starts_with("BEGIN:VCALENDAR\r\n") && text.ends_with("END:VCALENDAR\r\n"));
    let said =
        seatline(&["preflight", "samples/renewal/old.json", OLD[0], OLD[1], "--as-of", "2026-01-01", "-f", "ics"]);
    assert!(said.stderr.contains("note: nothing must be done: the calendar has no events\n"), "{said:?}");
}

#[test]
fn identifiers_are_those_of_the_portal() {
    let at = ["--as-of", "2026-11-30"];
    let run = |new: &str, rest: &[&str]| uids(&ics(new, &[rest, &at].concat()));
    let plain = run(NEW, &[]);
    let absolute = std::path::absolute(NEW).unwrap();
    for other in [format!("./{NEW}"), format!("samples/../{NEW}"), absolute.to_string_lossy().into_owned()] {
        assert_eq!(run(&other, &[]), plain, "{other}");
    }
    assert_eq!(run(NEW, &["--tz", "Pacific/Auckland"]), plain, "in any zone");
    let (a, b) = (run(NEW, &["--name", "a"]), run(NEW, &["--name", "b"]));
    assert!(a.is_disjoint(&b) && a.is_disjoint(&plain), "a name stands for a portal");
    assert_eq!(run(NEW, &["--name", "a", "--remind", "30,7"]).len(), 3 * a.len());
    let timeline = seatline(&["timeline", NEW, "-q", "-f", "ics", "--as-of", "2026-11-30", "--name", "a"]);
    assert!(uids(&timeline.stdout).is_disjoint(&a), "both calendars can be imported into one");
}

#[test]
fn a_later_calendar_replaces_an_earlier_one() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("new.json");
    let path = file.to_str().unwrap();
    let license = std::fs::read_to_string(NEW).unwrap();
    std::fs::write(&file, &license).unwrap();
    let before = events(&ics(path, &["--as-of", "2026-11-30"]));
    let changed = license.replacen("\"maxUsers\": 60", "\"maxUsers\": 59", 1);
    assert_ne!(changed, license);
    std::fs::write(&file, changed).unwrap();
    let after = events(&ics(path, &["--as-of", "2026-11-30T01:00:00Z"]));
    assert!(!before.is_empty() && before.keys().eq(after.keys()), "a change of a count makes no new event");
    for (uid, event) in &before {
        assert_eq!(sequence(&after[uid]), sequence(event) + 1);
        assert_ne!(event["description"], after[uid]["description"]);
    }
}

#[test]
fn what_is_due_at_the_import_moves_with_the_import() {
    let run = |as_of: &str| events(&ics(NEW, &["--as-of", as_of]));
    let (first, later) = (run("2027-06-01"), run("2027-06-02"));
    assert!(first.keys().eq(later.keys()));
    assert!(first.values().zip(later.values()).any(|(first, later)| first["day"] != later["day"]));
}

#[test]
fn a_name_is_for_calendars() {
    for option in [["--name", "x"], ["--remind", "7"]] {
        let run = seatline(&[&["preflight", NEW, "--as-of", "2026-11-30"], &OLD[..], &option].concat());
        assert_eq!(run.code, 2);
        assert!(run.stderr.contains(&format!("{} is for the format ics", option[0])), "{}", run.stderr);
    }
    let noted = seatline(&[&["preflight", NEW, "--as-of", "2026-11-30", "-f", "ics"], &OLD[..]].concat());
    assert_eq!(noted.stderr.matches("--name").count(), 1, "{}", noted.stderr);
    let file = tempfile::tempdir().unwrap().path().join("x.ICS");
    std::fs::create_dir_all(file.parent().unwrap()).unwrap();
    let output = file.to_str().unwrap();
    let run = seatline(&[&["preflight", NEW, "--as-of", "2026-11-30", "-q", "-o", output], &OLD[..]].concat());
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(std::fs::read_to_string(&file).unwrap().starts_with("BEGIN:VCALENDAR"), "the ending chooses the format");
}

#[test]
fn the_envelope_of_the_old_license_names_the_portal() {
    let folder = tempfile::tempdir().unwrap();
    let document: Value = serde_json::from_slice(&std::fs::read(OLD[1]).unwrap()).unwrap();
    let [prod, test] = ["prod", "test"].map(|portal| {
        let path = folder.path().join(portal);
        std::fs::write(&path, serde_json::json!({"source": portal, "document": document}).to_string()).unwrap();
        let over = ["preflight", NEW, "-f", "ics", "--exit-zero", "--as-of", "2026-11-30", "--over"];
        let run = seatline(&[&over[..], &[path.to_str().unwrap()]].concat());
        assert!(!run.stderr.contains("--name"), "{}", run.stderr);
        let events = events(&run.stdout);
        assert!(!events.is_empty() && events.values().all(|event| event["summary"].starts_with(portal)), "{events:?}");
        uids(&run.stdout)
    });
    assert!(prod.is_disjoint(&test));
}
