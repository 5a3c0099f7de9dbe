//! The falls in the calendar of random timelines, compared with a naive count.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use crate::common::{Run, seatline_with_input};
use crate::oracle::random::Random;

const HOUR: i64 = 3_600_000;
const DAY: i64 = 24 * HOUR;
/// 2026-06-01T00:00:00Z.
const FIRST: i64 = 1_780_272_000_000;

/// An event as this test reads it: the day, the summary and the lines of the description.
#[derive(Debug)]
struct Event {
    uid: String,
    day: String,
    summary: String,
    lines: Vec<String>,
}

/// Reads a calendar by hand, so that the test does not rely on the other parser alone.
fn events(text: &str) -> Vec<Event> {
    let unfolded = text.replace("\r\n ", "");
    let mut events = Vec::new();
    for part in unfolded.split("BEGIN:VEVENT\r\n").skip(1) {
        let value = |name: &str| {
            let line = part.split("\r\n").find_map(|line| line.strip_prefix(name)).unwrap();
            let (mut value, mut letters) = (String::new(), line.chars());
            while let Some(letter) = letters.next() {
                value.push(match letter {
                    '\\' => match letters.next().unwrap() {
                        'n' => '\n',
                        escaped => escaped,
                    },
                    plain => plain,
                });
            }
            value
        };
        events.push(Event {
            uid: value("UID:"),
            day: value("DTSTART;VALUE=DATE:"),
            summary: value("SUMMARY:"),
            lines: value("DESCRIPTION:").lines().map(str::to_owned).collect(),
        });
    }
    events
}

fn show(at: i64) -> String {
    chrono::DateTime::from_timestamp_millis(at).unwrap().format("%Y-%m-%d %H:%M").to_string()
}

/// Numbers of seats, each with its time.
type Shown = Vec<(u64, String)>;

/// The content of a line: the kind and the id, the number before, and every number with its time.
fn told(line: &str) -> Option<(String, u64, Shown)> {
    let (item, steps) = line.split_once(": ")?;
    let (before, steps) = steps.split_once(" → ")?;
    let steps = steps.split(", then ").map(|step| {
        let (seats, at) = step.split_once(" at ").unwrap();
        (seats.parse().unwrap(), at.to_owned())
    });
    Some((item.to_owned(), before.parse().unwrap(), steps.collect()))
}

type Steps = Vec<(i64, u64)>;

/// Random entries, and the steps that they make.
fn item(random: &mut Random) -> Steps {
    let seats = [0, 0, 0, 1, 2, 3, 5, 10, 12, 100];
    let times: BTreeSet<_> = (0..1 + random.below(9)).map(|_| random.below(4 * 24 * 2)).collect();
    times.into_iter().map(|half| (FIRST + i64::try_from(half).unwrap() * HOUR / 2, *random.pick(&seats))).collect()
}

fn steps(entries: &Steps) -> Steps {
    let mut steps = Vec::new();
    let mut before = 0;
    for (at, seats) in entries {
        if *seats != before {
            steps.push((*at, *seats));
        }
        before = *seats;
    }
    steps
}

fn license(items: &BTreeMap<String, Steps>) -> Value {
    let of = |kind: &str| {
        let of_kind = items.iter().filter_map(|(item, entries)| Some((item.strip_prefix(kind)?.trim(), entries)));
        let entries = of_kind.flat_map(|(id, entries)| {
            entries.iter().map(move |(at, seats)| json!({"id": id, "maxUsers": seats, "startDate": at}))
        });
        entries.collect::<Vec<_>>()
    };
    json!({"MyEsri": {"provision": {"userTypes": of("user type"), "apps": of("app")}}})
}

fn calendar(input: &str, tz: &str) -> Vec<Event> {
    let arguments = ["timeline", "-", "-q", "-f", "ics", "--as-of", "2026-01-01", "--name", "X", "--tz", tz];
    let run: Run = seatline_with_input(&arguments, input.as_bytes());
    assert_eq!(run.code, 0, "{}", run.stderr);
    crate::common::events(&run.stdout);
    events(&run.stdout)
}

/// Compares the calendar of these items with a count of their falls by hand.
fn hold(items: &BTreeMap<String, Steps>) -> usize {
    let input = license(items).to_string();
    let calendar = calendar(&input, "UTC");
    let uids = |events: &[Event]| events.iter().map(|event| event.uid.clone()).collect::<BTreeSet<_>>();
    assert_eq!(uids(&self::calendar(&input, "Asia/Tokyo")), uids(&calendar), "{input}");
    // For each item and day: the number before its first fall, and the steps from there on.
    let mut falls: BTreeMap<(String, i64), (u64, Steps)> = BTreeMap::new();
    for (item, entries) in items {
        let mut before = 0;
        for (at, seats) in steps(entries) {
            let day = (item.clone(), at.div_euclid(DAY));
            if seats < before || falls.contains_key(&day) {
                falls.entry(day).or_insert((before, Vec::new())).1.push((at, seats));
            }
            before = seats;
        }
    }
    let mut seen = BTreeSet::new();
    for event in &calendar {
        for line in &event.lines[..event.lines.len() - 1] {
            let (item, before, chain) = told(line).unwrap_or_else(|| panic!("{line}"));
            let found = falls.iter().find(|((other, _), (_, steps))| *other == item && show(steps[0].0) == chain[0].1);
            let ((_, day), (expected, day_steps)) = found.unwrap_or_else(|| panic!("no such fall: {line}\n{input}"));
            assert_eq!(before, *expected, "{line}\n{input}");
            let all = steps(&items[&item]);
            let last = day_steps.last().unwrap();
            // Where there are no seats at the end of the day, and some later, the line says when.
            let back = all.iter().find(|(at, _)| at > &last.0).filter(|_| last.1 == 0);
            let shown: Vec<_> = day_steps.iter().chain(back).map(|(at, seats)| (*seats, show(*at))).collect();
            assert_eq!(chain, shown, "{line}\n{input}");
            assert_eq!(event.day, show(day * DAY)[..10].replace('-', ""), "{event:?}");
            let cause = match (all.last(), day_steps.iter().any(|(_, seats)| *seats == 0)) {
                (Some(end), _) if end == last && end.1 == 0 => "end",
                (_, true) => "gap",
                _ => "fall",
            };
            assert!(
                event.summary.contains(&format!(" {cause}")) || event.summary.contains(&format!(" a {cause}")),
                "{event:?}"
            );
            let lowest = day_steps.iter().map(|(_, seats)| seats).min().unwrap();
            let name = item.rsplit(' ').next().unwrap();
            if event.lines.len() == 2 {
                assert!(event.summary.contains(&format!(" {name} {before} → {lowest}")), "{event:?}");
            }
            assert!(seen.insert((item, *day)), "told twice: {line}");
        }
    }
    assert_eq!(seen, falls.keys().cloned().collect(), "every fall is told\n{input}");
    seen.len()
}

#[test]
fn every_fall_is_told_and_nothing_else() {
    let mut random = Random::new(31);
    let mut told = 0;
    for _ in 0..60 {
        let kinds = ["user type a", "user type b", "user type c", "app a", "app d"];
        let mut some: Vec<_> = kinds.iter().filter(|_| random.chance(60)).collect();
        some.truncate(1 + random.below(5));
        told += hold(&some.into_iter().map(|name| ((*name).to_owned(), item(&mut random))).collect());
    }
    assert!(told > 150, "only {told} falls");
}

#[test]
fn the_days_that_were_told_wrong() {
    let at = |day: i64, hour: i64| FIRST + day * DAY + hour * HOUR;
    let begin = (FIRST, 10);
    for (steps, expected) in [
        (vec![begin, (at(1, 6), 3), (at(1, 23), 0)], "user type ends: a 10 → 0"),
        (
            vec![begin, (at(1, 6), 3), (at(1, 23), 0), (at(40, 0), 5)],
            "user type has a gap: a 10 → 0 until 2026-07-11 00:00",
        ),
        (vec![begin, (at(1, 23), 0), (at(2, 1), 5), (at(2, 20), 2)], "user type falls: a 5 → 2"),
        (vec![(at(1, 8), 100), (at(1, 20), 20)], "user type falls: a 100 → 20"),
        (vec![(at(1, 1), 5), (at(1, 23), 0)], "user type ends: a 5 → 0"),
        (vec![begin, (at(1, 1), 12), (at(1, 2), 11)], "user type falls: a 12 → 11"),
        (vec![begin, (at(1, 1), 20), (at(1, 2), 5)], "user type falls: a 20 → 5"),
        (vec![begin, (at(1, 1), 0), (at(1, 2), 5), (at(1, 3), 0)], "user type ends: a 10 → 0"),
    ] {
        let items = BTreeMap::from([("user type a".to_owned(), steps)]);
        hold(&items);
        let calendar = calendar(&license(&items).to_string(), "UTC");
        assert_eq!(calendar.last().unwrap().summary, format!("X: {expected}"));
    }
}

#[test]
fn a_capability_ends_or_has_a_gap() {
    let at = |day: i64, hour: i64| FIRST + day * DAY + hour * HOUR;
    let window = |from: i64, to: i64| json!({"id": "indoors", "startDate": from, "endDate": to});
    let license = json!({"MyEsri": {"provision": {"userTypes": []}, "portalCapabilities": [
        window(at(0, 0), at(2, 6)), window(at(2, 8), at(2, 20)), window(at(5, 0), at(6, 12)),
    ]}});
    let calendar = calendar(&license.to_string(), "UTC");
    let told: Vec<_> = calendar.iter().map(|event| (event.summary.as_str(), event.lines[0].as_str())).collect();
    assert_eq!(
        told,
        [
            (
                "X: capability has a gap: indoors until 2026-06-03 08:00, and again from 2026-06-03 20:00",
                "capability indoors: none at 2026-06-03 06:00, then back at 2026-06-03 08:00, then none at 2026-06-03 20:00, then back at 2026-06-06 00:00",
            ),
            ("X: capability ends: indoors", "capability indoors: ends at 2026-06-07 12:00"),
        ]
    );
}

#[test]
fn an_event_of_several_times_is_whole_as_long_as_its_day_is() {
    // Some items end at 00:00, some at 12:00. At 10:00 the event is still the same.
    let items = BTreeMap::from([
        ("user type a".to_owned(), vec![(FIRST, 5), (FIRST + DAY, 0)]),
        ("user type b".to_owned(), vec![(FIRST, 7), (FIRST + DAY + 12 * HOUR, 0)]),
    ]);
    let input = license(&items).to_string();
    let at = |as_of: &str| {
        let arguments = ["timeline", "-", "-q", "-f", "ics", "--as-of", as_of, "--name", "X"];
        events(&seatline_with_input(&arguments, input.as_bytes()).stdout)
    };
    let (before, within) = (at("2026-06-01T00:00:00Z"), at("2026-06-02T10:00:00Z"));
    assert_eq!((within.len(), &within[0].uid, &within[0].summary), (1, &before[0].uid, &before[0].summary));
    assert!(at("2026-06-02T12:00:01Z").is_empty(), "what is over is told no more");
}

#[test]
fn on_the_last_day_of_the_calendar_nothing_is_told() {
    // An event of a day ends on the next day, and programs that read calendars do not know years of five digits.
    let last = 253_402_257_600_000;
    for (at, told) in [(last, false), (last - DAY, true)] {
        let items = BTreeMap::from([("user type a".to_owned(), vec![(FIRST, 5), (at, 3)])]);
        assert_eq!(!calendar(&license(&items).to_string(), "Pacific/Auckland").is_empty(), told, "{at}");
    }
}

#[test]
fn an_event_stays_the_same_where_another_item_falls_first() {
    // Falls at 06:00 and at 12:00 of one day; in the next file the first fall is gone.
    let (first, second) = (FIRST + DAY + 6 * HOUR, FIRST + DAY + 12 * HOUR);
    let uids = |count: u64| {
        let a = ("user type a".to_owned(), vec![(FIRST, 5), (first, count)]);
        let b = ("user type b".to_owned(), vec![(FIRST, 5), (second, 2)]);
        let events = calendar(&license(&BTreeMap::from([a, b])).to_string(), "UTC");
        events.into_iter().map(|event| event.uid).collect::<Vec<_>>()
    };
    assert_eq!(uids(3).len(), 1);
    assert_eq!(uids(3), uids(5));
}

#[test]
fn doubt_is_told_of_the_item_that_has_it() {
    let sure = vec![(FIRST, 5), (FIRST + DAY, 0)];
    let doubtful = vec![(FIRST, 5), (FIRST, 4), (FIRST + DAY, 0)];
    for (a, b, end) in [
        (&sure, &doubtful, " 5 → 0; some not certain"),
        (&doubtful, &sure, " 4 → 0 (not certain)"),
        (&sure, &sure, " 5 → 0"),
    ] {
        let items = BTreeMap::from([("user type a".to_owned(), a.clone()), ("user type b".to_owned(), b.clone())]);
        let events = calendar(&license(&items).to_string(), "UTC");
        let found = events.iter().find(|event| event.summary.contains("2 items end")).unwrap();
        assert!(found.summary.ends_with(end), "{}", found.summary);
    }
}

#[test]
fn an_end_that_may_mean_never_is_no_end() {
    const AFTER_2100: i64 = 4_133_980_800_000;
    for last in [AFTER_2100, 253_402_300_799_999] {
        let items = BTreeMap::from([("user type a".to_owned(), vec![(FIRST, 5), (last, 0)])]);
        let input = license(&items).to_string();
        assert!(calendar(&input, "UTC").is_empty(), "{last}");
        let run = seatline_with_input(&["timeline", "-", "--by", "date", "--as-of", "2026-06-01"], input.as_bytes());
        assert!(run.stdout.contains("perhaps perpetual") && !run.stdout.contains(" ends"), "{}", run.stdout);
    }
}
