//! The titles and records of a CSV, whatever its delimiter.

use crate::json::Position;
use crate::source::{Failure, Source};

use super::failure::{at, failure};
use super::position::{RecordPlace, position};

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

#[derive(Clone, Debug)]
pub struct Record {
    /// The line on which the record begins, from 1.
    pub line: u64,
    /// The cells without blanks around them, one for each title.
    cells: csv::StringRecord,
    pub(super) place: RecordPlace,
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
    ///
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
