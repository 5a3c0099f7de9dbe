//! The sheet of findings about reading.

use crate::answers::FindingReport;
use crate::answers::workbook::{Licenses, NONE};
use crate::layout::workbook::{BookSheet, CellValue, Form, SheetColumn};

const COLUMNS: [SheetColumn; 8] = [
    SheetColumn("Severity", Form::Text),
    SheetColumn("Rule", Form::Text),
    SheetColumn("Kind", Form::Text),
    SheetColumn("Id", Form::Text),
    SheetColumn("Message", Form::Prose),
    SheetColumn("Line", Form::Count),
    SheetColumn("Column", Form::Count),
    SheetColumn("Pointer", Form::Text),
];

/// The findings, each with the number of its license.
pub(in crate::answers) fn findings<'r>(
    found: impl Iterator<Item = (usize, &'r FindingReport)>,
    licenses: &Licenses,
) -> BookSheet {
    let place = |number: usize| CellValue::count(i128::try_from(number).unwrap_or(0));
    let row = |(license, finding): (usize, &FindingReport)| {
        let own = [
            CellValue::text(finding.severity.as_str()),
            CellValue::text(&finding.rule),
            CellValue::text(finding.kind.map_or(NONE, |kind| kind.noun())),
            CellValue::text(finding.id.as_deref().unwrap_or(NONE)),
            CellValue::text(&finding.message),
            place(finding.location.line),
            place(finding.location.column),
            CellValue::text(&finding.location.pointer.to_string()),
        ];
        licenses.cells(license).into_iter().chain(own).collect()
    };
    let mut sheet = BookSheet::new("Findings", licenses.columns().into_iter().chain(COLUMNS).collect());
    sheet.rows = found.map(row).collect();
    sheet
}
