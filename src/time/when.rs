//! Points in time as people write them: on a command line, in a plan, in a policy.

use chrono::{NaiveDate, NaiveDateTime, NaiveTime, TimeDelta};

use crate::time::{Instant, ParsePeriodError, Period, Zone, likely};

/// The instants that `now`, `today` and the forms with `+` and `-` count from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Clock {
    /// The present instant, which is `now`; its day is `today`.
    pub now: Instant,
    /// The instant that `+90d` and `-30d` count from: the present in `--as-of`, the as-of everywhere else.
    pub as_of: Instant,
}

/// Whether a date without a time means the beginning or the end of that day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edge {
    /// The first instant of the day, for a date at which something begins.
    Begins,
    /// The last millisecond of the day, for a date at which something ends: the whole day counts.
    Ends,
}

/// Why a text is no point in time, and what it was probably meant to be.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct ParseWhenError(String);

/// Reads RFC 3339; a date; a date and a time in `zone` or with an offset; `now` and `today`; `+90d`, `-12w`, `+3mo`,
/// `+1y` by the calendar of `zone`; epoch milliseconds from 1999 to 2100. A text that [`Zone::show`] writes is read
/// as the same instant.
///
/// # Errors
/// A [`ParseWhenError`] that says what is wrong, and what was probably meant.
pub fn parse(text: &str, clock: Clock, zone: Zone, edge: Edge) -> Result<Instant, ParseWhenError> {
    let instant = read(text, clock, zone, edge)?;
    // RFC 3339 writes years with four digits.
    if (Instant::YEAR_0..Instant::YEAR_10000).contains(&instant) {
        Ok(instant)
    } else {
        Err(ParseWhenError(format!("{text} is not between the years 0 and 9999")))
    }
}

/// What to do about a date such as 1/2/2027, which may be in January or in February.
const EXCEL: &str =
    "; a date in another order can mean two days: in Excel give the cells the format yyyy-mm-dd, and save again";

/// Whether a text has numbers between dots or slashes, as Excel saves dates.
fn is_other_order(text: &str) -> bool {
    let date = text.split([' ', 'T']).next().unwrap_or(text);
    ['.', '/'].into_iter().any(|between| {
        let parts: Vec<_> = date.split(between).collect();
        parts.len() == 3 && parts.iter().all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()))
    })
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
        let hint = if is_other_order(text) { EXCEL } else { "" };
        return Err(ParseWhenError(format!("expected {forms}{hint}")));
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

/// The instant that a date without a time stands for.
fn day(date: NaiveDate, zone: Zone, edge: Edge) -> Option<Instant> {
    match edge {
        Edge::Begins => zone.start_of_day(date),
        // 9999-12-31 means "for ever", so it is read in every zone.
        Edge::Ends => zone.end_of_day(date).map(|end| end.min(Instant::END_OF_CALENDAR)),
    }
}

/// The period that follows the sign, as in `+90d`.
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

/// A date as it is written, with a time and an offset if they are given. An inner `None` is a date or time that does
/// not exist.
struct Written {
    date: Option<NaiveDate>,
    /// The time, and the seconds to add for a leap second.
    time: Option<Option<(NaiveTime, i64)>>,
    /// The offset in seconds.
    offset: Option<Option<i32>>,
}

impl Written {
    /// Splits a text into its parts; `None` if the text has another form.
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

/// The part of the text that is still to be read.
struct Scan<'t>(&'t str);

impl Scan<'_> {
    /// Reads past one of these characters; `None` if another one is next.
    fn after(&mut self, signs: &[char]) -> Option<&mut Self> {
        self.0 = self.0.strip_prefix(signs)?;
        Some(self)
    }

    /// Reads a number of exactly this many digits.
    fn number(&mut self, digits: usize) -> Option<u32> {
        let (number, rest) = self.0.split_at_checked(digits)?;
        self.0 = rest;
        number.bytes().all(|byte| byte.is_ascii_digit()).then(|| number.parse().ok())?
    }

    /// Reads a fraction of a second of any number of digits, as milliseconds.
    fn fraction(&mut self) -> Option<u32> {
        let rest = self.0.trim_start_matches(|character: char| character.is_ascii_digit());
        let digits = self.0.strip_suffix(rest).filter(|digits| !digits.is_empty())?;
        self.0 = rest;
        format!("{digits}00").get(..3)?.parse().ok()
    }

    /// Reads `Z`, `+02:00`, or `-00:44:30` as [`Zone::show`] writes a local mean time. An inner `None` is an offset
    /// that no clock has.
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
mod tests;
