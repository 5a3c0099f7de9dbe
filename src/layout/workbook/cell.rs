//! The values of cells.

use rust_xlsxwriter::{Format, Formula as Written, Worksheet, XlsxError};

use crate::text::visible;
use crate::time::{Instant, Zone};

/// The largest whole number of which Excel keeps every digit.
pub(crate) const MOST_NUMBER: u128 = 999_999_999_999_999;

/// The most characters in a cell, in UTF-16 code units.
const MOST_TEXT: usize = 32_767;

/// The end of a text that was cut.
const CUT: &str = "… (cut)";

/// The characters that make Excel take a text for a formula when somebody edits the cell.
const FORMULAS: [char; 10] = ['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠'];

#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) enum CellValue {
    #[default]
    Nothing,
    Text(String),
    Number(i128),
    /// A number with a fraction.
    Percent(f64),
    /// A number with this many digits after the point, and whether it is certain.
    Decimal {
        number: f64,
        decimals: usize,
        certain: bool,
    },
    /// A date as days since 1899-12-30, as Excel counts them.
    Date(f64),
    Formula(Box<Formula>),
}

/// A formula with its result for the day that the workbook shows first.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Formula {
    pub(crate) text: String,
    pub(crate) result: CellValue,
    /// The number of characters of the longest result that the formula can have.
    pub(crate) widest: usize,
}

impl CellValue {
    /// A text from a license with every character visible. It stays text, whatever character it begins with.
    pub(crate) fn text(text: &str) -> Self {
        let shown = visible(text);
        // XML cannot hold these two characters.
        let shown = shown.replace('\u{fffe}', "\\ufffe").replace('\u{ffff}', "\\uffff");
        if shown.encode_utf16().count() <= MOST_TEXT {
            return Self::Text(shown);
        }
        let mut room = MOST_TEXT - CUT.encode_utf16().count();
        let fits = |character: &char| {
            let left = room.checked_sub(character.len_utf16());
            room = left.unwrap_or(0);
            left.is_some()
        };
        Self::Text(shown.chars().take_while(fits).collect::<String>() + CUT)
    }

    pub(crate) fn maybe(text: Option<&str>) -> Self {
        text.map_or(Self::Nothing, Self::text)
    }

    /// A whole number; as text where Excel would change its last digits.
    pub(crate) fn count(count: impl Into<i128>) -> Self {
        let count = count.into();
        if count.unsigned_abs() <= MOST_NUMBER { Self::Number(count) } else { Self::Text(grouped(count)) }
    }

    /// A percentage, such as 12.5 for 12.5 %.
    pub(crate) fn percent(percent: f64) -> Self {
        Self::Percent(percent)
    }

    /// A number given as digits, perhaps with a point; as text where Excel would change its last digits.
    pub(crate) fn decimal(digits: &str, certain: bool) -> Self {
        let is_exact = digits.bytes().filter(u8::is_ascii_digit).count() <= 15;
        let decimals = digits.split_once('.').map_or(0, |(_, decimals)| decimals.len());
        match digits.parse() {
            Ok(number) if is_exact => Self::Decimal { number, decimals, certain },
            _ => Self::Text(format!("{digits}{}", if certain { "" } else { " ?" })),
        }
    }

    /// A date by the clocks of the zone; as text where Excel has no such date.
    pub(crate) fn date(at: Instant, zone: Zone) -> Self {
        match zone.excel_ms(at) {
            Some(ms) => Self::Date(days(ms)),
            None => Self::Text(zone.show(at)),
        }
    }

    pub(crate) fn yes(yes: bool) -> Self {
        Self::Text(if yes { "yes" } else { "no" }.to_owned())
    }

    pub(crate) fn formula(text: String, result: Self, widest: usize) -> Self {
        Self::Formula(Box::new(Formula { text, widest: widest.max(result.width()), result }))
    }

    /// The value itself; of a formula, its present result.
    pub(crate) fn shown(&self) -> &Self {
        match self {
            Self::Formula(formula) => &formula.result,
            other => other,
        }
    }

    /// Whether this is a count that stands as text, for Excel would change its last digits.
    pub(crate) fn is_long_count(&self) -> bool {
        matches!(self, Self::Text(text) if text.len() > 15 && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b','))
    }

    /// The number of characters that the cell shows. An end far away is followed by the words that it may mean no
    /// end.
    pub(crate) fn width(&self) -> usize {
        const YEAR_2099: f64 = 72_686.0;
        match self {
            Self::Date(days) if *days > YEAR_2099 => 60,
            Self::Date(_) => 16,
            Self::Percent(_) => 5,
            // Room for the separators between thousands and for the mark of doubt.
            Self::Decimal { number, decimals, .. } => format!("{number:.decimals$}").len() * 4 / 3 + 2,
            Self::Nothing => 0,
            // Characters from the Korean letters on take two columns.
            Self::Text(text) => text.chars().map(|character| if character < '\u{1100}' { 1 } else { 2 }).sum(),
            Self::Number(number) => grouped(*number).len(),
            Self::Formula(formula) => formula.widest,
        }
    }

    /// Whether Excel must be told that the value is text.
    pub(super) fn looks_like_formula(&self) -> bool {
        matches!(self, Self::Text(text) if text.starts_with(FORMULAS))
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
            #[allow(clippy::cast_precision_loss, reason = "below 10^15 nothing is lost")]
            Self::Number(number) => worksheet.write_number_with_format(row, column, *number as f64, format)?,
            Self::Percent(percent) => {
                worksheet.write_number_with_format(row, column, *percent, &format.clone().set_num_format("0.0"))?
            }
            Self::Decimal { number, .. } => {
                worksheet.write_number_with_format(row, column, *number, &self.with_decimals(format))?
            }
            Self::Date(days) => worksheet.write_number_with_format(row, column, *days, format)?,
            Self::Formula(formula) => {
                let written = Written::new(&formula.text).set_result(formula.result.stored());
                worksheet.write_formula_with_format(row, column, written, &formula.result.with_decimals(format))?
            }
        };
        Ok(())
    }

    /// The format, with the number of digits that a decimal number has and its mark of doubt; other values keep the
    /// format.
    fn with_decimals(&self, format: &Format) -> Format {
        let Self::Decimal { decimals, certain, .. } = self else { return format.clone() };
        let point = if *decimals > 0 { "." } else { "" };
        let doubt = if *certain { "" } else { "\" ?\"" };
        format.clone().set_num_format(format!("#,##0{point}{}{doubt}", "0".repeat(*decimals)))
    }

    /// The text in which the file stores the result of a formula.
    fn stored(&self) -> String {
        match self {
            Self::Nothing => String::new(),
            Self::Text(text) => text.clone(),
            Self::Number(number) => number.to_string(),
            Self::Percent(number) | Self::Date(number) | Self::Decimal { number, .. } => number.to_string(),
            Self::Formula(formula) => formula.result.stored(),
        }
    }
}

/// A number with separators between thousands: "1,048,576".
pub(super) fn grouped(number: i128) -> String {
    let digits = number.unsigned_abs().to_string();
    let mut text = if number < 0 { "-".to_owned() } else { String::new() };
    for (nth, digit) in digits.chars().enumerate() {
        if nth > 0 && (digits.len() - nth).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// Milliseconds as days, the unit of dates in Excel.
#[allow(clippy::cast_precision_loss, reason = "far below 2^53")]
pub(crate) fn days(ms: i64) -> f64 {
    ms as f64 / 86_400_000.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_as_excel_counts_them() {
        let date = |text: &str, zone: &str| {
            CellValue::date(text.parse::<chrono::DateTime<chrono::Utc>>().unwrap().into(), zone.parse().unwrap())
        };
        assert_eq!(date("2026-12-31T12:00:00Z", "UTC"), CellValue::Date(46387.5));
        assert_eq!(date("2026-12-31T12:00:00Z", "Asia/Tokyo"), CellValue::Date(46387.875));
        assert_eq!(date("1999-01-01T00:00:00Z", "UTC"), CellValue::Date(36161.0));
        assert_eq!(CellValue::date(Instant::MIN, Zone::UTC), CellValue::Text(Zone::UTC.show(Instant::MIN)));
    }

    #[test]
    fn text_stays_text_and_what_is_invisible_shows() {
        assert_eq!(CellValue::text("=1+1"), CellValue::Text("=1+1".into()));
        assert!(CellValue::text("=1+1").looks_like_formula() && !CellValue::text("1+1").looks_like_formula());
        assert_eq!(CellValue::text("a\u{202e}b\u{0}\u{ffff}"), CellValue::Text("a\\u202eb\\u0000\\uffff".into()));
    }

    #[test]
    fn a_long_text_is_cut_and_says_so() {
        assert_eq!(CellValue::text(&"x".repeat(MOST_TEXT)), CellValue::Text("x".repeat(MOST_TEXT)));
        for long in ["x".repeat(40_000), "🌍".repeat(20_000)] {
            let CellValue::Text(text) = CellValue::text(&long) else { panic!("no text") };
            let units = text.encode_utf16().count();
            assert!(text.ends_with(CUT) && (MOST_TEXT - 1..=MOST_TEXT).contains(&units), "{units}");
        }
    }

    #[test]
    fn a_number_of_which_excel_keeps_every_digit_is_a_number() {
        assert_eq!(CellValue::count(999_999_999_999_999_u64), CellValue::Number(999_999_999_999_999));
        assert_eq!(CellValue::count(1_000_000_000_000_000_u64), CellValue::Text("1,000,000,000,000,000".into()));
        assert_eq!(CellValue::count(-9_007_199_254_740_991_i64), CellValue::Text("-9,007,199,254,740,991".into()));
        assert_eq!([0, 12, 999, 1_000].map(grouped), ["0", "12", "999", "1,000"]);
    }
}
