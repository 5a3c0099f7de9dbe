//! Runs the program and looks for faults in its output.

use std::io::{Read, Write};
use std::path::Path;
use std::process::{Child, ExitStatus, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::Value;

use super::case::SECRET;
use crate::common::{command, schema_faults};
use crate::html::page::Page;
use crate::workbook::book::{Book, Cell};

/// The as-of of all questions.
const AS_OF: &str = "2019-01-01";

/// The longest that a run may take, even for a slow build on a slow machine.
const LIMIT: Duration = Duration::from_secs(if cfg!(windows) { 300 } else { 60 });

pub(super) struct Outcome {
    /// `None` if the program crashed, or was stopped because it took too long.
    pub(super) exit_code: Option<i32>,
    pub(super) stdout: Vec<u8>,
    pub(super) stderr: Vec<u8>,
}

/// Runs the program on a path, in an environment without its variables.
pub(super) fn run(arguments: &[&str], path: &Path, stdin: Option<&[u8]>) -> Outcome {
    run_in(None, arguments, path, stdin)
}

/// As [`run`], in a folder.
pub(super) fn run_in(folder: Option<&Path>, arguments: &[&str], path: &Path, stdin: Option<&[u8]>) -> Outcome {
    let (command_name, options) = arguments.split_first().unwrap();
    let mut command = command(&[command_name]);
    command.args(["--as-of", AS_OF]).args(options).arg(path);
    if let Some(folder) = folder {
        command.current_dir(folder);
    }
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let (mut input, output, error) = (child.stdin.take().unwrap(), child.stdout.take(), child.stderr.take());
    let (status, stdout, stderr) = thread::scope(|scope| {
        // The program may end before it has read its input.
        scope.spawn(move || input.write_all(stdin.unwrap_or_default()).unwrap_or_default());
        let (stdout, stderr) = (scope.spawn(|| read(output)), scope.spawn(|| read(error)));
        let status = wait(&mut child);
        (status, stdout.join().unwrap(), stderr.join().unwrap())
    });
    Outcome { exit_code: status.and_then(|status| status.code()), stdout, stderr }
}

fn read(from: Option<impl Read>) -> Vec<u8> {
    let mut bytes = Vec::new();
    from.unwrap().read_to_end(&mut bytes).unwrap();
    bytes
}

/// Waits for the end; `None` if the program has to be stopped.
fn wait(child: &mut Child) -> Option<ExitStatus> {
    let start = Instant::now();
    loop {
        if let Some(status) = child.try_wait().unwrap() {
            return Some(status);
        }
        if start.elapsed() > LIMIT {
            child.kill().unwrap();
            child.wait().unwrap();
            return None;
        }
        thread::sleep(Duration::from_millis(1));
    }
}

impl Outcome {
    /// The faults that no input may cause, in any format.
    pub(super) fn faults(&self, expected_errors: usize, expected_code: i32) -> Vec<String> {
        self.faults_in(&[("stdout", &self.stdout), ("stderr", &self.stderr)], expected_errors, expected_code)
    }

    /// As [`Self::faults`], for output that is not text.
    pub(super) fn faults_of_bytes(&self, expected_errors: usize, expected_code: i32) -> Vec<String> {
        self.faults_in(&[("stderr", &self.stderr)], expected_errors, expected_code)
    }

    fn faults_in(&self, texts: &[(&str, &[u8])], expected_errors: usize, expected_code: i32) -> Vec<String> {
        let mut faults = Vec::new();
        match self.exit_code {
            Some(code) if code == expected_code => {}
            Some(code) => faults.push(format!("exit code {code}, expected {expected_code}")),
            None => faults.push(format!("it crashed, or did not end within {LIMIT:?}")),
        }
        for (name, bytes) in texts {
            let Ok(text) = str::from_utf8(bytes) else {
                faults.push(format!("{name} is not UTF-8"));
                continue;
            };
            if let Some(character) = text.chars().find(|character| is_dangerous(*character)) {
                faults.push(format!("{name} has {character:?}"));
            }
            if text.contains(SECRET) {
                faults.push(format!("{name} has the secret: {text:.1000}"));
            }
            if text.contains("panicked") {
                faults.push(format!("{name}: {text:.1000}"));
            }
        }
        let stderr = String::from_utf8_lossy(&self.stderr);
        let errors = stderr.lines().filter(|line| line.starts_with("error:")).count();
        if errors != expected_errors {
            faults.push(format!("{errors} errors on stderr, expected {expected_errors}: {stderr:.1000}"));
        }
        faults
    }

    /// A line of the output that a line break in a text of the input has begun.
    pub(super) fn forged_line(&self, text: &str) -> Option<String> {
        let stdout = String::from_utf8_lossy(&self.stdout);
        let begins = |part: &str| part.split(char::is_control).next().unwrap_or_default().to_owned();
        let parts: Vec<String> = text.split('\n').skip(1).map(begins).filter(|part| part.len() > 1).collect();
        let forged = stdout.lines().find(|line| parts.iter().any(|part| line.trim_start().starts_with(part)));
        forged.map(|line| format!("a line break of the input began the line {line:.300}"))
    }

    pub(super) fn json(&self) -> Result<Value, String> {
        serde_json::from_slice(&self.stdout).map_err(|error| format!("stdout is no JSON: {error}"))
    }

    pub(super) fn json_lines(&self) -> Result<Vec<Value>, String> {
        let text = String::from_utf8_lossy(&self.stdout);
        let lines = text.lines().map(serde_json::from_str).collect::<Result<_, _>>();
        lines.map_err(|error| format!("a line of stdout is no JSON: {error}"))
    }

    /// The rows below the header; it fails if a spreadsheet would run a cell.
    pub(super) fn csv_rows(&self) -> Result<Vec<csv::StringRecord>, String> {
        let rows: Vec<_> = csv::Reader::from_reader(self.stdout.as_slice())
            .into_records()
            .collect::<Result<_, _>>()
            .map_err(|error| error.to_string())?;
        match rows.iter().flatten().find(|cell| is_run_by_spreadsheets(cell)) {
            Some(cell) => Err(format!("a spreadsheet would run {cell:?}")),
            None => Ok(rows),
        }
    }

    /// The number of rows of a page; it fails if a strict reader refuses the page, or if the page loads anything.
    pub(super) fn page_rows(&self) -> Result<usize, String> {
        let page = Page::parse(&String::from_utf8_lossy(&self.stdout))?;
        page.assert_closed();
        Ok(page.rows().len())
    }

    /// The number of rows of the sheet of seats; it fails if a cell holds a formula of the input, or hidden
    /// characters.
    pub(super) fn workbook_rows(&self) -> Result<usize, String> {
        let book = Book::read(&self.stdout);
        for sheet in ["Summary", "Seats", "About"] {
            if let Some(formula) = book.formulas(sheet).into_iter().find(|formula| !is_own(formula)) {
                return Err(format!("{sheet} has the formula {formula:.300}"));
            }
        }
        let rows = book.table("Seats");
        let texts = rows.iter().flat_map(|row| row.values()).filter_map(|cell| match cell {
            Cell::Text(text) => Some(text),
            _ => None,
        });
        match texts
            .into_iter()
            .find(|text| text.chars().any(is_dangerous) || text.contains('\n') || text.contains(SECRET))
        {
            Some(text) => Err(format!("a cell has {text:.300}")),
            None => Ok(rows.iter().filter(|row| row["Id"] != Cell::Empty || row["Kind"] != Cell::Empty).count()),
        }
    }

    /// The texts that would leave their cell, or would become markup.
    pub(super) fn markdown_faults(&self) -> Vec<String> {
        let text = String::from_utf8_lossy(&self.stdout);
        let mut faults = Vec::new();
        let mut columns = None;
        for line in text.lines() {
            let cells = cells(line);
            let texts = cells.iter().map(|cell| outside_code(cell));
            if let Some(text) = texts.into_iter().find(|text| is_more_than_text(text)) {
                faults.push(format!("Markdown has HTML or a link from the input: {text:.1000}"));
            }
            let count = line.starts_with('|').then_some(cells.len());
            if count.is_some() && columns.is_some() && count != columns {
                faults.push(format!("a row of Markdown has another number of cells: {line:.1000}"));
            }
            columns = count;
        }
        faults
    }

    pub(super) fn schema_faults(&self, schema: &str) -> Vec<String> {
        match self.json() {
            Ok(value) => schema_faults(schema, &value),
            Err(error) => vec![error],
        }
    }
}

/// Whether a character is a control other than the line break, or changes the direction of writing.
fn is_dangerous(character: char) -> bool {
    let is_bidi =
        matches!(character, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    is_bidi || (character.is_control() && character != '\n')
}

/// Whether a formula is one of the program: those look values up, and count days.
fn is_own(formula: &str) -> bool {
    formula.starts_with("LOOKUP(asked,") || formula.starts_with("IF(ISNUMBER(") || formula == "Seats!$B$1"
}

fn is_run_by_spreadsheets(cell: &str) -> bool {
    cell.starts_with(['=', '+', '-', '@', '\t', '\r']) && cell.parse::<f64>().is_err()
}

/// The cells of a line of Markdown: a backslash keeps a bar in its cell, also in code.
fn cells(line: &str) -> Vec<String> {
    let mut cells = vec![String::new()];
    let mut characters = line.chars();
    while let Some(character) = characters.next() {
        match character {
            '|' => cells.push(String::new()),
            '\\' => cells.last_mut().unwrap().extend(['\\'].into_iter().chain(characters.next())),
            other => cells.last_mut().unwrap().push(other),
        }
    }
    cells
}

/// A cell without its spans of code, which end with as many backticks as they begin with.
fn outside_code(cell: &str) -> String {
    let mut outside = String::new();
    let mut rest = cell;
    while let Some(start) = rest.find(['`', '\\']) {
        outside += &rest[..start];
        rest = &rest[start..];
        if rest.starts_with('\\') {
            let escaped = rest.chars().take(2).map(char::len_utf8).sum();
            rest = &rest[escaped..];
            continue;
        }
        let ticks = rest.len() - rest.trim_start_matches('`').len();
        let after = &rest[ticks..];
        let ends = after.match_indices(&rest[..ticks]).map(|(at, _)| at);
        let is_whole = |at: &usize| !after[..*at].ends_with('`') && !after[at + ticks..].starts_with('`');
        match ends.into_iter().find(is_whole) {
            Some(end) => rest = &after[end + ticks..],
            None => rest = after,
        }
    }
    outside + rest
}

/// An HTML tag or the target of a link.
fn is_more_than_text(text: &str) -> bool {
    let tag =
        |after: &str| after.starts_with(|character: char| character.is_ascii_alphabetic() || "/!?".contains(character));
    text.contains("](") || text.match_indices('<').any(|(at, _)| tag(&text[at + 1..]))
}
