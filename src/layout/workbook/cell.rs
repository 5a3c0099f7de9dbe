//! What stands in a cell.

use rust_xlsxwriter::{Format, Formula, Worksheet, XlsxError};

use crate::text::visible;
use crate::time::{Instant, Zone};

/// How dates are shown: without seconds, which are in the value all the same.
pub(super) const DATE: &str = "yyyy-mm-dd hh:mm";

/// The largest whole number of which Excel keeps every digit.
const MAX_NUMBER: u128 = 999_999_999_999_999;

/// The most characters in a cell.
const MAX_TEXT: usize = 32_767;

/// What stands in a cell.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) enum Value {
    #[default]
    Nothing,
    Text(String),
    Number(i128),
    /// Days since 1899-12-30, as Excel counts them.
    Date(f64),
    /// A formula, and what it gives now.
    Formula(String, Box<Self>),
}

impl Value {
    /// Text from a license, of which nothing invisible is left. It stays text, whatever it begins with.
    pub(crate) fn text(text: &str) -> Self {
        Self::Text(visible(text).chars().take(MAX_TEXT).collect())
    }

    pub(crate) fn maybe(text: Option<&str>) -> Self {
        text.map_or(Self::Nothing, Self::text)
    }

    pub(crate) fn count(count: impl Into<i128>) -> Self {
        Self::Number(count.into())
    }

    /// A date as the clocks of the zone show it; as text where Excel has no such date.
    pub(crate) fn date(at: Instant, zone: Zone) -> Self {
        match zone.excel_ms(at) {
            Some(ms) => Self::Date(days(ms)),
            None => Self::Text(zone.show(at)),
        }
    }

    pub(crate) fn maybe_date(at: Option<Instant>, zone: Zone) -> Self {
        at.map_or(Self::Nothing, |at| Self::date(at, zone))
    }

    pub(super) fn format(&self) -> Format {
        match self {
            Self::Date(_) => Format::new().set_num_format(DATE),
            Self::Number(_) => Format::new().set_num_format("#,##0"),
            Self::Nothing | Self::Text(_) | Self::Formula(..) => Format::new(),
        }
    }

    pub(super) fn write(
        &self,
        worksheet: &mut Worksheet,
        row: u32,
        column: u16,
        format: &Format,
    ) -> Result<(), XlsxError> {
        match self {
            Self::Nothing => worksheet.write_blank(row, column, format)?,
            Self::Text(text) => worksheet.write_string_with_format(row, column, text, format)?,
            #[allow(clippy::cast_precision_loss, reason = "below 10^15 there is none")]
            Self::Number(number) if number.unsigned_abs() <= MAX_NUMBER => {
                worksheet.write_number_with_format(row, column, *number as f64, format)?
            }
            // Excel would change its last digits.
            Self::Number(number) => worksheet.write_string_with_format(row, column, number.to_string(), format)?,
            Self::Date(days) => worksheet.write_number_with_format(row, column, *days, format)?,
            Self::Formula(formula, result) => {
                let formula = Formula::new(formula).set_result(result.plain());
                worksheet.write_formula_with_format(row, column, formula, format)?
            }
        };
        Ok(())
    }

    /// A result as a formula stores it.
    fn plain(&self) -> String {
        match self {
            Self::Nothing => String::new(),
            Self::Text(text) => text.clone(),
            Self::Number(number) => number.to_string(),
            Self::Date(days) => days.to_string(),
            Self::Formula(_, result) => result.plain(),
        }
    }
}

/// Days from milliseconds, as Excel counts dates.
#[allow(clippy::cast_precision_loss, reason = "far below 2^53")]
fn days(ms: i64) -> f64 {
    ms as f64 / 86_400_000.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_as_excel_counts_them() {
        let date = |text: &str, zone: &str| Value::date(text.parse().unwrap(), zone.parse().unwrap());
        assert_eq!(date("2026-12-31T12:00:00Z", "UTC"), Value::Date(46387.5));
        assert_eq!(date("2026-12-31T12:00:00Z", "Asia/Tokyo"), Value::Date(46387.875));
        assert_eq!(date("1999-01-01T00:00:00Z", "UTC"), Value::Date(36161.0));
        assert_eq!(Value::date(Instant::MIN, Zone::UTC), Value::Text(Zone::UTC.show(Instant::MIN)));
    }

    #[test]
    fn text_stays_text_and_what_is_invisible_shows() {
        assert_eq!(Value::text("=1+1"), Value::Text("=1+1".into()));
        assert_eq!(Value::text("a\u{202e}b"), Value::Text("a\\u202eb".into()));
        assert_eq!(Value::text(&"x".repeat(40_000)), Value::Text("x".repeat(MAX_TEXT)));
    }
}
