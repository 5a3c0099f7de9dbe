//! Stories of real sites, on the samples that show them.

use serde_json::{Value, json};

use super::files::{HOUR, item};
use crate::common::{Run, seatline, seatline_with_input};

const OLD: &str = "samples/stories/term-2024-to-2027.json";
const NEW: &str = "samples/stories/renewal-12-hours-late.json";
/// 2027-03-31T00:00:00Z
const END: i64 = 1_806_451_200_000;

fn fit(license: &str, usage: &str, arguments: &[&str]) -> Run {
    seatline(&[&["fit", license, "--usage", usage, "-f", "json"][..], arguments].concat())
}

fn numbers(report: &Value, id: &str) -> [Value; 3] {
    ["assigned", "usableSeats", "available"].map(|field| item(report, id)[field].clone())
}

#[test]
fn the_wrong_one_of_two_files_leaves_fewer_seats_than_members() {
    let usage = "samples/stories/license-resource-11.1.json";
    let right = fit("samples/renewed-11.1.json", usage, &["--as-of", "2026-03-01"]);
    assert_eq!((right.code, numbers(&right.json(), "creatorUT")), (0, [json!(143), json!(200), json!(57)]));
    let wrong = fit("samples/stories/staging-11.1.json", usage, &["--as-of", "2026-03-01"]);
    assert_eq!((wrong.code, numbers(&wrong.json(), "creatorUT")), (1, [json!(143), json!(10), json!(-133)]));
    assert_eq!(numbers(&wrong.json(), "viewerUT"), [json!(388), json!(25), json!(-363)]);
    // Items that the wrong file lacks have no seats; they are not unknown.
    assert_eq!(numbers(&wrong.json(), "GISProfessionalAdvUT"), [json!(9), json!(0), json!(-9)]);
    let shortage = item(&wrong.json(), "creatorUT")["firstShortage"].clone();
    assert_eq!((&shortage["short"], &shortage["lockedOut"]), (&json!(133), &json!(143)));
}

#[test]
fn creator_ends_before_the_rest() {
    let (license, usage) = ("samples/gap-and-early-end-10.9.json", "samples/stories/counts-10.9.json");
    // The shortage is told months before it happens.
    let now = fit(license, usage, &["--as-of", "2027-02-01"]);
    let report = now.json();
    assert_eq!((now.code, &item(&report, "creatorUT")["fitsUntil"]), (1, &json!("2027-09-30T00:00:00Z")));
    assert_eq!(
        (&report["firstMisfit"]["at"], &report["firstMisfit"]["lockedOut"]),
        (&json!("2027-09-30T00:00:00Z"), &json!(71))
    );
    for (until, code) in [("2027-09-29T23:59:59Z", 0), ("2027-09-30T00:00:00Z", 1)] {
        assert_eq!(fit(license, usage, &["--as-of", "2027-02-01", "--until", until]).code, code);
    }
    let then = fit(license, usage, &["--as-of", "2027-10-01"]);
    let misfits: Vec<_> =
        then.json()["items"].as_array().unwrap().iter().filter(|item| item["fits"] == false).cloned().collect();
    assert_eq!((then.code, misfits.len(), &misfits[0]["id"]), (1, 1, &json!("creatorUT")));
    assert_eq!(misfits[0]["firstShortage"]["lockedOut"], 71);
    // `check` reports it months before, and does not report the end of the whole license in 2028.
    let check =
        seatline(&["check", license, "--no-policy", "--usage", usage, "--as-of", "2027-02-01", "-f", "json"]).json();
    let findings = check["licenses"][0]["findings"].as_array().unwrap();
    let later =
        findings.iter().filter(|finding| finding["rule"] == "over-assigned-later" && finding["id"] == "creatorUT");
    assert_eq!(later.count(), 1, "{findings:#?}");
}

#[test]
fn gis_professional_basic_vanishes_at_11_4() {
    let usage = "samples/stories/members-11.4.csv";
    let before = fit("samples/gap-and-early-end-10.9.json", usage, &["--as-of", "2026-11-01", "--until", "2026-11-01"]);
    assert_eq!((before.code, numbers(&before.json(), "GISProfessionalBasicUT")), (0, [json!(4), json!(6), json!(2)]));
    let after = fit("samples/enterprise-11.4.json", usage, &["--as-of", "2026-11-01"]);
    let basic = item(&after.json(), "GISProfessionalBasicUT").clone();
    assert_eq!((after.code, &basic["inLicense"], &basic["fits"]), (1, &json!(false), &json!(false)));
    // Four members hold the user type, and one of them is an administrator.
    let shortage = &basic["firstShortage"];
    assert_eq!([&shortage["short"], &shortage["lockedOut"]], [4, 3]);
    assert_eq!(shortage["lockedOutIsUpperBound"], false);
    assert!(basic["retired"].as_str().unwrap().starts_with("perhaps retired: "), "{basic}");
    let check =
        seatline(&["check", "samples/enterprise-11.4.json", "--no-policy", "--usage", usage, "--as-of", "2026-11-01"]);
    assert_eq!(check.code, 1);
    assert!(check.stdout.contains("error[vanished-type-in-use]: GISProfessionalBasicUT: 4 members hold"), "{check:?}");
}

/// The gap that `diff` reports where the renewal starts at an instant.
fn gap(start: i64) -> Value {
    let new = std::fs::read_to_string(NEW).unwrap();
    let late = (END + 12 * HOUR).to_string();
    assert_eq!(new.matches(&late).count(), 2);
    let new = new.replace(&late, &start.to_string());
    let report = seatline_with_input(&["diff", OLD, "-", "--as-of", "2027-03-01", "-f", "json"], new.as_bytes()).json();
    let gaps: Vec<_> = report["items"].as_array().unwrap().iter().map(|item| item["gap"].clone()).collect();
    assert!(gaps.windows(2).all(|pair| pair[0] == pair[1]), "{report:#}");
    gaps[0].clone()
}

/// The gaps in one file with both terms.
fn gaps_in_one(start: i64) -> Vec<Value> {
    let [old, new] =
        [OLD, NEW].map(|path| serde_json::from_str::<Value>(&std::fs::read_to_string(path).unwrap()).unwrap());
    let entries = |document: &Value| document["MyEsri"]["provision"]["userTypes"].as_array().unwrap().clone();
    let mut both = old.clone();
    let (mut first, mut second) = (entries(&old), entries(&new));
    second
        .iter_mut()
        .filter(|entry| entry["startDate"] == END + 12 * HOUR)
        .for_each(|entry| entry["startDate"] = json!(start));
    // Where both terms meet at one instant, a file has only the new entry there.
    first.retain(|entry| start > END || entry["startDate"] != END);
    both["MyEsri"]["provision"]["userTypes"] = [first, second].concat().into();
    let report =
        seatline_with_input(&["timeline", "-", "--as-of", "2027-03-01", "-f", "json"], both.to_string().as_bytes());
    item(&report.json(), "creatorUT")["gaps"].as_array().unwrap().clone()
}

#[test]
fn a_renewal_twelve_hours_late_leaves_nobody_a_seat_in_between() {
    let late = END + 12 * HOUR;
    assert_eq!(
        (&gap(late)["from"], &gap(late)["to"]),
        (&json!("2027-03-31T00:00:00Z"), &json!("2027-03-31T12:00:00Z"))
    );
    assert_eq!(gap(END), Value::Null, "on the very instant");
    assert_eq!(gap(END + 1)["to"], "2027-03-31T00:00:00.001Z", "a millisecond later");
    assert_eq!(gap(END - 1), Value::Null);
    assert_eq!(gaps_in_one(late).len(), 1);
    assert_eq!(gaps_in_one(END).len(), 0);
    assert_eq!(gaps_in_one(END + 1).len(), 1);
    // A portal that imports it in time has no seats until noon.
    let counts =
        r#"{"results": [{"key": "creatorUT", "count": 21}, {"key": "viewerUT", "count": 64}], "nextStart": -1}"#;
    let fit = |license: &str, as_of: &str| {
        seatline_with_input(&["fit", license, "--usage", "-", "--as-of", as_of, "-f", "json"], counts.as_bytes())
    };
    for (license, as_of, code) in [
        (OLD, "2027-03-30T23:59:59.999Z", 0),
        (OLD, "2027-03-31T00:00:00Z", 1),
        (NEW, "2027-03-31T00:00:00Z", 1),
        (NEW, "2027-03-31T11:59:59.999Z", 1),
        (NEW, "2027-03-31T12:00:00Z", 0),
    ] {
        assert_eq!(fit(license, as_of).code, code, "{license} {as_of}");
    }
    assert_eq!(item(&fit(NEW, "2027-03-31T06:00:00Z").json(), "creatorUT")["firstShortage"]["lockedOut"], 21);
}

#[test]
fn a_shortage_that_grows_is_told_with_its_worst_day() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let day = |day: i64| 1_767_225_600_000 + day * 86_400_000;
    let entry = |seats: u64, at: i64| json!({"id": "creatorUT", "maxUsers": seats, "startDate": day(at)});
    // 12 of 12, then 10, 4, none; 20; and 1 at last.
    let entries = [entry(12, 0), entry(10, 40), entry(4, 50), entry(0, 60), entry(20, 70), entry(1, 80)];
    let license = json!({"MyEsri": {"version": "11.4", "provision": {"userTypes": entries}}});
    std::fs::write(path("license.json"), license.to_string()).unwrap();
    let counts = json!({"results": [{"key": "creatorUT", "count": 12}], "nextStart": -1});
    std::fs::write(path("counts.json"), counts.to_string()).unwrap();
    let (license, counts) = (path("license.json"), path("counts.json"));
    let run = seatline(&["fit", &license, "--usage", &counts, "--as-of", "2026-01-10", "--width", "300"]);
    for words in [
        "2 short from 2026-02-10 00:00 to 2026-03-12 00:00: 10 seats for 12",
        "12 short from 2026-03-02 00:00: no seats for 12",
        "again up to 11 short from 2026-03-22 00:00",
    ] {
        assert!(run.stdout.contains(words), "{words}: {}", run.stdout);
    }
}
