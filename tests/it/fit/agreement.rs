//! The program against a naive computation.

use proptest::prelude::*;
use proptest::test_runner::Config;
use serde_json::Value;

use super::case::{Case, case};
use super::files::Files;
use super::naive;
use crate::common::{Run, schema_faults, seatline};

fn text(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Number(number) if number.as_f64().is_some_and(|float| float.fract() == 0.0) => {
            number.as_f64().unwrap().to_string()
        }
        other => other.to_string(),
    }
}

/// A list in the order of ids.
fn by_id(value: &Value) -> Value {
    let mut value = value.clone();
    if let Some(list) = value.as_array_mut() {
        list.sort_by_key(|one| one["id"].to_string());
    }
    value
}

/// The value with all lists of items in one order.
fn sorted(value: &Value) -> Value {
    let mut value = value.clone();
    if let Some(items) = value.get_mut("items").and_then(Value::as_array_mut) {
        items.sort_by_key(Value::to_string);
    }
    value
}

/// Runs the program; `None` where it refuses the case as wrong usage.
fn run(case: &Case, formats: &[&str]) -> Option<Vec<Run>> {
    let files = Files::new();
    let license = files.add("license.json", case.license().to_string());
    let arguments = case.write(&files);
    let arguments: Vec<_> = arguments.iter().map(String::as_str).collect();
    let run = |format: &&str| seatline(&[&["fit", &license, "-f", format][..], &arguments].concat());
    let runs: Vec<_> = formats.iter().map(run).collect();
    let first = &runs[0];
    assert!(runs.iter().all(|run| run.code == first.code), "the format changes no exit code");
    if first.code == 2 {
        let told = ["the license", "neither the id nor the name of a user type"];
        assert!(first.stdout.is_empty() && told.iter().any(|words| first.stderr.contains(words)), "{first:?}");
        return None;
    }
    assert!(first.code <= 1, "{first:?}");
    Some(runs)
}

fn rows(csv: &Run) -> Vec<csv::StringRecord> {
    let mut reader = csv::Reader::from_reader(csv.stdout.as_bytes());
    let mut rows = vec![reader.headers().unwrap().clone()];
    rows.extend(reader.records().map(Result::unwrap));
    rows
}

proptest! {
    #![proptest_config(Config { failure_persistence: None, ..Config::default() })]

    #[test]
    fn every_number_agrees_with_asking_every_hour(case in case()) {
        let found = run(&case, &["json", "csv"]);
        prop_assert_eq!(found.is_none(), naive::refuses_map(&case), "{:?}", found);
        let Some(runs) = found else { return Ok(()) };
        let (code, report, rows) = (runs[0].code, runs[0].json(), rows(&runs[1]));
        prop_assert_eq!(schema_faults("fit", &report), [""; 0]);

        let expected = naive::report(&case);
        prop_assert_eq!(code, i32::from(expected["fits"] != true));
        prop_assert_eq!(report["laterPlan"].as_array().unwrap().len() as u64, expected["laterPlan"].as_u64().unwrap());
        let others = expected.as_object().unwrap().iter();
        for (field, value) in others.filter(|(field, _)| !["items", "laterPlan"].contains(&field.as_str())) {
            prop_assert_eq!(sorted(&report[field]), sorted(value), "{} in {:#}", field, report);
        }
        let (items, expected) = (report["items"].as_array().unwrap(), expected["items"].as_array().unwrap());
        prop_assert_eq!(items.len(), expected.len(), "{:#}", report);
        for expected in expected {
            let same = |item: &&Value| item["kind"] == expected["kind"] && item["id"] == expected["id"];
            let item = items.iter().find(same).unwrap();
            for (field, value) in expected.as_object().unwrap() {
                let (one, other) = (&by_id(&item[field]), &by_id(value));
                let equal = one == other || one.as_f64().is_some() && one.as_f64() == other.as_f64();
                prop_assert!(equal, "{} of {}: {}, expected {}", field, item["id"], one, other);
            }
        }

        // The CSV has the same numbers.
        prop_assert_eq!(rows.len(), items.len() + 1);
        for (row, item) in rows[1..].iter().zip(items) {
            for (title, cell) in rows[0].iter().zip(row) {
                let (shortage, later) = (&item["firstShortage"], &item["laterShortages"][0]);
                let value = match title {
                    "shortageAt" => &shortage["at"],
                    "shortageTo" => &shortage["to"],
                    "shortageSeats" => &shortage["seats"],
                    "shortageAssigned" => &shortage["assigned"],
                    "shortageCertain" => &shortage["certain"],
                    "short" | "lockedOut" | "lockedOutIsUpperBound" | "lockedOutCertainly" => &shortage[title],
                    "laterShortages" => &Value::from(item[title].as_array().unwrap().len()),
                    "laterShortageAt" => &later["at"],
                    "laterShortageTo" => &later["to"],
                    "laterShort" => &later["short"],
                    "laterShortageCertain" => &later["certain"],
                    _ => &item[title],
                };
                prop_assert_eq!(cell, text(value), "{}", title);
            }
        }

        // Every member is counted.
        if case.form.has_members() {
            let from = |item: &&Value| item["kind"] == "userType";
            let planned_now: u64 = expected_now(&case);
            let sum: u64 = items.iter().filter(from).map(|item| item["assigned"].as_u64().unwrap()).sum();
            prop_assert_eq!(sum, case.members.len() as u64 + planned_now);
        }
    }
}

/// Seats of user types that the plan adds by the as-of.
fn expected_now(case: &Case) -> u64 {
    let rows = case.plan.iter().flatten().filter(|row| row.kind == 0 && row.from.is_none_or(|from| from <= case.as_of));
    rows.map(|row| row.count).sum()
}

/// The same case with everything reordered that has no order.
fn turned(case: &Case, turn: usize) -> Case {
    fn turn_list<T>(list: &mut [T], turn: usize) {
        let length = list.len();
        if length > 0 {
            list.rotate_left(turn % length);
        }
        if turn.is_multiple_of(2) {
            list.reverse();
        }
    }
    // Files in another order, and the same facts in another form.
    let mut case = Case { odd: case.odd ^ turn.is_multiple_of(3), ..case.clone() };
    turn_list(&mut case.entries, turn);
    turn_list(&mut case.members, turn / 2);
    case.plan.iter_mut().for_each(|plan| turn_list(plan, turn / 3));
    case
}

/// The report without places, and with all lists in one order.
fn without_order(mut report: Value) -> Value {
    // The message about contradicting counts tells them in their order.
    report["findings"].take();
    for list in ["items", "laterPlan", "usage", "notes", "problems"] {
        report[list].as_array_mut().unwrap().sort_by_key(Value::to_string);
    }
    if let Some(items) = report["firstMisfit"].get_mut("items").and_then(Value::as_array_mut) {
        items.sort_by_key(Value::to_string);
    }
    for item in report["items"].as_array_mut().unwrap() {
        item["replaces"] = by_id(&item["replaces"]);
    }
    let text = report.to_string();
    // Each run has a folder of its own.
    let folder = text.split('"').find(|text| text.ends_with("license.json")).unwrap().replace("license.json", "");
    serde_json::from_str(&text.replace(&folder, "")).unwrap()
}

proptest! {
    #![proptest_config(Config { failure_persistence: None, ..Config::default() })]

    #[test]
    fn the_order_of_entries_members_lines_and_inputs_changes_nothing(case in case(), turn in 1..1000_usize) {
        let [one, other] = [&case, &turned(&case, turn)].map(|case| run(case, &["json"]));
        prop_assert_eq!(one.is_none(), other.is_none());
        let (Some(one), Some(other)) = (one, other) else { return Ok(()) };
        prop_assert_eq!(one[0].code, other[0].code);
        prop_assert_eq!(without_order(one[0].json()), without_order(other[0].json()));
    }
}
