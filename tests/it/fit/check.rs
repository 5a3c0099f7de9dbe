//! The rules of `check` that need usage.

use serde_json::{Value, json};

use super::files::{BASE, Files, HOUR, item, report};
use crate::common::{Run, seatline};

/// `check` an hour after [`BASE`].
fn run(license: &str, arguments: &[&str]) -> Run {
    let as_of = (BASE + HOUR).to_string();
    let run = seatline(&[&["check", license, "--as-of", &as_of][..], arguments].concat());
    assert!(run.code <= 1, "{run:?}");
    run
}

/// The rule, severity and id of the findings about usage.
fn found(run: &Run) -> Vec<(String, String, String)> {
    let report = run.json();
    let findings = report["licenses"][0]["findings"].as_array().unwrap();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let of_usage = ["over-assigned", "over-assigned-later", "vanished-type-in-use", "usage-high", "included-extension"];
    let findings = findings.iter().filter(|finding| of_usage.contains(&finding["rule"].as_str().unwrap()));
    findings.map(|finding| (text(&finding["rule"]), text(&finding["severity"]), text(&finding["id"]))).collect()
}

fn one(rule: &str, severity: &str, id: &str) -> Vec<(String, String, String)> {
    vec![(rule.to_owned(), severity.to_owned(), id.to_owned())]
}

fn counts(files: &Files, counts: &[(&str, u64)]) -> String {
    let results: Vec<_> = counts.iter().map(|(key, count)| json!({"key": key, "count": count})).collect();
    files.add("counts.json", json!({"results": results, "nextStart": -1}).to_string())
}

/// Entries as id, seats and hour.
fn license(files: &Files, entries: &[(&str, u64, i64)]) -> String {
    let entries: Vec<_> = entries
        .iter()
        .map(|(id, seats, hour)| json!({"id": id, "maxUsers": seats, "startDate": BASE + hour * HOUR}))
        .collect();
    files.add("license.json", json!({"MyEsri": {"provision": {"userTypes": entries}}}).to_string())
}

#[test]
fn use_is_high_from_the_thresholds_on() {
    let files = Files::new();
    let license = license(&files, &[("creatorUT", 100, 0)]);
    let policy = files.add("policy.toml", "[thresholds]\nusage-high-warning = 50\nusage-high-error = 100\n");
    for (assigned, plain, with_policy) in [
        (49, None, None),
        (50, None, Some("warning")),
        (84, None, Some("warning")),
        (85, Some("warning"), Some("warning")),
        (94, Some("warning"), Some("warning")),
        (95, Some("error"), Some("warning")),
        (100, Some("error"), Some("error")),
    ] {
        let usage = counts(&files, &[("creatorUT", assigned)]);
        let expected = |level: Option<&str>| level.map_or_else(Vec::new, |level| one("usage-high", level, "creatorUT"));
        let plain_run = run(&license, &["--no-policy", "--usage", &usage, "-f", "json"]);
        assert_eq!(found(&plain_run), expected(plain), "{assigned}");
        let run = run(&license, &["--policy", &policy, "--usage", &usage, "-f", "json"]);
        assert_eq!(found(&run), expected(with_policy), "{assigned}");
    }
    let usage = counts(&files, &[("creatorUT", 101)]);
    let run = run(&license, &["--no-policy", "--usage", &usage, "-f", "json"]);
    assert_eq!(found(&run), one("over-assigned", "error", "creatorUT"), "one fact, one finding");
}

#[test]
fn a_vanished_type_is_an_error_that_a_waiver_accepts() {
    let files = Files::new();
    let license = license(&files, &[("creatorUT", 100, 0)]);
    let usage = counts(&files, &[("GISProfessionalBasicUT", 2), ("creatorUT", 1)]);
    let plain = run(&license, &["--no-policy", "--usage", &usage, "-f", "json"]);
    assert_eq!((plain.code, found(&plain)), (1, one("vanished-type-in-use", "error", "GISProfessionalBasicUT")));
    // From 11.4 on, and where the version is not known, it is perhaps Creator; not in an older license.
    for (version, hint) in [("11.1", false), ("11.4", true), ("?", true)] {
        let entry = json!({"id": "creatorUT", "maxUsers": 100, "startDate": BASE});
        let document = json!({"MyEsri": {"version": version, "provision": {"userTypes": [entry]}}});
        let versioned = run(&files.add("versioned.json", document.to_string()), &["--no-policy", "--usage", &usage]);
        assert_eq!(versioned.stdout.contains("perhaps GIS Professional Basic was merged"), hint, "{versioned:?}");
    }
    let waiver = "[[waiver]]\nrule = \"vanished-type-in-use\"\nkind = \"userType\"\nid = \"GISProfessionalBasicUT\"\nreason = \"they leave\"\nuntil = 2021-01-01\n";
    let run_with = |policy: String| {
        run(&license, &["--policy", &files.add("policy.toml", policy), "--usage", &usage, "-f", "json"])
    };
    // The waiver accepts that members hold the type. That they have no seats is a finding of another rule, which then
    // counts.
    let waived = run_with(waiver.to_owned());
    assert_eq!((waived.code, found(&waived)[0].0.as_str()), (1, "over-assigned"), "{waived:?}");
    let both = run_with(format!("{waiver}{}", waiver.replace("vanished-type-in-use", "over-assigned")));
    assert_eq!(both.code, 0, "{both:?}");
    // The region of the finding in SARIF is in the file.
    let sarif = run(&license, &["--no-policy", "--usage", &usage, "-f", "sarif"]).json();
    let text = std::fs::read_to_string(&license).unwrap();
    let results = sarif["runs"][0]["results"].as_array().unwrap();
    let result = results.iter().find(|result| result["ruleId"] == "vanished-type-in-use").unwrap();
    let region = &result["locations"][0]["physicalLocation"]["region"];
    let line = text.lines().nth(usize::try_from(region["startLine"].as_u64().unwrap()).unwrap() - 1).unwrap();
    let columns = |name: &str| usize::try_from(region[name].as_u64().unwrap()).unwrap() - 1;
    let slice: String =
        line.chars().skip(columns("startColumn")).take(columns("endColumn") - columns("startColumn")).collect();
    assert!(slice.starts_with("[{\"id\":\"creatorUT\"") || slice == "\"userTypes\"", "{slice}");
}

#[test]
fn the_region_of_too_few_seats_is_the_count_that_holds() {
    let files = Files::new();
    let license = license(&files, &[("creatorUT", 7, 0), ("creatorUT", 3, 5), ("creatorUT", 0, 9)]);
    let text = std::fs::read_to_string(&license).unwrap();
    for (assigned, rule, value) in [(8, "over-assigned", "7"), (5, "over-assigned-later", "3")] {
        let usage = counts(&files, &[("creatorUT", assigned)]);
        let report = run(&license, &["--no-policy", "--usage", &usage, "-f", "json"]).json();
        let findings = report["licenses"][0]["findings"].as_array().unwrap();
        let finding = findings.iter().find(|finding| finding["rule"] == rule).unwrap();
        let column = |name: &str| usize::try_from(finding["location"][name].as_u64().unwrap()).unwrap() - 1;
        assert_eq!(text.get(column("column")..column("endColumn")), Some(value), "{finding}");
        assert!(finding["message"].as_str().unwrap().contains(&format!("up to {assigned} members")), "{finding}");
    }
}

#[test]
fn the_end_of_everything_is_not_told_as_too_few_seats() {
    let files = Files::new();
    let usage = counts(&files, &[("creatorUT", 2), ("viewerUT", 2)]);
    let later = |entries: &[(&str, u64, i64)]| {
        found(&run(&license(&files, entries), &["--no-policy", "--usage", &usage, "-f", "json"]))
    };
    let both = [("creatorUT", 9, 0), ("viewerUT", 9, 0)];
    assert_eq!(later(&[&both[..], &[("creatorUT", 0, 9), ("viewerUT", 0, 9)]].concat()), []);
    // Ends one hour apart are on the same day.
    assert_eq!(later(&[&both[..], &[("creatorUT", 0, 9), ("viewerUT", 0, 10)]].concat()), []);
    let creator = one("over-assigned-later", "error", "creatorUT");
    assert_eq!(later(&[&both[..], &[("creatorUT", 0, 9), ("viewerUT", 0, 90)]].concat()), creator);
    assert_eq!(
        later(&[&both[..], &[("creatorUT", 1, 9), ("creatorUT", 0, 90), ("viewerUT", 0, 90)]].concat()),
        creator
    );
    assert_eq!(
        later(
            &[&both[..], &[("creatorUT", 0, 9), ("creatorUT", 9, 12), ("creatorUT", 0, 90), ("viewerUT", 0, 90)]]
                .concat()
        ),
        creator,
        "a gap"
    );
}

#[test]
fn an_extension_that_the_type_includes_is_told() {
    let files = Files::new();
    let license = json!({"MyEsri": {
        "definitions": {"userTypes": [{"id": "creatorUT", "extensions": [{"id": "utilityNetwork", "entitlements": []}]}]},
        "provision": {"userTypes": [{"id": "creatorUT", "maxUsers": 9, "startDate": BASE}],
            "extensions": [{"id": "utilityNetwork", "maxUsers": 9, "startDate": BASE}]}}});
    let license = files.add("license.json", license.to_string());
    let entry =
        |id: &str, count: u64| json!({"id": id, "maximumRegisteredMembers": 9, "currentRegisteredMembers": count});
    let resource = |creators: u64, extensions: u64| {
        let resource =
            json!({"userTypes": [entry("creatorUT", creators)], "extensions": [entry("utilityNetwork", extensions)]});
        let path = files.add("resource.json", resource.to_string());
        found(&run(&license, &["--no-policy", "--usage", &path, "-f", "json"]))
    };
    assert_eq!(resource(2, 1), one("included-extension", "info", "utilityNetwork"));
    assert_eq!(resource(0, 1), []);
    assert_eq!(resource(2, 0), []);
}

#[test]
fn usage_that_cannot_be_read_fails_the_check() {
    let files = Files::new();
    let license = license(&files, &[("creatorUT", 9, 0)]);
    let page =
        files.add("page.json", r#"{"users": [{"username": "a", "userLicenseTypeId": "creatorUT"}], "nextStart": 2}"#);
    for format in ["text", "json", "sarif", "junit", "github", "markdown"] {
        let run = seatline(&["check", &license, "--no-policy", "--usage", &page, "-f", format]);
        assert_eq!((run.code, run.stderr.lines().count()), (3, 1), "{run:?}");
        assert!(run.stderr.contains("page.json") && run.stderr.contains("a page is missing"), "{run:?}");
        if format == "json" {
            let report = run.json();
            assert_eq!(report["licenses"], json!([]));
            assert_eq!(report["failures"][0]["code"], "incomplete");
        } else if format == "text" {
            assert_eq!(run.stdout, "");
        } else {
            // The formats for services name the unreadable usage as they name an unreadable license.
            assert!(run.stdout.contains("page.json"), "{format}: {}", run.stdout);
        }
    }
}

#[test]
fn seats_that_are_not_certain_are_not_called_none() {
    let files = Files::new();
    let usage = counts(&files, &[("creatorUT", 90), ("viewerUT", 2)]);
    let seats = [("creatorUT", 100, 0), ("creatorUT", 120, 0), ("viewerUT", 5, 0)];
    let check = |license: &str, more: &[&str]| {
        run(license, &[&["--usage", &usage, "-f", "json"][..], more].concat()).json()["licenses"][0]["findings"].clone()
    };
    let message = |findings: &Value, rule: &str| -> String {
        let found = findings.as_array().unwrap().iter().filter(|finding| finding["rule"] == rule);
        let found: Vec<_> = found.filter(|finding| finding["waived"].is_null()).collect();
        assert_eq!(found.len(), 1, "{rule}: {findings:#}");
        found[0]["message"].as_str().unwrap().to_owned()
    };
    let uncertain = license(&files, &seats);
    let in_doubt =
        "creatorUT: 90 are assigned, and it is not certain how many seats there are (100 by the cautious reading)";
    let locked_out = ": up to 90 members without administrator privileges locked out";
    assert_eq!(message(&check(&uncertain, &["--no-policy"]), "over-assigned"), format!("{in_doubt}{locked_out}"));
    // The same items do not fit.
    let fit = report(&uncertain, &["--usage", &usage, "--until", &(BASE + HOUR).to_string()]);
    assert_eq!((&item(&fit, "creatorUT")["fits"], &item(&fit, "viewerUT")["fits"]), (&json!(false), &json!(true)));

    // Where this is accepted, a later certain shortage is still reported, and an item without seats has no high use.
    let policy =
        "[[waiver]]\nrule = \"over-assigned\"\nkind = \"*\"\nid = \"*\"\nuntil = 2099-01-01\nreason = \"asked Esri\"\n";
    let policy = ["--policy", &files.add("policy.toml", policy)];
    let falling = license(&files, &[&seats[..], &[("creatorUT", 89, 5)]].concat());
    let findings = check(&falling, &policy);
    assert!(message(&findings, "over-assigned-later").contains(" on there are 89 seats, and 90 are assigned today"));
    assert!(message(&findings, "usage-high").starts_with(in_doubt));

    // In doubt later.
    let later = license(&files, &[("creatorUT", 100, 0), ("creatorUT", 95, 5), ("creatorUT", 97, 5)]);
    let usage = counts(&files, &[("creatorUT", 90)]);
    let findings =
        run(&later, &["--usage", &usage, "--no-policy", "-f", "json"]).json()["licenses"][0]["findings"].clone();
    let said = message(&findings, "over-assigned-later");
    assert!(
        said.contains("on it is not certain how many seats there are (95 by the cautious reading), and 90 are"),
        "{said}"
    );
}
