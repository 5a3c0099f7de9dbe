//! What was not plainly read.

use crate::answers::FindingReport;
use crate::answers::workbook::{Licenses, NONE};
use crate::layout::workbook::{Column, Form, Sheet, Value};

const COLUMNS: [Column; 8] = [
    Column("Severity", Form::Text),
    Column("Rule", Form::Text),
    Column("Kind", Form::Text),
    Column("Id", Form::Text),
    Column("Message", Form::Prose),
    Column("Line", Form::Count),
    Column("Column", Form::Count),
    Column("Pointer", Form::Text),
];

/// Findings, each with the number of its license.
pub(in crate::answers) fn findings<'r>(
    found: impl Iterator<Item = (usize, &'r FindingReport)>,
    licenses: &Licenses,
) -> Sheet {
    let place = |number: usize| Value::count(i128::try_from(number).unwrap_or(0));
    let row = |(license, finding): (usize, &FindingReport)| {
        let own = [
            Value::text(finding.severity.as_str()),
            Value::text(&finding.rule),
            Value::text(finding.kind.map_or(NONE, |kind| kind.noun())),
            Value::text(finding.id.as_deref().unwrap_or(NONE)),
            Value::text(&finding.message),
            place(finding.location.line),
            place(finding.location.column),
            Value::text(&finding.location.pointer.to_string()),
        ];
        licenses.cells(license).into_iter().chain(own).collect()
    };
    let mut sheet = Sheet::new("Findings", licenses.columns().into_iter().chain(COLUMNS).collect());
    sheet.rows = found.map(row).collect();
    sheet
}
