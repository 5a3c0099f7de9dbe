//! Where the workbook comes from.

use crate::answers::workbook::NONE;
use crate::answers::{FailureReport, Page};
use crate::layout::workbook::{Column, Fact, Form, Sheet, Value};
use crate::source::ReadFile;

/// What was read, what could not be, and how this was made of it.
pub(in crate::answers) fn about(page: &Page, files: &[ReadFile], failures: &[FailureReport]) -> Sheet {
    let columns =
        [Column("File", Form::Prose), Column("SHA-256", Form::Prose), Column("Could not be read", Form::Prose)];
    let mut sheet = Sheet::new("About", columns.to_vec());
    sheet.facts = vec![
        Fact::Is("As of", Value::date(page.as_of, page.zone)),
        Fact::Is("Time zone of all dates", Value::text(&page.zone.to_string())),
        Fact::Is("Made by", Value::text(concat!("seatline ", env!("CARGO_PKG_VERSION")))),
        Fact::Line("Numbers of more than 15 digits are text, since Excel would change their last digits.".to_owned()),
    ];
    let read = files.iter().map(|file| {
        let failed = failures.iter().any(|failure| failure.source == file.name);
        (!failed).then(|| vec![Value::text(&file.name), Value::text(&file.sha256), Value::text(NONE)])
    });
    let failed = failures.iter().map(|failure| {
        let hash = files.iter().find(|file| file.name == failure.source).map_or(NONE, |file| &file.sha256);
        vec![Value::text(&failure.source), Value::text(hash), Value::text(&failure.message)]
    });
    sheet.rows = read.flatten().chain(failed).collect();
    sheet
}
