//! What is said of the time after the as-of.

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

/// Against asking every instant: the words name a gap exactly where one is to come, and the end that is the final one.
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
