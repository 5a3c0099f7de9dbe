//! Durations in calendar units, as ISO 8601 writes them.

use std::fmt;
use std::str::FromStr;

use crate::time::{Instant, Zone};

/// Months and days: `P90D`, `P3M`, `P1Y`, `P2W`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Period {
    months: u32,
    days: u32,
}

/// Not a duration of years, months, weeks and days.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not an ISO 8601 duration of years, months, weeks or days, such as P90D")]
pub struct ParsePeriodError;

impl Period {
    /// So many days.
    #[must_use]
    pub const fn days(days: u32) -> Self {
        Self { months: 0, days }
    }

    /// The instant that much later in a zone, at the same time of day; the end of the calendar at most.
    #[must_use]
    pub fn after(self, at: Instant, zone: Zone) -> Instant {
        let months = zone.plus_months(at, self.months);
        months.and_then(|at| zone.plus_days(at, self.days.into())).unwrap_or(Instant::LATEST_READABLE)
    }
}

impl FromStr for Period {
    type Err = ParsePeriodError;

    fn from_str(text: &str) -> Result<Self, ParsePeriodError> {
        let mut rest = text.strip_prefix('P').filter(|rest| !rest.is_empty()).ok_or(ParsePeriodError)?;
        let mut period = Self::days(0);
        let mut units = [('Y', 12, 0), ('M', 1, 0), ('W', 0, 7), ('D', 0, 1)].into_iter();
        while !rest.is_empty() {
            let digits = rest.find(|character: char| !character.is_ascii_digit()).ok_or(ParsePeriodError)?;
            let (number, unit) = rest.split_at(digits);
            let number: u32 = number.parse().map_err(|_| ParsePeriodError)?;
            // Units come in this order, each at most once.
            let (name, months, days) = units.find(|(name, ..)| unit.starts_with(*name)).ok_or(ParsePeriodError)?;
            let add = |sum: u32, factor: u32| number.checked_mul(factor)?.checked_add(sum);
            period = Self {
                months: add(period.months, months).ok_or(ParsePeriodError)?,
                days: add(period.days, days).ok_or(ParsePeriodError)?,
            };
            rest = unit.strip_prefix(name).unwrap_or_default();
        }
        Ok(period)
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
        for (text, shown) in [("P90D", "P90D"), ("P1Y2M3W4D", "P14M25D"), ("P2W", "P14D"), ("P0D", "P0D")] {
            assert_eq!(text.parse::<Period>().map(|period| period.to_string()), Ok(shown.to_owned()));
        }
        for text in ["", "P", "90D", "P90", "PD", "P1D1D", "P1D1M", "PT1H", "P1.5D", "-P1D", "P99999999999D", "p1d"] {
            assert_eq!(text.parse::<Period>(), Err(ParsePeriodError), "{text}");
        }
    }

    #[test]
    fn months_are_those_of_the_calendar() {
        let at = Instant::from_epoch_ms(1_548_892_800_000); // 2019-01-31
        let later = |period: &str| period.parse::<Period>().unwrap().after(at, Zone::UTC).to_string();
        assert_eq!(later("P1M"), "2019-02-28T00:00:00Z");
        assert_eq!(later("P1Y1D"), "2020-02-01T00:00:00Z");
    }
}
