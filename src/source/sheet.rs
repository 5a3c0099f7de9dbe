//! CSV whose first line names the columns, as spreadsheets save it: the rows with the columns that a reader asks for.

mod failure;
mod position;
pub mod table;

use std::sync::Arc;

use crate::source::{Failure, Source};
use crate::text::{nearest, shortened};

use failure::{at, failure};
use position::RecordPlace;
use table::Table;

/// The columns that a reader asks for, and whether a table may have more.
#[derive(Clone, Copy, Debug)]
pub struct Columns {
    /// The columns that must be there.
    pub required: &'static [&'static str],
    /// The columns that may be there.
    pub optional: &'static [&'static str],
    /// Whether other columns are allowed: an export has many of them, and in a plan one is a typing error.
    pub others: bool,
}

/// A record, with a cell for each column that the reader asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SheetRow {
    /// The line on which the record begins, from 1.
    pub line: u64,
    /// The required cells, then the optional ones, without blanks around them; `None` where the column is missing or
    /// the cell is empty.
    pub cells: Vec<Option<String>>,
    place: RecordPlace,
    /// The index of each column in the record.
    columns: Arc<[Option<usize>]>,
}

impl SheetRow {
    /// The text of a column, counted as in [`Columns`]; `None` where the column is missing or the cell is empty.
    #[must_use]
    pub fn cell(&self, column: usize) -> Option<&str> {
        self.cells.get(column)?.as_deref()
    }

    /// A failure that points at this record.
    #[must_use]
    pub fn failure(&self, source: &Source, message: impl Into<String>) -> Failure {
        failure(source, self.line, message)
    }

    /// A failure that points at a cell; its column is counted as in [`Columns`].
    #[must_use]
    pub fn failure_at(&self, source: &Source, column: usize, message: impl Into<String>) -> Failure {
        match self.columns.get(column).copied().flatten() {
            Some(cell) => at(source, self.place.of_cell(source.text(), cell), message),
            None => self.failure(source, message),
        }
    }
}

/// The records of a source in order, without blank ones. The first line names the columns, in any order and case;
/// columns without a title are left out. See [`Table::read`].
///
/// # Errors
/// A [`Failure`] where a column is missing, stands twice or is unknown, where a record has more or fewer cells than
/// the first line, or where a required cell is empty.
pub fn rows(source: &Source, columns: Columns) -> Result<Vec<SheetRow>, Failure> {
    read(source, columns).map(|sheet| sheet.rows)
}

/// The records of a source, and the delimiter between their cells.
#[derive(Clone, Debug)]
pub struct RowSheet {
    /// The delimiter, an ASCII character.
    pub delimiter: u8,
    /// The records in order, without blank ones.
    pub rows: Vec<SheetRow>,
}

/// As [`rows()`], with the delimiter: where it is a semicolon, a comma may be a decimal sign.
///
/// # Errors
/// As [`rows()`].
pub fn read(source: &Source, columns: Columns) -> Result<RowSheet, Failure> {
    let table = Table::read(source)?;
    let places: Arc<[_]> = places(source, &table, columns)?.into();
    let mut rows = Vec::new();
    for record in &table.records {
        let cell = |place: &Option<usize>| place.and_then(|place| record.cell(place)).map(str::to_owned);
        let cells = places.iter().map(cell).collect();
        let row = SheetRow { line: record.line, cells, place: record.place, columns: Arc::clone(&places) };
        let required = columns.required.iter().zip(&row.cells).enumerate();
        if let Some((column, (name, _))) = required.into_iter().find(|(_, (_, cell))| cell.is_none()) {
            return Err(row.failure_at(source, column, format!("there is no {name} in this line")));
        }
        rows.push(row);
    }
    Ok(RowSheet { delimiter: table.delimiter, rows })
}

/// The index of each column in the records.
fn places(source: &Source, table: &Table, columns: Columns) -> Result<Vec<Option<usize>>, Failure> {
    let titles = &table.titles;
    let known = || columns.required.iter().chain(columns.optional);
    let all = || known().copied().collect::<Vec<_>>().join(",");
    for (nth, name) in titles.iter().enumerate().filter(|(_, name)| !columns.others && !name.is_empty()) {
        if !known().any(|known| known.eq_ignore_ascii_case(name)) {
            let hint =
                nearest(name, known().copied()).map_or_else(String::new, |near| format!(" (did you mean {near}?)"));
            let name = shortened(name);
            let message = format!("no column is called {name:?} here{hint}; the first line is to name {}", all());
            return Err(table.failure_at(source, nth, message));
        }
    }
    let place = |name: &str| {
        let mut places = titles.iter().enumerate().filter(|(_, title)| title.eq_ignore_ascii_case(name));
        match (places.next(), places.next()) {
            (_, Some((again, _))) => Err(table.failure_at(source, again, format!("two columns are called {name}"))),
            (first, None) => Ok(first.map(|(index, _)| index)),
        }
    };
    let places: Vec<_> = known().map(|name| place(name)).collect::<Result<_, _>>()?;
    if let Some((name, _)) = columns.required.iter().zip(&places).find(|(_, place)| place.is_none()) {
        let message = format!("the first line is to name the columns, {}, and {name} is missing", all());
        return Err(failure(source, table.line, message));
    }
    Ok(places)
}

#[cfg(test)]
mod tests;
