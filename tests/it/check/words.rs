//! Findings that once were silent or misleading, each on the file that showed the fault.

use serde_json::Value;

use super::fixtures::findings;
use crate::common::{Run, seatline};

const WORDS: &str = "tests/fixtures/check/words";

fn check(license: &str, as_of: &str, options: &[&str]) -> Run {
    let license = format!("{WORDS}/{license}");
    let run = seatline(&[&["check", &license, "--as-of", as_of, "--no-policy", "-f", "json"][..], options].concat());
    assert!(run.code <= 1, "{run:?}");
    run
}

fn with_usage(license: &str, as_of: &str, usage: &str) -> Run {
    check(license, as_of, &["--usage", &format!("{WORDS}/{usage}")])
}

/// The rule, severity and id of the findings of these rules.
fn found(run: &Run, rules: &[&str]) -> Vec<[String; 3]> {
    let word = |finding: &Value, name: &str| finding[name].as_str().unwrap_or_default().to_owned();
    let found = findings(&run.json()).into_iter().filter(|finding| rules.contains(&finding["rule"].as_str().unwrap()));
    found.map(|finding| [word(&finding, "rule"), word(&finding, "severity"), word(&finding, "id")]).collect()
}

#[test]
fn a_renewal_that_halves_is_an_error_from_30_days_ahead_on() {
    let run =
        |as_of: &str| with_usage("diff-says-safe-renewal-halves-at-turn.json", as_of, "members-for-halved-renewal.csv");
    // The seats halve on 2026-12-31 at 12:00.
    for (as_of, code, errors) in [
        ("2026-11-30", 0, 0),
        ("2026-12-01T11:59:59.999Z", 0, 0),
        ("2026-12-01T12:00:00Z", 1, 3),
        ("2026-12-15", 1, 3),
        ("2026-12-31T11:00:00Z", 1, 3),
    ] {
        let run = run(as_of);
        let report = run.json();
        assert_eq!((run.code, &report["summary"]["errors"]), (code, &errors.into()), "{as_of}: {report:#}");
        let later = found(&run, &["over-assigned-later"]);
        let severity = if errors > 0 { "error" } else { "warning" };
        assert_eq!(later.len(), 3, "{as_of}: {later:?}");
        assert!(later.iter().all(|finding| finding[1] == severity), "{as_of}: {later:?}");
    }
    let now = found(&run("2026-12-31T12:00:00Z"), &["over-assigned", "over-assigned-later"]);
    assert!(now.len() == 3 && now.iter().all(|finding| finding[0] == "over-assigned"), "{now:?}");
}

#[test]
fn a_threshold_moves_the_day_on_which_it_is_an_error() {
    let folder = tempfile::tempdir().unwrap();
    let policy = folder.path().join("policy.toml");
    std::fs::write(&policy, "[thresholds]\nover-assigned-later-error = \"P1D\"\n").unwrap();
    let license = format!("{WORDS}/diff-says-safe-renewal-halves-at-turn.json");
    let usage = format!("{WORDS}/members-for-halved-renewal.csv");
    let code = |as_of: &str| {
        let policy = policy.to_str().unwrap();
        seatline(&["check", &license, "--as-of", as_of, "--usage", &usage, "--policy", policy]).code
    };
    assert_eq!([code("2026-12-30T11:59:59Z"), code("2026-12-30T12:00:00Z")], [0, 1]);
}

#[test]
fn what_others_end_changes_nothing() {
    let later = |license: &str| {
        found(&with_usage(license, "2024-01-01", "over-assigned-later-usage.json"), &["over-assigned-later"])
    };
    let creator = vec![["over-assigned-later", "warning", "creatorUT"].map(str::to_owned)];
    assert_eq!(later("over-assigned-later-fires-with-one-type-less.json"), creator);
    assert_eq!(later("over-assigned-later-silent-though-editorUT-goes-on.json"), creator);
}

#[test]
fn a_capability_that_ends_tomorrow_and_one_with_a_gap_are_told() {
    let run = check("check-silent-capability-ends-tomorrow-and-gap.json", "2024-01-01", &[]);
    let told = found(&run, &["expiring-soon", "seat-gap"]);
    let expected = [["seat-gap", "error", "other"], ["expiring-soon", "error", "indoors"]];
    assert!(expected.iter().all(|one| told.contains(&one.map(str::to_owned))) && told.len() == 2, "{told:?}");
    assert_eq!(run.code, 1);
    // Each finding points at the end that it is about.
    for finding in findings(&run.json()) {
        if finding["kind"] == "capability" {
            let pointer = finding["location"]["pointer"].as_str().unwrap();
            assert!(pointer.ends_with("/endDate"), "{finding}");
        }
    }
}

#[test]
fn a_license_that_ends_for_everybody_is_not_told_as_too_few_seats() {
    let run = with_usage("moves-target-ends-tomorrow.json", "2024-01-01", "moves-target-ends-tomorrow-members.csv");
    assert_eq!(found(&run, &["over-assigned-later"]), [[""; 3]; 0]);
    let soon = found(&run, &["expiring-soon"]);
    assert_eq!(soon, [["expiring-soon", "error", "creatorUT"].map(str::to_owned)]);
}

/// Extensions by id, seats and year, and how much of each is assigned.
fn successors(extensions: &[(&str, u64, i64)], assigned: &[(&str, u64)], version: &str) -> Run {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: Value| {
        let path = folder.path().join(name);
        std::fs::write(&path, text.to_string()).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let start = |year: i64| 1_735_689_600_000 + (year - 2025) * 366 * 86_400_000;
    let entries = extensions
        .iter()
        .map(|(id, seats, year)| serde_json::json!({"id": id, "maxUsers": seats, "startDate": start(*year)}));
    let user_type = serde_json::json!({"id": "creatorUT", "maxUsers": 9, "startDate": start(2025)});
    let provision = serde_json::json!({"userTypes": [user_type], "extensions": entries.collect::<Value>()});
    let license = write("license.json", serde_json::json!({"MyEsri": {"version": version, "provision": provision}}));
    let counts = assigned.iter().map(|(key, count)| serde_json::json!({"key": key, "count": count}));
    let usage = write("usage.json", serde_json::json!({"results": counts.collect::<Value>(), "nextStart": -1}));
    let usage = format!("extension={usage}");
    seatline(&["check", &license, "--as-of", "2026-06-01", "--no-policy", "-f", "json", "--usage", &usage])
}

#[test]
fn what_is_assigned_of_a_retired_extension_counts_against_its_successor() {
    let rules = ["over-assigned", "over-assigned-later", "usage-high"];
    let assigned = [("utilityNetwork", 4), ("parcelFabric", 4)];
    let told = |run: &Run| found(run, &rules);
    let over = |id: &str| ["over-assigned", "error", id].map(str::to_owned);
    let full = successors(&[("advediting", 8, 2025)], &assigned, "11.5");
    assert_eq!(told(&full), [["usage-high", "error", "advediting"].map(str::to_owned)]);
    let short = successors(&[("advediting", 7, 2025)], &assigned, "11.5");
    assert_eq!(told(&short), [over("advediting")]);
    let message = findings(&short.json()).iter().find(|one| one["rule"] == "over-assigned").unwrap()["message"].clone();
    assert_eq!(message, "advediting: 8 (parcelFabric perhaps 4, utilityNetwork 4) are assigned, and there are 7 seats");
    // They are not replaced before the version in which they were merged, nor where the license still has them.
    let old = successors(&[("advediting", 8, 2025)], &assigned, "11.1");
    assert_eq!(told(&old), [over("parcelFabric"), over("utilityNetwork")]);
    let both = successors(&[("advediting", 8, 2025), ("utilityNetwork", 9, 2025)], &assigned, "11.5");
    assert_eq!(told(&both), [[""; 3]; 0]);
    let later = successors(&[("advediting", 20, 2025), ("advediting", 7, 2027)], &assigned, "11.5");
    assert_eq!(told(&later), [["over-assigned-later", "warning", "advediting"].map(str::to_owned)]);
}

#[test]
fn each_time_with_too_few_seats_is_told_once() {
    let told = |run: &Run| {
        let found = findings(&run.json());
        let later = found.iter().filter(|finding| finding["rule"] == "over-assigned-later");
        later.map(|finding| finding["at"].as_str().unwrap().get(..4).unwrap().to_owned()).collect::<Vec<_>>()
    };
    let seats =
        [("geobim", 9, 2025), ("geobim", 2, 2027), ("geobim", 1, 2028), ("geobim", 9, 2029), ("geobim", 3, 2030)];
    assert_eq!(told(&successors(&seats, &[("geobim", 4)], "11.5")), ["2027", "2030"]);
    // A shortage that exists already is reported as such; a later time with too few seats is another shortage.
    assert_eq!(told(&successors(&seats, &[("geobim", 10)], "11.5")), [""; 0]);
    let seats = [("geobim", 3, 2025), ("geobim", 9, 2027), ("geobim", 2, 2028)];
    assert_eq!(told(&successors(&seats, &[("geobim", 4)], "11.5")), ["2028"]);
}

#[test]
fn fewer_seats_still_are_told_where_that_there_are_too_few_is_waived() {
    let license = r#"{"MyEsri": {"provision": {"userTypes": [{"id": "viewerUT", "maxUsers": 9, "startDate": 1735689600000},
        {"id": "viewerUT", "maxUsers": 5, "startDate": 1798761600000}]}}}"#;
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let license = write("license.json", license);
    let usage = write("usage.json", r#"{"results": [{"key": "viewerUT", "count": 10}], "nextStart": -1}"#);
    let waiver = |rule: &str| {
        format!("[[waiver]]\nrule = \"{rule}\"\nkind = \"*\"\nid = \"*\"\nuntil = 2099-01-01\nreason = \"known\"\n")
    };
    let counting = |waived: &[&str]| {
        let policy = write("policy.toml", &waived.iter().map(|rule| waiver(rule)).collect::<String>());
        let arguments =
            ["check", &license, "--as-of", "2026-12-15", "--usage", &usage, "--policy", &policy, "-f", "json"];
        let found = findings(&seatline(&arguments).json());
        let rules = ["over-assigned", "over-assigned-later", "usage-high"];
        let counting =
            found.iter().filter(|one| one["waived"].is_null() && rules.contains(&one["rule"].as_str().unwrap()));
        counting.map(|one| one["rule"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(counting(&[]), ["over-assigned"]);
    assert_eq!(counting(&["over-assigned", "usage-high"]), ["over-assigned-later"]);
    assert_eq!(counting(&["over-assigned", "over-assigned-later"]), ["usage-high"]);
}
