//! The first sheet of an answer that has a verdict.

use crate::answers::Page;
use crate::answers::workbook::date_again;
use crate::layout::workbook::{BookSheet, CellValue, Fact, Form, SheetColumn};

/// The sheet with these lines, each with its subject and its text; the verdict comes first.
pub(in crate::answers) fn verdict_sheet<'l>(
    lines: impl Iterator<Item = (&'l str, CellValue)>,
    page: &Page,
) -> BookSheet {
    let mut sheet =
        BookSheet::new("Summary", vec![SheetColumn("What", Form::Text), SheetColumn("Answer", Form::Prose)]);
    sheet.facts = vec![date_again(page), Fact::Is("Time zone", CellValue::text(&page.zone.to_string()))];
    sheet.rows = lines.map(|(subject, text)| vec![CellValue::text(subject), text]).collect();
    sheet
}
