//! CSV with one header, in which no cell is run by a spreadsheet.
//!
//! Every text is quoted. So no importer splits it at the separator of another country or starts a formula in the
//! middle of it.

use std::borrow::Cow;

use csv::{QuoteStyle, Terminator, WriterBuilder};

use crate::layout::excel::is_changed_by_excel;
use crate::text::{Fields, inert, visible};
use crate::time::{Instant, Zone};

/// The readers that a CSV is written for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Dialect {
    /// For programs: commas, line feeds, instants as in JSON.
    #[default]
    Plain,
    /// For a double click in Excel, whose separator depends on the country, and which reads dates without a zone.
    Excel {
        /// The separator between cells, an ASCII character.
        separator: u8,
        /// The zone in which dates are written, since Excel reads none.
        zone: Zone,
    },
}

impl Dialect {
    /// An instant as its readers take it. Excel knows no offsets: where the clocks show a time twice, the offset makes it a text,
    /// and no two instants become one.
    pub(crate) fn show(self, at: Instant) -> String {
        match self {
            Self::Plain => at.to_string(),
            Self::Excel { zone, .. } => zone.show(at),
        }
    }

    fn decimal(self, number: String) -> String {
        match self {
            Self::Plain => number,
            Self::Excel { separator, .. } => excel_decimal(&number, separator),
        }
    }
}

/// The value of a cell. Texts are made inert.
pub(crate) enum Value<'v> {
    Text(Cow<'v, str>),
    Number(u64),
    Signed(i64),
    /// A number as digits with a point, perhaps after a minus sign.
    Decimal(String),
    Date(Instant),
    /// `true` or `false`, which Excel reads as a truth value.
    Truth(bool),
    None,
}

impl<'v> Value<'v> {
    pub(crate) fn text(text: impl ToString) -> Self {
        Self::Text(text.to_string().into())
    }

    pub(crate) fn borrowed(text: &'v str) -> Self {
        Self::Text(Cow::Borrowed(text))
    }

    pub(crate) fn maybe(text: Option<&'v str>) -> Self {
        text.map_or(Self::None, Self::borrowed)
    }

    /// A number of things, or an index.
    pub(crate) fn count(count: usize) -> Self {
        Self::Number(u64::try_from(count).unwrap_or(u64::MAX))
    }

    pub(crate) fn option(text: Option<impl ToString>) -> Self {
        text.map_or(Self::None, Self::text)
    }

    pub(crate) fn number(number: Option<u64>) -> Self {
        number.map_or(Self::None, Self::Number)
    }

    pub(crate) fn signed(number: Option<i64>) -> Self {
        number.map_or(Self::None, Self::Signed)
    }

    /// A number with a fraction.
    pub(crate) fn decimal(number: Option<impl ToString>) -> Self {
        number.map_or(Self::None, |number| Self::Decimal(number.to_string()))
    }

    pub(crate) fn truth(is: impl Into<Option<bool>>) -> Self {
        is.into().map_or(Self::None, Self::Truth)
    }

    pub(crate) fn date(at: Option<Instant>) -> Self {
        at.map_or(Self::None, Self::Date)
    }

    /// Several texts in one cell, separated by ` / `, at which no importer splits.
    pub(crate) fn list(texts: &[String]) -> Self {
        if texts.is_empty() { Self::None } else { Self::Text(texts.join(" / ").into()) }
    }

    /// The cell as it is written; a text always stands between quotes.
    fn cell(self, dialect: Dialect) -> String {
        match (self, dialect) {
            (Self::Text(text), Dialect::Excel { .. }) => {
                // Hidden characters are escaped first, so that no hidden character comes before the apostrophe.
                let shown = visible(&text);
                if is_changed_by_excel(&shown) { quoted(&format!("'{shown}")) } else { quoted(&inert(&shown)) }
            }
            (Self::Text(text), Dialect::Plain) => quoted(&inert(&text)),
            (Self::Number(number), dialect) => dialect.decimal(number.to_string()),
            (Self::Signed(number), dialect) => dialect.decimal(number.to_string()),
            (Self::Decimal(number), dialect) => dialect.decimal(number),
            (Self::Date(at), dialect) => quoted(&dialect.show(at)),
            (Self::Truth(is), _) => quoted(if is { "true" } else { "false" }),
            (Self::None, _) => String::new(),
        }
    }
}

/// A number as Excel reads it in the country of this separator; as text where Excel would round it, or where the
/// country cannot be told.
fn excel_decimal(number: &str, separator: u8) -> String {
    const EXACT: usize = 15;
    let is_exact = number.bytes().filter(u8::is_ascii_digit).count() <= EXACT;
    match separator {
        b';' if is_exact => number.replace('.', ","),
        b',' if is_exact => number.to_owned(),
        _ if is_exact && !number.contains('.') => number.to_owned(),
        _ => quoted(&format!("'{number}")),
    }
}

/// Quotes a text. The CSV writer quotes only where it must, but importers tell a text from a number by the quotes.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "\"\""))
}

/// A column: its name, the field of the JSON that it shows, and the function that makes its cell.
pub(crate) struct Column<R, V> {
    pub(crate) name: &'static str,
    pub(crate) field: &'static str,
    pub(crate) value: fn(R) -> V,
}

impl<R: Copy, V> Column<R, V> {
    /// A column that has the name of its field.
    pub(crate) const fn new(name: &'static str, value: fn(R) -> V) -> Self {
        Self { name, field: name, value }
    }

    /// A column of a field that several columns show.
    pub(crate) const fn of(field: &'static str, name: &'static str, value: fn(R) -> V) -> Self {
        Self { name, field, value }
    }
}

/// Renders the columns that the user chose, in that order; without a choice all columns in their own order.
pub(crate) fn table<'v, R: Copy>(
    columns: &[Column<R, Value<'v>>],
    fields: &Fields,
    dialect: Dialect,
    header: bool,
    rows: impl Iterator<Item = R>,
) -> String {
    let columns = fields.choose(columns, |column, name| column.name == name || column.field == name);
    let header = header.then(|| columns.iter().map(|column| quoted(column.name)).collect());
    let rows = rows.map(|row| columns.iter().map(|column| (column.value)(row).cell(dialect)).collect());
    write(dialect, header.into_iter().chain(rows))
}

/// Renders a header, and rows with a value for each title.
pub(crate) fn render<'v, const N: usize>(
    header: [&str; N],
    dialect: Dialect,
    rows: impl Iterator<Item = [Value<'v>; N]>,
) -> String {
    let header: Vec<_> = header.into_iter().map(quoted).collect();
    let rows = rows.map(|row| row.into_iter().map(|value| value.cell(dialect)).collect());
    mark(dialect).to_owned() + &write(dialect, std::iter::once(header).chain(rows))
}

fn write(dialect: Dialect, rows: impl Iterator<Item = Vec<String>>) -> String {
    let mut builder = WriterBuilder::new();
    builder.quote_style(QuoteStyle::Never);
    if let Dialect::Excel { separator, .. } = dialect {
        builder.delimiter(separator).terminator(Terminator::CRLF);
    }
    let mut writer = builder.from_writer(Vec::new());
    for row in rows {
        // Writing to memory cannot fail, and all rows have the same length.
        let _ = writer.write_record(row.iter());
    }
    writer.into_inner().map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).unwrap_or_default()
}

/// The byte order mark of a dialect: without it Excel reads UTF-8 as an older encoding.
pub(crate) fn mark(dialect: Dialect) -> &'static str {
    match dialect {
        Dialect::Plain => "",
        Dialect::Excel { .. } => "\u{FEFF}",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const EXCEL: Dialect = Dialect::Excel { separator: b';', zone: Zone::UTC };

    fn row(dialect: Dialect, values: Vec<Value<'_>>) -> String {
        write(dialect, std::iter::once(values.into_iter().map(|value| value.cell(dialect)).collect()))
    }

    #[test]
    fn texts_are_quoted_and_numbers_are_not() {
        let cells =
            vec![Value::text("Büro;=1+1;"), Value::Number(5), Value::Signed(-5), Value::None, Value::text("=1")];
        assert_eq!(row(Dialect::Plain, cells), "\"Büro;=1+1;\",5,-5,,\"'=1\"\n");
    }

    #[test]
    fn decimal_numbers_have_the_sign_of_the_country() {
        let written = |separator: u8| {
            let cells = ["-1200.50", "1200", "1234567890123.456"].map(|number| Value::decimal(Some(number)));
            row(Dialect::Excel { separator, zone: Zone::UTC }, cells.into())
        };
        assert_eq!(written(b';'), "-1200,50;1200;\"'1234567890123.456\"\r\n");
        assert_eq!(written(b','), "-1200.50,1200,\"'1234567890123.456\"\r\n");
        assert_eq!(written(b'\t'), "\"'-1200.50\"\t1200\t\"'1234567890123.456\"\r\n");
        assert_eq!(row(Dialect::Plain, vec![Value::decimal(Some("0.10")), Value::decimal(None::<i32>)]), "0.10,\n");
    }

    #[test]
    fn nothing_hides_behind_the_apostrophe_of_excel() {
        for (text, cell) in [
            ("1/2\u{1b}", "1/2\\u001b"),
            ("2027-01-01\u{202e}", "2027-01-01\\u202e"),
            ("007\n", "007\\u000a"),
            ("\u{200b}007", "\\u200b007"),
            ("=1+1\u{7}", "'=1+1\\u0007"),
            ("-1\u{200b}", "'-1\\u200b"),
            ("-1", "'-1"),
            ("007", "'007"),
            ("true", "'true"),
        ] {
            let written = row(EXCEL, vec![Value::text(text)]);
            assert_eq!(written.replacen("\"'", "\"", usize::from(!cell.starts_with('\''))), format!("\"{cell}\"\r\n"));
        }
    }

    #[test]
    fn excel_gets_its_separator_its_dates_and_no_text_that_it_would_change() {
        let noon = Instant::from_epoch_ms(1_798_718_400_000);
        let cells = vec![Value::Date(noon), Value::text("10.8"), Value::text("25"), Value::text("3D Analyst")];
        assert_eq!(row(EXCEL, cells), "\"2026-12-31 12:00\";\"'10.8\";\"25\";\"3D Analyst\"\r\n");
        let hour = 3_600_000;
        let [first, second, between] = [0, hour, 500].map(|ms| Instant::from_epoch_ms(1_792_888_200_000 + ms));
        let berlin = Dialect::Excel { separator: b',', zone: "Europe/Berlin".parse().unwrap() };
        let cells = vec![Value::Date(first), Value::Date(second), Value::Date(between), Value::Number(1 << 52)];
        assert_eq!(
            row(berlin, cells),
            "\"2026-10-25 02:30+02:00\",\"2026-10-25 02:30+01:00\",\"2026-10-25 02:30:00.500+02:00\",\"'4503599627370496\"\r\n"
        );
    }
}
