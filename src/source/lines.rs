//! Inputs that are read line by line. A bad line fails alone, and memory holds no more than a buffer and one line.

use std::io::{self, BufRead, Read};

use memchr::memchr;
use serde::de::IgnoredAny;

use crate::json::Position;
use crate::source::decode::{decode, utf8};
use crate::source::decoded::{JSON_SPACE, is_named_as_lines};
use crate::source::input::{InputReader, cannot_read, reader_of};
use crate::source::{Failure, FailureCode, Input, MAX_INPUT_BYTES, Source};

/// Whether an input has one document in each line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Lines {
    /// By lines if the name ends in `.jsonl` or `.ndjson`, or if the first line is a whole JSON value and more
    /// follows.
    #[default]
    Recognized,
    /// By lines, because the user asked for it. An input without any document is then no failure.
    Requested,
}

impl Input {
    /// Whether the input is read line by line, because the user asked for it or because of its name.
    #[must_use]
    pub fn is_read_by_lines(&self, lines: Lines) -> bool {
        lines == Lines::Requested || is_named_as_lines(&self.name())
    }
}

/// The sources that an input is read as: one, or one for each line that is not blank.
#[derive(Debug)]
pub struct Sources(SourcesLeft);

#[derive(Debug)]
enum SourcesLeft {
    Whole(Option<Box<Result<Source, Failure>>>),
    ByLines(LineReader),
}

impl Sources {
    /// Opens an input and looks at its beginning.
    #[must_use]
    pub fn open(input: &Input, lines: Lines) -> Self {
        let name = input.name();
        if lines == Lines::Recognized && !is_named_as_lines(&name) {
            return match input.is_stream() {
                true => Self::of_stream(name, input),
                false => Self::recognized(name, input.read()),
            };
        }
        if let Err(failure) = input.check() {
            return Self::one(Err(failure));
        }
        let mut reader = match input.open() {
            Ok(reader) => reader,
            Err(error) => return Self::one(Err(cannot_read(&name, &error))),
        };
        match reader.fill_buf() {
            // UTF-16, in which the end of a line is two bytes: the input is decoded as a whole.
            Ok([0xFF, 0xFE, ..] | [0xFE, 0xFF, ..]) => match input.read_from(reader) {
                Ok(bytes) => {
                    Self::one(Source::decode(&name, bytes).map(|source| source.by_lines(lines == Lines::Requested)))
                }
                Err(failure) => Self::one(Err(failure)),
            },
            Ok(_) => Self(SourcesLeft::ByLines(LineReader::new(name, reader, lines == Lines::Requested))),
            Err(error) => Self::one(Err(cannot_read(&name, &error))),
        }
    }

    /// Standard input may never end: if its first line is a whole JSON value, its lines are read as they come.
    fn of_stream(name: String, input: &Input) -> Self {
        let mut begin = Vec::new();
        let begun = input.open().and_then(|mut reader| {
            let is_line = begins_with_line(&mut reader, &mut begin)?;
            Ok((is_line, io::Cursor::new(begin).chain(reader)))
        });
        match begun {
            Ok((true, whole)) => Self(SourcesLeft::ByLines(LineReader::new(name, reader_of(whole), false))),
            Ok((false, whole)) => Self::recognized(name, input.read_from(whole)),
            Err(error) => Self::one(Err(cannot_read(&name, &error))),
        }
    }

    /// The whole input as one source, unless it has one document a line and a line that is not UTF-8.
    fn recognized(name: String, bytes: Result<Vec<u8>, Failure>) -> Self {
        let bytes = match bytes {
            Ok(bytes) => bytes,
            Err(failure) => return Self::one(Err(failure)),
        };
        let first = || bytes.split_inclusive(|byte| *byte == b'\n').find(|line| !line.trim_ascii().is_empty());
        if std::str::from_utf8(&bytes).is_err() && first().is_some_and(is_whole) {
            return Self(SourcesLeft::ByLines(LineReader::new(name, reader_of(io::Cursor::new(bytes)), false)));
        }
        Self::one(Source::decode(name, bytes))
    }

    fn one(source: Result<Source, Failure>) -> Self {
        Self(SourcesLeft::Whole(Some(Box::new(source))))
    }
}

impl Sources {
    /// The next sources that can be had without waiting for more of the input, at least one; empty at the end.
    #[must_use]
    pub fn ready(&mut self) -> Vec<Result<Source, Failure>> {
        let mut ready = Vec::new();
        while let Some(source) = self.next() {
            ready.push(source);
            match &self.0 {
                SourcesLeft::ByLines(lines) if memchr(b'\n', lines.reader.buffer()).is_some() => {}
                _ => break,
            }
        }
        ready
    }
}

impl Iterator for Sources {
    type Item = Result<Source, Failure>;

    fn next(&mut self) -> Option<Self::Item> {
        match &mut self.0 {
            SourcesLeft::Whole(source) => source.take().map(|source| *source),
            SourcesLeft::ByLines(reader) => reader.next(),
        }
    }
}

/// Whether a line ends, and is a whole JSON value.
fn is_whole(line: &[u8]) -> bool {
    let text = line.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(line);
    line.ends_with(b"\n") && serde_json::from_slice::<IgnoredAny>(text).is_ok()
}

/// Reads up to the end of the first line that is not blank, and says whether it is a whole JSON value.
fn begins_with_line(reader: &mut InputReader, read: &mut Vec<u8>) -> io::Result<bool> {
    loop {
        let before = read.len();
        let room = MAX_INPUT_BYTES.saturating_sub(u64::try_from(before).unwrap_or(u64::MAX));
        let length = reader.by_ref().take(room).read_until(b'\n', read)?;
        let line = read.get(before..).unwrap_or_default();
        if length == 0 || !line.trim_ascii().is_empty() {
            return Ok(is_whole(line));
        }
    }
}

struct LineReader {
    name: String,
    reader: InputReader,
    may_be_empty: bool,
    /// The number of lines that were read, and of those that were not blank.
    lines: usize,
    documents: usize,
    done: bool,
}

impl std::fmt::Debug for LineReader {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("LineReader").field("name", &self.name).field("lines", &self.lines).finish_non_exhaustive()
    }
}

impl LineReader {
    fn new(name: String, reader: InputReader, may_be_empty: bool) -> Self {
        Self { name, reader, may_be_empty, lines: 0, documents: 0, done: false }
    }

    fn next(&mut self) -> Option<Result<Source, Failure>> {
        while !self.done {
            let line = read_line(&mut self.reader, MAX_INPUT_BYTES);
            let number = self.lines;
            self.lines += 1;
            let failed = |failure: Failure, document: usize| Failure { document, ..failure };
            let source = match line {
                Err(error) => {
                    self.done = true;
                    return Some(Err(failed(cannot_read(&self.name, &error), self.documents)));
                }
                Ok(Line::End) => {
                    self.done = true;
                    let empty = self.documents == 0 && !self.may_be_empty;
                    return empty.then(|| Err(Failure::new(&self.name, FailureCode::Empty, "there is nothing in it")));
                }
                Ok(Line::TooLong) => {
                    let position = Some(Position { line: 1, column: 1 });
                    let message = format!("a line of more than {} MiB: this is no license", MAX_INPUT_BYTES >> 20);
                    let failure = Failure::new(&self.name, FailureCode::TooLarge, message);
                    Err(Failure { position, ..failure }.after_lines(number))
                }
                Ok(Line::Bytes(bytes)) => match if number == 0 { decode(bytes) } else { utf8(bytes) } {
                    Ok(text) if text.trim_matches(JSON_SPACE).is_empty() => continue,
                    Ok(text) => Ok(Source::line(&self.name, text, number, self.documents)),
                    Err((code, message, position)) => {
                        let failure = Failure { position, ..Failure::new(&self.name, code, message) };
                        Err(failure.after_lines(number))
                    }
                },
            };
            let document = self.documents;
            self.documents += 1;
            return Some(source.map_err(|failure| failed(failure, document)));
        }
        None
    }
}

enum Line {
    Bytes(Vec<u8>),
    TooLong,
    End,
}

/// Reads the next line. A line of more than `most` bytes is read past and not kept.
fn read_line(reader: &mut dyn BufRead, most: u64) -> io::Result<Line> {
    let mut line = Vec::new();
    let (mut found, mut too_long) = (false, false);
    loop {
        let available = match reader.fill_buf() {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            other => other?,
        };
        if available.is_empty() {
            break;
        }
        found = true;
        let end = memchr(b'\n', available).map(|at| at + 1);
        let part = available.get(..end.unwrap_or(available.len())).unwrap_or_default();
        let length = part.len();
        too_long |= u64::try_from(line.len() + length).is_ok_and(|length| length > most);
        if too_long {
            line = Vec::new();
        } else {
            line.extend_from_slice(part);
        }
        reader.consume(length);
        if end.is_some() {
            break;
        }
    }
    Ok(match (found, too_long) {
        (false, _) => Line::End,
        (true, true) => Line::TooLong,
        (true, false) => Line::Bytes(line),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &'static [u8], may_be_empty: bool) -> Vec<Result<(String, usize), String>> {
        let mut reader = LineReader::new("a.jsonl".to_owned(), reader_of(bytes), may_be_empty);
        let sources = std::iter::from_fn(|| reader.next());
        let shown = sources.map(|source| source.map(|source| (source.text().to_owned(), source.position(0).line)));
        shown.map(|source| source.map_err(|failure| format!("{} {failure}", failure.document))).collect()
    }

    #[test]
    fn a_line_that_cannot_be_decoded_fails_alone() {
        let found = read(b"\xEF\xBB\xBF{}\r\n\n\xFF{\n[1]", false);
        assert_eq!(found[0], Ok(("{}\r\n".to_owned(), 1)));
        let message = found[1].clone().unwrap_err();
        assert!(message.starts_with("1 a.jsonl:3:1: byte 0xFF is not UTF-8"), "{message}");
        assert_eq!(found[2], Ok(("[1]".to_owned(), 4)));
        assert_eq!(found.len(), 3);
    }

    #[test]
    fn nothing_at_all_is_fine_where_it_was_said() {
        assert_eq!(read(b" \n\n", true), []);
        assert_eq!(read(b"", false), [Err("0 a.jsonl: there is nothing in it".to_owned())]);
    }

    #[test]
    fn a_line_that_is_too_long_is_not_kept() {
        let mut reader: &[u8] = b"abcdef\nab\n";
        assert!(matches!(read_line(&mut reader, 4), Ok(Line::TooLong)));
        assert!(matches!(read_line(&mut reader, 4), Ok(Line::Bytes(line)) if line == b"ab\n"));
        assert!(matches!(read_line(&mut reader, 4), Ok(Line::End)));
    }
}
