//! Points in time as people write them on a command line.

use chrono::{DateTime, NaiveDate};

use crate::time::{Instant, Zone, likely};

/// Why a text is no point in time, and what was probably meant.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct ParseWhenError(String);

/// Reads RFC 3339, `YYYY-MM-DD` (its beginning in `zone`), `now`, `+90d` (calendar days in `zone` from `now`), or epoch
/// milliseconds from 1999 to 2100.
///
/// ```
/// use seatline::time::{Instant, Zone, when};
///
/// let now = Instant::from_epoch_ms(1_546_300_800_000);
/// assert_eq!(when::parse("+90d", now, Zone::UTC)?.to_string(), "2019-04-01T00:00:00Z");
/// assert!(when::parse("1546300800", now, Zone::UTC).unwrap_err().to_string().contains("1546300800000"));
/// # Ok::<(), when::ParseWhenError>(())
/// ```
///
/// # Errors
/// Says what is wrong and what was probably meant.
pub fn parse(text: &str, now: Instant, zone: Zone) -> Result<Instant, ParseWhenError> {
    let instant = read(text, now, zone)?;
    // RFC 3339 has four digits for a year.
    if (Instant::YEAR_0..Instant::YEAR_10000).contains(&instant) {
        Ok(instant)
    } else {
        Err(ParseWhenError(format!("{text} is not between the years 0 and 9999")))
    }
}

fn read(text: &str, now: Instant, zone: Zone) -> Result<Instant, ParseWhenError> {
    if text == "now" {
        return Ok(now);
    }
    if let Some(days) = relative_days(text) {
        return days
            .and_then(|days| zone.plus_days(now, days))
            .ok_or_else(|| ParseWhenError(format!("{text} is beyond the end of the calendar")));
    }
    let digits = text.strip_prefix('-').unwrap_or(text);
    if !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return epoch_ms(text);
    }
    if let Some(date) = date(text) {
        return date
            .and_then(|date| zone.start_of_day(date))
            .ok_or_else(|| ParseWhenError(format!("there is no day {text}")));
    }
    DateTime::parse_from_rfc3339(text).map(|at| Instant::from_epoch_ms(at.timestamp_millis())).map_err(|_| {
        let hint = if DateTime::parse_from_rfc3339(&format!("{text}Z")).is_ok() {
            format!("a time needs its offset from UTC: {text}Z, or {text}+02:00")
        } else {
            "expected 2027-06-30, 2027-06-30T12:00:00Z, now, +90d or epoch milliseconds".to_owned()
        };
        ParseWhenError(hint)
    })
}

/// `+90d` or `-90d`; the inner `None` is a number of days no calendar has.
fn relative_days(text: &str) -> Option<Option<i64>> {
    let number = text.strip_suffix(['d', 'D'])?;
    let digits = number.strip_prefix(['+', '-'])?;
    let plain = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    plain.then(|| number.parse().ok())
}

/// `YYYY-MM-DD`; the inner `None` is a day that does not exist.
fn date(text: &str) -> Option<Option<NaiveDate>> {
    let (year, rest) = text.split_once('-')?;
    let (month, day) = rest.split_once('-')?;
    let digits = |part: &str, length| part.len() == length && part.bytes().all(|byte| byte.is_ascii_digit());
    if !(digits(year, 4) && digits(month, 2) && digits(day, 2)) {
        return None;
    }
    Some(NaiveDate::from_ymd_opt(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?))
}

fn epoch_ms(text: &str) -> Result<Instant, ParseWhenError> {
    let number: Option<i64> = text.parse().ok();
    if let Some(instant) = number.map(Instant::from_epoch_ms)
        && instant.is_readable()
    {
        return Ok(instant);
    }
    let hint = match number.and_then(likely) {
        Some((instant, "a date")) => format!(": did you mean {}?", instant.to_string().trim_end_matches("T00:00:00Z")),
        Some((instant, unit)) => {
            format!(": read as {unit} it is {instant}; did you mean {}?", instant.epoch_ms())
        }
        None => String::new(),
    };
    Err(ParseWhenError(format!("{text} is not between 1999 and 2100 in epoch milliseconds{hint}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(text: &str, zone: &str) -> String {
        let now = Instant::from_epoch_ms(1_546_300_800_000); // 2019-01-01T00:00:00Z
        parse(text, now, zone.parse().unwrap()).map_or_else(|error| error.to_string(), |instant| instant.to_string())
    }

    #[test]
    fn every_form_is_read() {
        for (text, expected) in [
            ("now", "2019-01-01T00:00:00Z"),
            ("+90d", "2019-04-01T00:00:00Z"),
            ("-1d", "2018-12-31T00:00:00Z"),
            ("+0d", "2019-01-01T00:00:00Z"),
            ("2018-11-20", "2018-11-20T00:00:00Z"),
            ("2018-11-19T23:59:59.999Z", "2018-11-19T23:59:59.999Z"),
            ("2018-11-20T00:00:00.9999+02:00", "2018-11-19T22:00:00.999Z"),
            ("1542672000000", "2018-11-20T00:00:00Z"),
        ] {
            assert_eq!(said(text, "UTC"), expected, "{text}");
        }
    }

    #[test]
    fn days_are_those_of_the_zone() {
        assert_eq!(said("2019-07-01", "America/New_York"), "2019-07-01T04:00:00Z");
        assert_eq!(said("+120d", "America/New_York"), "2019-04-30T23:00:00Z", "the clocks have changed");
    }

    #[test]
    fn what_is_no_point_in_time_says_what_was_meant() {
        for (text, hint) in [
            ("1546300800", "did you mean 1546300800000?"),
            ("20190101", "did you mean 2019-01-01?"),
            ("2019", "did you mean 2019-01-01?"),
            ("0", "not between 1999 and 2100"),
            ("-5", "not between 1999 and 2100"),
            ("99999999999999999999999", "not between 1999 and 2100"),
            ("2019-02-30", "there is no day 2019-02-30"),
            ("2019-01-01T00:00:00", "offset"),
            ("tomorrow", "expected"),
            ("", "expected"),
            ("+d", "expected"),
            ("+99999999999999999999d", "beyond the end"),
            ("+999999999999d", "beyond the end"),
            ("+9999999d", "not between the years 0 and 9999"),
            ("9999-12-31T23:59:59-01:00", "not between the years 0 and 9999"),
        ] {
            assert!(said(text, "UTC").contains(hint), "{text}: {}", said(text, "UTC"));
        }
    }
}
