//! The calendar, read by an independent program.

use std::collections::BTreeSet;

use super::GAP;
use crate::common::{events, seatline, sequence};

const FALL: &str = "tests/fixtures/consumers/ics-fall-told-as-rise.json";
const RISE: &str = "tests/fixtures/consumers/ics-rise-shown-as-fall.json";
const PROD: &str = "tests/fixtures/consumers/ics-uid-prod.json";
const STAGING: &str = "tests/fixtures/consumers/ics-uid-staging.json";

fn ics(arguments: &[&str]) -> String {
    let run = seatline(&[&["timeline", "-q", "-f", "ics"][..], arguments].concat());
    assert_eq!((run.code, run.stderr.as_str()), (0, ""), "{arguments:?}");
    run.stdout
}

fn uids(text: &str) -> BTreeSet<String> {
    events(text).into_keys().collect()
}

fn summaries(text: &str) -> Vec<String> {
    let mut events: Vec<_> = events(text).into_values().collect();
    events.sort_by_key(|event| (event["day"].clone(), event["summary"].clone()));
    events.into_iter().map(|event| event["summary"].clone()).collect()
}

#[test]
fn the_fewest_seats_of_a_day_are_told() {
    let text = ics(&[FALL, "--as-of", "2024-01-01", "--name", "EXAMPLE"]);
    let found = summaries(&text);
    assert!(found[0].contains("creatorUT 10 → 3"), "{found:?}");
    assert!(found[1].contains("has a gap: viewerUT 10 → 0 until 2024-01-21 02:00"), "{found:?}");
    let day = events(&text).into_values().find(|event| event["summary"].contains("creatorUT")).unwrap();
    let steps: Vec<_> = day["description"].lines().next().unwrap().split(", then ").collect();
    assert!(
        steps[0].contains(": 10 → 3 at ") && steps[1].starts_with("20 at ") && steps[2].starts_with("15 at "),
        "{day:?}"
    );
    let text = ics(&[RISE, "--as-of", "2025-12-01", "--name", "EXAMPLE"]);
    assert!(summaries(&text)[0].contains("has a gap: Creator 100 → 0 until 2026-12-28 09:00"), "{text}");
    // The license has no name for it; the published name stands in its place.
    let event = events(&text).into_values().next().unwrap();
    assert!(
        event["description"].starts_with("user type Creator (creatorUT): 100 → 0 at 2026-12-28 08:00, "),
        "{event:?}"
    );
}

#[test]
fn one_event_stands_for_all_items_of_a_day_and_a_cause() {
    let text = ics(&[GAP, "--as-of", "2026-11-01", "--name", "EXAMPLE"]);
    let summaries = summaries(&text);
    assert_eq!(
        summaries,
        [
            "EXAMPLE: user type has a gap: Viewer 150 → 0 until 2027-01-08 00:00",
            "EXAMPLE: user type ends: Creator 85 → 0",
            "EXAMPLE: 11 items end, among them GIS Professional Advanced 4 → 0",
        ]
    );
    for event in events(&text).values() {
        assert_eq!(event["transparent"], "TRANSPARENT");
        assert_eq!(event["description"].lines().count() > 2, event["summary"].contains("11 items"));
    }
}

#[test]
fn identifiers_belong_to_the_portal_and_to_nothing_else() {
    let at = ["--as-of", "2024-02-01"];
    let run = |arguments: &[&str]| uids(&ics(&[arguments, &at].concat()));
    let (prod, staging) = (run(&[PROD]), run(&[STAGING]));
    assert!(prod.is_disjoint(&staging) && !prod.is_empty(), "two portals have no event in common");
    let both: BTreeSet<_> = prod.union(&staging).cloned().collect();
    assert_eq!(run(&[PROD, STAGING]), both, "one file or many");
    assert_eq!(run(&[STAGING, PROD]), both, "in any order");
    let absolute = std::path::absolute(PROD).unwrap();
    for other in [format!("./{PROD}"), format!("tests/../{PROD}"), absolute.to_string_lossy().into_owned()] {
        assert_eq!(run(&[&other]), prod, "{other}");
    }
    assert_eq!(run(&[PROD, "--tz", "Pacific/Auckland"]), prod, "in any zone");
    assert!(run(&[PROD, "--name", "a"]).is_disjoint(&run(&[PROD, "--name", "b"])));
    assert_eq!(run(&[PROD, "--name", "a"]), run(&[STAGING, "--name", "a"]), "a name stands for a portal");
    let named = run(&[PROD, STAGING, "--name", "a"]);
    assert_eq!(named.len(), 2, "also where a name stands for two licenses no identifier stands twice");
}

/// A license of another portal on each line, with an end of its own, and an end on a day that all share.
fn line(source: Option<&str>, seats: u64, own_end: u64) -> String {
    let entry = |id: &str, seats: u64, at: u64| format!(r#"{{"id":"{id}","maxUsers":{seats},"startDate":{at}}}"#);
    let entries = [
        entry("creatorUT", seats, 1_700_000_000_000),
        entry("creatorUT", 0, 1_900_000_000_000),
        entry("viewerUT", seats, 1_700_000_000_000),
        entry("viewerUT", 0, own_end),
    ];
    let license = format!(r#"{{"MyEsri":{{"provision":{{"userTypes":[{}]}}}}}}"#, entries.join(","));
    match source {
        Some(source) => format!("{{\"source\":\"{source}\",\"document\":{license}}}\n"),
        None => license + "\n",
    }
}

#[test]
fn a_license_has_the_same_identifiers_alone_and_among_others() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("all.jsonl");
    let run = |lines: &[&String]| {
        let text: String = lines.iter().map(|line| line.as_str()).collect();
        std::fs::write(&file, text).unwrap();
        events(&ics(&[file.to_str().unwrap(), "--as-of", "2026-01-01"]))
    };
    // The content of an event, without its identifier.
    let told = |events: &std::collections::BTreeMap<String, std::collections::BTreeMap<&'static str, String>>| {
        let told = events.iter().map(|(uid, event)| (event["summary"].clone(), uid.clone()));
        told.collect::<BTreeSet<_>>()
    };
    let day = 86_400_000;
    let portals: Vec<_> = ["a", "b", "c"].map(|source| line(Some(source), 5, 1_800_000_000_000)).into();
    let apart: BTreeSet<_> = portals.iter().flat_map(|line| told(&run(&[line]))).collect();
    assert_eq!(apart.len(), 6);
    assert_eq!(told(&run(&[&portals[2], &portals[0], &portals[1]])), apart, "envelopes in any order");
    // Where all licenses are in one file, only events on the day on which all of them end have a number in their
    // identifier.
    let plain: Vec<_> = (0..3).map(|number| line(None, 5 + number, 1_800_000_000_000 + number * day)).collect();
    let alone: Vec<_> = plain.iter().map(|line| uids_of(&run(&[line]))).collect();
    let shared: BTreeSet<_> = alone[0].intersection(&alone[1]).cloned().collect();
    assert_eq!(shared.len(), 1);
    let together = run(&[&plain[0], &plain[1], &plain[2]]);
    assert_eq!(together.len(), 6);
    for one in &alone {
        assert!(one.is_subset(&uids_of(&together)), "alone or among others");
    }
    assert_eq!(told(&run(&[&plain[2], &plain[0], &plain[1]])), told(&together), "in any order");
}

fn uids_of<T>(events: &std::collections::BTreeMap<String, T>) -> BTreeSet<String> {
    events.keys().cloned().collect()
}

#[test]
fn a_calendar_of_some_items_replaces_nothing_of_the_whole_one() {
    let run = |more: &[&str]| uids(&ics(&[&[GAP, "--as-of", "2026-11-01", "--name", "EXAMPLE"], more].concat()));
    let whole = run(&[]);
    for filter in [["--kind", "userType"], ["--id", "creatorUT"], ["--status", "active"]] {
        let some = run(&filter);
        assert!(!some.is_empty() && some.is_disjoint(&whole), "{filter:?}");
        assert_eq!(some, run(&[&filter[..], &["--tz", "Asia/Tokyo"]].concat()));
    }
    assert_eq!(run(&["--id", "creatorUT,viewerUT"]), run(&["--id", "viewerUT", "--id", "creatorUT"]));
    assert!(run(&["--id", "creatorUT"]).is_disjoint(&run(&["--id", "viewerUT"])));
}

#[test]
fn a_later_calendar_replaces_an_earlier_one() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("license.json");
    let path = file.to_str().unwrap();
    let license = std::fs::read_to_string(PROD).unwrap();
    std::fs::write(&file, &license).unwrap();
    let before = events(&ics(&[path, "--as-of", "2024-02-01"]));
    std::fs::write(&file, license.replace("\"maxUsers\": 200", "\"maxUsers\": 180")).unwrap();
    let after = events(&ics(&[path, "--as-of", "2024-02-01T01:00:00Z"]));
    assert!(before.keys().eq(after.keys()), "a change of a count makes no new event");
    for (uid, event) in &before {
        assert_eq!(sequence(&after[uid]), sequence(event) + 1);
        assert_ne!(event["summary"], after[uid]["summary"]);
    }
}

#[test]
fn within_its_day_an_event_is_the_same_at_any_instant() {
    // 10 → 3 at 06:00, 20 at 09:00, 15 at 12:00: one fall, whatever part of it is over.
    let at = |as_of: &str| events(&ics(&[FALL, "--id", "creatorUT", "--as-of", as_of, "--name", "EXAMPLE"]));
    let day = at("2024-01-01");
    let (uid, event) = day.iter().next().unwrap();
    let fall = &event["description"];
    let first = fall.split(" at ").nth(1).unwrap().split(['\n', ',']).next().unwrap();
    let first = chrono::NaiveDateTime::parse_from_str(first.trim(), "%Y-%m-%d %H:%M").unwrap();
    let later = (first + chrono::TimeDelta::minutes(1)).format("%Y-%m-%dT%H:%M:%SZ").to_string();
    let after = at(&later);
    assert_eq!(after[uid]["description"].lines().next(), fall.lines().next());
    let over = (first + chrono::TimeDelta::days(1)).format("%Y-%m-%dT%H:%M:%SZ").to_string();
    assert!(!at(&over).contains_key(uid), "what is over is told no more");
}

#[test]
fn two_gaps_of_one_day_are_both_told() {
    let hour = 3_600_000_i64;
    let day = 1_800_000_000_000_i64 / (24 * hour) * (24 * hour);
    let entry = |seats: u64, at: i64| format!(r#"{{"id":"creatorUT","maxUsers":{seats},"startDate":{at}}}"#);
    let steps = [(10, -48), (0, 2), (10, 4), (0, 8), (7, 20)];
    let entries: Vec<_> = steps.iter().map(|(seats, hours)| entry(*seats, day + hours * hour)).collect();
    let license = format!(r#"{{"MyEsri":{{"provision":{{"userTypes":[{}]}}}}}}"#, entries.join(","));
    let arguments = ["timeline", "-", "-q", "-f", "ics", "--as-of", "2026-01-01"];
    let text = crate::common::seatline_with_input(&arguments, license.as_bytes()).stdout;
    let event = events(&text).into_values().next().unwrap();
    assert!(
        event["description"].contains(
            "10 → 0 at 2027-01-15 02:00, then 10 at 2027-01-15 04:00, then 0 at 2027-01-15 08:00, then 7 at "
        ),
        "{event:?}"
    );
    assert!(event["summary"].ends_with("10 → 0 until 2027-01-15 04:00, and again from 2027-01-15 08:00"), "{event:?}");
}

#[test]
fn reminders_are_events_of_their_own() {
    let once = events(&ics(&[GAP, "--as-of", "2026-06-01"]));
    let reminded = ics(&[GAP, "--as-of", "2026-06-01", "--remind", "90,7"]);
    assert_eq!(events(&reminded).len(), once.len() * 3);
    let twice = ics(&[GAP, "--as-of", "2026-06-01", "--remind", "7,90,7"]);
    assert_eq!(events(&twice).len(), once.len() * 3, "a reminder that is asked for twice comes once");
    assert!(reminded.replace("\r\n ", "").contains("SUMMARY:in 7 days: "), "{reminded}");
    for property in ["PRODID:-//seatline//", "VERSION:2.0", "PRODID:", "VERSION:", "CALSCALE:"] {
        assert_eq!(reminded.lines().filter(|line| line.starts_with(property)).count(), 1, "{property} stands once");
    }
}

#[test]
fn no_reminder_is_of_the_past() {
    // The day itself is 2027-09-30.
    let days = |as_of: &str| {
        let text = ics(&[GAP, "--id", "creatorUT", "--as-of", as_of, "--remind", "90,7"]);
        let days = text.lines().filter_map(|line| line.strip_prefix("DTSTART;VALUE=DATE:").map(str::to_owned));
        days.collect::<Vec<_>>()
    };
    let all = days("2026-11-01");
    assert_eq!(
        days("2027-09-23T10:00:00Z"),
        all.iter().filter(|day| day.as_str() >= "20270923").cloned().collect::<Vec<_>>()
    );
    assert!(all.contains(&"20270702".to_owned()) && !days("2027-07-03").contains(&"20270702".to_owned()), "{all:?}");
}

#[test]
fn a_day_is_that_of_the_zone() {
    let day = |arguments: &[&str]| {
        let text = ics(&[&[GAP, "--as-of", "2026-11-01", "--id", "creatorUT"], arguments].concat());
        text.lines().find_map(|line| line.strip_prefix("DTSTART;VALUE=DATE:").map(str::to_owned)).unwrap()
    };
    assert_eq!(day(&[]), "20270930");
    assert_eq!(day(&["--tz", "America/Denver"]), "20270929");
}

#[test]
fn that_another_path_is_another_calendar_is_said_once() {
    let run = seatline(&["timeline", PROD, STAGING, "-f", "ics", "--as-of", "2024-02-01"]);
    assert_eq!(run.stderr.matches("--name").count(), 1, "{}", run.stderr);
    let named = seatline(&["timeline", PROD, "-f", "ics", "--as-of", "2024-02-01", "--name", "x"]);
    assert_eq!(named.stderr, "");
    let enveloped = line(Some("a"), 5, 1_800_000_000_000);
    let arguments = ["timeline", "-", "-f", "ics", "--as-of", "2026-01-01"];
    let note = |input: &str| crate::common::seatline_with_input(&arguments, input.as_bytes()).stderr;
    assert_eq!(note(&enveloped), "", "the source of an envelope is its portal");
    assert!(note(&line(None, 5, 1_800_000_000_000)).contains("standard input are taken for those of one portal"));
}

#[test]
fn long_names_and_many_items_take_no_longer_than_their_length() {
    let name = "名".repeat(100_000);
    let entry =
        |id: usize, seats: u64, start: u64| format!(r#"{{"id":"a{id}","maxUsers":{seats},"startDate":{start}}}"#);
    let entries: Vec<_> =
        (0..5000).flat_map(|id| [entry(id, 5, 1_700_000_000_000), entry(id, 0, 1_800_000_000_000)]).collect();
    let definition = format!(r#"{{"id":"a0","name":"{name}"}}"#);
    let license = format!(
        r#"{{"MyEsri":{{"definitions":{{"userTypes":[{definition}]}},"provision":{{"userTypes":[{}]}}}}}}"#,
        entries.join(",")
    );
    let started = std::time::Instant::now();
    let arguments = ["timeline", "-", "-q", "-f", "ics", "--as-of", "2026-01-01"];
    let run = crate::common::seatline_with_input(&arguments, license.as_bytes());
    assert_eq!(events(&run.stdout).len(), 1);
    assert!(started.elapsed().as_secs() < 60, "{:?}", started.elapsed());
}

#[test]
fn licenses_that_share_a_portal_are_told_of_once() {
    let noted = |more: &[&str]| {
        let run = seatline(&[&["timeline", "-f", "ics", "--as-of", "2024-02-01"][..], more].concat());
        run.stderr.matches("depends on what else is in the run").count()
    };
    assert_eq!(noted(&[PROD, STAGING, "--name", "a"]), 1);
    assert_eq!(noted(&[PROD, "--name", "a"]) + noted(&[PROD, STAGING]), 0);
}

#[test]
fn a_calendar_without_events_says_so() {
    let over = seatline(&["timeline", PROD, "-f", "ics", "--as-of", "2090-01-01", "--name", "x"]);
    assert_eq!(over.stderr, "note: no seats fall in the time that was looked at: the calendar has no events\n");
    assert_eq!(events(&over.stdout).len(), 0);
}

/// The identifier knows the day and not the instant, so that it stays where a changed count moves the first fall of the day.
#[test]
fn a_changed_count_of_any_entry_keeps_the_identifier() {
    let text = std::fs::read_to_string(FALL).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("license.json");
    let run = |text: &str| {
        std::fs::write(&path, text).unwrap();
        let text = ics(&[path.to_str().unwrap(), "--as-of", "2024-01-01", "--id", "creatorUT"]);
        (uids(&text), text)
    };
    let (before, _) = run(&text);
    // Without the fall at 01:00 the seats rise to 20 and fall to 15 later on the day.
    let (after, told) = run(&text.replacen("\"maxUsers\": 3,", "\"maxUsers\": 10,", 1));
    assert!(told.contains("20 → 15"), "{told}");
    assert_eq!(before, after);
}
