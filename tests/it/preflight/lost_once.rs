//! What is lost besides seats: told once, and in a sentence that is true of both licenses.

use serde_json::{Value, json};

use crate::common::seatline;
use crate::inputs::write;

/// 2025-01-01, 2027-03-15 12:00, and 2028-06-30 12:00.
const BEGIN: i64 = 1_735_689_600_000;
const THEN: i64 = 1_805_112_000_000;
const END: i64 = 1_845_979_200_000;

/// A license with creators until its end, and with these extensions: start, seats, and the number of the entitlement.
fn with_extension(entries: &[(i64, u64, u64)]) -> String {
    let entry = |(start, seats, num): &(i64, u64, u64)| {
        json!({"id": "advediting", "maxUsers": seats, "startDate": start,
            "entitlements": [{"num": num, "apiName": "advediting"}]})
    };
    let extensions: Vec<_> = entries.iter().map(entry).collect();
    license(&json!({"userTypes": creators(), "extensions": extensions}), &json!([]))
}

fn creators() -> Value {
    json!([{"id": "creatorUT", "maxUsers": 5, "startDate": BEGIN}, {"id": "creatorUT", "maxUsers": 0, "startDate": END}])
}

fn license(provision: &Value, capabilities: &Value) -> String {
    json!({"MyEsri": {"version": "11.4", "provision": provision, "portalCapabilities": capabilities}}).to_string()
}

fn with_windows(windows: &[(&str, i64)]) -> String {
    let window = |(id, end): &(&str, i64)| json!({"id": id, "startDate": BEGIN, "endDate": end});
    let windows: Vec<_> = windows.iter().map(window).collect();
    license(&json!({"userTypes": creators()}), &json!(windows))
}

fn preflight(new: &str, old: &str, as_of: &str) -> Value {
    seatline(&["preflight", new, "--over", old, "--as-of", as_of, "--no-policy", "-f", "json", "-q"]).json()
}

/// The causes of the actions, each with what is lost.
fn causes(report: &Value) -> Vec<(String, String)> {
    let actions = report["actions"].as_array().unwrap().iter();
    let told = |action: &Value| {
        (action["cause"].as_str().unwrap().to_owned(), action["items"][0]["what"].as_str().unwrap_or("").to_owned())
    };
    actions.map(told).collect()
}

fn to_do(report: &Value) -> &str {
    report["actions"][0]["toDo"].as_str().unwrap()
}

#[test]
fn an_entitlement_that_falls_with_its_seats_is_told_once_as_seats() {
    let folder = tempfile::tempdir().unwrap();
    let old = write(&folder, "old.json", with_extension(&[(BEGIN, 5, 5)]));
    let told = |entries: &[(i64, u64, u64)]| {
        causes(&preflight(&write(&folder, "new.json", with_extension(entries)), &old, "2027-01-10"))
    };
    let seats = || ("shortage".to_owned(), String::new());
    let lost = |words: &str| ("lost".to_owned(), words.to_owned());
    assert_eq!(told(&[(BEGIN, 4, 4)]), [seats()]);
    assert_eq!(told(&[(BEGIN, 5, 5), (THEN, 4, 4)]), [seats()]);
    // Where it falls by another number, or alone, it is told.
    assert_eq!(told(&[(BEGIN, 4, 3)]), [seats(), lost("entitlement advediting 5 → 3")]);
    assert_eq!(told(&[(BEGIN, 5, 4)]), [lost("entitlement advediting 5 → 4")]);
    // With the seats at first; then the seats are back.
    assert_eq!(told(&[(BEGIN, 4, 4), (THEN, 5, 4)]), [seats(), lost("entitlement advediting 5 → 4")]);
    // Who counted three needs no five.
    let counts = write(&folder, "counts.csv", "key,count\nadvediting,3\n");
    let members = write(&folder, "members.csv", "key,count\ncreatorUT,5\n");
    let new = write(&folder, "new.json", with_extension(&[(BEGIN, 4, 4)]));
    let counts = format!("extension={counts}");
    let arguments =
        ["preflight", &new, "--over", &old, "--usage", &members, "--usage", &counts, "--as-of", "2027-01-10"];
    let report = seatline(&[&arguments[..], &["--no-policy", "-f", "json", "-q"]].concat()).json();
    assert_eq!(causes(&report), [], "{report:#}");
}

#[test]
fn what_the_old_license_gives_no_longer_on_that_day_is_not_said_to_be_given() {
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str, windows: &[(&str, i64)]| write(&folder, name, with_windows(windows));
    // The same file: both end on that day.
    let same = file("same.json", &[("indoors", THEN)]);
    let report = preflight(&same, &same, "2027-01-10");
    let said = "ask Esri for what the old license gives of indoors at the import (from 2027-03-15 12:00 on neither license gives \
                as much), or do without it";
    assert_eq!(to_do(&report), said);
    let mail = seatline(&["preflight", &same, "--over", &same, "--as-of", "2027-01-10", "--no-policy", "-f", "mail"]);
    assert!(mail.words().contains(said), "{mail:?}");
    // The old license goes on.
    let longer = file("longer.json", &[("indoors", THEN + 86_400_000)]);
    let report = preflight(&same, &longer, "2027-01-10");
    assert_eq!(
        to_do(&report),
        "ask Esri for what the old license gives of indoors and this one does not, or do without it"
    );
    // It goes on with one of two.
    let [new, old] = [[THEN, THEN], [THEN, END]]
        .map(|ends| file(&format!("{}.json", ends[1]), &[("indoors", ends[0]), ("realtime", ends[1])]));
    let report = preflight(&new, &old, "2027-01-10");
    assert_eq!(
        to_do(&report),
        "ask Esri for what the old license gives of 2 capabilities, at the import or from 2027-03-15 12:00 on, and this one does \
         not give from then on, or do without it"
    );
    // It has ended by the import.
    let user_types = json!([{"id": "creatorUT", "maxUsers": 5, "startDate": BEGIN},
        {"id": "creatorUT", "maxUsers": 0, "startDate": THEN}]);
    let windows = json!([{"id": "indoors", "startDate": BEGIN, "endDate": THEN}]);
    let ended = write(&folder, "ended.json", license(&json!({"userTypes": user_types}), &windows));
    let without = file("without.json", &[]);
    let report = preflight(&without, &ended, "2027-06-01");
    assert_eq!(
        to_do(&report),
        "ask Esri for what the old license gave of indoors before it ended and this one does not give, or do without it"
    );
}

#[test]
fn the_item_that_makes_the_end_doubtful_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let entry = |id: &str, seats: Value, start: Value| json!({"id": id, "maxUsers": seats, "startDate": start});
    let plain = |id: &str| [entry(id, json!(5), json!(BEGIN)), entry(id, json!(0), json!(THEN))].to_vec();
    let in_doubt = |id: &str| [entry(id, json!(5), json!(BEGIN)), entry(id, json!(1.5), json!(THEN))].to_vec();
    let undated = |id: &str| [entry(id, json!(5), Value::Null)].to_vec();
    let headline = |entries: &[Vec<Value>]| {
        let new = write(&folder, "new.json", license(&json!({"userTypes": entries.concat()}), &json!([])));
        let arguments = ["preflight", &new, "--nobody-yet", "--as-of", "2027-01-10", "--no-policy", "-f", "json"];
        seatline(&arguments).json()["headline"].as_str().unwrap().to_owned()
    };
    // The unreadable count of Viewer makes the date, and Creator may go on after it.
    let named = headline(&[undated("creatorUT"), in_doubt("viewerUT")]);
    let said = "2027-03-15 12:00, in 64 days (not certain: viewerUT and creatorUT can be read in more than one way)";
    assert!(named.contains(said), "{named}");
    // The date is plain, and Creator may go on after it.
    let named = headline(&[undated("creatorUT"), plain("viewerUT")]);
    assert!(named.contains("(not certain: creatorUT can be read in more than one way)"), "{named}");
    // What is in doubt only before the end is none of its doubt.
    let before = [entry("creatorUT", json!(5), json!(BEGIN)), entry("creatorUT", json!(9), json!(BEGIN))];
    let before = [&before[..], &[entry("creatorUT", json!(0), json!(THEN))]].concat();
    let named = headline(&[before, in_doubt("viewerUT")]);
    assert!(named.contains("(not certain: viewerUT can be read in more than one way)"), "{named}");
}
