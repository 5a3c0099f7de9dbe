//! The rows of a report on a plain license, straight from its text.

use std::ops::Range;

use memchr::memchr;

use super::plain_row::{FIELDS, PlainRow, WriteField, each_row};
use crate::answers::{Filter, Origin, RowForm, Rows};
use crate::license::PlainLicense;
use crate::source::{DocumentPlace, Source};
use crate::text::{JsonRecord, fields};

/// Writes the rows of plain licenses as JSON lines. They are, byte for byte, those that a
/// [`LicenseReport`](crate::answers::LicenseReport) would give, in a tenth of the time.
pub(crate) struct PlainRows<'r> {
    rows: &'r Rows,
    filter: &'r Filter,
    /// The fields that are asked for, each with the text before its value.
    fields: Vec<(Vec<u8>, WriteField)>,
    has_origin: bool,
    has_included_by: bool,
}

/// A plain license whose rows are to be written.
pub(crate) struct PlainReport<'r> {
    rows: &'r PlainRows<'r>,
    license: PlainLicense<'r>,
    origin: Option<Origin>,
    /// The fields that are the same in all rows.
    before: Vec<u8>,
}

/// Some rows, and the number of items in them.
pub(crate) type SomeRows = (Vec<u8>, usize);

impl<'r> PlainRows<'r> {
    /// `None` where licenses are to be read in full: for CSV, and where ids are asked for, which may be misspelt.
    pub(crate) fn new(rows: &'r Rows, filter: &'r Filter) -> Option<Self> {
        if !matches!(rows.form, RowForm::Jsonl { .. }) || !filter.ids.is_empty() {
            return None;
        }
        let asked = FIELDS.into_iter().filter(|(name, _)| rows.fields.wants(name));
        let of_origin = ["record", "asOf", "source", "file", "document", "fetchedAt", "version"];
        Some(Self {
            rows,
            filter,
            fields: asked.map(|(name, write)| (format!(",\"{name}\":").into_bytes(), write)).collect(),
            has_origin: of_origin.iter().any(|name| rows.fields.wants(name)),
            has_included_by: rows.fields.wants("includedBy"),
        })
    }

    /// Reads a source that is one plain license. `None` where it is to be read as any other.
    pub(crate) fn of<'s: 'r>(&'r self, source: &'s Source) -> Option<PlainReport<'r>> {
        // In a source of lines that is one text, such as UTF-16, no document is longer than its line.
        let has_lines = || memchr(b'\n', source.text().trim_ascii().as_bytes()).is_some();
        if source.is_by_lines() && has_lines() {
            return None;
        }
        let license = PlainLicense::read(source.text())?;
        if self.has_included_by && has_many_included(&license) {
            return None;
        }
        let origin = self.has_origin.then(|| {
            let place = DocumentPlace { index: source.documents_before(), ..DocumentPlace::default() };
            Origin::new(source, &place, license.version.map(str::to_owned))
        });
        let before = |record: &mut JsonRecord<'_>| {
            record.field("record", "item")?;
            record.field("asOf", &self.rows.as_of)?;
            origin.as_ref().map_or(Ok(()), |origin| record.part(origin))
        };
        let before = if origin.is_some() { fields(&self.rows.fields, before).ok()? } else { Vec::new() };
        Some(PlainReport { rows: self, license, origin, before })
    }
}

impl PlainReport<'_> {
    /// The numbers of its items, in shares of some rows.
    pub(crate) fn shares(&self) -> impl Iterator<Item = Range<usize>> + Send {
        const ITEMS: usize = 1 << 10;
        let count = self.license.item_count();
        (0..count.max(1)).step_by(ITEMS).map(move |start| start..count.min(start + ITEMS))
    }

    pub(crate) fn rows_of(&self, share: Range<usize>) -> SomeRows {
        const FIELD: usize = 20;
        let likely_length = share.len() * (self.before.len() + FIELD * self.rows.fields.len());
        let mut written = RowLines { report: self, lines: Vec::with_capacity(likely_length), items: 0 };
        let PlainRows { rows, filter, .. } = self.rows;
        each_row(&self.license, share, &filter.kinds, rows.as_of, |row| written.row(row));
        (written.lines, written.items)
    }

    /// The records that follow its rows, which are those of so many items.
    ///
    /// # Errors
    /// As [`Rows::report`].
    pub(crate) fn after(&self, items: usize) -> serde_json::Result<Vec<u8>> {
        self.origin.as_ref().map_or_else(|| Ok(Vec::new()), |origin| self.rows.rows.report_read(origin, items, &[]))
    }
}

/// The rows so far.
struct RowLines<'w> {
    report: &'w PlainReport<'w>,
    lines: Vec<u8>,
    items: usize,
}

impl RowLines<'_> {
    fn row(&mut self, row: &PlainRow<'_>) {
        let PlainReport { rows, before, .. } = self.report;
        let statuses = &rows.filter.statuses;
        if !statuses.is_empty() && !statuses.contains(&row.timeline.status_at(row.as_of)) {
            return;
        }
        self.items += 1;
        let start = self.lines.len();
        self.lines.extend_from_slice(before);
        for (name, write) in &rows.fields {
            self.lines.extend_from_slice(name);
            write(&mut self.lines, row);
        }
        match self.lines.get_mut(start) {
            // The comma before the first field.
            Some(first) => *first = b'{',
            None => self.lines.push(b'{'),
        }
        self.lines.extend_from_slice(b"}\n");
    }
}

/// Whether it takes long to find out which user types include which extension by looking through all of them each time.
fn has_many_included(license: &PlainLicense<'_>) -> bool {
    const MANY: usize = 1 << 18;
    let [user_types, _, extensions, _] = &license.seated;
    let texts = license.user_types.iter().filter_map(|definition| definition.extensions);
    extensions.items().len() * (user_types.items().len() + texts.map(str::len).sum::<usize>()) > MANY
}

#[cfg(test)]
mod tests;
