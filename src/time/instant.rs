//! A point in time, as license documents write it.

use std::fmt;

use chrono::{DateTime, NaiveDate, SecondsFormat, TimeZone, Utc};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};

/// A point in time in epoch milliseconds, UTC: the unit of `startDate` and `endDate` in a license document.
///
/// ```
/// use seatline::Instant;
///
/// let start = Instant::from_epoch_ms(1_542_672_000_000);
/// assert_eq!(start.to_string(), "2018-11-20T00:00:00Z");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Instant(i64);

impl Instant {
    /// An instant before every date that a license can name.
    pub const MIN: Self = Self(i64::MIN);

    /// 0000-01-01T00:00:00Z, the earliest that RFC 3339 can write.
    pub const YEAR_0: Self = Self(-62_167_219_200_000);

    /// The first instant that RFC 3339 cannot write.
    pub const YEAR_10000: Self = Self(253_402_300_800_000);

    /// The last millisecond that RFC 3339 can write.
    pub const END_OF_CALENDAR: Self = Self(Self::YEAR_10000.0 - 1);

    /// 2100-01-01T00:00:00Z.
    pub const YEAR_2100: Self = Self(4_102_444_800_000);

    /// 1999-01-01T00:00:00Z, the earliest date that is read as one.
    pub const EARLIEST_READABLE: Self = Self(915_148_800_000);

    /// The instant this many milliseconds after 1970-01-01T00:00:00Z.
    #[must_use]
    pub const fn from_epoch_ms(ms: i64) -> Self {
        Self(ms)
    }

    /// The number of milliseconds since 1970-01-01T00:00:00Z.
    #[must_use]
    pub const fn epoch_ms(self) -> i64 {
        self.0
    }

    /// The number of UTC days since 1970-01-01.
    #[must_use]
    pub const fn utc_day(self) -> i64 {
        self.0.div_euclid(86_400_000)
    }

    /// Whether this is accepted as a date of a license: from 1999-01-01 to the end of 9999, and no digits of a
    /// calendar date.
    #[must_use]
    pub fn is_readable(self) -> bool {
        let written_out = (10_000_000_000_000..100_000_000_000_000).contains(&self.0) && calendar(self.0).is_some();
        (Self::EARLIEST_READABLE..=Self::END_OF_CALENDAR).contains(&self) && !written_out
    }

    /// The instant in RFC 3339; `None` outside the years that it can write. Rows are full of instants, and with `chrono` they took
    /// a tenth of a report.
    fn rfc3339(self) -> Option<Rfc3339> {
        if !(Self::YEAR_0..=Self::END_OF_CALENDAR).contains(&self) {
            return None;
        }
        let ms = u64::try_from(self.0 - Self::YEAR_0.0).ok()?;
        let ms_of_day = u32::try_from(ms % 86_400_000).ok()?;
        let (year, month, day) = year_0_date(u32::try_from(ms / 86_400_000).ok()?);
        let (seconds, ms) = (ms_of_day / 1000, ms_of_day % 1000);
        let ([y1, y2], [y3, y4]) = (two_digits(year / 100), two_digits(year % 100));
        let ([m1, m2], [d1, d2]) = (two_digits(month), two_digits(day));
        let ([h1, h2], [n1, n2], [s1, s2]) =
            (two_digits(seconds / 3600), two_digits(seconds / 60 % 60), two_digits(seconds % 60));
        let ([_, f1], [f2, f3]) = (two_digits(ms / 100), two_digits(ms % 100));
        let (end, length) = if ms == 0 { (b'Z', 20) } else { (b'.', 24) };
        let bytes = [
            y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2, b'T', h1, h2, b':', n1, n2, b':', s1, s2, end, f1, f2, f3, b'Z',
        ];
        Some(Rfc3339 { bytes, length })
    }

    /// Writes the instant as a string of JSON.
    pub(crate) fn write(self, line: &mut Vec<u8>) {
        line.push(b'"');
        match self.rfc3339() {
            Some(Rfc3339 { bytes, length }) => line.extend_from_slice(bytes.get(..length).unwrap_or_default()),
            None => line.extend_from_slice(self.to_string().as_bytes()),
        }
        line.push(b'"');
    }

    /// The instant as a `chrono` date; `None` beyond some 262,000 years.
    #[must_use]
    pub(crate) fn to_utc(self) -> Option<DateTime<Utc>> {
        DateTime::from_timestamp_millis(self.0)
    }
}

/// The text of an instant in RFC 3339.
struct Rfc3339 {
    bytes: [u8; 24],
    length: usize,
}

impl Rfc3339 {
    fn as_str(&self) -> &str {
        self.bytes.get(..self.length).and_then(|bytes| str::from_utf8(bytes).ok()).unwrap_or_default()
    }
}

/// Year, month and day of a date in the calendar of RFC 3339, by the number of days since 0000-01-01. Counted from March on, all
/// months before the last have their usual lengths.
fn year_0_date(days: u32) -> (u32, u32, u32) {
    const JANUARY_AND_FEBRUARY: u32 = 60;
    const CYCLE: u32 = 146_097;
    // The first of March of the year -400 is day 0.
    let days = days + CYCLE - JANUARY_AND_FEBRUARY;
    let (cycle, day) = (days / CYCLE, days % CYCLE);
    let year = (day - day / 1460 + day / 36_524 - day / 146_096) / 365;
    let day = day - (365 * year + year / 4 - year / 100);
    let month = (5 * day + 2) / 153;
    let day = day - (153 * month + 2) / 5 + 1;
    let (month, turn) = if month < 10 { (month + 3, 0) } else { (month - 9, 1) };
    ((cycle * 400 + year + turn).saturating_sub(400), month, day)
}

/// The last two digits of a number.
fn two_digits(number: u32) -> [u8; 2] {
    let digit = |number: u32| b'0' + u8::try_from(number % 10).unwrap_or_default();
    [digit(number / 10), digit(number)]
}

/// RFC 3339 in UTC with `Z`: whole seconds when they are whole, else milliseconds.
impl fmt::Display for Instant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(text) = self.rfc3339() {
            return f.write_str(text.as_str());
        }
        let precision = if self.0 % 1000 == 0 { SecondsFormat::Secs } else { SecondsFormat::Millis };
        match self.to_utc() {
            Some(utc) => f.write_str(&utc.to_rfc3339_opts(precision, true)),
            None => write!(f, "{} ms", self.0),
        }
    }
}

impl<Tz: TimeZone> From<DateTime<Tz>> for Instant {
    fn from(at: DateTime<Tz>) -> Self {
        Self(at.timestamp_millis())
    }
}

impl Serialize for Instant {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.rfc3339() {
            Some(text) => serializer.serialize_str(text.as_str()),
            None => serializer.collect_str(self),
        }
    }
}

impl<'de> Deserialize<'de> for Instant {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        DateTime::parse_from_rfc3339(&text).map(Self::from).map_err(D::Error::custom)
    }
}

#[cfg(test)]
impl schemars::JsonSchema for Instant {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Instant".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "description": "RFC 3339 in UTC: whole seconds when they are whole, else milliseconds.",
            "type": "string",
            "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{3})?Z$"
        })
    }
}

/// The date that a whole number outside the readable range was probably meant to be, and the unit that it is written
/// in.
#[must_use]
pub(crate) fn likely(number: i64) -> Option<(Instant, &'static str)> {
    let units = [
        (number.checked_mul(1000), "seconds"),
        (Some(number / 1000), "microseconds"),
        (Some(number / 1_000_000), "nanoseconds"),
    ];
    let plausible = |instant: &Instant| (Instant::EARLIEST_READABLE..=Instant::YEAR_2100).contains(instant);
    let scaled =
        units.into_iter().find_map(|(ms, unit)| Some((Instant(ms?), unit)).filter(|(instant, _)| plausible(instant)));
    scaled.or_else(|| Some((calendar(number).filter(plausible)?, "a date")))
}

/// The date that the digits of a number spell: `2019`, `20190131`, `201901311200`, `20190131120000`.
fn calendar(number: i64) -> Option<Instant> {
    let (date, time) = match number {
        1999..=2100 => (number * 10_000 + 101, 0),
        0..100_000_000 => (number, 0),
        100_000_000..1_000_000_000_000 => (number / 10_000, number % 10_000 * 100),
        _ => (number / 1_000_000, number % 1_000_000),
    };
    let part = |number: i64| u32::try_from(number).ok();
    let day = NaiveDate::from_ymd_opt(i32::try_from(date / 10_000).ok()?, part(date / 100 % 100)?, part(date % 100)?)?;
    Some(day.and_hms_opt(part(time / 10_000)?, part(time / 100 % 100)?, part(time % 100)?)?.and_utc().into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn instants_are_written_as_chrono_writes_them(ms in Instant::YEAR_0.0..Instant::YEAR_10000.0, whole: bool) {
            let instant = Instant(if whole { ms - ms.rem_euclid(1000) } else { ms });
            let precision = if instant.0 % 1000 == 0 { SecondsFormat::Secs } else { SecondsFormat::Millis };
            let expected = instant.to_utc().unwrap().to_rfc3339_opts(precision, true);
            prop_assert_eq!(instant.to_string(), expected.clone());
            let mut line = Vec::new();
            instant.write(&mut line);
            prop_assert_eq!(String::from_utf8(line).unwrap(), format!("\"{expected}\""));
            prop_assert_eq!(serde_json::to_string(&instant).unwrap(), format!("\"{expected}\""));
        }
    }

    #[test]
    fn every_day_has_the_date_that_chrono_gives_it() {
        use chrono::Datelike;
        for day in 0..3_652_425 {
            let utc = Instant(Instant::YEAR_0.0 + i64::from(day) * 86_400_000).to_utc().unwrap();
            assert_eq!(year_0_date(day), (utc.year().unsigned_abs(), utc.month(), utc.day()));
        }
    }

    #[test]
    fn milliseconds_show_only_when_there_are_some() {
        assert_eq!(Instant::from_epoch_ms(1_603_225_394_000).to_string(), "2020-10-20T20:23:14Z");
        assert_eq!(Instant::from_epoch_ms(1_542_671_999_999).to_string(), "2018-11-19T23:59:59.999Z");
    }

    #[test]
    fn the_readable_range_is_that_of_its_names() {
        assert_eq!(Instant::EARLIEST_READABLE.to_string(), "1999-01-01T00:00:00Z");
        assert_eq!(Instant::END_OF_CALENDAR.to_string(), "9999-12-31T23:59:59.999Z");
        assert_eq!(Instant::YEAR_0.to_string(), "0000-01-01T00:00:00Z");
        assert_eq!(Instant(Instant::YEAR_10000.0 - 1).to_string(), "9999-12-31T23:59:59.999Z");
    }

    #[test]
    fn what_was_meant() {
        for (number, expected) in [
            (1_542_672_000, Some("2018-11-20T00:00:00Z seconds")),
            (1_542_672_000_000_000, Some("2018-11-20T00:00:00Z microseconds")),
            (1_542_672_000_000_000_000, Some("2018-11-20T00:00:00Z nanoseconds")),
            (20_181_120, Some("2018-11-20T00:00:00Z a date")),
            (2018, Some("2018-01-01T00:00:00Z a date")),
            (20_270_101_123_456, Some("2027-01-01T12:34:56Z a date")),
            (202_701_011_200, Some("2027-01-01T12:00:00Z a date")),
            (20_270_101_250_000, None),
            (20_181_320, None),
            (0, None),
            (-1, None),
            (i64::MIN, None),
        ] {
            let likely = likely(number).map(|(instant, unit)| format!("{instant} {unit}"));
            assert_eq!(likely.as_deref(), expected);
        }
    }

    #[test]
    fn an_instant_beyond_the_calendar_still_prints() {
        assert!(Instant::MIN.to_string().ends_with(" ms"));
    }
}
