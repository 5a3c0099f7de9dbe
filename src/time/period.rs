//! Durations in calendar units, as ISO 8601 writes them.

use std::fmt;
use std::str::FromStr;

use crate::time::{Instant, Zone};

/// A number of months and days: `P90D`, `P3M`, `P1Y`, `P2W`, or a number with its unit: `90d`, `3mo`, `1y`, `2w`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Period {
    months: u32,
    days: u32,
}

/// Why a text is no duration of years, months, weeks and days.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ParsePeriodError {
    /// The text has none of these forms.
    #[error("not a duration such as 30d, 12w, 3mo, 1y or P30D")]
    Form,
    /// The text is like `3m`, which could be months or minutes.
    #[error("not a duration: did you mean {0}mo?")]
    Minutes(u32),
    /// The number of days is more than a calendar has.
    #[error("not a duration: it is beyond the end of the calendar")]
    TooLong,
}

impl Period {
    /// A period of whole days.
    #[must_use]
    pub const fn days(days: u32) -> Self {
        Self { months: 0, days }
    }

    /// The instant this period after `at`, at the same time of day in the zone, and never past the end of the
    /// calendar. This instant still belongs to the period.
    #[must_use]
    pub fn after(self, at: Instant, zone: Zone) -> Instant {
        self.moved(at, zone, 1).unwrap_or(Instant::END_OF_CALENDAR).min(Instant::END_OF_CALENDAR)
    }

    /// The instant this period later in a zone, or earlier with a `sign` of -1; `None` at the end of the calendar.
    pub(super) fn moved(self, at: Instant, zone: Zone, sign: i64) -> Option<Instant> {
        let at = zone.plus_months(at, sign * i64::from(self.months))?;
        zone.plus_days(at, sign * i64::from(self.days))
    }

    /// Reads a number and its unit: `90d`, `12w`, `3mo`, `1y`.
    pub(super) fn short(text: &str) -> Result<Self, ParsePeriodError> {
        let unit = text.trim_start_matches(|character: char| character.is_ascii_digit());
        let digits = text.strip_suffix(unit).filter(|digits| !digits.is_empty()).ok_or(ParsePeriodError::Form)?;
        let number = digits.parse::<u32>().map_err(|_| ParsePeriodError::TooLong);
        let (months, days) = match unit.to_ascii_lowercase().as_str() {
            "d" => (0, 1),
            "w" => (0, 7),
            "mo" => (1, 0),
            "y" => (12, 0),
            "m" => return Err(ParsePeriodError::Minutes(number?)),
            _ => return Err(ParsePeriodError::Form),
        };
        let number = number?;
        let times = |factor| number.checked_mul(factor).ok_or(ParsePeriodError::TooLong);
        Ok(Self { months: times(months)?, days: times(days)? })
    }
}

impl FromStr for Period {
    type Err = ParsePeriodError;

    fn from_str(text: &str) -> Result<Self, ParsePeriodError> {
        let Some(mut rest) = text.strip_prefix('P') else { return Self::short(text) };
        let mut period = Self::days(0);
        let mut units = [('Y', 12, 0), ('M', 1, 0), ('W', 0, 7), ('D', 0, 1)].into_iter();
        loop {
            let digits = rest.find(|character: char| !character.is_ascii_digit()).ok_or(ParsePeriodError::Form)?;
            let (number, unit) = rest.split_at(digits);
            // The units come in this order, each at most once.
            let known = units.find(|(name, ..)| unit.starts_with(*name));
            let (name, months, days) = known.filter(|_| !number.is_empty()).ok_or(ParsePeriodError::Form)?;
            let number: u32 = number.parse().map_err(|_| ParsePeriodError::TooLong)?;
            let add = |sum: u32, factor: u32| {
                number.checked_mul(factor).and_then(|more| sum.checked_add(more)).ok_or(ParsePeriodError::TooLong)
            };
            period = Self { months: add(period.months, months)?, days: add(period.days, days)? };
            rest = unit.strip_prefix(name).unwrap_or_default();
            if rest.is_empty() {
                return Ok(period);
            }
        }
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("P")?;
        if self.months > 0 {
            write!(f, "{}M", self.months)?;
        }
        if self.days > 0 || self.months == 0 {
            write!(f, "{}D", self.days)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn calendar_units_are_read() {
        for (text, shown) in [
            ("P90D", "P90D"),
            ("P1Y2M3W4D", "P14M25D"),
            ("P2W", "P14D"),
            ("P0D", "P0D"),
            ("30d", "P30D"),
            ("12w", "P84D"),
            ("3mo", "P3M"),
            ("1y", "P12M"),
            ("30D", "P30D"),
        ] {
            assert_eq!(text.parse::<Period>().map(|period| period.to_string()), Ok(shown.to_owned()));
        }
        for text in ["", "P", "90", "P90", "PD", "P1D1D", "P1D1M", "PT1H", "P1.5D", "-P1D", "p1d", "d", "1d2w", "+1d"] {
            assert_eq!(text.parse::<Period>(), Err(ParsePeriodError::Form), "{text}");
        }
        for text in ["P99999999999D", "99999999999d", "999999999w", "P400000000Y"] {
            assert_eq!(text.parse::<Period>(), Err(ParsePeriodError::TooLong), "{text}");
        }
        let months = "3m".parse::<Period>().unwrap_err();
        assert_eq!(months.to_string(), "not a duration: did you mean 3mo?");
    }

    #[test]
    fn months_are_those_of_the_calendar() {
        let at = Instant::from_epoch_ms(1_548_892_800_000); // 2019-01-31
        let later = |period: &str| period.parse::<Period>().unwrap().after(at, Zone::UTC).to_string();
        assert_eq!(later("P1M"), "2019-02-28T00:00:00Z");
        assert_eq!(later("P1Y1D"), "2020-02-01T00:00:00Z");
        assert_eq!(later("9999y"), "9999-12-31T23:59:59.999Z");
    }
}
