//! Reading, showing and counting instants against computations that ask a zone only what its clocks show at an
//! instant; and what they show against a second reader of zones.

use std::collections::BTreeSet;

use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, NaiveTime, Offset, TimeDelta, TimeZone};
use proptest::prelude::*;

use crate::time::when::{self, Clock, Edge};
use crate::time::{Instant, Period, Zone};

const DAY: i64 = 86_400_000;

/// A zone, with the instants at which its clocks change.
struct Clocks {
    zone: Zone,
    changes: Vec<i64>,
    /// Every offset that the zone ever has, in milliseconds.
    offsets: BTreeSet<i64>,
}

impl Clocks {
    /// Looks at the clocks every 20 days, from a time before there were time zones.
    fn new(zone: Zone) -> Self {
        let (first, last, step) = (-130 * 366 * DAY, 70 * 366 * DAY, 20 * DAY);
        let offset = |at: i64| offset(zone, at);
        let mut changes = Vec::new();
        let (mut before, mut at) = (first, first + step);
        while at < last {
            if offset(before) != offset(at) {
                let (mut low, mut high) = (before, at);
                while high - low > 1 {
                    let middle = low + (high - low) / 2;
                    if offset(middle) == offset(before) { low = middle } else { high = middle }
                }
                changes.push(high);
                // Another change may lie before the next look.
                before = high;
                continue;
            }
            before = at;
            at += step;
        }
        let offsets = changes.iter().flat_map(|change| [offset(change - 1), offset(*change)]).chain([offset(first)]);
        Self { zone, offsets: offsets.collect(), changes }
    }

    fn local(&self, at: i64) -> NaiveDateTime {
        utc(at + offset(self.zone, at))
    }

    fn date(&self, at: i64) -> NaiveDate {
        self.local(at).date()
    }

    /// Every instant at which the clocks show this time.
    fn shown(&self, local: NaiveDateTime) -> BTreeSet<i64> {
        let utc = local.and_utc().timestamp_millis();
        self.offsets.iter().map(|offset| utc - offset).filter(|at| self.local(*at) == local).collect()
    }

    /// The first instant at which the clocks show this time; where they skip it, the first instant after.
    fn first(&self, local: NaiveDateTime) -> i64 {
        let skipping = |change: &i64| self.local(*change - 1) < local && local < self.local(*change);
        let first = self.shown(local).first().copied();
        first.or_else(|| self.changes.iter().copied().find(skipping)).unwrap_or_else(|| panic!("{} {local}", self.zone))
    }

    /// The first and the last instant of a day; where the clocks skip the day, twice the first instant after it.
    fn day(&self, date: NaiveDate) -> (i64, i64) {
        let (begin, end) = (date.and_time(NaiveTime::MIN), date.succ_opt().unwrap().and_time(NaiveTime::MIN));
        let skipped = self.first(begin);
        // A day begins and ends at a midnight, or where the clocks change.
        let near = |at: &i64| (at - skipped).abs() < 4 * DAY;
        let changes = || self.changes.iter().copied().filter(near);
        let within = |at: &i64| self.date(*at) == date;
        let starts = self.shown(begin).into_iter().chain(changes()).filter(within).min();
        let before = self.shown(end).into_iter().chain(changes()).map(|at| at - 1);
        // Where the clocks skip midnight, the day ends as it begins.
        (starts.unwrap_or(skipped), before.filter(within).max().unwrap_or(skipped))
    }

    fn read(&self, text: &str, edge: Edge) -> i64 {
        self.read_as_of(text, 0, edge)
    }

    fn read_as_of(&self, text: &str, as_of: i64, edge: Edge) -> i64 {
        let clock = Clock { now: Instant::from_epoch_ms(0), as_of: Instant::from_epoch_ms(as_of) };
        let found = when::parse(text, clock, self.zone, edge);
        found.unwrap_or_else(|error| panic!("{} {text}: {error}", self.zone)).epoch_ms()
    }
}

fn utc(ms: i64) -> NaiveDateTime {
    DateTime::from_timestamp_millis(ms).unwrap().naive_utc()
}

fn offset(zone: Zone, at: i64) -> i64 {
    zone.offset_ms(Instant::from_epoch_ms(at))
}

fn zones() -> impl Iterator<Item = Zone> {
    Zone::names().map(|name| name.parse().unwrap())
}

/// The clocks of every zone from 1999 to 2037, every five days and around every change, as another crate knows them from
/// another edition of the same database.
#[test]
fn clocks_are_as_a_second_reader_has_them() {
    const FIRST: i64 = 915_148_800_000;
    const LAST: i64 = 2_114_380_800_000;
    let mut different = Vec::new();
    let mut known = 0;
    for zone in zones() {
        let Ok(other) = zone.to_string().parse::<chrono_tz::Tz>() else {
            different.push(format!("{zone}: not known"));
            continue;
        };
        known += 1;
        let theirs = |at: i64| i64::from(other.offset_from_utc_datetime(&utc(at)).fix().local_minus_utc()) * 1_000;
        let days = (FIRST..LAST).step_by(5 * 86_400_000);
        let around = Clocks::new(zone).changes.into_iter().flat_map(|change| [change - 1, change]);
        let mut at: Vec<_> = days.chain(around.filter(|at| (FIRST..LAST).contains(at))).collect();
        at.sort_unstable();
        let first = at.iter().find(|at| offset(zone, **at) != theirs(**at));
        different.extend(first.map(|at| format!("{zone}: {}", Instant::from_epoch_ms(*at))));
    }
    // British Columbia keeps its summer time from 2026 on; Moldova changes its clocks at 01:00 UTC since 2022.
    let editions = [
        "America/Vancouver: 2026-11-05T00:00:00Z",
        "Canada/Pacific: 2026-11-05T00:00:00Z",
        "Europe/Chisinau: 2022-03-27T00:59:59.999Z",
        "Europe/Tiraspol: 2022-03-27T00:59:59.999Z",
    ];
    assert_eq!(different, editions);
    assert!(known > 590, "{known}");
}

/// Times around every change of the clocks of every zone.
#[test]
fn skipped_and_doubled_times_are_read_as_the_contract_says() {
    let (mut skipped, mut doubled, mut known) = (0, 0, BTreeSet::new());
    for zone in zones() {
        let clocks = Clocks::new(zone);
        // Several names may belong to one zone.
        if !known.insert((clocks.changes.clone(), clocks.offsets.clone())) {
            continue;
        }
        let mut alike = BTreeSet::new();
        for &change in &clocks.changes {
            let (before, after) = (clocks.local(change - 1), clocks.local(change));
            // Most years change the clocks as the year before did.
            if !alike.insert((before.time(), after.time(), before.day().min(2), after.day().min(2))) {
                continue;
            }
            let middle = before + TimeDelta::milliseconds((after - before).num_milliseconds() / 2);
            for local in
                [before, before + TimeDelta::milliseconds(1), middle, after - TimeDelta::milliseconds(1), after]
            {
                let text = local.format("%Y-%m-%d %H:%M:%S%.3f").to_string();
                for edge in [Edge::Begins, Edge::Ends] {
                    assert_eq!(clocks.read(&text, edge), clocks.first(local), "{zone} {text}");
                }
                let shown = clocks.shown(local);
                skipped += usize::from(shown.is_empty());
                doubled += usize::from(shown.len() > 1);
                for at in shown.iter().copied().chain([change - 1, change]) {
                    let table = clocks.zone.show(Instant::from_epoch_ms(at));
                    assert_eq!(clocks.read(&table, Edge::Begins), at, "{zone} {table}");
                    let twice = clocks.shown(clocks.local(at)).len() > 1;
                    assert_eq!(table.matches(['+', '-']).count() > 2, twice, "{zone} {table}");
                }
            }
            let (first, last) = (before.date().min(after.date()), before.date().max(after.date()));
            for date in first.pred_opt().unwrap().iter_days().take_while(|date| *date <= last.succ_opt().unwrap()) {
                let text = date.to_string();
                let found = (clocks.read(&text, Edge::Begins), clocks.read(&text, Edge::Ends));
                assert_eq!(found, clocks.day(date), "{zone} {text}");
            }
        }
    }
    // The test must not pass for lack of zones.
    assert!(known.len() > 300 && skipped > 1_000 && doubled > 1_000, "{} {skipped} {doubled}", known.len());
}

fn days_in(year: i64, month: i64) -> i64 {
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    match month {
        2 => 28 + i64::from(leap),
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// The time that the clocks show this many months later.
fn months_later(local: NaiveDateTime, months: i64) -> NaiveDateTime {
    let total = i64::from(local.year()) * 12 + i64::from(local.month0()) + months;
    let (year, month) = (total.div_euclid(12), total.rem_euclid(12) + 1);
    let day = i64::from(local.day()).min(days_in(year, month));
    let part = |number: i64| u32::try_from(number).unwrap();
    NaiveDate::from_ymd_opt(i32::try_from(year).unwrap(), part(month), part(day)).unwrap().and_time(local.time())
}

fn days_later(local: NaiveDateTime, days: i64) -> NaiveDateTime {
    utc(local.and_utc().timestamp_millis() + days * DAY)
}

/// An instant from 1999 to 2040: mostly a random one, sometimes at the end of a month or where the clocks change.
fn some_instant(clocks: &Clocks, seed: u64) -> i64 {
    let span = 41 * 365 * DAY;
    let anywhere = 915_148_800_000 + i64::try_from(seed >> 2).unwrap().rem_euclid(span);
    match seed % 4 {
        0 => {
            let date = clocks.date(anywhere).with_day(1).unwrap().pred_opt().unwrap();
            clocks.first(date.and_time(clocks.local(anywhere).time()))
        }
        1 => clocks
            .changes
            .iter()
            .rfind(|change| **change <= anywhere)
            .map_or(anywhere, |change| change + anywhere % DAY),
        _ => anywhere,
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn plus_and_minus_count_by_the_calendar_of_the_zone(
        zone in 0..Zone::names().count(), seed in any::<u64>(), number in 0_i64..400, back in any::<bool>(), unit in 0_usize..4,
    ) {
        let clocks = Clocks::new(zones().nth(zone).unwrap());
        let at = some_instant(&clocks, seed);
        let number = if unit == 3 { number % 40 } else { number };
        let signed = if back { -number } else { number };
        let local = clocks.local(at);
        let moved = match unit {
            0 => days_later(local, signed),
            1 => days_later(local, 7 * signed),
            2 => months_later(local, signed),
            _ => months_later(local, 12 * signed),
        };
        let expected = if number == 0 { at } else { clocks.first(moved) };
        let unit = ["d", "w", "mo", "y"][unit];
        let text = format!("{}{number}{unit}", if back { '-' } else { '+' });
        for edge in [Edge::Begins, Edge::Ends] {
            prop_assert_eq!(clocks.read_as_of(&text, at, edge), expected, "{} {}", clocks.zone, text);
        }
        if !back {
            let period: Period = format!("{number}{unit}").parse().unwrap();
            prop_assert_eq!(period.after(Instant::from_epoch_ms(at), clocks.zone).epoch_ms(), expected);
            let same: Period = period.to_string().parse().unwrap();
            prop_assert_eq!(same, period);
        }
    }

    #[test]
    fn what_a_table_prints_can_be_given_back(zone in 0..Zone::names().count(), seed in any::<u64>(), far in any::<u64>()) {
        let clocks = Clocks::new(zones().nth(zone).unwrap());
        let span = Instant::END_OF_CALENDAR.epoch_ms() - Instant::YEAR_0.epoch_ms() + 1;
        let far = Instant::YEAR_0.epoch_ms() + i64::try_from(far >> 1).unwrap() % span;
        for at in [some_instant(&clocks, seed), far, far - far % 60_000] {
            let instant = Instant::from_epoch_ms(at);
            prop_assert_eq!(clocks.read(&clocks.zone.show(instant), Edge::Begins), at);
            prop_assert_eq!(clocks.read(&clocks.zone.show_last(instant), Edge::Ends), at);
            prop_assert_eq!(clocks.read(&instant.to_string(), Edge::Ends), at);
        }
        let (_, last) = clocks.day(clocks.date(some_instant(&clocks, seed)));
        prop_assert_eq!(clocks.read(&clocks.zone.show_last(Instant::from_epoch_ms(last)), Edge::Ends), last);
    }
}
