//! The time zone for display and for reading dates without a time. All other arithmetic is in UTC.

use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, Days, Months, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, TimeZone, Timelike, Utc};
use chrono_tz::{TZ_VARIANTS, Tz};

use crate::time::Instant;

/// An IANA time zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Zone(Tz);

/// No IANA time zone has this name.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no IANA time zone is called {name:?}{}", .like.map(|like| format!(": did you mean {like}?")).unwrap_or_default())]
pub struct UnknownZone {
    name: String,
    like: Option<&'static str>,
}

impl Zone {
    /// Coordinated Universal Time.
    pub const UTC: Self = Self(Tz::UTC);

    /// Date and time: seconds and milliseconds only where there are some. The time is always there, also at midnight: "until
    /// 2028-03-01" would read as if that day were part of it.
    #[must_use]
    pub fn show(self, at: Instant) -> String {
        let Some(local) = self.local(at) else { return at.to_string() };
        let format = match (local.second(), at.epoch_ms().rem_euclid(1000)) {
            (0, 0) => "%Y-%m-%d %H:%M",
            (_, 0) => "%Y-%m-%d %H:%M:%S",
            _ => "%Y-%m-%d %H:%M:%S%.3f",
        };
        local.format(format).to_string()
    }

    /// Calendar days in this zone from the day of one instant to the day of another.
    #[must_use]
    pub fn days_between(self, from: Instant, to: Instant) -> i64 {
        match (self.local(from), self.local(to)) {
            (Some(from), Some(to)) => to.date_naive().signed_duration_since(from.date_naive()).num_days(),
            _ => 0,
        }
    }

    /// How long it is from one instant to another, in calendar days, but in hours where there are fewer than 48: "1 day"
    /// could be one hour.
    #[must_use]
    pub fn span(self, from: Instant, to: Instant) -> String {
        const HOUR: i64 = 3_600_000;
        match to.epoch_ms().saturating_sub(from.epoch_ms()) / HOUR {
            0 => "less than an hour".to_owned(),
            1 => "1 hour".to_owned(),
            hours @ 2..48 => format!("{hours} hours"),
            _ => format!("{} days", self.days_between(from, to)),
        }
    }

    /// 00:00 of a day in this zone, or the first instant after if that does not exist, or the first of two if it is
    /// there twice; `None` at the end of the calendar.
    #[must_use]
    pub fn start_of_day(self, date: NaiveDate) -> Option<Instant> {
        self.instant(date.and_time(NaiveTime::MIN))
    }

    /// So many calendar days later in this zone, at the same time of day; `None` at the end of the calendar.
    #[must_use]
    pub fn plus_days(self, at: Instant, days: i64) -> Option<Instant> {
        let local = self.local(at)?.naive_local();
        let count = Days::new(days.unsigned_abs());
        let moved = if days < 0 { local.checked_sub_days(count) } else { local.checked_add_days(count) };
        self.instant(moved?)
    }

    /// So many calendar months later in this zone, on the same day of the month or its last; `None` at the end of the
    /// calendar.
    #[must_use]
    pub fn plus_months(self, at: Instant, months: u32) -> Option<Instant> {
        self.instant(self.local(at)?.naive_local().checked_add_months(Months::new(months))?)
    }

    /// The day of an instant in this zone.
    #[must_use]
    pub fn day(self, at: Instant) -> Option<NaiveDate> {
        self.local(at).map(|local| local.date_naive())
    }

    fn local(self, at: Instant) -> Option<DateTime<Tz>> {
        at.to_utc().map(|utc| utc.with_timezone(&self.0))
    }

    fn instant(self, local: NaiveDateTime) -> Option<Instant> {
        if let Some(found) = self.0.from_local_datetime(&local).earliest() {
            return Some(found.with_timezone(&Utc).into());
        }
        // The clocks were put forward over it. Somewhere within two days is the first instant at which they show more.
        let near = local.and_utc();
        let mut before = near.checked_sub_signed(TimeDelta::days(2))?;
        let mut after = near.checked_add_signed(TimeDelta::days(2))?;
        while after - before > TimeDelta::milliseconds(1) {
            let middle = before + (after - before) / 2;
            if middle.with_timezone(&self.0).naive_local() < local {
                before = middle;
            } else {
                after = middle;
            }
        }
        Some(Instant::from_epoch_ms(after.timestamp_millis()))
    }
}

impl fmt::Display for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.name())
    }
}

impl FromStr for Zone {
    type Err = UnknownZone;

    fn from_str(name: &str) -> Result<Self, UnknownZone> {
        Tz::from_str_insensitive(name).map(Self).map_err(|_| {
            let wanted = name.to_ascii_lowercase().replace(' ', "_");
            let likeness = |zone: &Tz| {
                let known = zone.name().to_ascii_lowercase();
                let city = known.rsplit('/').next().unwrap_or(&known);
                strsim::jaro_winkler(&wanted, &known).max(strsim::jaro_winkler(&wanted, city))
            };
            let like = TZ_VARIANTS.iter().map(|zone| (likeness(zone), zone.name()));
            let best =
                like.max_by(|(one, _), (other, _)| one.total_cmp(other)).filter(|(likeness, _)| *likeness > 0.85);
            UnknownZone { name: name.to_owned(), like: best.map(|(_, name)| name) }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn zone(name: &str) -> Zone {
        name.parse().unwrap()
    }

    fn day(zone: Zone, year: i32, month: u32, day: u32) -> String {
        zone.start_of_day(NaiveDate::from_ymd_opt(year, month, day).unwrap()).unwrap().to_string()
    }

    #[test]
    fn a_day_begins_when_its_zone_says() {
        assert_eq!(day(Zone::UTC, 2019, 1, 1), "2019-01-01T00:00:00Z");
        assert_eq!(day(zone("America/New_York"), 2019, 1, 1), "2019-01-01T05:00:00Z");
    }

    #[test]
    fn a_day_without_midnight_begins_at_its_first_instant() {
        assert_eq!(day(zone("America/Sao_Paulo"), 2018, 11, 4), "2018-11-04T03:00:00Z");
        assert_eq!(day(zone("Pacific/Apia"), 2011, 12, 30), "2011-12-30T10:00:00Z", "Samoa skipped this day");
    }

    #[test]
    fn of_two_midnights_the_first_counts() {
        assert_eq!(day(zone("America/Havana"), 2019, 11, 3), "2019-11-03T04:00:00Z");
    }

    #[test]
    fn days_are_those_of_the_calendar() {
        let berlin = zone("Europe/Berlin");
        let noon = Instant::from_epoch_ms(1_553_943_600_000); // 2019-03-30T12:00+01:00
        assert_eq!(berlin.plus_days(noon, 1).unwrap().to_string(), "2019-03-31T10:00:00Z");
        assert_eq!(berlin.plus_days(noon, -1).unwrap().to_string(), "2019-03-29T11:00:00Z");
        let night = Instant::from_epoch_ms(1_553_986_800_000); // 2019-03-31T00:00+01:00
        assert_eq!(berlin.days_between(noon, night), 1);
        assert_eq!(Zone::UTC.days_between(noon, night), 0);
        assert_eq!(berlin.plus_days(noon, i64::MAX), None);
    }

    #[test]
    fn shows_no_more_than_there_is() {
        let show = |ms| Zone::UTC.show(Instant::from_epoch_ms(ms));
        assert_eq!(show(1_542_672_000_000), "2018-11-20 00:00");
        assert_eq!(show(1_542_715_200_000), "2018-11-20 12:00");
        assert_eq!(show(1_603_225_394_000), "2020-10-20 20:23:14");
        assert_eq!(show(1_603_225_394_001), "2020-10-20 20:23:14.001");
        assert_eq!(show(-1), "1969-12-31 23:59:59.999");
    }

    #[test]
    fn an_unknown_zone_has_a_likely_one() {
        let error = |name: &str| name.parse::<Zone>().unwrap_err().to_string();
        assert!(error("New York").contains("America/New_York"), "{}", error("New York"));
        assert!(error("Europe/Berlni").contains("Europe/Berlin"));
        assert!(!error("xyzzy").contains("mean"));
        assert_eq!(zone("europe/berlin").to_string(), "Europe/Berlin");
    }
}
