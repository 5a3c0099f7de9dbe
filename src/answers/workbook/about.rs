//! The sheet about the origin of the workbook.

use crate::answers::workbook::NONE;
use crate::answers::{FailureReport, Page};
use crate::layout::workbook::{BookSheet, CellValue, Fact, Form, SheetColumn};
use crate::source::ReadFile;

/// The files that were read, the inputs that could not be, and how the workbook was made.
pub(in crate::answers) fn about(page: &Page, files: &[ReadFile], failures: &[FailureReport]) -> BookSheet {
    let columns = [
        SheetColumn("File", Form::Prose),
        SheetColumn("SHA-256", Form::Prose),
        SheetColumn("Could not be read", Form::Prose),
    ];
    let mut sheet = BookSheet::new("About", columns.to_vec());
    sheet.facts = vec![
        Fact::Is("As of", CellValue::date(page.as_of, page.zone)),
        Fact::Is("Time zone of all dates", CellValue::text(&page.zone.to_string())),
        Fact::Is("Made by", CellValue::text(concat!("seatline ", env!("CARGO_PKG_VERSION")))),
        Fact::Line("Numbers of more than 15 digits are text, since Excel would change their last digits.".to_owned()),
        Fact::Line("A ? after a value: not certain, since a license can be read in more than one way. A ? after a cost: that, or nobody counted who needs the seats.".to_owned()),
    ];
    let read = files.iter().map(|file| {
        let failed = failures.iter().any(|failure| failure.source == file.name);
        (!failed).then(|| vec![CellValue::text(&file.name), CellValue::text(&file.sha256), CellValue::text(NONE)])
    });
    let failed = failures.iter().map(|failure| {
        let hash = files.iter().find(|file| file.name == failure.source).map_or(NONE, |file| &file.sha256);
        vec![CellValue::text(&failure.source), CellValue::text(hash), CellValue::text(&failure.message)]
    });
    sheet.rows = read.flatten().chain(failed).collect();
    sheet
}
