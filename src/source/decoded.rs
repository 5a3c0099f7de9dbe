//! The text of an input.

use std::ops::Range;
use std::path::Path;
use std::sync::OnceLock;

use memchr::memchr;
use serde::de::IgnoredAny;

use crate::json::{LineIndex, Position};
use crate::source::Failure;
use crate::source::decode::decode;
use crate::source::given::is_name_of_file;

/// The characters that may stand before and after a document.
pub(super) const JSON_SPACE: [char; 5] = [' ', '\t', '\n', '\r', '\u{FEFF}'];

/// A decoded input: its name, for people, and its text without byte order mark.
#[derive(Clone, Debug)]
pub struct Source {
    name: String,
    text: String,
    by_lines: bool,
    may_be_empty: bool,
    /// The number of lines before the text, where the text is one line of the input.
    lines_before: usize,
    documents_before: usize,
    /// Made at the first question for a position: most inputs need none.
    lines: OnceLock<LineIndex>,
}

impl Source {
    /// Decodes UTF-8 with or without byte order mark, or UTF-16 with one.
    ///
    /// # Errors
    /// A [`Failure`] where the bytes are neither.
    pub fn decode(name: impl Into<String>, bytes: Vec<u8>) -> Result<Self, Failure> {
        let name = name.into();
        match decode(bytes) {
            Ok(text) => Ok(Self::from_text(name, text)),
            Err((code, message, position)) => Err(Failure { position, ..Failure::new(&name, code, message) }),
        }
    }

    /// A source of text that is in memory already.
    pub fn from_text(name: impl Into<String>, text: impl Into<String>) -> Self {
        let (name, text) = (name.into(), text.into());
        let by_lines = is_named_as_lines(&name) || first_line_is_whole(&text);
        Self { name, text, by_lines, may_be_empty: false, lines_before: 0, documents_before: 0, lines: OnceLock::new() }
    }

    /// Sets whether the source holds one document a line, and may then be empty.
    pub(super) fn by_lines(self, may_be_empty: bool) -> Self {
        Self { by_lines: true, may_be_empty, ..self }
    }

    /// The source for one line of an input. `lines_before` and `documents_before` are the numbers of lines and
    /// documents before that line.
    pub(super) fn line(name: &str, text: String, lines_before: usize, documents_before: usize) -> Self {
        Self { by_lines: true, lines_before, documents_before, ..Self::from_text(name, text) }
    }

    /// The path of the file, or `<stdin>`, or any other name that the caller gave.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Whether the name is that of a file: those of standard input and of documents in memory stand in angle brackets.
    #[must_use]
    pub fn is_file(&self) -> bool {
        is_name_of_file(&self.name)
    }

    /// The decoded text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether each line is a document.
    pub(crate) fn is_by_lines(&self) -> bool {
        self.by_lines
    }

    /// Whether a source without any document is no failure.
    pub(super) fn may_be_empty(&self) -> bool {
        self.may_be_empty
    }

    /// How many documents of the input stand before this text.
    pub(crate) fn documents_before(&self) -> usize {
        self.documents_before
    }

    /// The line and column of a byte of the text.
    #[must_use]
    pub fn position(&self, offset: usize) -> Position {
        let position = self.lines.get_or_init(|| LineIndex::new(&self.text)).position(&self.text, offset);
        Position { line: position.line + self.lines_before, ..position }
    }

    /// The range of bytes of a part of the text; `None` if `part` is no slice of it.
    pub(super) fn span_of(&self, part: &str) -> Option<Range<usize>> {
        let start = part.as_ptr().addr().checked_sub(self.text.as_ptr().addr())?;
        (start + part.len() <= self.text.len()).then_some(start..start + part.len())
    }
}

/// Whether the ending of the name says that each line is a document.
pub(super) fn is_named_as_lines(name: &str) -> bool {
    let extension = Path::new(name).extension().unwrap_or_default();
    ["jsonl", "ndjson"].iter().any(|lines| extension.eq_ignore_ascii_case(lines))
}

fn first_line_is_whole(text: &str) -> bool {
    let text = text.trim_start_matches(JSON_SPACE);
    let lines = memchr(b'\n', text.as_bytes()).and_then(|end| text.split_at_checked(end));
    lines.is_some_and(|(first, rest)| {
        !rest.trim_start_matches(JSON_SPACE).is_empty() && serde_json::from_str::<IgnoredAny>(first).is_ok()
    })
}
