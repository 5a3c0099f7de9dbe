//! The portal's own license resource in the place of the old license.

use proptest::prelude::*;
use proptest::test_runner::Config;
use seatline::parts::Installed;
use seatline::{DiffQuestion, DiffReport, Side, Source, Zone};
use serde_json::{Value, json};

use super::case::{BASE, IDS, LAST, license, ms, with_side};
use crate::common::seatline;

/// The seats now, the hour of the expiration, and the future seats.
type Told = (u64, Option<i64>, Option<(i64, u64)>);

fn told() -> impl Strategy<Value = Told> {
    (0..3_u64, prop::option::of(1..LAST), prop::option::of((1..LAST, 0..3_u64)))
}

fn seats_at((now, expiration, future): Told, hour: i64) -> u64 {
    match (future, expiration) {
        (Some((begins, seats)), _) if begins <= hour => seats,
        (_, Some(end)) if end <= hour => 0,
        _ => now,
    }
}

fn documents(told: &[Told]) -> [Source; 2] {
    let entries = IDS.iter().zip(told).map(|((_, _, id), (seats, end, _))| {
        json!({"id": id, "maximumRegisteredMembers": seats, "currentRegisteredMembers": 0, "expiration": end.map(ms)})
    });
    let later = IDS.iter().zip(told).filter_map(|((_, _, id), (_, _, future))| {
        let (begins, seats) = (*future)?;
        Some(json!({"id": id, "maximumRegisteredMembers": seats, "startDate": ms(begins)}))
    });
    // An empty list would not tell the kind of the document.
    let mut later: Vec<Value> = later.collect();
    later.push(json!({"id": "otherUT", "maximumRegisteredMembers": 0, "startDate": ms(1)}));
    let resource = json!({"version": "10.8", "userTypes": entries.collect::<Vec<_>>()});
    let future = json!({"userTypes": later});
    [resource, future].map(|document| Source::from_text("portal", document.to_string()))
}

proptest! {
    #![proptest_config(Config { failure_persistence: None, ..Config::default() })]

    #[test]
    fn nothing_is_lost_exactly_if_asking_every_hour_finds_nothing(
        told in [told(), told(), told()], new in license(), as_of in 0..LAST
    ) {
        let [resource, future] = documents(&told);
        let places = [&resource, &future].map(|source| source.documents().next().unwrap().place);
        let installed = Installed::read((&resource, places[0].clone()), Some((&future, places[1].clone()))).unwrap();
        let old = Side::of_portal(&installed, None);
        let question = DiffQuestion { as_of: super::case::at(as_of), zone: Zone::UTC };
        let report = with_side(&new.source("new"), |new| DiffReport::new(&old, new, question));
        let has_administrator = |seats: &dyn Fn(usize) -> u64| seats(0) + seats(1) > 0;
        let enough = |hour| {
            (0..3).all(|item| new.seats_at(item, hour) >= seats_at(told[item], hour))
                && (!has_administrator(&|item| seats_at(told[item], hour))
                    || has_administrator(&|item| new.seats_at(item, hour)))
        };
        let ended = (as_of..=LAST).all(|hour| (0..3).all(|item| seats_at(told[item], hour) == 0))
            && (0..3).any(|item| (-1..as_of).any(|hour| seats_at(told[item], hour) > 0));
        let expected = ended || (new.is_plain() && (as_of..=LAST).all(enough));
        prop_assert_eq!(report.nothing_lost, Some(expected), "{:#?}", report);
        prop_assert_eq!(report.old_ended.is_some(), ended);
        prop_assert!(report.verdict.as_deref() != Some("nothing changes"), "not all of OLD is told");
    }
}

#[test]
fn an_expiration_or_count_that_cannot_be_read_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let old = folder.path().join("resource.json");
    let run = |entry: Value| {
        std::fs::write(&old, json!({"version": "10.8", "userTypes": [entry]}).to_string()).unwrap();
        let path = old.to_str().unwrap();
        seatline(&["diff", path, "samples/portal-10.8.json", "--as-of", "2019-01-01", "-f", "json"])
    };
    let end = 1_577_836_800_000_i64;
    let run_with = |maximum: Value, expiration: Value| {
        run(json!({"id": "creatorUT", "maximumRegisteredMembers": maximum, "expiration": expiration}))
    };
    assert_eq!(run_with(json!(200), json!(end)).code, 0);
    assert_eq!(run_with(json!(201), json!(end)).code, 1);
    for never in [Value::Null, json!(-1), json!(0)] {
        assert_eq!(run_with(json!(200), never).code, 1, "no end is stated, and the new license ends");
    }
    for (maximum, expiration) in [(json!(-1), json!(end)), (json!(5), json!(-2)), (json!(5), json!("never"))] {
        let run = run_with(maximum, expiration);
        let report = run.json();
        let mut findings = report["findings"].as_array().unwrap().iter();
        let finding = findings.find(|finding| finding["reason"] == "not-certain").unwrap();
        assert_eq!((run.code, &finding["old"]["pointer"]), (1, &json!("/userTypes/0")), "{report:#}");
    }
    let run = run(json!({"maximumRegisteredMembers": 5}));
    assert!(run.code == 3 && run.stderr.contains("the id of this user type is missing"), "{run:?}");
}

#[test]
fn the_future_license_is_told_apart_and_its_lack_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, document: Value| {
        let path = folder.path().join(name);
        std::fs::write(&path, document.to_string()).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let resource = write(
        "resource.json",
        json!({"userTypes": [{"id": "creatorUT", "maximumRegisteredMembers": 200, "expiration": 1_577_836_800_000_i64}],
            "appBundles": [], "extensions": [], "apps": []}),
    );
    let new = "samples/portal-10.8.json";
    let run = seatline(&["diff", &resource, new, "--as-of", "2019-01-01"]);
    assert!(run.code == 0 && run.stderr.contains("--future"), "{run:?}");
    let entry = json!({"id": "creatorUT", "maximumRegisteredMembers": 250, "startDate": 1_577_836_800_000_i64});
    let future = write("future.json", json!({"userTypes": [entry]}));
    let run = seatline(&["diff", &resource, new, "--as-of", "2019-01-01", "--future", &future, "-f", "json"]);
    let report = run.json();
    let lost = json!([
        {"from": "2020-01-01T00:00:00Z", "to": "2020-10-20T20:23:14Z", "old": 250, "new": 200},
        {"from": "2020-10-20T20:23:14Z", "to": null, "old": 250, "new": 0},
    ]);
    assert_eq!((run.code, &report["items"][0]["lost"], run.stderr.as_str()), (1, &lost, ""));
    assert_eq!(report["old"]["document"], "licenseResource");
    // A folder with both documents gives the same answer.
    let path = folder.path().to_str().unwrap();
    let other = seatline(&["diff", path, new, "--as-of", "2019-01-01", "-f", "json"]).json();
    assert_eq!(other["items"], report["items"]);
    for arguments in [["diff", new, new, "--future", &future], ["diff", &resource, new, "--future", &resource]] {
        assert!([2, 3].contains(&seatline(&arguments).code), "{arguments:?}");
    }
    let with_license = write("license.json", serde_json::from_str(&std::fs::read_to_string(new).unwrap()).unwrap());
    let run = seatline(&["diff", path, &with_license]);
    assert!(run.code == 2 && run.stderr.contains("name the one that is in force"), "{run:?}");
}

#[test]
fn what_is_no_list_and_what_is_not_in_force_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, document: Value| {
        let path = folder.path().join(name);
        std::fs::write(&path, document.to_string()).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let entry = json!({"id": "creatorUT", "maximumRegisteredMembers": 5});
    let resource = write("resource.json", json!({"userTypes": [entry]}));
    let no_list = write("no-list.json", json!({"userTypes": [entry], "extensions": "parcelFabric"}));
    let start = json!({"id": "creatorUT", "maximumRegisteredMembers": 5, "startDate": BASE});
    let future = write("future.json", json!({"userTypes": [start]}));
    let future_no_list = write("future-no-list.json", json!({"userTypes": [start], "apps": {}}));
    let new = "samples/portal-10.8.json";
    for (arguments, part) in [
        (&[no_list.as_str(), new][..], "what stands in place of a list of extensions is a string (in /extensions)"),
        (&[&resource, new, "--future", &future_no_list], "what stands in place of a list of apps is an object"),
        (&[&future, new], "which goes with --future"),
    ] {
        let run = seatline(&[&["diff", "--as-of", "2019-01-01"], arguments].concat());
        assert!(run.code == 3 && run.stdout.is_empty() && run.stderr.contains(part), "{run:?}");
        assert_eq!(run.stderr.matches("error:").count(), 1, "{run:?}");
    }
}

#[test]
fn what_cannot_be_read_may_be_in_the_future_license() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, document: Value| {
        let path = folder.path().join(name);
        std::fs::write(&path, document.to_string()).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let entry = json!({"id": "creatorUT", "maximumRegisteredMembers": 5, "expiration": 1_577_836_800_000_i64});
    let resource = write("resource.json", json!({"userTypes": [entry]}));
    let later = json!([{"id": "creatorUT", "maximumRegisteredMembers": 5, "startDate": 1_577_836_800_000_i64}, {"id": "viewerUT",
        "maximumRegisteredMembers": 5, "startDate": "soon"}]);
    let future = write("future.json", json!({"userTypes": later}));
    let run = seatline(&[
        "diff",
        &resource,
        "samples/portal-10.8.json",
        "--as-of",
        "2019-01-01",
        "--future",
        &future,
        "-f",
        "json",
    ]);
    let report = run.json();
    let mut messages = report["findings"].as_array().unwrap().iter().filter_map(|finding| finding["message"].as_str());
    let expected = format!("viewerUT: its seats, or when they end or begin, cannot be read here or in {future}");
    assert!(messages.any(|message| message == expected), "{report:#}");
}
