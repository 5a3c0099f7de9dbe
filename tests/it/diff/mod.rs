//! `seatline diff` against a slow comparison of every instant.

mod installed;

use crate::common::{assert_schema, seatline, seatline_with_input};
use proptest::prelude::*;
use proptest::test_runner::Config;
use seatline::answers::{Before, DiffReport, Side};
use seatline::license::LicenseDocument;
use seatline::source::{Document, DocumentPlace, Source};
use seatline::time::{Instant, Zone};
use seatline::usage::{Usage, UsageReader};
use serde_json::{Value, json};

const BASE: i64 = 1_600_000_000_000;
const HOUR: i64 = 3_600_000;
const LAST: i64 = 9;

/// An entry as hour and seats; `None` is a count nobody can read.
type Entry = (i64, Option<u64>);

/// A small license: entries of three user types and an app, windows of a capability, and whether Creator includes something.
#[derive(Clone, Debug)]
struct License {
    seats: [Vec<Entry>; 4],
    windows: Vec<(i64, i64)>,
    includes: bool,
}

const IDS: [(&str, &str); 4] =
    [("userTypes", "creatorUT"), ("userTypes", "GISProfessionalStdUT"), ("userTypes", "viewerUT"), ("apps", "tracker")];

fn license() -> impl Strategy<Value = License> {
    let entry = (0..LAST, prop::option::weighted(0.98, 0..3_u64));
    let entries = || prop::collection::vec(entry.clone(), 0..4);
    let windows = prop::collection::vec((0..LAST, 0..LAST), 0..2);
    ([entries(), entries(), entries(), entries()], windows, prop::bool::weighted(0.7))
        .prop_map(|(seats, windows, includes)| License { seats, windows, includes })
}

impl License {
    fn text(&self) -> String {
        let mut provision = json!({"userTypes": [], "apps": []});
        for ((list, id), entries) in IDS.iter().zip(&self.seats) {
            for (hour, seats) in entries {
                let seats = seats.map_or(json!(-1), Value::from);
                let entry = json!({"id": id, "maxUsers": seats, "startDate": BASE + hour * HOUR});
                provision[list].as_array_mut().unwrap().push(entry);
            }
        }
        let windows: Vec<_> = self
            .windows
            .iter()
            .map(
                |(start, end)| json!({"id": "indoors", "startDate": BASE + start * HOUR, "endDate": BASE + end * HOUR}),
            )
            .collect();
        let extensions = if self.includes { json!([{"id": "utilityNetwork"}]) } else { json!([]) };
        let definitions = json!({"userTypes": [{"id": "creatorUT", "name": "Creator", "extensions": extensions}]});
        json!({"MyEsri": {"definitions": definitions, "provision": provision, "portalCapabilities": windows}})
            .to_string()
    }

    fn is_plain(&self) -> bool {
        self.seats.iter().all(|entries| {
            let conflict = |one: &Entry| entries.iter().any(|other| other.0 == one.0 && other.1 != one.1);
            entries.iter().all(|entry| entry.1.is_some() && !conflict(entry))
        })
    }

    fn seats_at(&self, item: usize, hour: i64) -> u64 {
        let latest = self.seats[item].iter().map(|entry| entry.0).filter(|start| *start <= hour).max();
        let there = self.seats[item].iter().filter(|entry| Some(entry.0) == latest);
        there.map(|entry| entry.1.unwrap_or(0)).min().unwrap_or(0)
    }

    fn is_there(&self, hour: i64) -> bool {
        self.windows.iter().any(|(start, end)| *start <= hour && hour < *end)
    }

    fn has_administrator(&self, hour: i64) -> bool {
        self.seats_at(0, hour) > 0 || self.seats_at(1, hour) > 0
    }
}

/// What is assigned of the user types; `None` where nobody counted.
type Assigned = Option<[u64; 3]>;

fn assigned() -> impl Strategy<Value = Assigned> {
    prop::option::of([0..3_u64, 0..3_u64, 0..3_u64])
}

fn usage(assigned: Assigned) -> Option<Usage> {
    let counts: Vec<_> = IDS.iter().zip(assigned?).map(|((_, id), count)| json!({"key": id, "count": count})).collect();
    let mut reader = UsageReader::default();
    reader.read(&Source::from_text("counts", json!({"results": counts, "nextStart": -1}).to_string()), None).unwrap();
    Some(reader.finish().unwrap())
}

fn naive_safe(old: &License, new: &License, as_of: i64, assigned: Assigned) -> bool {
    let needed = |item: usize, hour| {
        let there = old.seats_at(item, hour);
        assigned.and_then(|assigned| assigned.get(item).copied()).map_or(there, |assigned| there.min(assigned))
    };
    old.is_plain()
        && new.is_plain()
        && (!old.includes || new.includes)
        && (as_of..=LAST).all(|hour| {
            (0..IDS.len()).all(|item| new.seats_at(item, hour) >= needed(item, hour))
                && (!old.is_there(hour) || new.is_there(hour))
                && (!old.has_administrator(hour) || new.has_administrator(hour))
        })
}

fn compare(old: &License, new: &License, as_of: i64, assigned: Assigned) -> Value {
    let sources = [old, new].map(|license| Source::from_text("test", license.text()));
    let [old, new] = [0, 1].map(|index: usize| {
        let found = sources[index].documents().next().unwrap();
        let Ok(Document::License(license)) = found.document else { panic!("a license") };
        (&sources[index], found.place, license)
    });
    fn side<'d>((source, place, document): &'d (&'d Source, DocumentPlace, Box<LicenseDocument<'d>>)) -> Side<'d> {
        Side { source, place, document, administrators: None }
    }
    let as_of = Instant::from_epoch_ms(BASE + as_of * HOUR);
    let usage = usage(assigned);
    let report = DiffReport::new(Before::License(side(&old)), side(&new), as_of, Zone::UTC, usage.as_ref());
    serde_json::to_value(report).unwrap()
}

fn hour(instant: &Value) -> i64 {
    let at = chrono::DateTime::parse_from_rfc3339(instant.as_str().unwrap()).unwrap();
    (at.timestamp_millis() - BASE) / HOUR
}

proptest! {
    // `PROPTEST_CASES` says how many.
    #![proptest_config(Config { failure_persistence: None, ..Config::default() })]

    #[test]
    fn safe_and_lost_agree_with_asking_every_instant(
        old in license(),
        new in license(),
        as_of in -1..LAST,
        assigned in assigned(),
    ) {
        let report = compare(&old, &new, as_of, assigned);
        prop_assert_eq!(&report["safe"], naive_safe(&old, &new, as_of, assigned), "{:#}", report);
        for (index, (_, id)) in IDS.iter().enumerate() {
            let items = report["items"].as_array().unwrap();
            let lost = items.iter().find(|item| item["id"] == *id).map_or(json!([]), |item| item["lost"].clone());
            for now in as_of..=LAST {
                let (before, after) = (old.seats_at(index, now), new.seats_at(index, now));
                let holds = |span: &&Value| hour(&span["from"]) <= now && (span["to"].is_null() || now < hour(&span["to"]));
                let spans: Vec<_> = lost.as_array().unwrap().iter().filter(holds).collect();
                if after < before {
                    prop_assert_eq!(spans.len(), 1);
                    prop_assert_eq!((&spans[0]["old"], &spans[0]["new"]), (&json!(before), &json!(after)));
                } else {
                    prop_assert_eq!(spans.len(), 0);
                }
            }
        }
    }

    #[test]
    fn there_and_back_swaps_and_negates(old in license(), new in license(), as_of in -1..LAST) {
        let (there, back) = (compare(&old, &new, as_of, None), compare(&new, &old, as_of, None));
        prop_assert_eq!(there["items"].as_array().unwrap().len(), back["items"].as_array().unwrap().len());
        for item in there["items"].as_array().unwrap() {
            let same = |other: &&Value| other["id"] == item["id"] && other["kind"] == item["kind"];
            let other = back["items"].as_array().unwrap().iter().find(same).unwrap();
            prop_assert_eq!((&item["old"], &item["new"]), (&other["new"], &other["old"]));
            prop_assert_eq!((&item["oldEnd"], &item["newEnd"]), (&other["newEnd"], &other["oldEnd"]));
            let delta = |item: &Value| item["delta"].as_i64();
            prop_assert_eq!(delta(item), delta(other).map(|delta| -delta));
        }
    }

    #[test]
    fn a_certain_license_over_itself_is_safe_and_changes_nothing(one in license(), as_of in -1..LAST) {
        let report = compare(&one, &one, as_of, None);
        prop_assert_eq!(&report["safe"], one.is_plain());
        for item in report["items"].as_array().unwrap() {
            prop_assert_eq!((&item["lost"], &item["presence"]), (&json!([]), &json!("both")));
            prop_assert!(item["delta"].is_null() || item["delta"] == 0);
        }
    }
}

const OLD: &str = "samples/gap-and-early-end-10.9.json";
const NEW: &str = "samples/renewed-11.1.json";

#[test]
fn exit_codes_and_usage() {
    let code = |arguments: &[&str]| seatline(&[&["diff"][..], arguments].concat()).code;
    assert_eq!(code(&[NEW, NEW]), 0);
    assert_eq!(code(&[OLD, NEW, "--as-of", "2027-01-01"]), 1);
    assert_eq!(code(&[OLD, NEW, "--as-of", "2027-01-01", "--exit-zero"]), 0);
    assert_eq!(code(&["samples/faulty.json", "samples/faulty.json", "--as-of", "2027-01-01"]), 1, "never safe");
    assert_eq!(code(&[OLD]), 2);
    assert_eq!(code(&["-", "-"]), 2);
    assert_eq!(code(&[OLD, "samples/history.jsonl"]), 2, "exactly one document");
    assert_eq!(code(&[OLD, "samples/administrators-10.8.json"]), 3);
    assert_eq!(code(&["nowhere.json", NEW]), 3);
    assert_eq!(code(&[OLD, NEW, "-o", OLD]), 2);
    let both = seatline(&["diff", "nowhere.json", "neither.json"]);
    assert_eq!(both.stderr.lines().filter(|line| line.starts_with("error: ")).count(), 2, "{both:?}");
}

#[test]
fn json_is_as_its_schema_says_and_locations_are_in_both_files() {
    for (old, new) in [(OLD, NEW), (NEW, "samples/enterprise-11.4.json"), ("samples/faulty.json", NEW)] {
        let report = seatline(&["diff", old, new, "--as-of", "2027-01-01", "-f", "json"]).json();
        assert_schema("diff", &report);
        for finding in report["findings"].as_array().unwrap().iter().filter(|one| one["reason"] == "fewer-seats") {
            assert!(finding["old"]["line"].is_u64() && finding["new"]["line"].is_u64(), "{finding}");
        }
    }
}

#[test]
fn an_administrator_list_decides() {
    let folder = tempfile::tempdir().unwrap();
    let list = folder.path().join("list.json");
    std::fs::write(&list, r#"{"userTypes": []}"#).unwrap();
    let run =
        seatline(&["diff", NEW, NEW, "--as-of", "2026-01-01", "--new-admins", list.to_str().unwrap(), "-f", "json"]);
    assert_eq!((run.code, &run.json()["findings"][0]["reason"]), (1, &json!("administrator-lost")));
}

#[test]
fn a_renewal_twelve_hours_late_is_a_gap() {
    let term = |start: i64, end: i64| {
        format!(
            r#"{{"MyEsri": {{"provision": {{"userTypes": [{{"id": "creatorUT", "maxUsers": 5, "startDate": {start}}},
            {{"id": "creatorUT", "maxUsers": 0, "startDate": {end}}}]}}}}}}"#
        )
    };
    let folder = tempfile::tempdir().unwrap();
    let old = folder.path().join("old.json");
    std::fs::write(&old, term(BASE, BASE + 24 * HOUR)).unwrap();
    let gap = |start: i64| {
        let new = term(start, BASE + 100 * HOUR);
        let as_of = (BASE + HOUR).to_string();
        let arguments = ["diff", old.to_str().unwrap(), "-", "--as-of", &as_of, "-f", "json"];
        seatline_with_input(&arguments, new.as_bytes()).json()["items"][0]["gap"].clone()
    };
    assert_eq!(gap(BASE + 24 * HOUR), Value::Null);
    assert_eq!(gap(BASE + 24 * HOUR + 1)["to"], "2020-09-14T12:26:40.001Z");
    assert_eq!(gap(BASE + 36 * HOUR)["days"], 1);
    // The old term is over already, and the new one has not begun.
    let new = term(BASE + 48 * HOUR, BASE + 100 * HOUR);
    let gap_at = |hour: i64| {
        let arguments =
            ["diff", old.to_str().unwrap(), "-", "--as-of", &(BASE + hour * HOUR).to_string(), "-f", "json"];
        seatline_with_input(&arguments, new.as_bytes()).json()["items"][0]["gap"].clone()
    };
    let expected = json!({"from": "2020-09-14T12:26:40Z", "to": "2020-09-15T12:26:40Z", "days": 1});
    assert_eq!([gap_at(1), gap_at(24), gap_at(30), gap_at(47)], [0; 4].map(|_| expected.clone()));
    assert_eq!([gap_at(48), gap_at(120)], [Value::Null, Value::Null], "it has begun, or is over as well");
}

#[test]
fn the_verdict_claims_no_more_than_is_known() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: String| {
        let path = folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let seats = |creators: Value| {
        let entries = json!([{"id": "creatorUT", "maxUsers": creators, "startDate": BASE},
            {"id": "viewerUT", "maxUsers": 1, "startDate": BASE}]);
        json!({"MyEsri": {"provision": {"userTypes": entries}}}).to_string()
    };
    let (old, new) = (write("old.json", seats(json!(5))), write("new.json", seats(json!(3))));
    let usage = write("members.csv", "username,userLicenseTypeId\na,creatorUT\n".to_owned());
    let resource = json!({"userTypes": [{"id": "creatorUT", "maximumRegisteredMembers": 3}]});
    let resource = write("resource.json", resource.to_string());
    let as_of = BASE.to_string();
    let verdict = |arguments: &[&str]| {
        let run = seatline(&[&["diff", "--as-of", &as_of], arguments].concat());
        run.stdout.lines().last().unwrap_or_default().to_owned()
    };
    assert_eq!(verdict(&[&old, &old, "--usage", &usage]), "safe to import: nothing is lost");
    assert_eq!(verdict(&[&old, &new, "--usage", &usage]), "safe to import: nothing that is in use is lost");
    assert_eq!(verdict(&[&resource, &new]), "safe to import, as far as the portal tells: nothing is lost");
    // A sum is no more certain than what it adds up.
    let unreadable = write("unreadable.json", seats(json!(-1)));
    for format in ["table", "markdown"] {
        let text = seatline(&["diff", &unreadable, &new, "--as-of", &as_of, "-f", format]).stdout;
        let sum = text.lines().find(|line| line.contains("all of them")).unwrap();
        assert_eq!(sum.matches('?').count(), 3, "{text}");
    }
    // More may be assigned than there was.
    let usage = write(
        "more.csv",
        (0..7).fold("username,userLicenseTypeId\n".to_owned(), |text, n| format!("{text}m{n},creatorUT\n")),
    );
    let report = seatline(&["diff", &old, &new, "--as-of", &as_of, "--usage", &usage, "-f", "json"]).json();
    let message = report["findings"][0]["message"].as_str().unwrap();
    assert!(message.starts_with("creatorUT: 3 seats instead of 5, and 7 are assigned, from"), "{message}");
}

#[test]
fn definitions_that_include_different_extensions_are_never_safe() {
    let license = |definitions: &[&[&str]]| {
        let definition = |ids: &&[&str]| {
            let extensions: Vec<_> = ids.iter().map(|id| json!({"id": id})).collect();
            json!({"id": "creatorUT", "name": "Creator", "extensions": extensions})
        };
        let definitions: Vec<_> = definitions.iter().map(definition).collect();
        let entries = json!([{"id": "creatorUT", "maxUsers": 5, "startDate": BASE}]);
        json!({"MyEsri": {"definitions": {"userTypes": definitions}, "provision": {"userTypes": entries}}}).to_string()
    };
    let folder = tempfile::tempdir().unwrap();
    let old = folder.path().join("old.json");
    let run = |old_license: &[&[&str]]| {
        std::fs::write(&old, license(old_license)).unwrap();
        let arguments = ["diff", old.to_str().unwrap(), "-", "--as-of", &BASE.to_string(), "-f", "json"];
        seatline_with_input(&arguments, license(&[&[]]).as_bytes())
    };
    assert_eq!(run(&[&[], &[]]).code, 0);
    let report = run(&[&[], &["utilityNetwork"]]).json();
    assert_eq!(
        (&report["safe"], &report["findings"][0]["reason"]),
        (&json!(false), &json!("not-certain")),
        "{report:#}"
    );
    assert_eq!(report["findings"][0]["old"]["pointer"], "/MyEsri/definitions/userTypes/1");
}

#[test]
fn every_format_shows_the_same_items() {
    let run = |format: &str| seatline(&["diff", OLD, NEW, "--as-of", "2027-01-01", "-f", format]).stdout;
    let report: Value = serde_json::from_str(&run("json")).unwrap();
    let csv = run("csv");
    assert_eq!(csv::Reader::from_reader(csv.as_bytes()).records().count(), report["items"].as_array().unwrap().len());
    for text in [run("table"), run("markdown")] {
        assert!(text.contains("not safe to import: 6 reasons"), "{text}");
        for finding in report["findings"].as_array().unwrap() {
            assert!(text.replace("\\_", "_").contains(finding["message"].as_str().unwrap()), "{text}");
        }
    }
}
