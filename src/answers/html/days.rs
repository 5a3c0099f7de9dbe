//! The days that the reader can choose: when each begins, and how its beginning is shown.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::Serialize;

use crate::time::{Instant, Zone};

const DAY: i64 = 86_400_000;

/// Days, numbered from 1970-01-01.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Days {
    first: i64,
    last: i64,
    /// From the day of this number on, days begin this many milliseconds after 00:00 UTC.
    shifts: Vec<(i64, i64)>,
    /// Days that do not begin at 00:00, with their beginning as text.
    odd: BTreeMap<i64, String>,
}

impl Days {
    /// The days from the day of one instant to the day of another.
    pub(super) fn of(zone: Zone, from: Instant, to: Instant) -> Self {
        let number =
            |at: Instant| zone.day(at).map_or(0, |day| day.signed_duration_since(NaiveDate::default()).num_days());
        let mut days = Self { first: number(from), last: number(to), shifts: Vec::new(), odd: BTreeMap::new() };
        let date = |number: i64| NaiveDate::default().checked_add_signed(chrono::TimeDelta::try_days(number)?);
        for number in days.first..=days.last {
            let Some((date, start)) = date(number).and_then(|date| Some((date, zone.start_of_day(date)?))) else {
                break;
            };
            let shift = start.epoch_ms() - number * DAY;
            if days.shifts.last().is_none_or(|(_, last)| *last != shift) {
                days.shifts.push((number, shift));
            }
            let shown = zone.show(start);
            if shown != format!("{date} 00:00") {
                days.odd.insert(number, shown);
            }
        }
        days
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_begins_when_its_zone_says() {
        let at = |text: &str| text.parse::<chrono::DateTime<chrono::Utc>>().unwrap().into();
        let zone = "America/Sao_Paulo".parse().unwrap();
        let days = Days::of(zone, at("2018-11-03T12:00:00Z"), at("2018-11-06T12:00:00Z"));
        assert_eq!((days.first, days.last), (17838, 17841));
        assert_eq!(days.shifts, [(17838, 10_800_000), (17840, 7_200_000)]);
        assert_eq!(days.odd.into_iter().collect::<Vec<_>>(), [(17839, "2018-11-04 01:00".to_owned())]);
    }
}
