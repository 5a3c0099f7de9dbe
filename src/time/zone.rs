//! The time zone for display and for reading dates without a time. All other arithmetic is in UTC.

use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, Datelike, Days, FixedOffset, Months, NaiveDate, NaiveDateTime, NaiveTime, Timelike};
use tz::datetime::FoundDateTimeKind;
use tz::{DateTime as ZonedDateTime, TimeZoneRef};
use tzdb_data::TZ_NAMES;

use crate::time::Instant;

/// An IANA time zone.
#[derive(Clone, Copy)]
pub struct Zone {
    name: &'static str,
    clocks: &'static TimeZoneRef<'static>,
}

/// The instants at which the clocks of a zone show a local time.
enum Shown {
    Once(Instant),
    /// The first and the last of several.
    Twice(Instant, Instant),
    /// Never: the first instant after a time that the clocks skip.
    Skipped(Instant),
}

/// The error for a name that no IANA time zone has.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no IANA time zone is called {name:?}{}", .like.map(|like| format!(": did you mean {like}?")).unwrap_or_default())]
pub struct UnknownZone {
    name: String,
    like: Option<&'static str>,
}

impl Zone {
    /// Coordinated Universal Time.
    pub const UTC: Self = Self { name: "UTC", clocks: &tzdb_data::time_zone::UTC };

    /// Clocks stay as they are at this instant, since nobody has said how they change after 2100.
    pub(crate) const LAST_CLOCKS: Instant = Instant::from_epoch_ms(Instant::YEAR_2100.epoch_ms() + 366 * 86_400_000);

    /// The names of all zones, in the order of the alphabet.
    pub(crate) fn names() -> impl Iterator<Item = &'static str> {
        // "Factory" is the name of a zone that nobody has set.
        TZ_NAMES.iter().copied().filter(|name| *name != "Factory")
    }

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
        let twice = matches!(self.shown(local.naive_local()), Some(Shown::Twice(..)));
        let offset = if twice { offset(local.offset().local_minus_utc()) } else { String::new() };
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
        self.local(at).map_or(0, |local| i64::from(local.offset().local_minus_utc()) * 1_000)
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
        let (first, last) = match self.shown(midnight)? {
            Shown::Once(at) | Shown::Skipped(at) => (at, at),
            Shown::Twice(first, last) => (first, last),
        };
        // Where midnight comes twice, the clocks go back over it, either into this day or within the next.
        let before = [last, first].map(|at| Instant::from_epoch_ms(at.epoch_ms().saturating_sub(1)));
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

    fn local(self, at: Instant) -> Option<DateTime<FixedOffset>> {
        Some(at.to_utc()?.with_timezone(&self.offset(at)?))
    }

    fn offset(self, at: Instant) -> Option<FixedOffset> {
        let seconds = at.min(Self::LAST_CLOCKS).epoch_ms().div_euclid(1_000);
        FixedOffset::east_opt(self.clocks.find_local_time_type(seconds).ok()?.ut_offset())
    }

    /// The instant at which the clocks show this time: the first of two, or the first instant after a time that they
    /// skip.
    pub(super) fn instant(self, local: NaiveDateTime) -> Option<Instant> {
        self.shown(local).map(|(Shown::Once(at) | Shown::Twice(at, _) | Shown::Skipped(at))| at)
    }

    /// The instants at which the clocks show this time; `None` at the end of the calendar.
    fn shown(self, local: NaiveDateTime) -> Option<Shown> {
        let last = local.and_local_timezone(self.offset(Self::LAST_CLOCKS)?).single()?.into();
        if last >= Self::LAST_CLOCKS {
            return Some(Shown::Once(last));
        }
        let small = |number: u32| u8::try_from(number).ok();
        let (month, day) = (small(local.month())?, small(local.day())?);
        let (hour, minute, second) = (small(local.hour())?, small(local.minute())?, small(local.second())?);
        let ms = i64::from(local.and_utc().timestamp_subsec_millis());
        let found = ZonedDateTime::find(local.year(), month, day, hour, minute, second, 0, *self.clocks).ok()?;
        let instant = |at: &ZonedDateTime, ms| at.unix_time().checked_mul(1_000)?.checked_add(ms);
        let (mut shown, mut skipped) = (Vec::new(), None);
        for found in found.into_inner() {
            match found {
                FoundDateTimeKind::Normal(at) => shown.push(Instant::from_epoch_ms(instant(&at, ms)?)),
                FoundDateTimeKind::Skipped { after_transition, .. } => skipped = instant(&after_transition, 0),
            }
        }
        match (shown.as_slice(), skipped) {
            ([at], _) => Some(Shown::Once(*at)),
            ([first, .., last], _) => Some(Shown::Twice(*first, *last)),
            ([], skipped) => skipped.map(|at| Shown::Skipped(Instant::from_epoch_ms(at))),
        }
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
        f.write_str(self.name)
    }
}

impl fmt::Debug for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Zone({})", self.name)
    }
}

impl PartialEq for Zone {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl Eq for Zone {}

impl FromStr for Zone {
    type Err = UnknownZone;

    fn from_str(name: &str) -> Result<Self, UnknownZone> {
        let known = Self::names().find(|known| known.eq_ignore_ascii_case(name));
        let zone = known.and_then(|name| Some(Self { name, clocks: tzdb_data::find_tz(name.as_bytes())? }));
        zone.ok_or_else(|| {
            let wanted = name.to_ascii_lowercase().replace(' ', "_");
            let likeness = |zone: &str| {
                let known = zone.to_ascii_lowercase();
                let city = known.rsplit('/').next().unwrap_or(&known);
                strsim::jaro_winkler(&wanted, &known).max(strsim::jaro_winkler(&wanted, city))
            };
            let like = Self::names().map(|zone| (likeness(zone), zone));
            let best =
                like.max_by(|(one, _), (other, _)| one.total_cmp(other)).filter(|(likeness, _)| *likeness > 0.85);
            UnknownZone { name: name.to_owned(), like: best.map(|(_, name)| name) }
        })
    }
}

#[cfg(test)]
mod tests;
