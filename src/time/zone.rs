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

/// The error for a name that no IANA time zone has.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no IANA time zone is called {name:?}{}", .like.map(|like| format!(": did you mean {like}?")).unwrap_or_default())]
pub struct UnknownZone {
    name: String,
    like: Option<&'static str>,
}

impl Zone {
    /// Coordinated Universal Time.
    pub const UTC: Self = Self(Tz::UTC);

    /// Date and time in a form that `--as-of` reads back. Seconds and milliseconds are written only if they are not
    /// 0, the offset only where the clocks show this time twice. Midnight is written too: "until 2028-03-01" would
    /// read as if that day were included.
    #[must_use]
    pub fn show(self, at: Instant) -> String {
        // A year without four digits in this zone may have four digits in UTC.
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

    /// The local time in milliseconds since 1899-12-30, from which Excel counts days; `None` where Excel has no such
    /// date.
    #[must_use]
    pub(crate) fn excel_ms(self, at: Instant) -> Option<i64> {
        let local = self.local(at)?.naive_local();
        (1901..=9999).contains(&local.year()).then(|| local.and_utc().timestamp_millis() + 25_569 * 86_400_000)
    }

    /// The milliseconds by which the clocks are ahead of UTC.
    pub(crate) fn offset_ms(self, at: Instant) -> i64 {
        self.local(at).map_or(0, |local| i64::from(local.offset().fix().local_minus_utc()) * 1_000)
    }

    /// The end of a period whose last instant is included: the date alone where it is the last millisecond of a day.
    #[must_use]
    pub fn show_last(self, at: Instant) -> String {
        match self.day(at) {
            Some(day) if self.end_of_day(day) == Some(at) => day.format("%Y-%m-%d").to_string(),
            _ => self.show(at),
        }
    }

    /// The number of calendar days in this zone from the day of one instant to the day of another.
    #[must_use]
    pub(crate) fn days_between(self, from: Instant, to: Instant) -> i64 {
        match (self.local(from), self.local(to)) {
            (Some(from), Some(to)) => to.date_naive().signed_duration_since(from.date_naive()).num_days(),
            _ => 0,
        }
    }

    /// The time between two instants in calendar days; below 48 hours in hours, because "1 day" could mean one hour.
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

    /// The first instant of a day in this zone, mostly 00:00. If the clocks skip 00:00, it is the first instant
    /// after; if they show it twice, the first time. `None` at the end of the calendar.
    #[must_use]
    pub(crate) fn start_of_day(self, date: NaiveDate) -> Option<Instant> {
        self.instant(date.and_time(NaiveTime::MIN))
    }

    /// The last millisecond of a day in this zone. Of a day that the clocks skip, the first instant after it. `None`
    /// at the end of the calendar.
    #[must_use]
    pub(crate) fn end_of_day(self, date: NaiveDate) -> Option<Instant> {
        let midnight = date.succ_opt()?.and_time(NaiveTime::MIN);
        let (first, last) = match self.0.from_local_datetime(&midnight) {
            MappedLocalTime::Single(at) => (at.into(), at.into()),
            MappedLocalTime::Ambiguous(first, last) => (first.into(), last.into()),
            MappedLocalTime::None => (self.instant(midnight)?, self.instant(midnight)?),
        };
        // Where midnight comes twice, the clocks go back over it, either into this day or within the next.
        let before = [last, first].map(|at: Instant| Instant::from_epoch_ms(at.epoch_ms().saturating_sub(1)));
        before.into_iter().find(|at| self.day(*at) == Some(date)).or_else(|| self.start_of_day(date))
    }

    /// The instant `days` calendar days later in this zone, at the same time of day; `None` at the end of the calendar.
    #[must_use]
    pub(crate) fn plus_days(self, at: Instant, days: i64) -> Option<Instant> {
        let count = Days::new(days.unsigned_abs());
        self.moved(at, |local| if days < 0 { local.checked_sub_days(count) } else { local.checked_add_days(count) })
    }

    /// The instant `months` calendar months later in this zone, on the same day of the month or on its last day;
    /// `None` at the end of the calendar.
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

    /// Moves the local time. If the local time stays the same, so does the instant, even where the clocks show this
    /// time twice.
    fn moved(self, at: Instant, by: impl FnOnce(NaiveDateTime) -> Option<NaiveDateTime>) -> Option<Instant> {
        let local = self.local(at)?.naive_local();
        let moved = by(local)?;
        if moved == local { Some(at) } else { self.instant(moved) }
    }

    /// The calendar day of an instant in this zone.
    #[must_use]
    pub(crate) fn day(self, at: Instant) -> Option<NaiveDate> {
        self.local(at).map(|local| local.date_naive())
    }

    fn local(self, at: Instant) -> Option<DateTime<Tz>> {
        at.to_utc().map(|utc| utc.with_timezone(&self.0))
    }

    /// The instant at which the clocks show this time: the first of two, or the first instant after a time that they
    /// skip.
    pub(super) fn instant(self, local: NaiveDateTime) -> Option<Instant> {
        let found = self.0.from_local_datetime(&local).earliest();
        Some(found.or_else(|| GapInfo::new(&local, &self.0)?.end)?.into())
    }
}

/// An offset as `+02:00`, with seconds only where it has some, as local mean times do.
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
mod tests;
