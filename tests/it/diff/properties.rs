//! `DiffReport` and `Comparison`, compared with a question at every hour. `PROPTEST_CASES` sets the number of cases.

use std::collections::BTreeSet;

use proptest::prelude::*;
use proptest::test_runner::Config;
use seatline::parts::{Comparison, Given, Loss};
use seatline::{DiffQuestion, DiffReport, Zone};
use serde_json::{Value, json};

use super::case::{IDS, LAST, License, at, license, pair, with_side};
use super::naive::{lost_at, nothing_lost};
use crate::common::assert_schema;

fn compare(old: &License, new: &License, as_of: i64) -> Value {
    let (old, new) = (old.source("old"), new.source("new"));
    let question = DiffQuestion { as_of: at(as_of), zone: Zone::UTC };
    let report = with_side(&old, |old| with_side(&new, |new| DiffReport::new(old, new, question)));
    serde_json::to_value(report).unwrap()
}

fn losses(old: &License, new: &License, as_of: i64, kept: Option<i64>) -> Vec<Loss> {
    let (old, new) = (old.source("old"), new.source("new"));
    with_side(&old, |old| {
        with_side(&new, |new| {
            let comparison = Comparison::new(old, new, at(as_of));
            let comparison = match kept {
                Some(hour) => comparison.keeping(at(hour)),
                None => comparison,
            };
            comparison.losses()
        })
    })
}

/// A loss in the form of the naive comparison.
fn naive_form(loss: &Loss) -> (String, String, String, u64, u64) {
    let given = serde_json::to_value(loss.given).unwrap();
    let [id, detail] = [&loss.id, &loss.detail].map(|text| text.clone().unwrap_or_default());
    (given.as_str().unwrap().to_owned(), id, detail, loss.old, loss.new)
}

fn is_over_time(given: &str) -> bool {
    ["seats", "capability", "administrator"].contains(&given)
}

proptest! {
    #![proptest_config(Config { failure_persistence: None, ..Config::default() })]

    #[test]
    fn nothing_is_lost_exactly_if_asking_every_hour_finds_nothing((old, new) in pair(), as_of in -1..LAST) {
        let report = compare(&old, &new, as_of);
        prop_assert_eq!(&report["nothingLost"], nothing_lost(&old, &new, as_of), "{:#}", report);
        prop_assert_eq!(report["oldEnded"].is_string(), old.has_ended(as_of));
        let ended = report["verdict"].as_str().unwrap().starts_with("OLD ended on ");
        prop_assert_eq!(ended, old.has_ended(as_of));
        let verdict = report["verdict"].as_str().unwrap();
        let says_nothing_lost = verdict == "nothing changes" || verdict.starts_with("NEW gives at every later time");
        prop_assert_eq!(says_nothing_lost, report["nothingLost"] == true && !ended);
    }

    #[test]
    fn losses_are_those_of_asking_every_hour((old, new) in pair(), as_of in -1..LAST) {
        let found = losses(&old, &new, as_of, None);
        for hour in as_of..=LAST {
            let now = at(hour);
            let holds = |loss: &&Loss| loss.from <= now && loss.to.is_none_or(|to| now < to);
            let found: BTreeSet<_> = found.iter().filter(holds).map(naive_form).collect();
            let naive = lost_at(&old, &new, hour).into_iter();
            let naive: BTreeSet<_> = naive.map(|(what, id, detail, old, new)| (what.to_owned(), id, detail, old, new)).collect();
            let over_time = |all: &BTreeSet<(String, String, String, u64, u64)>| {
                all.iter().filter(|(given, ..)| is_over_time(given)).cloned().collect::<BTreeSet<_>>()
            };
            prop_assert_eq!(over_time(&found), over_time(&naive), "hour {}", hour);
            // What an item gives besides seats counts as lost over the whole time, also where there are no seats in
            // between.
            prop_assert!(naive.is_subset(&found), "hour {}: {:?} {:?}", hour, naive, found);
        }
        for loss in found.iter().filter(|loss| !is_over_time(&naive_form(loss).0)) {
            let hours = (as_of..=LAST).find(|hour| at(*hour) == loss.from);
            let lost = hours.map(|hour| lost_at(&old, &new, hour)).unwrap_or_default();
            let form = naive_form(loss);
            let is_it = |one: &super::naive::Lost| (one.0, &one.1, &one.2) == (form.0.as_str(), &form.1, &form.2);
            prop_assert!(lost.iter().any(is_it), "its first instant: {:?}", loss);
        }
    }

    #[test]
    fn what_is_kept_is_needed_as_long_as_new_lasts((old, new) in pair(), as_of in -1..LAST) {
        let kept = losses(&old, &new, as_of, Some(as_of));
        for hour in as_of..=LAST {
            let holds = |loss: &&Loss| loss.from <= at(hour) && loss.to.is_none_or(|to| at(hour) < to);
            for (item, (_, kind, id)) in IDS.iter().enumerate().filter(|(_, (_, kind, _))| *kind != "extension") {
                let needed = old.seats_at(item, as_of).max(old.seats_at(item, hour));
                let there = new.seats_at(item, hour);
                let is_it = |loss: &&Loss| {
                    loss.given == Given::Seats && loss.kind.as_str() == *kind && loss.id.as_deref() == Some(*id)
                };
                let found: Vec<_> = kept.iter().filter(holds).filter(is_it).map(|loss| (loss.old, loss.new)).collect();
                let expected = if there < needed { vec![(needed, there)] } else { Vec::new() };
                prop_assert_eq!(found, expected);
            }
        }
    }

    #[test]
    fn items_show_both_sides_and_nothing_else((old, new) in pair(), as_of in -1..LAST) {
        let report = compare(&old, &new, as_of);
        let items = report["items"].as_array().unwrap();
        for (index, (_, kind, id)) in IDS.iter().enumerate() {
            let Some(item) = items.iter().find(|item| item["id"] == *id && item["kind"] == *kind) else {
                prop_assert!(old.entries[index].is_empty() && new.entries[index].is_empty());
                continue;
            };
            for (side, license) in [("old", &old), ("new", &new)] {
                prop_assert_eq!(&item[side], license.seats_at(index, as_of));
                let changes = (as_of + 1..=LAST)
                    .filter(|hour| license.seats_at(index, *hour) != license.seats_at(index, hour - 1))
                    .map(|hour| json!([at(hour).to_string(), license.seats_at(index, hour)]));
                let steps = item[format!("{side}Steps")].as_array().unwrap().iter();
                let steps: Vec<_> = steps.map(|step| json!([step["at"], step["seats"]])).collect();
                prop_assert_eq!(steps, changes.collect::<Vec<_>>());
            }
            let differs = (as_of..=LAST).any(|hour| old.seats_at(index, hour) != new.seats_at(index, hour));
            prop_assert!(!differs || item["changed"] == true);
        }
        let unchanged = items.iter().filter(|item| item["changed"] == false).count();
        prop_assert_eq!(&report["unchanged"], unchanged);
        assert_schema("diff", &report);
    }

    #[test]
    fn every_fall_of_new_is_told_but_its_end(new in license(), as_of in -1..LAST) {
        let report = compare(&new, &new, as_of);
        let ends = |hour: i64| (hour..=LAST).all(|hour| (0..3).all(|item| new.seats_at(item, hour) == 0));
        let end = (0..=LAST).find(|hour| ends(*hour)).filter(|end| *end > as_of).filter(|_| (0..3).any(|item| (0..LAST).any(|hour| new.seats_at(item, hour) > 0)));
        for (item, (_, _, id)) in IDS.iter().enumerate() {
            for hour in as_of + 1..=LAST {
                let (before, after) = (new.seats_at(item, hour - 1), new.seats_at(item, hour));
                let is_final = (hour..=LAST).all(|hour| new.seats_at(item, hour) == 0);
                // All of these licenses end within 24 hours.
                let with_the_license = end.is_some_and(|end| hour >= end || is_final);
                let told = report["falls"].as_array().unwrap().iter().any(|fall| {
                    fall["id"] == *id && fall["at"] == at(hour).to_string()
                        && fall["before"] == before && fall["after"] == after
                });
                prop_assert_eq!(told, after < before && !with_the_license, "{} {} {:#}", id, hour, report["falls"]);
            }
        }
    }

    #[test]
    fn the_order_of_entries_changes_nothing(
        (old, new) in pair(), as_of in -1..LAST, seed in any::<u64>()
    ) {
        let turned = |license: &License| {
            let mut license = license.clone();
            for entries in &mut license.entries {
                let middle = usize::try_from(seed).unwrap_or(0) % entries.len().max(1);
                entries.rotate_left(middle);
                if seed % 2 == 0 {
                    entries.reverse();
                }
            }
            license.windows.reverse();
            license
        };
        let sorted = |mut report: Value| {
            for member in ["items", "falls"] {
                report[member].as_array_mut().unwrap().sort_by_key(|item| format!("{}{}", item["kind"], item["id"]));
            }
            let findings = report["findings"].as_array_mut().unwrap();
            findings.iter_mut().for_each(|finding| drop(finding["old"].take()));
            findings.iter_mut().for_each(|finding| drop(finding["new"].take()));
            // The message about contradicting counts tells them in their order.
            findings.retain(|finding| finding["reason"] != "not-certain");
            findings.sort_by_key(ToString::to_string);
            report
        };
        let one = sorted(compare(&old, &new, as_of));
        prop_assert_eq!(sorted(compare(&turned(&old), &turned(&new), as_of)), one);
    }

    #[test]
    fn there_and_back_swaps_and_negates((old, new) in pair(), as_of in -1..LAST) {
        let (there, back) = (compare(&old, &new, as_of), compare(&new, &old, as_of));
        prop_assert_eq!(there["items"].as_array().unwrap().len(), back["items"].as_array().unwrap().len());
        for item in there["items"].as_array().unwrap() {
            let same = |other: &&Value| other["id"] == item["id"] && other["kind"] == item["kind"];
            let other = back["items"].as_array().unwrap().iter().find(same).unwrap();
            for (one, mirrored) in [("old", "new"), ("oldSteps", "newSteps"), ("oldEnd", "newEnd"), ("oldCertainUntil", "newCertainUntil")] {
                prop_assert_eq!((&item[one], &item[mirrored]), (&other[mirrored], &other[one]));
            }
            let delta = |item: &Value| item["delta"].as_i64();
            prop_assert_eq!(delta(item), delta(other).map(|delta| -delta));
        }
    }

    #[test]
    fn a_plain_license_over_itself_changes_nothing(one in license(), as_of in -1..LAST) {
        let report = compare(&one, &one, as_of);
        prop_assert_eq!(&report["nothingLost"], one.is_plain() || one.has_ended(as_of));
        let items = report["items"].as_array().unwrap();
        prop_assert_eq!(&report["unchanged"], items.len());
        prop_assert!(items.iter().all(|item| item["lost"] == json!([]) && item["extrasLost"] == json!([])));
        let alone = report["verdict"] == "nothing changes";
        let quiet = report["falls"] == json!([]) && report["oldEnded"].is_null();
        prop_assert_eq!(alone, quiet && report["nothingLost"] == true);
    }
}
