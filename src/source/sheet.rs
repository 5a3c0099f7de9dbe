//! CSV whose first line names the columns, as spreadsheets save it.

use std::sync::Arc;

use crate::json::Position;
use crate::source::{Failure, FailureCode, Source};
use crate::text::{nearest, shortened};

use position::{RecordPlace, position};

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

fn failure(source: &Source, line: u64, message: impl Into<String>) -> Failure {
    at(source, Position { line: usize::try_from(line).unwrap_or(usize::MAX), column: 1 }, message)
}

fn at(source: &Source, position: Position, message: impl Into<String>) -> Failure {
    Failure { position: Some(position), ..Failure::new(source.name(), FailureCode::BadCsv, message) }
}

/// The titles of a table's columns, and its records.
#[derive(Clone, Debug)]
pub struct Table {
    /// The titles, without blanks around them.
    pub titles: Vec<String>,
    /// The line of the titles, from 1.
    pub line: u64,
    /// The delimiter between cells, an ASCII character.
    pub delimiter: u8,
    /// The records in order, without blank ones.
    pub records: Vec<Record>,
    place: RecordPlace,
    /// Whether each record begins with the name of a row, for which there is no title.
    has_row_names: bool,
}

/// A record of a table.
#[derive(Clone, Debug)]
pub struct Record {
    /// The line on which the record begins, from 1.
    pub line: u64,
    /// The cells without blanks around them, one for each title.
    cells: csv::StringRecord,
    place: RecordPlace,
}

impl Record {
    /// The text of a column; `None` where the cell is empty.
    #[must_use]
    pub fn cell(&self, column: usize) -> Option<&str> {
        self.cells.get(column).filter(|cell| !cell.is_empty())
    }

    /// Where the cell of a column begins. It takes time with the length of the record, not with that of the file.
    #[must_use]
    pub(crate) fn position(&self, source: &Source, column: usize) -> Position {
        self.place.of_cell_from(source.text(), column, usize::try_from(self.line).unwrap_or(usize::MAX))
    }

    /// A failure that points at the cell of a column.
    #[must_use]
    pub(crate) fn failure_at(&self, source: &Source, column: usize, message: impl Into<String>) -> Failure {
        at(source, self.position(source, column), message)
    }

    /// A failure that points at this record.
    #[must_use]
    pub fn failure(&self, source: &Source, message: impl Into<String>) -> Failure {
        failure(source, self.line, message)
    }
}

impl Table {
    /// Reads a table whose first line names the columns. A line `sep=` may name the delimiter. Otherwise it is the one
    /// of comma, semicolon, tab and `|` that is most frequent in the first line. Where every record begins with a
    /// number and has one cell more than there are titles, this number is the name of a row, as R writes it.
    /// # Errors
    /// Where a record has more or fewer cells than the first line, or a quoted cell does not end.
    pub fn read(source: &Source) -> Result<Self, Failure> {
        let text = source.text();
        let (typed, text) = type_line(text);
        let (skipped, named, text) = separator_line(text);
        let skipped = skipped + typed;
        let base = source.text().len() - text.len();
        let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
        let delimiter = named.unwrap_or_else(|| most_used(first));
        if let Some(offset) = stray_quote(text.as_bytes(), delimiter) {
            let message = "a cell begins with a quotation mark here, and none ends it before a delimiter or a line break, so \
                           lines may be hidden in it";
            return Err(at(source, position(source.text(), base + offset), message));
        }
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(delimiter)
            .flexible(true)
            .has_headers(false)
            .trim(csv::Trim::All)
            .from_reader(text.as_bytes());
        let mut lines = RecordLines { text, byte: 0, line: 1 + skipped };
        let mut records = Vec::new();
        for record in reader.records() {
            let cells = record.map_err(|error| failure(source, lines.line, format!("this is no CSV: {error}")))?;
            let line = lines.line_of(cells.position());
            if !cells.iter().all(str::is_empty) {
                let place = RecordPlace { begins: base + lines.byte, delimiter };
                records.push(Record { line, cells, place });
            }
        }
        let mut records = records.into_iter();
        let Some(header) = records.next() else {
            let (titles, records, place) = (Vec::new(), Vec::new(), RecordPlace { begins: 0, delimiter });
            return Ok(Self { titles, line: 1, delimiter, records, place, has_row_names: false });
        };
        let mut titles: Vec<_> = header.cells.iter().map(str::to_owned).collect();
        let records: Vec<_> = records.collect();
        let numbered = |record: &Record| record.cells.get(0).is_some_and(|cell| cell.parse::<u64>().is_ok());
        let has_name = |record: &Record| record.cells.len() == titles.len() + 1 && numbered(record);
        let has_row_names = !records.is_empty() && records.iter().all(has_name);
        if has_row_names {
            titles.insert(0, String::new());
        }
        match records.iter().find(|record| record.cells.len() != titles.len()) {
            Some(record) => {
                let message =
                    format!("{} here, but the first line names {} columns", cells(record.cells.len()), titles.len());
                Err(record.failure(source, message))
            }
            None => Ok(Self { titles, line: header.line, delimiter, records, place: header.place, has_row_names }),
        }
    }

    /// A failure that points at a title.
    pub(crate) fn failure_at(&self, source: &Source, title: usize, message: impl Into<String>) -> Failure {
        let title = title.saturating_sub(usize::from(self.has_row_names));
        at(source, self.place.of_cell(source.text(), title), message)
    }
}

/// Excel's own hint about the delimiter, `sep=;`: the number of lines that it takes, the delimiter, and the text
/// after it.
fn separator_line(text: &str) -> (u64, Option<u8>, &str) {
    match text.split_once('\n') {
        Some((first, rest)) if first.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("sep=")) => {
            let delimiter = first.trim_end_matches('\r').as_bytes().get(4).copied();
            (1, delimiter.filter(|byte| byte.is_ascii() && !matches!(byte, b'"' | b'\r' | b'\n')), rest)
        }
        _ => (0, None, text),
    }
}

/// The line that `Export-Csv` of Windows PowerShell writes first: the number of lines that it takes, and the text
/// after it.
fn type_line(text: &str) -> (u64, &str) {
    match text.split_once('\n') {
        Some((first, rest)) if first.starts_with("#TYPE ") => (1, rest),
        _ => (0, text),
    }
}

/// The delimiter that a line has most of outside of quoted cells. A line without any is separated by blanks between
/// quoted cells, as `write.table` of R writes it.
fn most_used(line: &str) -> u8 {
    let mut quoted = false;
    let mut counts = [(b',', 0_usize), (b';', 0), (b'\t', 0), (b'|', 0)];
    for byte in line.bytes() {
        quoted ^= byte == b'"';
        if let Some((_, count)) = counts.iter_mut().find(|(delimiter, _)| *delimiter == byte && !quoted) {
            *count += 1;
        }
    }
    match counts.into_iter().rev().max_by_key(|(_, count)| *count) {
        Some((delimiter, count)) if count > 0 || !line.contains("\" \"") => delimiter,
        _ => b' ',
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

/// The offset of a quoted cell that does not end properly. The parser would take the lines up to the next quotation
/// mark, or all lines that are left, for a part of that cell, and members would be missing.
fn stray_quote(text: &[u8], delimiter: u8) -> Option<usize> {
    let ends_cell = |byte: Option<u8>| byte.is_none_or(|byte| byte == delimiter || matches!(byte, b'\r' | b'\n'));
    let mut bytes = text.iter().copied().enumerate().peekable();
    let mut at_start = true;
    while let Some((offset, byte)) = bytes.next() {
        if !(at_start && byte == b'"') {
            at_start = ends_cell(Some(byte));
            continue;
        }
        loop {
            match bytes.next() {
                None => return Some(offset),
                Some((_, b'"')) if bytes.next_if(|(_, next)| *next == b'"').is_none() => break,
                Some(_) => {}
            }
        }
        while delimiter != b' ' && bytes.next_if(|(_, next)| *next == b' ').is_some() {}
        if !ends_cell(bytes.peek().map(|(_, next)| *next)) {
            return Some(offset);
        }
        at_start = false;
    }
    None
}

/// Counts the line of each record. The parser's own count misses blank lines before a record.
struct RecordLines<'t> {
    text: &'t str,
    byte: usize,
    line: u64,
}

impl RecordLines<'_> {
    fn line_of(&mut self, position: Option<&csv::Position>) -> u64 {
        let start = position.and_then(|position| usize::try_from(position.byte()).ok()).unwrap_or(self.byte);
        let bytes = self.text.as_bytes().iter().enumerate().skip(self.byte);
        for (index, byte) in bytes {
            if index >= start && !matches!(byte, b'\r' | b'\n') {
                self.byte = index;
                break;
            }
            self.line += u64::from(*byte == b'\n');
        }
        self.line
    }
}

fn cells(count: usize) -> String {
    if count == 1 { "there is 1 cell".to_owned() } else { format!("there are {count} cells") }
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

mod position;

#[cfg(test)]
mod tests;
