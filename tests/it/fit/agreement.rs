//! The program against the naive re-computation.

use proptest::prelude::*;
use proptest::test_runner::Config;
use serde_json::Value;

use super::case::{Case, case};
use super::files::Files;
use super::naive;
use crate::common::{schema_faults, seatline};

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

/// With lists of items in one order.
fn sorted(value: &Value) -> Value {
    let mut value = value.clone();
    if let Some(items) = value.get_mut("items").and_then(Value::as_array_mut) {
        items.sort_by_key(Value::to_string);
    }
    value
}

/// Runs it in both forms that are exact; nothing where it is refused as wrong usage.
fn run(case: &Case) -> Option<(i32, Value, Vec<csv::StringRecord>)> {
    let files = Files::new();
    let license = files.add("license.json", case.license().to_string());
    let arguments = case.write(&files);
    let arguments: Vec<_> = arguments.iter().map(String::as_str).collect();
    let run = |format: &str| seatline(&[&["fit", &license, "-f", format][..], &arguments].concat());
    let json = run("json");
    if json.code == 2 {
        assert!(
            json.stdout.is_empty()
                && (json.stderr.contains("the license")
                    || json.stderr.contains("neither the id nor the name of a user type")),
            "{json:?}"
        );
        return None;
    }
    assert!(json.code <= 1, "{json:?}");
    let csv = run("csv");
    assert_eq!(csv.code, json.code, "the format changes no exit code");
    let mut reader = csv::Reader::from_reader(csv.stdout.as_bytes());
    let mut rows = vec![reader.headers().unwrap().clone()];
    rows.extend(reader.records().map(Result::unwrap));
    Some((json.code, json.json(), rows))
}

proptest! {
    #![proptest_config(Config { failure_persistence: None, ..Config::default() })]

    #[test]
    fn every_number_agrees_with_asking_every_hour(case in case()) {
        let found = run(&case);
        prop_assert_eq!(found.is_none(), naive::refuses_map(&case), "{:?}", found);
        let Some((code, report, rows)) = found else { return Ok(()) };
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
                let (one, other) = (&item[field], value);
                let equal = one == other || one.as_f64().is_some() && one.as_f64() == other.as_f64();
                prop_assert!(equal, "{} of {}: {}, expected {}", field, item["id"], one, other);
            }
        }

        // The same in a spreadsheet.
        prop_assert_eq!(rows.len(), items.len() + 1);
        for (row, item) in rows[1..].iter().zip(items) {
            for (title, cell) in rows[0].iter().zip(row) {
                let shortage = &item["firstShortage"];
                let value = match title {
                    "shortageAt" => &shortage["at"],
                    "shortageTo" => &shortage["to"],
                    "shortageSeats" => &shortage["seats"],
                    "shortageAssigned" => &shortage["assigned"],
                    "short" | "lockedOut" | "lockedOutIsUpperBound" => &shortage[title],
                    _ => &item[title],
                };
                prop_assert_eq!(cell, text(value), "{}", title);
            }
        }

        // Nobody is lost.
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
