//! Points in time as people write them: on a command line, in a plan, in a policy.

use chrono::{NaiveDate, NaiveDateTime, NaiveTime, TimeDelta};

use crate::time::{Instant, ParsePeriodError, Period, Zone, likely};

/// What `now`, `today` and the forms with `+` and `-` count from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Clock {
    /// The present instant: `now`, and `today` is its day.
    pub now: Instant,
    /// `+90d` and `-30d` count from here: from the clock itself in `--as-of`, from the as-of everywhere else.
    pub as_of: Instant,
}

/// Which end of a day a date without a time stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edge {
    /// Its first instant, where something begins.
    Begins,
    /// Its last millisecond, where something ends: the whole day is part of it.
    Ends,
}

/// Why a text is no point in time, and what was probably meant.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct ParseWhenError(String);

/// Reads RFC 3339; a date; a date and a time in `zone`, or with an offset; `now` and `today`; `+90d`, `-12w`, `+3mo`, `+1y` by
/// the calendar of `zone`; epoch milliseconds from 1999 to 2100. What [`Zone::show`] prints is read as the same instant.
///
/// # Errors
/// Says what is wrong and what was probably meant.
pub fn parse(text: &str, clock: Clock, zone: Zone, edge: Edge) -> Result<Instant, ParseWhenError> {
    let instant = read(text, clock, zone, edge)?;
    // RFC 3339 has four digits for a year.
    if (Instant::YEAR_0..Instant::YEAR_10000).contains(&instant) {
        Ok(instant)
    } else {
        Err(ParseWhenError(format!("{text} is not between the years 0 and 9999")))
    }
}

fn read(text: &str, clock: Clock, zone: Zone, edge: Edge) -> Result<Instant, ParseWhenError> {
    let beyond = || ParseWhenError(format!("{text} is beyond the end of the calendar"));
    match text {
        "now" => return Ok(clock.now),
        "today" => return zone.day(clock.now).and_then(|today| day(today, zone, edge)).ok_or_else(beyond),
        _ => {}
    }
    let digits = text.strip_prefix('-').unwrap_or(text);
    if !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return epoch_ms(text);
    }
    if let Some(period) = text.strip_prefix(['+', '-']) {
        let sign = if text.starts_with('-') { -1 } else { 1 };
        return relative(text, period)?.moved(clock.as_of, zone, sign).ok_or_else(beyond);
    }
    let Some(Written { date, time, offset }) = Written::scan(text) else {
        let forms = "2027-06-30, 2027-06-30 12:00, 2027-06-30T12:00:00Z, now, today, +90d, +12w, +3mo, +1y or epoch milliseconds";
        return Err(ParseWhenError(format!("expected {forms}")));
    };
    let date = date.ok_or_else(|| ParseWhenError(format!("there is no day {}", text.get(..10).unwrap_or(text))))?;
    let Some(time) = time else { return day(date, zone, edge).ok_or_else(beyond) };
    let local = time.and_then(|(time, leap)| date.and_time(time).checked_add_signed(TimeDelta::seconds(leap)));
    let local: NaiveDateTime =
        local.ok_or_else(|| ParseWhenError(format!("there is no time {}", text.get(11..).unwrap_or(text))))?;
    match offset {
        None => zone.instant(local).ok_or_else(beyond),
        Some(Some(seconds)) => {
            Ok(Instant::from_epoch_ms(local.and_utc().timestamp_millis() - i64::from(seconds) * 1000))
        }
        Some(None) => Err(ParseWhenError(format!("{text} is further from UTC than any clock"))),
    }
}

/// A date without a time.
fn day(date: NaiveDate, zone: Zone, edge: Edge) -> Option<Instant> {
    match edge {
        Edge::Begins => zone.start_of_day(date),
        // 9999-12-31 is for ever, wherever its last hours lie.
        Edge::Ends => zone.end_of_day(date).map(|end| end.min(Instant::END_OF_CALENDAR)),
    }
}

/// What follows the sign in `+90d`.
fn relative(text: &str, period: &str) -> Result<Period, ParseWhenError> {
    let sign = text.strip_suffix(period).unwrap_or_default();
    Period::short(period).map_err(|error| {
        ParseWhenError(match error {
            ParsePeriodError::Minutes(number) => {
                format!("did you mean {sign}{number}mo? +90d, +12w, +3mo and +1y are read")
            }
            ParsePeriodError::TooLong => format!("{text} is beyond the end of the calendar"),
            ParsePeriodError::Form if period.parse::<u32>().is_ok() => {
                format!("{text} has no unit: did you mean {text}d?")
            }
            ParsePeriodError::Form => format!("expected {sign}90d, {sign}12w, {sign}3mo or {sign}1y"),
        })
    })
}

/// A date as it is written, and perhaps a time and an offset. Inside, `None` is one that does not exist.
struct Written {
    date: Option<NaiveDate>,
    /// Seconds more for a leap second.
    time: Option<Option<(NaiveTime, i64)>>,
    /// In seconds.
    offset: Option<Option<i32>>,
}

impl Written {
    /// `None` where it is not written in such a form.
    fn scan(text: &str) -> Option<Self> {
        let mut scan = Scan(text);
        let year = scan.number(4)?;
        let month = scan.after(&['-'])?.number(2)?;
        let day = scan.after(&['-'])?.number(2)?;
        let date = NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day);
        if scan.0.is_empty() {
            return Some(Self { date, time: None, offset: None });
        }
        let hour = scan.after(&['T', 't', ' '])?.number(2)?;
        let minute = scan.after(&[':'])?.number(2)?;
        let (mut second, mut millis) = (0, 0);
        if scan.after(&[':']).is_some() {
            second = scan.number(2)?;
            millis = if scan.after(&['.']).is_some() { scan.fraction()? } else { 0 };
        }
        let leap = i64::from(second == 60);
        let time = NaiveTime::from_hms_milli_opt(hour, minute, if second == 60 { 59 } else { second }, millis);
        let blank = scan.after(&[' ']).is_some();
        let offset = if scan.0.is_empty() && !blank { None } else { Some(scan.offset()?) };
        scan.0.is_empty().then_some(Self { date, time: Some(time.map(|time| (time, leap))), offset })
    }
}

/// What is left to read.
struct Scan<'t>(&'t str);

impl Scan<'_> {
    /// Goes past one of these signs, if one is next.
    fn after(&mut self, signs: &[char]) -> Option<&mut Self> {
        self.0 = self.0.strip_prefix(signs)?;
        Some(self)
    }

    /// So many digits.
    fn number(&mut self, digits: usize) -> Option<u32> {
        let (number, rest) = self.0.split_at_checked(digits)?;
        self.0 = rest;
        number.bytes().all(|byte| byte.is_ascii_digit()).then(|| number.parse().ok())?
    }

    /// Milliseconds, of however many digits.
    fn fraction(&mut self) -> Option<u32> {
        let rest = self.0.trim_start_matches(|character: char| character.is_ascii_digit());
        let digits = self.0.strip_suffix(rest).filter(|digits| !digits.is_empty())?;
        self.0 = rest;
        format!("{digits}00").get(..3)?.parse().ok()
    }

    /// `Z`, `+02:00`, or `-00:44:30` as [`Zone::show`] writes a local mean time; inside, `None` where no clock is that far off.
    fn offset(&mut self) -> Option<Option<i32>> {
        if self.after(&['Z', 'z']).is_some() {
            return Some(Some(0));
        }
        let sign = if self.0.starts_with('-') { -1 } else { 1 };
        let hours = self.after(&['+', '-'])?.number(2)?;
        let minutes = self.after(&[':'])?.number(2)?;
        let seconds = self.after(&[':']).map_or(Some(0), |scan| scan.number(2))?;
        let known = hours < 24 && minutes < 60 && seconds < 60;
        Some(i32::try_from(hours * 3600 + minutes * 60 + seconds).ok().filter(|_| known).map(|offset| sign * offset))
    }
}

fn epoch_ms(text: &str) -> Result<Instant, ParseWhenError> {
    let number: Option<i64> = text.parse().ok();
    if let Some(instant) = number.map(Instant::from_epoch_ms)
        && (Instant::EARLIEST_READABLE..=Instant::YEAR_2100).contains(&instant)
    {
        return Ok(instant);
    }
    let hint = match number.and_then(likely) {
        Some((instant, "a date")) => {
            let shown = Zone::UTC.show(instant);
            format!(": did you mean {}?", shown.strip_suffix(" 00:00").unwrap_or(&shown))
        }
        Some((instant, unit)) => {
            format!(": read as {unit} it is {instant}; did you mean {}?", instant.epoch_ms())
        }
        None if text.len() < 6 && text.starts_with('-') => format!(": did you mean {text}d?"),
        None => String::new(),
    };
    Err(ParseWhenError(format!("{text} is not between 1999 and 2100 in epoch milliseconds{hint}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Instant = Instant::from_epoch_ms(1_546_300_800_000); // 2019-01-01T00:00:00Z
    const AS_OF: Instant = Instant::from_epoch_ms(1_580_385_600_000); // 2020-01-30T12:00:00Z

    fn told(text: &str, zone: &str, edge: Edge) -> String {
        let clock = Clock { now: NOW, as_of: AS_OF };
        let found = parse(text, clock, zone.parse().unwrap(), edge);
        found.map_or_else(|error| error.to_string(), |instant| instant.to_string())
    }

    fn begins(text: &str, zone: &str) -> String {
        told(text, zone, Edge::Begins)
    }

    #[test]
    fn every_form_is_read() {
        for (text, expected) in [
            ("now", "2019-01-01T00:00:00Z"),
            ("today", "2019-01-01T00:00:00Z"),
            ("+90d", "2020-04-29T12:00:00Z"),
            ("-1d", "2020-01-29T12:00:00Z"),
            ("+0d", "2020-01-30T12:00:00Z"),
            ("+12w", "2020-04-23T12:00:00Z"),
            ("+1mo", "2020-02-29T12:00:00Z"),
            ("-11mo", "2019-02-28T12:00:00Z"),
            ("+1y", "2021-01-30T12:00:00Z"),
            ("-2Y", "2018-01-30T12:00:00Z"),
            ("2018-11-20", "2018-11-20T00:00:00Z"),
            ("2018-11-20 12:00", "2018-11-20T12:00:00Z"),
            ("2018-11-20T12:00", "2018-11-20T12:00:00Z"),
            ("2018-11-20t12:00:01", "2018-11-20T12:00:01Z"),
            ("2018-11-20 12:00:01.5", "2018-11-20T12:00:01.500Z"),
            ("2018-11-20 12:00+02:00", "2018-11-20T10:00:00Z"),
            ("2018-11-20 12:00 +02:00", "2018-11-20T10:00:00Z"),
            ("2018-11-20 12:00:00-00:44:30", "2018-11-20T12:44:30Z"),
            ("2018-11-19T23:59:59.999Z", "2018-11-19T23:59:59.999Z"),
            ("2018-11-19t23:59:59.999z", "2018-11-19T23:59:59.999Z"),
            ("2018-11-20T00:00:00.9999+02:00", "2018-11-19T22:00:00.999Z"),
            ("2016-12-31T23:59:60Z", "2017-01-01T00:00:00Z"),
            ("1542672000000", "2018-11-20T00:00:00Z"),
            ("4102444800000", "2100-01-01T00:00:00Z"),
            ("9999-12-31 23:59:59.999", "9999-12-31T23:59:59.999Z"),
        ] {
            assert_eq!(begins(text, "UTC"), expected, "{text}");
        }
    }

    #[test]
    fn a_date_alone_begins_or_ends() {
        for (text, zone, first, last) in [
            ("2018-11-20", "UTC", "2018-11-20T00:00:00Z", "2018-11-20T23:59:59.999Z"),
            ("2018-07-01", "America/New_York", "2018-07-01T04:00:00Z", "2018-07-02T03:59:59.999Z"),
            // It is the last day of 2018 there.
            ("today", "America/New_York", "2018-12-31T05:00:00Z", "2019-01-01T04:59:59.999Z"),
            ("2018-11-20 00:00", "UTC", "2018-11-20T00:00:00Z", "2018-11-20T00:00:00Z"),
            ("+1d", "UTC", "2020-01-31T12:00:00Z", "2020-01-31T12:00:00Z"),
            ("now", "UTC", "2019-01-01T00:00:00Z", "2019-01-01T00:00:00Z"),
            ("9999-12-31", "America/New_York", "9999-12-31T05:00:00Z", "9999-12-31T23:59:59.999Z"),
        ] {
            assert_eq!(told(text, zone, Edge::Begins), first, "{text}");
            assert_eq!(told(text, zone, Edge::Ends), last, "{text}");
        }
    }

    #[test]
    fn days_are_those_of_the_zone() {
        assert_eq!(begins("2019-07-01", "America/New_York"), "2019-07-01T04:00:00Z");
        assert_eq!(begins("2019-07-01 12:00", "America/New_York"), "2019-07-01T16:00:00Z");
        assert_eq!(begins("+120d", "America/New_York"), "2020-05-29T11:00:00Z", "the clocks have changed");
    }

    #[test]
    fn what_is_no_point_in_time_says_what_was_meant() {
        for (text, hint) in [
            ("1546300800", "did you mean 1546300800000?"),
            ("20190101", "did you mean 2019-01-01?"),
            ("20190101120000", "did you mean 2019-01-01 12:00?"),
            ("2019", "did you mean 2019-01-01?"),
            ("0", "not between 1999 and 2100"),
            ("-5", "did you mean -5d?"),
            ("+90", "did you mean +90d?"),
            ("4102444800001", "not between 1999 and 2100"),
            ("99999999999999999999", "not between 1999 and 2100"),
            ("+3m", "did you mean +3mo?"),
            ("-3M", "did you mean -3mo?"),
            ("+3h", "expected +90d, +12w, +3mo or +1y"),
            ("+1y3mo", "expected +90d"),
            ("2019-02-30", "there is no day 2019-02-30"),
            ("2019-02-30 12:00", "there is no day 2019-02-30"),
            ("2019-02-28 24:00", "there is no time 24:00"),
            ("2019-02-28T12:60Z", "there is no time 12:60Z"),
            ("2019-02-28T12:00+24:00", "further from UTC"),
            ("2019-01-01T12", "expected 2027-06-30,"),
            ("2019-01-01 ", "expected"),
            ("2019-01-01 12:00 ", "expected"),
            ("2019-01-01  12:00", "expected"),
            ("2019-01-01 12:00.5", "expected"),
            ("2019-1-1", "expected"),
            ("tomorrow", "expected"),
            ("", "expected"),
            ("+d", "expected"),
            ("+99999999999999999999d", "beyond the end"),
            ("+999999999d", "beyond the end"),
            ("+9999999d", "not between the years 0 and 9999"),
            ("9999-12-31T23:59:59-01:00", "not between the years 0 and 9999"),
        ] {
            assert!(begins(text, "UTC").contains(hint), "{text}: {}", begins(text, "UTC"));
        }
    }
}
