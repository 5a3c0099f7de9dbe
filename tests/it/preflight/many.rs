//! Time grows with the size of the input: an item with thousands of entries.

use std::time::{Duration, Instant};

use serde_json::json;

use crate::common::{Run, seatline};

/// A user type whose seats change every hour, between too few and enough for the members.
fn license(entries: u64) -> tempfile::NamedTempFile {
    let entry = |n: u64| json!({"id": "creatorUT", "maxUsers": 100 + n * 7 % 97, "startDate": 1_600_000_000_000 + n * 3_600_000});
    let entries: Vec<_> = (0..entries).map(entry).collect();
    let file = tempfile::Builder::new().suffix(".json").tempfile().unwrap();
    std::fs::write(
        file.path(),
        json!({"MyEsri": {"version": "11.4", "provision": {"userTypes": entries}}}).to_string(),
    )
    .unwrap();
    file
}

fn time(arguments: &[&str]) -> (Duration, Run) {
    let begin = Instant::now();
    let run = seatline(&[arguments, &["--as-of", "2020-10-01"]].concat());
    (begin.elapsed(), run)
}

#[test]
fn four_times_the_entries_take_about_four_times_the_time() {
    let members = tempfile::Builder::new().suffix(".csv").tempfile().unwrap();
    let rows: String = (0..150).map(|n| format!("u{n},creatorUT,org_user\n")).collect();
    std::fs::write(members.path(), format!("username,userLicenseTypeId,role\n{rows}")).unwrap();
    let members = members.path().to_str().unwrap();
    let (few, many) = (license(2_500), license(10_000));
    let (few, many) = (few.path().to_str().unwrap(), many.path().to_str().unwrap());
    for (command, rest) in [
        ("preflight", &["--usage", members, "--no-policy", "-f", "json"][..]),
        ("preflight", &["--usage", members, "--no-policy", "-f", "markdown"]),
        ("check", &["--usage", members, "--no-policy", "-f", "json"]),
    ] {
        let ask = |file: &str| time(&[&[command, file], rest].concat());
        // The fastest of three runs, since other programs run on this machine too.
        let best = |file: &str| (0..3).map(|_| ask(file)).min_by_key(|(time, _)| *time).unwrap();
        let ((short, _), (long, run)) = (best(few), best(many));
        assert!(run.code == 1 && run.stdout.len() > 100_000, "{}", run.stderr);
        // Quadratic time would be sixteen times as long.
        assert!(long < short * 10 + Duration::from_millis(200), "{command} {rest:?}: {short:?}, then {long:?}");
    }
}
