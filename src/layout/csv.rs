//! CSV: one header, then a row for each, quoted where needed, and no cell that a spreadsheet would run.

use crate::text::inert;

/// A table of text. Cells are made inert; numbers are not text and come as [`Value::Number`].
pub(crate) enum Value {
    Text(String),
    Number(u64),
    Signed(i64),
    None,
}

impl Value {
    pub(crate) fn text(text: impl ToString) -> Self {
        Self::Text(text.to_string())
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

    /// Several texts in one cell.
    pub(crate) fn list(texts: &[String]) -> Self {
        if texts.is_empty() { Self::None } else { Self::Text(texts.join("; ")) }
    }
}

/// Renders a header and rows of as many values.
pub(crate) fn render<const N: usize>(header: [&str; N], rows: impl Iterator<Item = [Value; N]>) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    // Writing to memory cannot fail, and all rows have the same length.
    let _ = writer.write_record(header);
    for row in rows {
        let _ = writer.write_record(row.iter().map(|value| match value {
            Value::Text(text) => inert(text).into_owned(),
            Value::Number(number) => number.to_string(),
            Value::Signed(number) => number.to_string(),
            Value::None => String::new(),
        }));
    }
    writer.into_inner().map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).unwrap_or_default()
}
