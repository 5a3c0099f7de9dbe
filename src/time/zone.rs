//! The time zone for display and for reading dates without a time. All other arithmetic is in UTC.

use std::fmt;
use std::str::FromStr;

use chrono::{
    DateTime, Datelike, Days, MappedLocalTime, Months, NaiveDate, NaiveDateTime, NaiveTime, Offset, TimeZone, Timelike,
};
use chrono_tz::{GapInfo, TZ_VARIANTS, Tz};

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

    /// Date and time, as `--as-of` reads them: seconds and milliseconds only where there are
    /// some, the offset only where the clocks show this time twice. The time is always there, also at midnight: "until
    /// 2028-03-01" would read as if that day were part of it.
    #[must_use]
    pub fn show(self, at: Instant) -> String {
        // A year that has not four digits here may still have them in UTC.
        let local = self.local(at).filter(|local| (0..=9999).contains(&local.year()));
        let Some(local) = local else { return at.to_string() };
        let format = match (local.second(), at.epoch_ms().rem_euclid(1000)) {
            (0, 0) => "%Y-%m-%d %H:%M",
            (_, 0) => "%Y-%m-%d %H:%M:%S",
            _ => "%Y-%m-%d %H:%M:%S%.3f",
        };
        let twice = matches!(self.0.from_local_datetime(&local.naive_local()), MappedLocalTime::Ambiguous(..));
        let offset = if twice { offset(local.offset().fix().local_minus_utc()) } else { String::new() };
        format!("{}{offset}", local.format(format))
    }

    /// What the clocks show, in milliseconds since 1899-12-30, from which Excel counts days; `None` where it has no such date.
    #[must_use]
    pub(crate) fn excel_ms(self, at: Instant) -> Option<i64> {
        let local = self.local(at)?.naive_local();
        (1901..=9999).contains(&local.year()).then(|| local.and_utc().timestamp_millis() + 25_569 * 86_400_000)
    }

    /// How far the clocks are ahead of UTC, in milliseconds.
    pub(crate) fn offset_ms(self, at: Instant) -> i64 {
        self.local(at).map_or(0, |local| i64::from(local.offset().fix().local_minus_utc()) * 1_000)
    }

    /// What the clocks show, to the second: for readers that know no offsets, as spreadsheets do.
    #[must_use]
    pub fn show_local(self, at: Instant) -> String {
        match self.local(at).filter(|local| (0..=9999).contains(&local.year())) {
            Some(local) if local.second() == 0 => local.format("%Y-%m-%d %H:%M").to_string(),
            Some(local) => local.format("%Y-%m-%d %H:%M:%S").to_string(),
            None => at.to_string(),
        }
    }

    /// The last instant of something: its day alone where that day is part of it to the last millisecond.
    #[must_use]
    pub fn show_last(self, at: Instant) -> String {
        match self.day(at) {
            Some(day) if self.end_of_day(day) == Some(at) => day.format("%Y-%m-%d").to_string(),
            _ => self.show(at),
        }
    }

    /// Calendar days in this zone from the day of one instant to the day of another.
    #[must_use]
    pub(crate) fn days_between(self, from: Instant, to: Instant) -> i64 {
        match (self.local(from), self.local(to)) {
            (Some(from), Some(to)) => to.date_naive().signed_duration_since(from.date_naive()).num_days(),
            _ => 0,
        }
    }

    /// How long it is from one instant to another, in calendar days, but in hours where there are fewer than 48: "1 day"
    /// could be one hour.
    #[must_use]
    pub(crate) fn span(self, from: Instant, to: Instant) -> String {
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
    pub(crate) fn start_of_day(self, date: NaiveDate) -> Option<Instant> {
        self.instant(date.and_time(NaiveTime::MIN))
    }

    /// The last millisecond of a day in this zone; the first instant after a day that the clocks skip altogether; `None` at
    /// the end of the calendar.
    #[must_use]
    pub(crate) fn end_of_day(self, date: NaiveDate) -> Option<Instant> {
        let midnight = date.succ_opt()?.and_time(NaiveTime::MIN);
        let (first, last) = match self.0.from_local_datetime(&midnight) {
            MappedLocalTime::Single(at) => (at.into(), at.into()),
            MappedLocalTime::Ambiguous(first, last) => (first.into(), last.into()),
            MappedLocalTime::None => (self.instant(midnight)?, self.instant(midnight)?),
        };
        // Where midnight comes twice, the clocks went back over it: into this day, or within the next one.
        let before = [last, first].map(|at: Instant| Instant::from_epoch_ms(at.epoch_ms().saturating_sub(1)));
        before.into_iter().find(|at| self.day(*at) == Some(date)).or_else(|| self.start_of_day(date))
    }

    /// So many calendar days later in this zone, at the same time of day; `None` at the end of the calendar.
    #[must_use]
    pub(crate) fn plus_days(self, at: Instant, days: i64) -> Option<Instant> {
        let count = Days::new(days.unsigned_abs());
        self.moved(at, |local| if days < 0 { local.checked_sub_days(count) } else { local.checked_add_days(count) })
    }

    /// So many calendar months later in this zone, on the same day of the month or its last; `None` at the end of the
    /// calendar.
    #[must_use]
    pub(crate) fn plus_months(self, at: Instant, months: i64) -> Option<Instant> {
        let count = Months::new(u32::try_from(months.unsigned_abs()).ok()?);
        self.moved(
            at,
            |local| {
                if months < 0 { local.checked_sub_months(count) } else { local.checked_add_months(count) }
            },
        )
    }

    /// What the clocks show is moved; where that changes nothing, the instant is the same, also the second of two.
    fn moved(self, at: Instant, by: impl FnOnce(NaiveDateTime) -> Option<NaiveDateTime>) -> Option<Instant> {
        let local = self.local(at)?.naive_local();
        let moved = by(local)?;
        if moved == local { Some(at) } else { self.instant(moved) }
    }

    /// The day of an instant in this zone.
    #[must_use]
    pub(crate) fn day(self, at: Instant) -> Option<NaiveDate> {
        self.local(at).map(|local| local.date_naive())
    }

    fn local(self, at: Instant) -> Option<DateTime<Tz>> {
        at.to_utc().map(|utc| utc.with_timezone(&self.0))
    }

    /// The instant at which the clocks show this: the first of two, and the first one after where they skip it.
    pub(super) fn instant(self, local: NaiveDateTime) -> Option<Instant> {
        let found = self.0.from_local_datetime(&local).earliest();
        Some(found.or_else(|| GapInfo::new(&local, &self.0)?.end)?.into())
    }
}

/// `+02:00`; seconds only where there are some, as in local mean times.
fn offset(seconds: i32) -> String {
    let sign = if seconds < 0 { '-' } else { '+' };
    let (minutes, seconds) = (seconds.abs() / 60, seconds.abs() % 60);
    let seconds = if seconds == 0 { String::new() } else { format!(":{seconds:02}") };
    format!("{sign}{:02}:{:02}{seconds}", minutes / 60, minutes % 60)
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
    fn a_day_ends_with_its_last_millisecond() {
        let end = |name: &str, year, month, day| {
            let date = NaiveDate::from_ymd_opt(year, month, day).unwrap();
            zone(name).end_of_day(date).unwrap().to_string()
        };
        assert_eq!(end("UTC", 2019, 12, 31), "2019-12-31T23:59:59.999Z");
        assert_eq!(end("America/Havana", 2019, 11, 2), "2019-11-03T03:59:59.999Z", "the next midnight comes twice");
        assert_eq!(end("America/Sao_Paulo", 2019, 2, 16), "2019-02-17T02:59:59.999Z", "23:00 to 24:00 came twice");
        assert_eq!(end("America/St_Johns", 2010, 11, 6), "2010-11-07T03:29:59.999Z", "back at 00:01 to 23:01");
        assert_eq!(end("Pacific/Apia", 2011, 12, 30), "2011-12-30T10:00:00Z", "Samoa skipped this day");
    }

    #[test]
    fn a_day_that_is_part_of_it_is_shown_alone() {
        let berlin = zone("Europe/Berlin");
        let last = berlin.end_of_day(NaiveDate::from_ymd_opt(2026, 12, 31).unwrap()).unwrap();
        assert_eq!(berlin.show_last(last), "2026-12-31");
        assert_eq!(Zone::UTC.show_last(last), "2026-12-31 22:59:59.999");
    }

    #[test]
    fn a_time_that_comes_twice_is_shown_with_its_offset() {
        let berlin = |ms| zone("Europe/Berlin").show(Instant::from_epoch_ms(ms));
        assert_eq!(berlin(1_792_888_199_999), "2026-10-25 02:29:59.999+02:00");
        assert_eq!(berlin(1_792_891_800_000), "2026-10-25 02:30+01:00");
        assert_eq!(berlin(1_792_893_600_000), "2026-10-25 03:00");
        let cape_verde = zone("Africa/Monrovia").show(Instant::from_epoch_ms(-1_604_359_012_000 - 1));
        assert_eq!(cape_verde, "1919-02-28 23:59:59.999-00:43:08");
    }

    #[test]
    fn a_year_beyond_four_digits_is_shown_in_utc() {
        let last = Instant::from_epoch_ms(Instant::YEAR_10000.epoch_ms() - 1);
        assert_eq!(zone("Europe/Berlin").show(last), "9999-12-31T23:59:59.999Z");
        assert_eq!(Zone::UTC.show(last), "9999-12-31 23:59:59.999");
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
