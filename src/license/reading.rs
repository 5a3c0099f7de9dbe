//! The meaning of a count, a date or an id in the document, and how sure the meaning is.

use std::borrow::Cow;
use std::fmt;

use crate::json::{JsonKind, Raw};
use crate::time::Instant;

/// The most seats that are read: 2^53 - 1, the largest integer that every JSON reader takes exactly.
pub const MAX_SEATS: u64 = (1 << 53) - 1;

/// The meaning of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reading<T> {
    /// The value has its documented form.
    Plain(T),
    /// The value has another form, and only one meaning is possible.
    Lenient(T, Leniency),
    /// The value can mean anything.
    Unreadable(Unreadable),
}

/// How a value departs from its documented form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Leniency {
    /// A whole number written as a float: `200.0`, `2e2`.
    Float,
    /// A string of ASCII digits: `"200"`.
    Digits,
    /// A date after 2100-01-01, which may mean "never".
    Distant,
}

/// Why a value cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unreadable {
    /// The member is missing.
    Missing,
    /// A value of another sort stands there.
    Kind(JsonKind),
    /// A string that is not made of ASCII digits.
    Text,
    /// The empty string, as an id.
    Empty,
    /// Less than 0 seats.
    Negative,
    /// The number is not whole.
    Fraction,
    /// More than [`MAX_SEATS`] seats, or no date at all.
    TooLarge,
    /// A whole number of milliseconds before 1999, after 9999, or in the digits of a calendar date (`20270101120000`);
    /// `None` for a number too large for an instant.
    OutsideCalendar(Option<i64>),
    /// A string with an escape that is no character.
    BrokenText,
}

impl<T: Copy> Reading<T> {
    /// The meaning of the value; `None` where it cannot be read.
    pub fn value(self) -> Option<T> {
        match self {
            Self::Plain(value) | Self::Lenient(value, _) => Some(value),
            Self::Unreadable(_) => None,
        }
    }
}

impl fmt::Display for Leniency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Float => "a float",
            Self::Digits => "a string",
            Self::Distant => "a date after 2100",
        })
    }
}

/// The end of a sentence: "is negative".
impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing => f.write_str("is missing"),
            Self::Kind(kind) => write!(f, "is {kind}"),
            Self::Text => f.write_str("is a string that is no whole number"),
            Self::Empty => f.write_str("is empty"),
            Self::BrokenText => f.write_str("has an escape that is no character"),
            Self::Negative => f.write_str("is negative"),
            Self::Fraction => f.write_str("is not a whole number"),
            Self::TooLarge => f.write_str("is too large"),
            Self::OutsideCalendar(_) => f.write_str("is no plausible date in epoch milliseconds"),
        }
    }
}

/// Reads a number of seats: an integer from 0 to [`MAX_SEATS`].
#[must_use]
pub fn count(raw: Raw<'_>) -> Reading<u64> {
    integer(raw).and_then(|value| match u64::try_from(value) {
        Ok(seats) if seats <= MAX_SEATS => Ok(seats),
        Ok(_) => Err(Unreadable::TooLarge),
        Err(_) => Err(Unreadable::Negative),
    })
}

/// Reads a date: whole epoch milliseconds from 1999-01-01 to the end of 9999. A date after 2100-01-01 is read as it
/// stands, although it may mean "never".
#[must_use]
pub fn date(raw: Raw<'_>) -> Reading<Instant> {
    let reading = integer(raw).and_then(|value| {
        let instant = Instant::from_epoch_ms(value);
        if instant.is_readable() { Ok(instant) } else { Err(Unreadable::OutsideCalendar(Some(value))) }
    });
    match reading {
        Reading::Unreadable(Unreadable::TooLarge | Unreadable::Negative) => {
            Reading::Unreadable(Unreadable::OutsideCalendar(None))
        }
        Reading::Plain(instant) | Reading::Lenient(instant, _) if instant > Instant::YEAR_2100 => {
            Reading::Lenient(instant, Leniency::Distant)
        }
        other => other,
    }
}

/// The date that these milliseconds stand for, if [`date`] reads them as a plain one.
#[must_use]
pub(crate) fn plain_date(ms: u64) -> Option<Instant> {
    let instant = Instant::from_epoch_ms(i64::try_from(ms).ok()?);
    (Instant::EARLIEST_READABLE..=Instant::YEAR_2100).contains(&instant).then_some(instant)
}

/// The end of seats, by a license resource.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expiration {
    /// The seats end at this instant.
    At(Instant),
    /// No end is stated; perhaps the seats are perpetual.
    Never,
    /// The end cannot be read.
    Unreadable(Unreadable),
}

/// Reads `expiration` with the `canExpire` beside it. Nobody has published how "never" is written: -1, 0, null, a date from
/// 2100 on and `canExpire` false have been seen or are likely.
#[must_use]
pub fn expiration(expiration: Raw<'_>, can_expire: Raw<'_>) -> Expiration {
    let never = |ms: i64| ms == -1 || ms == 0 || ms >= Instant::YEAR_2100.epoch_ms();
    match integer(expiration) {
        _ if can_expire.boolean() == Some(false) => Expiration::Never,
        Reading::Plain(ms) | Reading::Lenient(ms, _) => match date(expiration) {
            // The digits of a calendar date are no date in the far future.
            Reading::Unreadable(_) if ms > Instant::YEAR_2100.epoch_ms() && ms < Instant::YEAR_10000.epoch_ms() => {
                Expiration::Unreadable(Unreadable::OutsideCalendar(Some(ms)))
            }
            _ if never(ms) => Expiration::Never,
            Reading::Plain(instant) | Reading::Lenient(instant, _) => Expiration::At(instant),
            Reading::Unreadable(why) => Expiration::Unreadable(why),
        },
        Reading::Unreadable(Unreadable::Kind(JsonKind::Null) | Unreadable::TooLarge) => Expiration::Never,
        Reading::Unreadable(why) => Expiration::Unreadable(why),
    }
}

/// Reads an id: a string that is not empty.
///
/// # Errors
/// Where the id cannot be read: why.
pub fn id(raw: Raw<'_>) -> Result<Cow<'_, str>, Unreadable> {
    match (raw.kind(), raw.string()) {
        (None, _) => Err(Unreadable::Missing),
        (_, Some(id)) if id.is_empty() => Err(Unreadable::Empty),
        (_, Some(id)) => Ok(id),
        (Some(JsonKind::String), None) => Err(Unreadable::BrokenText),
        (Some(kind), None) => Err(Unreadable::Kind(kind)),
    }
}

impl<T> Reading<T> {
    fn and_then<U>(self, convert: impl FnOnce(T) -> Result<U, Unreadable>) -> Reading<U> {
        let (value, leniency) = match self {
            Self::Plain(value) => (value, None),
            Self::Lenient(value, leniency) => (value, Some(leniency)),
            Self::Unreadable(why) => return Reading::Unreadable(why),
        };
        match (convert(value), leniency) {
            (Ok(value), None) => Reading::Plain(value),
            (Ok(value), Some(leniency)) => Reading::Lenient(value, leniency),
            (Err(why), _) => Reading::Unreadable(why),
        }
    }
}

fn integer(raw: Raw<'_>) -> Reading<i64> {
    let (Some(kind), Some(text)) = (raw.kind(), raw.text()) else {
        return Reading::Unreadable(Unreadable::Missing);
    };
    match kind {
        JsonKind::Number => number(text),
        JsonKind::String => match raw.string() {
            Some(digits) if !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()) => digits
                .parse()
                .map_or(Reading::Unreadable(Unreadable::TooLarge), |value| Reading::Lenient(value, Leniency::Digits)),
            _ => Reading::Unreadable(Unreadable::Text),
        },
        other => Reading::Unreadable(Unreadable::Kind(other)),
    }
}

/// The integer that the text of a JSON number stands for; `-1.0` and `1e2` stand for one.
pub(crate) fn whole_number(text: &str) -> Option<i64> {
    match number(text) {
        Reading::Plain(number) | Reading::Lenient(number, _) => Some(number),
        Reading::Unreadable(_) => None,
    }
}

/// Reads the text of a JSON number exactly, without a float in between: 9007199254740990.5 stays a fraction.
fn number(text: &str) -> Reading<i64> {
    if let Ok(value) = text.parse() {
        return Reading::Plain(value);
    }
    let (negative, magnitude) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let (mantissa, exponent) = magnitude.split_once(['e', 'E']).unwrap_or((magnitude, "0"));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = format!("{whole}{fraction}");
    let digits = digits.trim_start_matches('0');
    let significant = digits.trim_end_matches('0');
    if significant.is_empty() {
        return Reading::Lenient(0, Leniency::Float);
    }
    // A number with an exponent beyond i64 is a fraction or too large.
    let exponent = exponent.parse::<i64>().unwrap_or(if exponent.starts_with('-') { i64::MIN } else { i64::MAX });
    let length = |text: &str| i64::try_from(text.len()).unwrap_or(i64::MAX);
    let exponent = exponent.saturating_sub(length(fraction)).saturating_add(length(digits) - length(significant));
    if exponent < 0 {
        return Reading::Unreadable(Unreadable::Fraction);
    }
    let value = u32::try_from(exponent)
        .ok()
        .and_then(|exponent| 10_i64.checked_pow(exponent))
        .and_then(|scale| significant.parse::<i64>().ok()?.checked_mul(scale));
    match value {
        Some(value) => Reading::Lenient(if negative { -value } else { value }, Leniency::Float),
        None if negative => Reading::Unreadable(Unreadable::Negative),
        None => Reading::Unreadable(Unreadable::TooLarge),
    }
}

#[cfg(test)]
mod tests;
