//! SARIF is valid by the standard, and each region, sliced out of the file by line and column, is the value of the
//! finding.

use std::path::Path;

use serde_json::Value;

use super::fixtures::{check, findings, folders};
use crate::common::{SARIF, schema_faults};

/// The text of a file as an editor shows it.
fn text(path: &Path) -> String {
    let bytes = std::fs::read(path).unwrap();
    match bytes.as_slice() {
        [0xFF, 0xFE, rest @ ..] => {
            let units: Vec<_> = rest.chunks(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]])).collect();
            String::from_utf16(&units).unwrap()
        }
        [0xEF, 0xBB, 0xBF, rest @ ..] => String::from_utf8(rest.to_vec()).unwrap(),
        _ => String::from_utf8(bytes).unwrap(),
    }
}

/// Slices a region out of a text: lines and columns from 1, columns in characters, the end exclusive.
fn slice(text: &str, region: &Value) -> String {
    let at = |name: &str| usize::try_from(region[name].as_u64().unwrap()).unwrap();
    let lines: Vec<Vec<char>> = text.split('\n').map(|line| line.chars().collect()).collect();
    let (first, last) = (at("startLine") - 1, at("endLine") - 1);
    let mut slice = String::new();
    for (number, line) in lines.iter().enumerate().take(last + 1).skip(first) {
        let from = if number == first { at("startColumn") - 1 } else { 0 };
        let to = if number == last { at("endColumn") - 1 } else { line.len() };
        slice.extend(&line[from..to]);
        if number < last {
            slice.push('\n');
        }
    }
    slice
}

/// The value at a pointer, or the nearest container around it.
fn value<'v>(document: &'v Value, pointer: &str) -> &'v Value {
    let mut pointer = pointer;
    loop {
        if let Some(value) = document.pointer(pointer) {
            return value;
        }
        pointer = pointer.rsplit_once('/').unwrap().0;
    }
}

#[test]
fn sarif_of_every_fixture_is_valid_and_every_region_is_its_value() {
    let mut regions = 0;
    for folder in folders() {
        for name in ["fires", "quiet"] {
            let log = check(&folder, name, "sarif").json();
            let errors: Vec<_> = schema_faults(SARIF, &log);
            assert!(errors.is_empty(), "{}/{name}: {errors:?}", folder.display());
            let source = text(&folder.join(format!("{name}.json")));
            // This reader takes the last value of a repeated key, and findings point at that one.
            let document: Value = serde_json::from_str(&source).unwrap();
            let run = &log["runs"][0];
            assert_eq!(run["columnKind"], "unicodeCodePoints");
            for result in run["results"].as_array().unwrap() {
                let place = &result["locations"][0];
                let uri = place["physicalLocation"]["artifactLocation"]["uri"].as_str().unwrap();
                let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
                assert_eq!(run["tool"]["driver"]["rules"][index]["id"], result["ruleId"]);
                let region = &place["physicalLocation"]["region"];
                if uri.ends_with(".toml") {
                    let policy = text(&folder.join(format!("{name}.toml")));
                    assert!(slice(&policy, region).starts_with("[[waiver]]"), "{}", slice(&policy, region));
                    continue;
                }
                let pointer = place["logicalLocations"][0]["fullyQualifiedName"].as_str().unwrap_or_default();
                let sliced: Value = serde_json::from_str(&slice(&source, region)).unwrap();
                assert_eq!(&sliced, value(&document, pointer), "{}/{name} {pointer}", folder.display());
                regions += 1;
            }
        }
    }
    assert!(regions > 40, "only {regions}");
}

#[test]
fn json_has_the_same_places() {
    for folder in folders() {
        let (json, sarif) = (check(&folder, "fires", "json").json(), check(&folder, "fires", "sarif").json());
        let results = sarif["runs"][0]["results"].as_array().unwrap().clone();
        let found = findings(&json);
        assert_eq!(found.len(), results.len());
        for (finding, result) in found.iter().zip(&results) {
            let region = &result["locations"][0]["physicalLocation"]["region"];
            let location = &finding["location"];
            assert_eq!(finding["rule"], result["ruleId"]);
            for (one, other) in
                [("line", "startLine"), ("column", "startColumn"), ("endLine", "endLine"), ("endColumn", "endColumn")]
            {
                assert_eq!(location[one], region[other]);
            }
        }
    }
}
