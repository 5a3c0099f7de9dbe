//! The user types of `seatline admins` as rows.

use crate::answers::{AdminUserType, AdminsReport, Rows, phrase};
use crate::layout::csv::{Column, Value};
use crate::time::Instant;

/// The fields of a user type, named as in JSON.
const FIELDS: [&str; 11] = [
    "id",
    "name",
    "knownAs",
    "usable",
    "obstacles",
    "administrator",
    "usableSeats",
    "status",
    "certain",
    "endsAt",
    "certainUntil",
];

/// The as-of, and a user type.
type Row<'r> = (Instant, &'r AdminUserType);

fn columns<'r>() -> Vec<Column<Row<'r>, Value<'r>>> {
    vec![
        Column::new("source", |(_, one)| Value::borrowed(&one.origin.source)),
        Column::new("file", |(_, one)| Value::borrowed(&one.origin.file)),
        Column::new("document", |(_, one)| Value::count(one.origin.document)),
        Column::new("fetchedAt", |(_, one)| Value::maybe(one.origin.fetched_at.as_deref())),
        Column::new("version", |(_, one)| Value::maybe(one.origin.version.as_deref())),
        Column::new("asOf", |(as_of, _)| Value::Date(as_of)),
        Column::new("id", |(_, one)| Value::borrowed(&one.id)),
        Column::new("name", |(_, one)| Value::maybe(one.name.as_deref())),
        Column::new("knownAs", |(_, one)| Value::maybe(one.known_as.as_deref())),
        Column::new("usable", |(_, one)| Value::borrowed(one.usable.as_str())),
        Column::new("obstacles", |(_, one)| {
            Value::list(&one.obstacles.iter().map(|one| phrase::obstacle(*one).to_owned()).collect::<Vec<_>>())
        }),
        Column::of("administrator", "administrator", |(_, one)| {
            Value::maybe(one.administrator.map(|administrator| administrator.compatible.as_str()))
        }),
        Column::of("administrator", "administratorBasis", |(_, one)| {
            let basis = one.administrator.and_then(|administrator| administrator.basis);
            Value::maybe(basis.map(|basis| basis.as_str()))
        }),
        Column::new("usableSeats", |(_, one)| Value::Number(one.usable_seats)),
        Column::new("status", |(_, one)| Value::borrowed(one.status.as_str())),
        Column::new("certain", |(_, one)| Value::truth(one.certain)),
        Column::new("certainUntil", |(_, one)| Value::date(one.certain_until)),
        Column::new("endsAt", |(_, one)| Value::date(one.ends_at)),
    ]
}

impl Rows {
    /// The names of the fields that rows of user types can have.
    #[must_use]
    pub fn admins_names(&self) -> Vec<&'static str> {
        self.names(&FIELDS, &columns())
    }

    /// The text before the first row: the header in CSV, nothing in JSON lines.
    #[must_use]
    pub fn admins_head(&self) -> Vec<u8> {
        self.head(&columns())
    }

    /// The user types, a row each.
    ///
    /// # Errors
    /// No case is known: the values are made of structs.
    pub fn admins(&self, report: &AdminsReport) -> serde_json::Result<Vec<u8>> {
        if let Some(dialect) = self.csv() {
            let rows = report.user_types.iter().map(|one| (report.as_of, one));
            return Ok(self.csv_rows(dialect, &columns(), rows));
        }
        let mut lines =
            self.records("userType", |_| Ok(()), report.user_types.iter(), |record, one| record.part(one))?;
        for license in &report.licenses {
            lines.extend(self.read(&license.origin, license.user_type_count, &license.findings)?);
        }
        Ok(lines)
    }
}
