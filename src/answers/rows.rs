//! Answers as rows that are written document by document: JSON lines or CSV.

use crate::answers::{FailureReport, FindingReport, Origin};
use crate::layout::csv::{self, Column, Dialect, Value};
use crate::text::{Fields, JsonRecord, fields, record};
use crate::time::Instant;

/// How the rows of an answer are written.
#[derive(Clone, Debug)]
pub struct Rows {
    /// JSON lines or CSV.
    pub form: RowForm,
    /// The fields that each row has.
    pub fields: Fields,
    /// The as-of that each row names.
    pub as_of: Instant,
}

/// The form of rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RowForm {
    /// JSON lines: one object a line.
    Jsonl {
        /// Whether a record is written for each document that was read, each failure, and each finding about reading.
        inline: bool,
    },
    Csv(Dialect),
}

/// The fields that every record has, before those of the answer.
const OF_ALL: [&str; 7] = ["record", "asOf", "source", "file", "document", "fetchedAt", "version"];

/// The fields that only the records of `inline` have.
const INLINE: [&str; 12] = [
    "rule",
    "severity",
    "kind",
    "id",
    "message",
    "location",
    "itemCount",
    "findingCount",
    "code",
    "line",
    "column",
    "pointer",
];

impl Rows {
    /// Whether failures and findings about reading stand among the rows.
    #[must_use]
    pub fn is_inline(&self) -> bool {
        self.form == (RowForm::Jsonl { inline: true })
    }

    /// Rows of this form. To the fields that the user chose, it adds those that are always written.
    #[must_use]
    pub fn new(form: RowForm, fields: Fields, as_of: Instant) -> Self {
        let always: &[&str] = match form {
            RowForm::Jsonl { inline: true } => &["record", "source", "file", "document"],
            _ => &[],
        };
        Self { form, fields: fields.and(always), as_of }
    }

    /// The names of fields that the user can choose, for an answer with these own fields and these CSV columns.
    pub(super) fn names<R, V>(&self, own: &[&'static str], columns: &[Column<R, V>]) -> Vec<&'static str> {
        let mut names: Vec<_> = match self.form {
            RowForm::Jsonl { inline } => {
                let inline = INLINE.iter().filter(|_| inline);
                OF_ALL.iter().chain(own).chain(inline).copied().collect()
            }
            RowForm::Csv(_) => columns.iter().flat_map(|column| [column.field, column.name]).collect(),
        };
        let mut seen = std::collections::HashSet::new();
        names.retain(|name| seen.insert(*name));
        names
    }

    /// The text before the first row: the header in CSV, nothing in JSON lines.
    pub(super) fn head<'v, R: Copy>(&self, columns: &[Column<R, Value<'v>>]) -> Vec<u8> {
        match self.form {
            RowForm::Jsonl { .. } => Vec::new(),
            RowForm::Csv(dialect) => {
                let header = csv::table(columns, &self.fields, dialect, true, std::iter::empty());
                (csv::mark(dialect).to_owned() + &header).into_bytes()
            }
        }
    }

    /// The dialect of CSV; `None` for JSON lines.
    pub(super) fn csv(&self) -> Option<Dialect> {
        match self.form {
            RowForm::Csv(dialect) => Some(dialect),
            RowForm::Jsonl { .. } => None,
        }
    }

    /// Lines of CSV, without a header.
    pub(super) fn csv_rows<'v, R: Copy>(
        &self,
        dialect: Dialect,
        columns: &[Column<R, Value<'v>>],
        rows: impl Iterator<Item = R>,
    ) -> Vec<u8> {
        csv::table(columns, &self.fields, dialect, false, rows).into_bytes()
    }

    /// Records with this name for `record`; `common` writes the fields that are the same in all of them, and `fill` the others.
    pub(super) fn records<R>(
        &self,
        name: &str,
        common: impl FnOnce(&mut JsonRecord<'_>) -> serde_json::Result<()>,
        rows: impl Iterator<Item = R>,
        fill: impl Fn(&mut JsonRecord<'_>, R) -> serde_json::Result<()>,
    ) -> serde_json::Result<Vec<u8>> {
        let mut lines = Vec::new();
        let common = fields(&self.fields, |record| {
            record.field("record", name)?;
            record.field("asOf", &self.as_of)?;
            common(record)
        })?;
        for row in rows {
            record(&mut lines, &self.fields, |record| {
                record.written(&common);
                fill(record, row)
            })?;
        }
        Ok(lines)
    }

    /// The records that `inline` adds for a document: that it was read, and the findings about reading it.
    pub(super) fn read(
        &self,
        origin: &Origin,
        items: usize,
        findings: &[FindingReport],
    ) -> serde_json::Result<Vec<u8>> {
        let mut lines = Vec::new();
        if self.form != (RowForm::Jsonl { inline: true }) {
            return Ok(lines);
        }
        self.record(&mut lines, "document", |record| {
            record.part(origin)?;
            record.field("itemCount", &items)?;
            record.field("findingCount", &findings.len())
        })?;
        for finding in findings {
            self.record(&mut lines, "finding", |record| {
                record.part(origin)?;
                record.part(finding)
            })?;
        }
        Ok(lines)
    }

    /// The record that `inline` writes for a document that could not be read.
    ///
    /// # Errors
    /// No case is known: see `text::record`.
    pub fn failure(&self, failure: &FailureReport) -> serde_json::Result<Vec<u8>> {
        let mut lines = Vec::new();
        if self.form == (RowForm::Jsonl { inline: true }) {
            self.record(&mut lines, "failure", |record| {
                record.field("fetchedAt", &None::<&str>)?;
                record.field("version", &None::<&str>)?;
                record.part(failure)
            })?;
        }
        Ok(lines)
    }

    fn record(
        &self,
        lines: &mut Vec<u8>,
        name: &str,
        fill: impl FnOnce(&mut JsonRecord<'_>) -> serde_json::Result<()>,
    ) -> serde_json::Result<()> {
        record(lines, &self.fields, |record| {
            record.field("record", name)?;
            record.field("asOf", &self.as_of)?;
            fill(record)
        })
    }
}
