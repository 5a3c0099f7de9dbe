//! The claims of samples/README.md about the files in `samples/stories`, and whether these files agree with each
//! other.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::common::{Run, seatline};

const LICENSE: &str = "samples/renewed-11.1.json";
const RESOURCE: &str = "samples/stories/license-resource-11.1.json";
const MEMBERS: &str = "samples/stories/members-11.4.csv";
const REPORT: &str = "samples/stories/member-report-11.4.csv";
const BUILT_IN: &str = "samples/stories/members-with-built-in-11.4.json";
const PERPETUAL: &str = "samples/stories/perpetual-resource-10.9.json";
const TERM: &str = "samples/stories/term-2024-to-2027.json";

fn file(path: &str) -> Value {
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

#[test]
fn the_license_resource_agrees_with_the_license_of_its_portal() {
    let day = "2026-03-01";
    let report = seatline(&["report", LICENSE, "-f", "json", "--as-of", day]).json();
    let items = report["licenses"][0]["items"].as_array().unwrap();
    // Id, seats on the day, final end.
    let given: BTreeMap<_, _> = items
        .iter()
        .filter(|item| item["usableSeats"].as_u64().is_some_and(|seats| seats > 0))
        .map(|item| {
            let key = (item["kind"].as_str().unwrap().to_owned(), item["id"].as_str().unwrap().to_owned());
            (key, (item["usableSeats"].clone(), item["finalEnd"].clone()))
        })
        .collect();
    let resource = file(RESOURCE);
    let lists = [("userType", "userTypes"), ("appBundle", "appBundles"), ("extension", "extensions"), ("app", "apps")];
    let told: BTreeMap<_, _> = lists
        .iter()
        .flat_map(|(kind, list)| resource[*list].as_array().unwrap().iter().map(move |entry| (kind, entry)))
        .map(|(kind, entry)| {
            assert_eq!(entry["expiration"], 1_845_979_200_000_i64);
            let key = ((*kind).to_owned(), entry["id"].as_str().unwrap().to_owned());
            (key, (entry["maximumRegisteredMembers"].clone(), json!("2028-06-30T12:00:00Z")))
        })
        .collect();
    assert_eq!(told, given);
    let user_types = resource["userTypes"].as_array().unwrap();
    let sum = |member: &str| user_types.iter().map(|one| one[member].as_u64().unwrap()).sum::<u64>();
    for member in ["currentRegisteredMembers", "maximumRegisteredMembers"] {
        assert_eq!(resource[member], sum(member));
    }
    assert_eq!((sum("currentRegisteredMembers"), &resource["version"]), (593, &json!("11.1")));
    let diff = seatline(&["diff", RESOURCE, LICENSE, "-f", "json", "--as-of", day]);
    assert_eq!((diff.code, diff.json()["nothingLost"].clone()), (0, json!(true)), "{diff:?}");
}

fn fit(usage: &str, more: &[&str]) -> Run {
    let arguments = ["fit", "samples/enterprise-11.4.json", "--usage", usage, "-f", "json", "--as-of", "2026-11-01"];
    seatline(&[&arguments[..], more].concat())
}

#[test]
fn twelve_members_are_the_same_in_three_forms() {
    let without_sources = |usage: &str| {
        let mut report = fit(usage, &[]).json();
        for member in ["usage", "notes"] {
            report.as_object_mut().unwrap().remove(member);
        }
        report
    };
    let expected = without_sources(MEMBERS);
    assert_eq!((&expected["members"], &expected["disabledMembers"]), (&json!(12), &json!(2)));
    assert_eq!(without_sources(REPORT), expected);
    assert_eq!(without_sources(BUILT_IN), expected);
    let run = fit(BUILT_IN, &[]);
    let named = "built-in accounts of the portal: esri_boundaries, esri_demographics, esri_livingatlas, esri_nav, system_publisher";
    assert!(run.stderr.contains(named), "{}", run.stderr);
    assert_eq!(fit(BUILT_IN, &["--include-built-in"]).json()["members"], 17);
}

#[test]
fn a_license_without_end_is_compared_and_said_to_be_perhaps_perpetual() {
    let arguments = ["diff", PERPETUAL, TERM, "--as-of", "2026-06-01"];
    let table = seatline(&arguments);
    assert_eq!(table.code, 1, "{table:?}");
    assert!(table.stdout.contains("OLD: no end stated, perhaps perpetual"), "{}", table.stdout);
    assert!(!table.stdout.contains('?'), "nothing is in doubt: {}", table.stdout);
    let report = seatline(&[&arguments[..], &["-f", "json"]].concat()).json();
    assert_eq!((&report["old"]["noEnd"], &report["old"]["end"]), (&json!(true), &Value::Null));
    let old = report["items"].as_array().unwrap().iter().filter(|item| item["old"].as_u64() > Some(0));
    let old: Vec<_> = old.map(|item| (&item["oldNoEnd"], &item["oldEnd"], &item["oldCertainUntil"])).collect();
    assert_eq!(old, vec![(&json!(true), &Value::Null, &Value::Null); 3]);
}
