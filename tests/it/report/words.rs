//! The words about the time after the as-of.

use serde_json::{Value, json};

use crate::common::{seatline, seatline_with_input};

const RENEWAL: &str = "tests/fixtures/consumers/renewal-with-gap-drop-and-vanished-type.json";

fn of(id: &str, as_of: &str) -> String {
    let run = seatline(&["report", RENEWAL, "--id", id, "--as-of", as_of, "--width", "300"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    run.stdout.lines().find(|line| line.starts_with(id)).unwrap().to_owned()
}

#[test]
fn an_end_is_not_said_where_seats_come_back() {
    let gap = "none from 2026-12-31 12:00 to 2027-01-15 12:00, then 45 (in 31 days), ends 2029-12-31 12:00";
    assert!(of("editorUT", "2026-11-30").contains(gap), "{}", of("editorUT", "2026-11-30"));
    let within = of("editorUT", "2027-01-01");
    assert!(within.contains("lapsed") && within.contains("again 45 from 2027-01-15 12:00 (in 14 days), ends 2029"));
    let after = of("editorUT", "2027-02-01");
    assert!(after.contains("ends 2029-12-31 12:00 (1064 days left)"), "{after}");
    let over = of("editorUT", "2030-01-02");
    assert!(over.contains("ended 2029-12-31 12:00 (36 hours ago)"), "{over}");
}

#[test]
fn changes_that_are_not_told_one_by_one_are_counted() {
    let creator = of("creatorUT", "2026-11-30");
    assert!(
        creator.contains("130 from 2026-12-31 12:00 (in 31 days), 2 more changes, ends 2029-12-31 12:00"),
        "{creator}"
    );
    assert!(of("survey123", "2026-11-30").contains("no end stated"));
}

/// Compared with a question at every instant: the words name a gap exactly where there will be one, and the final end.
#[test]
fn words_agree_with_asking_every_instant() {
    let mut random = 1_u64;
    let mut next = |below: u64| {
        random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (random >> 33) % below
    };
    const DAY: i64 = 86_400_000;
    const START: i64 = 1_767_225_600_000; // 2026-01-01
    let day = |offset: i64| {
        chrono::DateTime::from_timestamp_millis(START + offset * DAY).unwrap().format("%Y-%m-%d %H:%M").to_string()
    };
    for _ in 0..60 {
        let seats: Vec<u64> = (0..=next(6)).map(|_| next(3) * 10).collect();
        let entries: Vec<_> = seats
            .iter()
            .zip(1_i64..)
            .map(|(seats, index)| {
                format!(r#"{{"id":"a","maxUsers":{seats},"startDate":{}}}"#, START + index * 10 * DAY)
            })
            .collect();
        let license = format!(r#"{{"MyEsri":{{"provision":{{"userTypes":[{}]}}}}}}"#, entries.join(","));
        let at =
            |offset: i64| usize::try_from(offset / 10 - 1).ok().map_or(0, |index| seats[index.min(seats.len() - 1)]);
        let at = |offset: i64| if offset < 10 { 0 } else { at(offset) };
        let now = i64::try_from(next(70)).unwrap();
        let as_of = day(now);
        let run = seatline_with_input(&["report", "-", "--as-of", &as_of, "--width", "400"], license.as_bytes());
        let line = run.stdout.lines().find(|line| line.starts_with("a ")).unwrap().to_owned();
        let last = i64::try_from(seats.len()).unwrap() * 10;
        let has = |offset: i64| at(offset) > 0;
        let final_end = (0..=last).rev().find(|offset| has(*offset)).filter(|_| !has(last)).map(|offset| offset + 1);
        match final_end {
            Some(end) if end > now => {
                assert!(line.contains(&format!("ends {}", day(end))), "{as_of} {seats:?}: {line}")
            }
            Some(end) => assert!(line.contains(&format!("ended {}", day(end))), "{as_of} {seats:?}: {line}"),
            None if has(last) => assert!(line.contains("no end stated"), "{as_of} {seats:?}: {line}"),
            None => assert!(line.contains("never"), "{as_of} {seats:?}: {line}"),
        }
        let gap = (now + 1..last).find(|offset| !has(*offset) && has(*offset - 1) && (*offset..=last).any(has));
        assert_eq!(line.contains("none from"), gap.is_some(), "{as_of} {seats:?}: {line}");
        if let Some(from) = gap {
            let to = (from..=last).find(|offset| has(*offset)).unwrap();
            let words = format!("none from {} to {}, then {}", day(from), day(to), at(to));
            assert!(line.contains(&words), "{words}: {line}");
        }
    }
}

/// Equal entries with different extensions count with what all of them have, in any order.
#[test]
fn the_order_of_equal_entries_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let entry = |id: &str, held: &Value| {
        let mut entry = json!({"id": id, "maxUsers": 5, "startDate": 1_600_000_000_000_i64});
        entry.as_object_mut().unwrap().extend(held.as_object().unwrap().clone());
        entry
    };
    let entitlements = |numbers: &[(&str, u64)]| {
        let all = numbers.iter().map(|(name, num)| json!({"num": num, "apiName": name}));
        json!({"entitlements": all.collect::<Vec<_>>()})
    };
    let cases = [
        ("extensions", vec![entitlements(&[("x", 5)]), entitlements(&[("y", 2)])]),
        ("extensions", vec![entitlements(&[("x", 5), ("y", 2)]), entitlements(&[("y", 3), ("x", 4)])]),
        ("extensions", vec![entitlements(&[("x", 5)]), entitlements(&[]), entitlements(&[("x", 5), ("x", 4)])]),
        ("appBundles", vec![json!({"apps": ["a", "b"]}), json!({"apps": ["b", "c"]}), json!({"apps": ["c", "b"]})]),
        ("userTypes", vec![json!({"apps": ["a", "b"]}), json!({"apps": null}), json!({})]),
    ];
    for (list, held) in cases {
        let mut found = Vec::new();
        for turn in 0..2 * held.len() {
            let mut entries: Vec<_> = held.iter().map(|held| entry("e", held)).collect();
            let middle = turn % entries.len();
            entries.rotate_left(middle);
            if turn >= entries.len() {
                entries.reverse();
            }
            let mut provision = json!({"userTypes": []});
            provision[list] = Value::Array(entries);
            let path = folder.path().join("license.json");
            std::fs::write(&path, json!({"MyEsri": {"version": "11.4", "provision": provision}}).to_string()).unwrap();
            let run =
                |format: &str| seatline(&["report", path.to_str().unwrap(), "--as-of", "2024-01-01", "-f", format]);
            let report = run("json").json();
            let license = &report["licenses"][0];
            let rules: Vec<_> = license["findings"].as_array().unwrap().iter().map(|one| one["rule"].clone()).collect();
            found.push((license["items"].clone(), rules, run("csv").stdout));
        }
        assert!(found.iter().all(|one| one.1 == ["differing-entries"]), "{found:#?}");
        assert!(found.iter().all(|one| *one == found[0]), "{list}: {found:#?}");
    }
    let [one, other] = ["AB", "BA"].map(|order| {
        let path = format!("tests/fixtures/check/words/duplicate-entitlements-{order}.json");
        let csv = seatline(&["report", &path, "--as-of", "2024-01-01", "-f", "csv"]).stdout;
        csv.replace(&path, "license.json")
    });
    assert_eq!(one, other);
    let extension = one.lines().find(|line| line.contains("extension")).unwrap();
    assert!(extension.ends_with(",,,"), "nothing that all entries have: {extension}");
}

#[test]
fn a_window_without_a_readable_end_shows_its_start() {
    let license = json!({"MyEsri": {"version": "11.4", "portalCapabilities": [
        {"id": "c", "startDate": 1_704_067_200_000_i64, "endDate": "x"},
    ]}});
    let run = seatline_with_input(&["report", "-", "--as-of", "2026-01-01"], license.to_string().as_bytes());
    assert!(run.stdout.contains("perhaps from 2024-01-01 00:00 ?") && !run.stdout.contains("never"), "{}", run.stdout);
}
