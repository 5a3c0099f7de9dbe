//! The fingerprints by which services recognize a finding: they depend on no line, no value and no order, and no two
//! are alike.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use seatline::for_tests::{WaivedResults, check_gitlab, check_sarif};
use seatline::{CheckReport, Checker, Document, Instant, License, Policy, ReportQuestion, Source};
use serde_json::{Value, json};

use super::consumers::{CONSUMERS, cases, results};
use crate::common::{Run, command, seatline};
use crate::oracle::documents;
use crate::oracle::random::Random;

fn fingerprint(result: &Value) -> String {
    result["partialFingerprints"]["primaryLocationLineHash"].as_str().unwrap().to_owned()
}

/// The fingerprints of all findings of a text that lies in `license.json`, by rule and message.
fn alerts(text: &str, as_of: &str) -> BTreeMap<String, BTreeSet<String>> {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("license.json"), text).unwrap();
    let arguments = ["check", "license.json", "--as-of", as_of, "--no-policy", "-f", "sarif"];
    let run: Run = command(&arguments).current_dir(folder.path()).output().unwrap().into();
    let mut alerts = BTreeMap::<_, BTreeSet<_>>::new();
    for result in results(&run.json()) {
        let message = format!("{}: {}", result["ruleId"], result["message"]["text"]);
        assert!(alerts.entry(message).or_default().insert(fingerprint(&result)), "twice: {result}");
    }
    alerts
}

#[test]
fn a_license_on_one_line_has_as_many_alerts_as_findings() {
    let one_line = fs::read_to_string(format!("{CONSUMERS}/sarif-one-line-renewed-11.1.json")).unwrap();
    let found = alerts(&one_line, "2028-06-15");
    let all: BTreeSet<_> = found.values().flatten().collect();
    assert_eq!((found.len(), all.len()), (14, 14), "{found:#?}");
}

/// The same document with the members of every object in the opposite order.
fn turned(value: &Value) -> String {
    match value {
        Value::Object(members) => {
            let members = members.iter().rev().map(|(key, value)| format!("{}: {}", json!(key), turned(value)));
            format!("{{{}}}", members.collect::<Vec<_>>().join(", "))
        }
        Value::Array(elements) => format!("[{}]", elements.iter().map(turned).collect::<Vec<_>>().join(", ")),
        other => other.to_string(),
    }
}

/// The report on files with these names and texts.
fn report(files: &[(&str, &str)], as_of: i64) -> CheckReport {
    let policy = Policy::default();
    let as_of = Instant::from_epoch_ms(as_of);
    let mut checker = Checker::new(ReportQuestion { as_of, administrators: None }, None, &policy);
    let mut licenses = Vec::new();
    for (name, text) in files {
        let source = Source::from_text(*name, *text);
        for found in source.documents() {
            if let Ok(Document::License(license)) = found.document {
                licenses.push(checker.check(License::new(&source, &found.place, &license), None));
            }
        }
    }
    CheckReport::new(as_of, None, licenses, Vec::new())
}

/// The fingerprints of a report, without repeats.
fn prints(report: &CheckReport) -> BTreeSet<String> {
    let issues: Value = serde_json::from_str(&check_gitlab(report).unwrap()).unwrap();
    let all: Vec<_> =
        issues.as_array().unwrap().iter().map(|issue| issue["fingerprint"].as_str().unwrap().to_owned()).collect();
    let distinct: BTreeSet<_> = all.iter().cloned().collect();
    assert_eq!(all.len(), distinct.len(), "two findings have one fingerprint");
    distinct
}

/// The fingerprints by document, rule and pointer. GitLab's issues stand in the order of the findings.
fn by_place(report: &CheckReport) -> BTreeMap<(usize, String, String), Vec<String>> {
    let issues: Value = serde_json::from_str(&check_gitlab(report).unwrap()).unwrap();
    let findings =
        report.licenses.iter().flat_map(|license| license.findings.iter().map(|one| (license.origin.document, one)));
    let findings: Vec<_> = findings.collect();
    let issues = issues.as_array().unwrap();
    assert_eq!(issues.len(), findings.len());
    let mut prints = BTreeMap::<_, Vec<_>>::new();
    for ((document, checked), issue) in findings.into_iter().zip(issues) {
        let place = (document, checked.finding.rule.clone(), checked.finding.location.pointer.to_string());
        prints.entry(place).or_default().push(issue["fingerprint"].as_str().unwrap().to_owned());
    }
    prints
}

/// The number of random documents; `FINGERPRINT_CASES=10000` tries ten thousand.
fn documents_to_try() -> usize {
    std::env::var("FINGERPRINT_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(400)
}

#[test]
fn fingerprints_are_distinct_and_know_no_lines() {
    let mut random = Random::new(2027);
    let (mut seen, mut kept) = (0, 0);
    let wanted = documents_to_try();
    for group in 0..wanted.div_ceil(4) {
        let instants = documents::instants(&mut random);
        let licenses: Vec<_> = (0..4).map(|_| documents::license(&mut random, &instants)).collect();
        let as_of = *random.pick(&instants);
        let of = |texts: Vec<String>| report(&[("licenses.json", &texts.join("\n"))], as_of);
        let plain = of(licenses.iter().map(Value::to_string).collect());
        assert_eq!(plain.licenses.len(), 4);
        let found = prints(&plain);
        let blank_lines_and_indented = of(licenses
            .iter()
            .map(|license| format!("\n\n{}", serde_json::to_string_pretty(license).unwrap()))
            .collect());
        let other_order = of(licenses.iter().map(turned).collect());
        let places = by_place(&plain);
        for other in [blank_lines_and_indented, other_order] {
            let other = by_place(&other);
            assert_eq!(other.values().flatten().cloned().collect::<BTreeSet<_>>(), found, "{licenses:#?}");
            // An entry of which several members cannot be read is told of at the first of them, in the order of the document.
            let same = other.into_iter().filter_map(|(place, prints)| Some((prints, places.get(&place)?)));
            for (prints, before) in same {
                assert_eq!(prints, *before, "{licenses:#?}");
                kept += 1;
            }
        }
        seen += found.len();
        // SARIF has the same fingerprints. It is compared rarely, since it holds the pages of all rules.
        if group % 50 == 0 {
            let log = check_sarif(&plain, WaivedResults::Suppressed).unwrap();
            let results = results(&serde_json::from_str(&log).unwrap());
            assert_eq!(results.iter().map(fingerprint).collect::<BTreeSet<_>>(), found);
        }
    }
    assert!(seen > wanted * 4, "only {seen} findings in {wanted} documents");
    assert!(kept > wanted * 4, "only {kept} of {seen} at the same place");
}

#[test]
fn the_same_findings_in_two_documents_or_two_files_are_not_one() {
    let one_line = fs::read_to_string(format!("{CONSUMERS}/sarif-one-line-renewed-11.1.json")).unwrap();
    let as_of = 1_844_640_000_000;
    let one = prints(&report(&[("a.json", &one_line)], as_of));
    assert!(one.len() > 10);
    let two_documents = prints(&report(&[("a.json", &format!("{one_line}\n{one_line}"))], as_of));
    assert_eq!(two_documents.len(), 2 * one.len());
    assert!(two_documents.is_superset(&one), "the first document has the fingerprints it had alone");
    let two_files = prints(&report(&[("b.json", &one_line), ("a.json", &one_line)], as_of));
    assert_eq!(two_files.len(), 2 * one.len());
    assert!(two_files.is_superset(&one), "and so has a file, whatever stands before it");
}

#[test]
fn a_changed_date_is_the_same_finding() {
    let text = fs::read_to_string("samples/gap-and-early-end-10.9.json").unwrap();
    let prints = |text: &str| {
        let found = alerts(text, "2026-11-01");
        found
            .into_iter()
            .filter(|(message, _)| message.contains("seat-gap"))
            .flat_map(|(_, prints)| prints)
            .collect::<Vec<_>>()
    };
    let before = prints(&text);
    assert!(!before.is_empty());
    assert_eq!(prints(&text.replace("1798416000000", "1798502400000")), before);
}

#[test]
fn a_file_that_is_named_twice_has_distinct_fingerprints_and_cases() {
    let sample = "samples/gap-and-early-end-10.9.json";
    let arguments = |format| ["check", sample, sample, "--as-of", "2026-11-01", "--no-policy", "-f", format];
    let prints: Vec<_> = results(&seatline(&arguments("sarif")).json()).iter().map(fingerprint).collect();
    assert_eq!(prints.iter().collect::<BTreeSet<_>>().len(), prints.len());
    cases(&seatline(&arguments("junit")).stdout);
    let absolute = std::path::absolute(sample).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let bad = folder.path().join("bad.json");
    fs::write(&bad, "{").unwrap();
    let (bad, worse) = (bad.to_str().unwrap(), format!("{}/./bad.json", folder.path().display()));
    let files = [sample, &format!("./{sample}"), absolute.to_str().unwrap(), bad, &worse];
    let named =
        |format| seatline(&[&["check"], &files[..], &["--as-of", "2026-11-01", "--no-policy", "-f", format]].concat());
    let issues = named("gitlab").json();
    let issues: Vec<_> = issues.as_array().unwrap().iter().map(|issue| issue["fingerprint"].to_string()).collect();
    assert_eq!(issues.iter().collect::<BTreeSet<_>>().len(), issues.len(), "also by several names");
    let prints: Vec<_> = results(&named("sarif").json()).iter().map(fingerprint).collect();
    assert_eq!(prints.iter().collect::<BTreeSet<_>>().len(), prints.len());
    cases(&named("junit").stdout);
}

#[test]
fn a_value_of_another_entry_changes_no_fingerprint() {
    // Two entries of one item cannot be read; the message about one of them changes later.
    let text = |other: &str| {
        format!(
            r#"{{"MyEsri": {{"version": "11.4", "provision": {{"userTypes": [
                {{"id": "creatorUT", "maxUsers": -3, "startDate": 1700000000000}},
                {{"id": "creatorUT", "maxUsers": {other}, "startDate": 1800000000000}}]}}}}}}"#
        )
    };
    let unreadable = |other: &str| {
        let found = alerts(&text(other), "2026-01-01").into_iter();
        let own = found.filter(|(message, _)| message.contains("unreadable-entry") && message.contains("2023-11-14"));
        let prints: Vec<_> = own.flat_map(|(_, prints)| prints).collect();
        assert_eq!(prints.len(), 1, "{other}");
        prints
    };
    let all: BTreeSet<_> = ["-1", "-5", "\"A\"", "\"z\"", "null", "1.5"].map(unreadable).into();
    assert_eq!(all.len(), 1, "{all:?}");
}

/// The fingerprints of findings of this rule, by their pointers.
fn by_pointer(license: &Value, rule: &str) -> BTreeMap<String, String> {
    let report = report(&[("license.json", &license.to_string())], 1_767_225_600_000);
    let log = check_sarif(&report, WaivedResults::Suppressed).unwrap();
    let results = results(&serde_json::from_str(&log).unwrap()).into_iter().filter(|result| result["ruleId"] == rule);
    let pointer = |result: &Value| result["locations"][0]["logicalLocations"][0]["fullyQualifiedName"].to_string();
    results.map(|result| (pointer(&result), fingerprint(&result))).collect()
}

#[test]
fn findings_of_one_item_at_one_date_keep_their_fingerprints_whatever_their_values_are() {
    let entry = |seats: Value, start: Value| json!({"id": "creatorUT", "maxUsers": seats, "startDate": start});
    // More than ten, so that the tenth place comes after the second.
    let license = |entries: &[Value]| json!({"MyEsri": {"version": "11.4", "provision": {"userTypes": entries}}});
    let date = json!(1_800_000_000_000_i64);
    let of = |seats: &dyn Fn(i64) -> Value, start: &dyn Fn(i64) -> Value| {
        let entries: Vec<_> = (0..12).map(|nth| entry(seats(nth), start(nth))).collect();
        by_pointer(&license(&entries), "unreadable-entry")
    };
    let first = of(&|nth| json!(-1 - nth), &|_| date.clone());
    assert_eq!(first.len(), 12);
    assert_eq!(first.values().collect::<BTreeSet<_>>().len(), 12);
    for other in [
        of(&|nth| json!(-100 + nth), &|_| date.clone()),
        of(&|nth| if nth % 2 == 0 { json!(null) } else { json!("x") }, &|_| date.clone()),
        of(&|nth| json!(-1 - nth), &|nth| json!(1_800_000_000_000_i64 - nth * 86_400_000)),
    ] {
        assert_eq!(other, first);
    }
    let undated = of(&|_| json!(5), &|nth| json!(format!("soon {nth}")));
    assert_eq!(undated.len(), 12);
    assert_eq!(of(&|nth| json!(nth), &|nth| json!(format!("later {}", 20 - nth))), undated);
    assert_eq!(of(&|_| json!(5), &|nth| json!({"a": 20 - nth})), undated);
}

#[test]
fn members_that_are_reordered_swap_no_fingerprints() {
    let entry = |id: &str| json!({"id": id, "maxUsers": 5, "startDate": 1_700_000_000_000_i64, "zzz": 1});
    let lists = |names: [&str; 3]| {
        let lists = names.map(|name| (name.to_owned(), json!([entry("a"), entry("b"), entry("c")])));
        json!({"MyEsri": {"version": "11.4", "provision": lists.into_iter().collect::<serde_json::Map<_, _>>()}})
    };
    let found = by_pointer(&lists(["userTypes", "extensions", "apps"]), "unknown-member");
    assert_eq!(found.values().collect::<BTreeSet<_>>().len(), 3, "{found:#?}");
    for other in [["apps", "extensions", "userTypes"], ["extensions", "apps", "userTypes"]] {
        assert_eq!(by_pointer(&lists(other), "unknown-member"), found);
    }
}
