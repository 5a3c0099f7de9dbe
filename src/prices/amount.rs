//! Amounts of money: decimal numbers with exact arithmetic.

use std::fmt;
use std::str::FromStr;

use rust_decimal::Decimal;
use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// An amount of money. It keeps the number of digits after the point: 12.50 times 2 is 25.00.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Amount(Decimal);

/// The decimal signs that an amount may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum DecimalSign {
    /// A point.
    Point,
    /// A point or a comma, in a list whose cells are not separated by commas.
    PointOrComma,
}

impl Amount {
    /// The amount 0, without digits after the point.
    pub const ZERO: Self = Self(Decimal::ZERO);

    /// Reads an amount of 0 or more: digits, perhaps followed by a decimal sign and more digits.
    ///
    /// # Errors
    /// Why the text is no such amount.
    pub(super) fn read(text: &str, sign: DecimalSign) -> Result<Self, &'static str> {
        let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        let mut parts = text.split(['.', ',']);
        let (whole, decimals) = (parts.next().unwrap_or_default(), parts.next());
        if text.starts_with(['-', '\u{2212}']) {
            return Err("it is below 0");
        }
        if parts.next().is_some() || has_grouping(text) {
            return Err("thousands separators are not read");
        }
        if !is_digits(whole) || !decimals.is_none_or(is_digits) {
            return Err("it is to be written as 1200 or 1200.50, without a sign, an exponent or a currency");
        }
        if text.contains(',') && sign == DecimalSign::Point {
            return Err("a comma is a decimal sign only where ; separates the cells");
        }
        let plain = decimals.map_or_else(|| whole.to_owned(), |decimals| format!("{whole}.{decimals}"));
        Decimal::from_str_exact(&plain).map(Self).map_err(|_| "it has more digits than can be counted with")
    }

    /// This amount times a count; `None` where the product has too many digits to be exact.
    #[must_use]
    pub fn times(self, count: i64) -> Option<Self> {
        let scale = self.0.scale();
        let mut product = self.0.checked_mul(Decimal::from(count))?;
        if product.is_zero() {
            product = zero(scale);
        }
        // A product with too many digits is rounded, and then has fewer digits after the point.
        (product.scale() == scale).then_some(Self(product))
    }

    /// The sum of both amounts; `None` where it has too many digits to be exact.
    #[must_use]
    pub fn plus(self, other: Self) -> Option<Self> {
        let scale = self.0.scale().max(other.0.scale());
        let (one, other) = (self.with_scale(scale)?, other.with_scale(scale)?);
        let mut sum = one.checked_add(other)?;
        if sum.is_zero() {
            sum = zero(scale);
        }
        (sum.scale() == scale).then_some(Self(sum))
    }

    /// The amount without zeros at the end of its fraction.
    pub(super) fn without_zeros(self) -> Self {
        Self(self.0.normalize())
    }

    /// The same amount with more zeros at the end of its fraction.
    fn with_scale(self, scale: u32) -> Option<Decimal> {
        let mut same = self.0;
        same.rescale(scale);
        (same.scale() == scale && same == self.0).then_some(same)
    }
}

/// The amount 0 with this number of digits after the point.
fn zero(scale: u32) -> Decimal {
    let mut zero = Decimal::ZERO;
    zero.rescale(scale);
    zero
}

/// Whether the digits are grouped by a sign that people put between thousands, other than point and comma.
fn has_grouping(text: &str) -> bool {
    let is_separator = |one: char| matches!(one, '\'' | '\u{2019}' | '_') || one.is_whitespace();
    let has_digit = |text: &str| text.contains(|one: char| one.is_ascii_digit());
    text.char_indices().any(|(at, one)| {
        let (before, after) = text.split_at(at);
        is_separator(one) && has_digit(before) && has_digit(after)
    })
}

/// The amount that may have been meant: people write 1200 and 25000 also as "1.200" and "25,000".
pub(super) fn perhaps_grouped(text: &str) -> Option<String> {
    let (whole, decimals) = text.split_once(['.', ','])?;
    let looks_so = decimals.len() == 3 && (1..=3).contains(&whole.len()) && !whole.starts_with('0');
    looks_so.then(|| format!("{whole}{decimals}"))
}

/// Writes the amount with a decimal point.
impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// Writes the amount as a string, since many readers of JSON round numbers.
impl Serialize for Amount {
    fn serialize<S: Serializer>(&self, writer: S) -> Result<S::Ok, S::Error> {
        writer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Amount {
    fn deserialize<D: Deserializer<'de>>(reader: D) -> Result<Self, D::Error> {
        Decimal::from_str(&String::deserialize(reader)?).map(Self).map_err(D::Error::custom)
    }
}

#[cfg(test)]
impl schemars::JsonSchema for Amount {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Amount".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "description": "An amount of money, exact: a number of JSON would be rounded by many readers.",
            "type": "string",
            "pattern": r"^-?\d+(\.\d+)?$"
        })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(text: &str) -> Result<String, &'static str> {
        Amount::read(text, DecimalSign::PointOrComma).map(|amount| amount.to_string())
    }

    #[test]
    fn digits_stay_as_they_are_written() {
        for (text, shown) in [
            ("1200", "1200"),
            ("1200.50", "1200.50"),
            ("1200,50", "1200.50"),
            ("0", "0"),
            ("0.000", "0.000"),
            ("007", "7"),
            ("1.200", "1.200"),
            ("79228162514264337593543950335", "79228162514264337593543950335"),
            ("0.0000000000000000000000000001", "0.0000000000000000000000000001"),
        ] {
            assert_eq!(read(text).unwrap(), shown, "{text}");
        }
    }

    #[test]
    fn nothing_else_is_an_amount() {
        for (text, why) in [
            ("", "to be written"),
            ("-5", "below 0"),
            ("\u{2212}5", "below 0"),
            ("+5", "to be written"),
            ("1e3", "to be written"),
            ("5.", "to be written"),
            (".5", "to be written"),
            (",", "to be written"),
            ("1,200.50", "thousands"),
            ("1.200,50", "thousands"),
            ("1'200", "thousands"),
            ("1\u{2019}200", "thousands"),
            ("1 200", "thousands"),
            ("1\u{a0}200", "thousands"),
            ("1\u{202f}200,5", "thousands"),
            ("1_200", "thousands"),
            ("5 EUR", "to be written"),
            ("\u{20ac}5", "to be written"),
            ("\u{661}", "to be written"),
            ("\u{ff11}", "to be written"),
            ("NaN", "to be written"),
            ("79228162514264337593543950336", "more digits"),
            ("0.00000000000000000000000000001", "more digits"),
        ] {
            let found = read(text).unwrap_err();
            assert!(found.contains(why), "{text}: {found}");
        }
        assert!(Amount::read("1,5", DecimalSign::Point).unwrap_err().contains("only where ;"));
    }

    /// The mantissa and the number of digits after the point, computed with integers.
    fn parts(text: &str) -> (i128, u32) {
        let (whole, decimals) = text.split_once('.').unwrap_or((text, ""));
        (format!("{whole}{decimals}").parse().unwrap(), u32::try_from(decimals.len()).unwrap())
    }

    fn written(mantissa: i128, scale: u32) -> String {
        let sign = if mantissa < 0 { "-" } else { "" };
        let digits = format!("{:0>width$}", mantissa.unsigned_abs(), width = scale as usize + 1);
        let (whole, decimals) = digits.split_at(digits.len() - scale as usize);
        if scale == 0 { format!("{sign}{whole}") } else { format!("{sign}{whole}.{decimals}") }
    }

    /// Whether 96 bits, with at most 28 digits after the point, hold the number.
    fn holds(mantissa: i128) -> bool {
        mantissa.unsigned_abs() < 1 << 96
    }

    fn amount() -> impl Strategy<Value = String> {
        "(0|[1-9][0-9]{0,13})(\\.[0-9]{1,13})?"
    }

    proptest! {
        #[test]
        fn products_are_those_of_integers(text in amount(), count in -9_007_199_254_740_991_i64..9_007_199_254_740_992) {
            let (mantissa, scale) = parts(&text);
            let expected = mantissa.checked_mul(i128::from(count)).filter(|product| holds(*product));
            let found = Amount::read(&text, DecimalSign::Point).unwrap().times(count);
            prop_assert_eq!(found.map(|amount| amount.to_string()), expected.map(|product| written(product, scale)));
        }

        #[test]
        fn sums_are_those_of_integers(
            terms in prop::collection::vec((amount(), -1_000_000_000_i64..1_000_000_000), 1..6),
        ) {
            let (mut found, mut expected) = (Some(Amount::ZERO), Some((0_i128, 0_u32)));
            for (text, count) in &terms {
                let (mantissa, scale) = parts(text);
                let term = Some(mantissa * i128::from(*count)).filter(|product| holds(*product));
                expected = expected.zip(term).and_then(|((sum, digits), term)| {
                    let most = digits.max(scale);
                    let wide = |value: i128, scale: u32| value.checked_mul(10_i128.pow(most - scale)).filter(|one| holds(*one));
                    let sum = wide(sum, digits)? + wide(term, scale)?;
                    holds(sum).then_some((sum, most))
                });
                let amount = Amount::read(text, DecimalSign::Point).unwrap();
                found = found.and_then(|sum| sum.plus(amount.times(*count)?));
            }
            prop_assert_eq!(found.map(|sum| sum.to_string()), expected.map(|(sum, scale)| written(sum, scale)));
        }
    }

    #[test]
    fn what_may_be_thousands_is_seen() {
        for (text, thousands) in [("1.200", "1200"), ("25,000", "25000"), ("999.999", "999999")] {
            assert_eq!(perhaps_grouped(text).as_deref(), Some(thousands));
        }
        for text in ["0.125", "1200.000", "1.20", "1.2000", "12", "0,5"] {
            assert_eq!(perhaps_grouped(text), None, "{text}");
        }
    }

    #[test]
    fn nothing_is_nothing_without_a_sign() {
        let free = Amount::read("0.00", DecimalSign::Point).unwrap();
        assert_eq!(free.times(-5).unwrap().to_string(), "0.00");
        let one = Amount::read("1.5", DecimalSign::Point).unwrap();
        assert_eq!(one.times(-1).unwrap().plus(one).unwrap().to_string(), "0.0");
    }

    #[test]
    fn amounts_are_strings_in_json() {
        let amount = Amount::read("12.50", DecimalSign::Point).unwrap();
        let json = serde_json::to_string(&amount.times(-2)).unwrap();
        assert_eq!(json, "\"-25.00\"");
        assert_eq!(serde_json::from_str::<Option<Amount>>(&json).unwrap(), amount.times(-2));
    }
}
