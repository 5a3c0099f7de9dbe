//! The items of `seatline timeline` as rows; in CSV one step a row.

use crate::answers::{Rows, TimelineItem, TimelineReport, TimelineStep};
use crate::layout::csv::{Column, Value};
use crate::time::Instant;

/// The fields of an item, named as in JSON.
const FIELDS: [&str; 13] = [
    "kind",
    "id",
    "name",
    "knownAs",
    "usableSeats",
    "status",
    "certainUntil",
    "seatsBefore",
    "steps",
    "gaps",
    "finalEnd",
    "openEnd",
    "daysAfterCommonEnd",
];

/// A step of an item, and the seats before it.
#[derive(Clone, Copy)]
struct Row<'r> {
    as_of: Instant,
    item: &'r TimelineItem,
    step: &'r TimelineStep,
    before: Option<u64>,
}

fn columns<'r>() -> Vec<Column<Row<'r>, Value<'r>>> {
    vec![
        Column::new("source", |row| Value::borrowed(&row.item.origin.source)),
        Column::new("file", |row| Value::borrowed(&row.item.origin.file)),
        Column::new("document", |row| Value::count(row.item.origin.document)),
        Column::new("fetchedAt", |row| Value::maybe(row.item.origin.fetched_at.as_deref())),
        Column::new("version", |row| Value::maybe(row.item.origin.version.as_deref())),
        Column::new("asOf", |row| Value::Date(row.as_of)),
        Column::new("kind", |row| Value::borrowed(row.item.kind.as_str())),
        Column::new("id", |row| Value::borrowed(&row.item.id)),
        Column::new("name", |row| Value::maybe(row.item.name.as_deref())),
        Column::new("knownAs", |row| Value::maybe(row.item.known_as.as_deref())),
        Column::of("steps", "at", |row| Value::Date(row.step.at)),
        Column::of("seatsBefore", "seatsBefore", |row| Value::number(row.before)),
        Column::of("steps", "seats", |row| Value::number(row.step.seats)),
        Column::of("steps", "active", |row| Value::truth(row.step.active)),
        Column::of("steps", "certain", |row| Value::truth(row.step.certain)),
        Column::new("finalEnd", |row| Value::date(row.item.final_end)),
        Column::new("certainUntil", |row| Value::date(row.item.certain_until)),
    ]
}

/// The steps of an item, each with the seats before it.
fn steps(as_of: Instant, item: &TimelineItem) -> impl Iterator<Item = Row<'_>> {
    let before = std::iter::once(item.seats_before).chain(item.steps.iter().map(|step| step.seats));
    item.steps.iter().zip(before).map(move |(step, before)| Row { as_of, item, step, before })
}

impl Rows {
    /// The names of the fields that rows of a timeline can have.
    #[must_use]
    pub fn timeline_names(&self) -> Vec<&'static str> {
        self.names(&FIELDS, &columns())
    }

    /// The text before the first row: the header in CSV, nothing in JSON lines.
    #[must_use]
    pub fn timeline_head(&self) -> Vec<u8> {
        self.head(&columns())
    }

    /// The timelines: in JSON lines a record for each item, in CSV a line for each step.
    ///
    /// # Errors
    /// No case is known: the values are made of structs.
    pub fn timeline(&self, report: &TimelineReport) -> serde_json::Result<Vec<u8>> {
        if let Some(dialect) = self.csv() {
            let rows = report.items.iter().flat_map(|item| steps(self.as_of, item));
            return Ok(self.csv_rows(dialect, &columns(), rows));
        }
        let mut lines = self.records("item", |_| Ok(()), report.items.iter(), |record, item| record.part(item))?;
        for license in &report.licenses {
            lines.extend(self.read(&license.origin, license.rows.len(), &license.findings)?);
        }
        Ok(lines)
    }
}
