//! The first sheet of an answer that has a verdict: what is said, line by line.

use crate::answers::Page;
use crate::answers::workbook::date_again;
use crate::layout::workbook::{BookSheet, CellValue, Fact, Form, SheetColumn};

/// What each line is about, and the line; the verdict comes first.
pub(in crate::answers) fn said(lines: &[(&str, &str)], page: &Page) -> BookSheet {
    let mut sheet = BookSheet::new("Summary", vec![SheetColumn("What", Form::Text), SheetColumn("Said", Form::Prose)]);
    sheet.facts = vec![date_again(page), Fact::Is("Time zone", CellValue::text(&page.zone.to_string()))];
    sheet.rows = lines.iter().map(|(what, line)| vec![CellValue::text(what), CellValue::text(line)]).collect();
    sheet
}
