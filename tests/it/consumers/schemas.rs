//! The shipped schemas: names, units and bounds, with only such keywords as every validator knows.

use std::collections::BTreeSet;
use std::path::Path;

use serde_json::Value;

/// Every schema within a schema, with its place.
fn each(schema: &Value, place: &str, look: &mut impl FnMut(&str, &Value)) {
    match schema {
        Value::Array(all) => all.iter().for_each(|one| each(one, place, look)),
        Value::Object(members) => {
            look(place, schema);
            members.iter().for_each(|(name, one)| each(one, &format!("{place}/{name}"), look));
        }
        _ => {}
    }
}

fn is_integer(schema: &Value) -> bool {
    schema["type"] == "integer" || schema["type"].as_array().is_some_and(|types| types.contains(&"integer".into()))
}

#[test]
fn every_schema_is_plain_bounded_and_named() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/schema");
    let mut ids = BTreeSet::new();
    let (mut integers, mut lines) = (0, 0);
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().strip_suffix(".schema.json").unwrap().to_owned();
        let schema: Value = serde_json::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap();
        assert_eq!(schema["$id"], format!("urn:seatline:{name}:v1"));
        assert!(ids.insert(schema["$id"].to_string()));
        each(&schema, &name, &mut |place, one| {
            assert!(!one["format"].is_string(), "{place}: a format that not every validator knows");
            let told = one["description"].as_str().unwrap_or_default();
            assert!(!told.contains("[`") && !told.contains("::"), "{place}: {told}");
            // A sum of counts has no bound.
            let is_sum = place.contains("/DiffSum/");
            if is_integer(one) && !is_sum && one.get("const").is_none() && one.get("enum").is_none() {
                integers += 1;
                let most = one["maximum"].as_i64();
                assert!(most.is_some_and(|most| most < 1 << 53) && one["minimum"].is_i64(), "{place}: {one}");
            }
            let is_place = ["/line", "/column", "/endLine", "/endColumn"].iter().any(|member| place.ends_with(member));
            if is_place && is_integer(one) {
                lines += 1;
                assert_eq!(one["minimum"], 1, "{place}");
            }
        });
    }
    assert!(ids.len() > 10 && integers > 50 && lines > 10, "{} {integers} {lines}", ids.len());
}
