//! Formulas that turn the date in a cell into an instant, just as `--as-of` reads a date in the zone.
//!
//! Formulas know no zones, so a hidden sheet lists the changes of the clocks: the instant that belongs to each local
//! time, and whether instants advance with the local time from there on. Every local time that the clocks skip stands
//! for the first instant after. A local time that comes twice stands for the earlier instant; an as-of that is the
//! later one is recognized by its own time.

use crate::layout::workbook::{CellValue, Hidden, MOST_NUMBER, WorkbookError};
use crate::time::{Instant, Zone};

const SHEET: &str = "clock";

/// The name of the cell with the chosen instant, in milliseconds since 1970 in UTC.
pub(super) const ASKED: &str = "asked";

/// The name of the cell with the local time of that instant, in milliseconds as Excel counts.
const SHOWN: &str = "shown";

/// The milliseconds from 1899-12-30, where Excel begins to count, to 1970.
const EXCEL: i64 = 25_569 * DAY;

const DAY: i64 = 86_400_000;

/// The local times from `from` on. All in milliseconds; local times as Excel counts them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Stretch {
    from: i64,
    /// The instant at the beginning, since 1970 in UTC.
    instant: i64,
    /// The local time at that instant.
    shown: i64,
    /// 1 where instants advance with the local time, 0 where the clocks skip these local times.
    goes_on: i64,
}

/// Maps local times to instants.
#[derive(Clone, Debug)]
pub(super) struct DateClock {
    as_of: Instant,
    as_of_shown: i64,
    stretches: Vec<Stretch>,
}

impl DateClock {
    /// The map for local times of which those from `first` to `last` matter.
    ///
    /// # Errors
    /// A [`WorkbookError`] where Excel cannot hold the as-of.
    pub(super) fn new(zone: Zone, as_of: Instant, first: Instant, last: Instant) -> Result<Self, WorkbookError> {
        let as_of_shown = zone.excel_ms(as_of).ok_or(WorkbookError::AsOf)?;
        Ok(Self { as_of, as_of_shown, stretches: stretches(zone, first, last) })
    }

    /// The formula for the chosen day, as Excel counts days.
    pub(super) fn day() -> String {
        format!("INT({SHOWN}/{DAY})")
    }

    /// The named cells and their places.
    pub(super) fn names() -> [(&'static str, String); 2] {
        [(ASKED, format!("{SHEET}!$G$4")), (SHOWN, format!("{SHEET}!$G$5"))]
    }

    /// The hidden sheet, for a date in this cell.
    pub(super) fn hidden(&self, cell: &str) -> Hidden {
        let last = self.stretches.len() + 1;
        let column = |letter: char| format!("${letter}$2:${letter}${last}");
        let at = |letter: char| format!("INDEX({},$G$3)", column(letter));
        let number = |number: i64| CellValue::Number(i128::from(number));
        let [typed, as_of] = [self.as_of_shown, self.as_of.epoch_ms()];
        let nth = self.stretches.partition_point(|stretch| stretch.from <= typed);
        let nth_value = CellValue::Number(i128::try_from(nth).unwrap_or(0));
        let result = |formula: String, value: i64| CellValue::formula(formula, number(value), 0);
        let beside = [
            ("typed", result(format!("=ROUND({cell}*{DAY},0)"), typed)),
            ("row", CellValue::formula(format!("=MATCH($G$2,{},1)", column('A')), nth_value, 0)),
            (ASKED, result(format!("=IF($G$2={typed},{as_of},{}+{}*($G$2-{}))", at('B'), at('D'), at('A')), as_of)),
            (SHOWN, result(format!("=IF($G$2={typed},{typed},{}+{}*($G$2-{}))", at('C'), at('D'), at('A')), typed)),
        ];
        let header = ["clocks from", "instant", "shown", "goes on"].map(CellValue::text);
        let table = self.stretches.iter().map(|one| [one.from, one.instant, one.shown, one.goes_on].map(number));
        let mut rows: Vec<Vec<CellValue>> = std::iter::once(header).chain(table).map(Vec::from).collect();
        rows.resize(rows.len().max(5), vec![CellValue::Nothing; 4]);
        for (row, (name, value)) in rows.iter_mut().skip(1).zip(beside) {
            row.extend([CellValue::Nothing, CellValue::text(name), value]);
        }
        Hidden { name: SHEET, rows }
    }

    /// The result of the formulas, computed in Rust for the tests.
    #[cfg(test)]
    fn instant(&self, typed: i64) -> i64 {
        if typed == self.as_of_shown {
            return self.as_of.epoch_ms();
        }
        let nth = self.stretches.partition_point(|stretch| stretch.from <= typed);
        let stretch = self.stretches[nth - 1];
        stretch.instant + stretch.goes_on * (typed - stretch.from)
    }
}

fn stretches(zone: Zone, first: Instant, last: Instant) -> Vec<Stretch> {
    let at = Instant::from_epoch_ms;
    let (first, last) = (first.epoch_ms() - 2 * DAY, last.min(Zone::LAST_CLOCKS).epoch_ms() + 2 * DAY);
    let offset = |ms: i64| zone.offset_ms(at(ms));
    // An instant before every date that Excel has.
    let begin = -i64::try_from(MOST_NUMBER / 10).unwrap_or(0);
    let mut stretches = vec![Stretch { from: begin, instant: begin - EXCEL - offset(first), shown: begin, goes_on: 1 }];
    let mut day = first;
    while day < last {
        let (before, after) = (offset(day), offset(day + DAY));
        if before != after {
            let (mut low, mut high) = (day, day + DAY);
            while high - low > 1 {
                let middle = low + (high - low) / 2;
                if offset(middle) == before { low = middle } else { high = middle }
            }
            let after = offset(high);
            let [from, to] = [before, after].map(|offset| high + offset + EXCEL);
            if to > from {
                stretches.push(Stretch { from, instant: high, shown: to, goes_on: 0 });
                stretches.push(Stretch { from: to, instant: high, shown: to, goes_on: 1 });
            } else {
                // From here on the time that comes twice is over.
                stretches.push(Stretch { from, instant: from - after - EXCEL, shown: from, goes_on: 1 });
            }
            // The clocks may change a second time on this day.
            day = high;
        } else {
            day += DAY;
        }
    }
    stretches
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::when::{Clock as Now, Edge, parse};

    fn at(text: &str) -> Instant {
        text.parse::<chrono::DateTime<chrono::Utc>>().unwrap().into()
    }

    /// The formulas and `--as-of` must read a date as the same instant.
    #[test]
    fn a_date_means_the_same_instant_as_on_the_command_line() {
        let (first, last) = (at("2009-01-01T00:00:00Z"), at("2030-01-01T00:00:00Z"));
        let now = Now { now: first, as_of: first };
        let zones = [
            "UTC",
            "Europe/Berlin",
            "America/New_York",
            "Australia/Lord_Howe",
            "Pacific/Apia",
            "America/Sao_Paulo",
            "Asia/Kolkata",
            "Africa/Casablanca",
        ];
        for name in zones {
            let zone: Zone = name.parse().unwrap();
            let clock = DateClock::new(zone, at("1999-05-05T05:05:05Z"), first, last).unwrap();
            let mut typed: Vec<i64> =
                (0..7_000).map(|nth| first.epoch_ms() + EXCEL + nth * (DAY + 3_123_457)).collect();
            for stretch in &clock.stretches[1..] {
                typed.extend((-130..130).map(|minutes| stretch.from + minutes * 60_000));
                typed.extend([stretch.from - 1, stretch.from + 1]);
            }
            for typed in typed {
                let text = chrono::DateTime::from_timestamp_millis(typed - EXCEL)
                    .unwrap()
                    .format("%Y-%m-%d %H:%M:%S%.3f")
                    .to_string();
                let read = parse(&text, now, zone, Edge::Begins).unwrap();
                assert_eq!(clock.instant(typed), read.epoch_ms(), "{name} {text}");
            }
        }
    }

    #[test]
    fn the_as_of_is_itself_where_its_time_comes_twice() {
        let later = at("2026-10-25T01:30:00Z");
        let clock = DateClock::new("Europe/Berlin".parse().unwrap(), later, later, later).unwrap();
        assert_eq!(clock.instant(clock.as_of_shown), later.epoch_ms());
        assert_eq!(clock.instant(clock.as_of_shown + 1), later.epoch_ms() + 1 - 3_600_000);
    }

    #[test]
    fn nobody_has_said_how_clocks_change_after_2100() {
        for name in ["Europe/Berlin", "America/New_York", "Australia/Sydney", "Africa/Casablanca"] {
            let zone: Zone = name.parse().unwrap();
            let offset = zone.offset_ms(Zone::LAST_CLOCKS);
            for month in 0..60 {
                assert_eq!(
                    zone.offset_ms(Instant::from_epoch_ms(Zone::LAST_CLOCKS.epoch_ms() + month * 30 * DAY)),
                    offset,
                    "{name}"
                );
            }
        }
    }
}
