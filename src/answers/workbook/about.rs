//! Findings, and where the workbook comes from.

use crate::answers::{FindingReport, Page};
use crate::layout::workbook::{Column, Form, Sheet, Value};

/// A file that was read.
#[derive(Clone, Debug)]
pub(crate) struct InputFile {
    /// As it was named.
    pub(crate) name: String,
    /// The SHA-256 of its bytes, in hexadecimal; none of what can be read only once.
    pub(crate) sha256: Option<String>,
}

/// What was read, and how this was made of it.
pub(in crate::answers) fn about(page: &Page, files: &[InputFile]) -> Sheet {
    let rows = files.iter().map(|file| vec![Value::text(&file.name), Value::maybe(file.sha256.as_deref())]);
    Sheet {
        name: "About",
        facts: vec![
            ("As of", Value::date(page.as_of, page.zone)),
            ("Time zone of all dates", Value::text(&page.zone.to_string())),
            ("Made by", Value::text(concat!("seatline ", env!("CARGO_PKG_VERSION")))),
            ("Numbers above 999,999,999,999,999", Value::text("are text, since Excel would change their last digits")),
        ],
        asks: false,
        columns: vec![Column("File", Form::Text), Column("SHA-256", Form::Text)],
        rows: rows.collect(),
        chart: None,
    }
}

/// What was not plainly read, with the license that each finding is about.
pub(in crate::answers) fn findings<'r>(findings: impl Iterator<Item = (&'r str, &'r FindingReport)>) -> Sheet {
    let row = |(license, finding): (&str, &FindingReport)| {
        vec![
            Value::text(license),
            Value::text(finding.severity.as_str()),
            Value::text(&finding.rule),
            Value::maybe(finding.kind.map(|kind| kind.as_str())),
            Value::maybe(finding.id.as_deref()),
            Value::text(&finding.message),
            Value::count(finding.location.line as i128),
            Value::text(&finding.location.pointer.to_string()),
        ]
    };
    Sheet {
        name: "Findings",
        facts: Vec::new(),
        asks: false,
        columns: vec![
            Column("License", Form::Text),
            Column("Severity", Form::Text),
            Column("Rule", Form::Text),
            Column("Kind", Form::Text),
            Column("Id", Form::Text),
            Column("Message", Form::Prose),
            Column("Line", Form::Count),
            Column("Pointer", Form::Text),
        ],
        rows: findings.map(row).collect(),
        chart: None,
    }
}
