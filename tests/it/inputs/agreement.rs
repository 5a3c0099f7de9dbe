//! One organization in every form of usage: each gives the same answer.

use proptest::prelude::*;
use proptest::test_runner::Config;
use serde_json::{Value, json};

use super::organization::{AS_OF, Form, forms, organization};
use crate::common::seatline;
use crate::inputs::write;

/// Leaves out what may differ between forms: sources, names of roles, notes, accounts that only one form names, and what the
/// headline says of facts that are unknown. Of unknown roles only the counts of members stay.
fn without_sources(mut answer: Value) -> Value {
    let object = answer.as_object_mut().unwrap();
    for member in ["usage", "notes", "unknown", "leftOut"] {
        object.remove(member);
    }
    if let Some(headline) = object.get_mut("headline") {
        *headline = without_unknown(headline.as_str().unwrap()).into();
    }
    if let Some(roles) = object.get_mut("unknownRoles").and_then(Value::as_array_mut) {
        let mut counts: Vec<_> = roles.iter().map(|role| role["members"].as_u64().unwrap()).collect();
        counts.sort_unstable();
        *roles = counts.into_iter().map(Value::from).collect();
    }
    answer
}

/// A headline without the part that lists what is unknown.
fn without_unknown(headline: &str) -> String {
    const UNKNOWN: &str = "as far as is known: ";
    let parts = headline.split("; ").filter(|part| !part.starts_with(&format!("this is {UNKNOWN}")));
    let parts = parts.map(|part| part.split_once(&format!(", {UNKNOWN}")).map_or(part, |(verdict, _)| verdict));
    parts.collect::<Vec<_>>().join("; ")
}

/// The part of an answer that every form gives. Only a list of members shows who is locked out.
fn of_counts(answer: &Value) -> Value {
    let members: &[&str] = match answer["schema"].as_str() {
        Some("seatline/fit/v1") => &["members", "disabledMembers", "unknownRoles", "verdict"],
        _ => &["headline", "message", "toDo"],
    };
    without(answer, members)
}

fn without(value: &Value, names: &[&str]) -> Value {
    match value {
        Value::Object(members) => {
            let kept = members.iter().filter(|(name, _)| {
                !name.starts_with("lockedOut")
                    && !name.starts_with("misfitLockedOut")
                    && !names.contains(&name.as_str())
            });
            kept.map(|(name, value)| (name.clone(), without(value, names))).collect()
        }
        Value::Array(elements) => elements.iter().map(|element| without(element, names)).collect(),
        other => other.clone(),
    }
}

/// The answers of `fit` and `preflight` for a form.
fn answers(folder: &tempfile::TempDir, license: &str, form: &Form) -> [Value; 2] {
    let names = form.files.iter().map(|(name, bytes)| write(folder, name, bytes)).collect::<Vec<_>>();
    let usage: Vec<_> = names.iter().flat_map(|name| ["--usage", name]).collect();
    let [fit, preflight] = [&["fit", license][..], &["preflight", license, "--no-policy"]].map(|command| {
        let run = seatline(&[command, &["--as-of", AS_OF, "-f", "json"], &usage].concat());
        assert!(run.code <= 1, "{}: {run:?}", form.name);
        without_sources(run.json())
    });
    names.iter().for_each(|name| std::fs::remove_file(name).unwrap());
    [fit, preflight]
}

proptest! {
    #![proptest_config(Config { cases: 6, failure_persistence: None, ..Config::default() })]

    #[test]
    fn every_form_gives_the_same_answer(organization in organization()) {
        let folder = tempfile::tempdir().unwrap();
        let license = write(&folder, "license.json", organization.license().to_string());
        let forms = forms(&organization);
        let [counted, named] = [false, true].map(|named| forms.iter().find(|form| form.names_members == named).unwrap());
        let (counted, named) = (answers(&folder, &license, counted), answers(&folder, &license, named));
        prop_assert_eq!(&named[0]["members"], &json!(organization.members.len()));
        prop_assert_eq!(of_counts(&named[0]), of_counts(&counted[0]), "fit");
        prop_assert_eq!(of_counts(&named[1]), of_counts(&counted[1]), "preflight");
        for form in &forms {
            let expected = if form.names_members { &named } else { &counted };
            let found = answers(&folder, &license, form);
            prop_assert_eq!(&found[0], &expected[0], "fit with {}", form.name);
            prop_assert_eq!(&found[1], &expected[1], "preflight with {}", form.name);
        }
    }
}
