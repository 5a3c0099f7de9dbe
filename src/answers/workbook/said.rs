//! The first sheet of an answer that has a verdict: what is said, line by line.

use crate::answers::Page;
use crate::answers::workbook::date_again;
use crate::layout::workbook::{Column, Fact, Form, Sheet, Value};

/// What each line is about, and the line; the verdict comes first.
pub(in crate::answers) fn said(lines: &[(&str, &str)], page: &Page) -> Sheet {
    let mut sheet = Sheet::new("Summary", vec![Column("What", Form::Text), Column("Said", Form::Prose)]);
    sheet.facts = vec![date_again(page), Fact::Is("Time zone", Value::text(&page.zone.to_string()))];
    sheet.rows = lines.iter().map(|(what, line)| vec![Value::text(what), Value::text(line)]).collect();
    sheet
}
