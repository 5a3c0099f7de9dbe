//! An input that could not be read.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::json::{Pointer, Position};
use crate::source::Envelope;

/// An input, or one document of it, that could not be read.
#[derive(Clone, Debug)]
pub struct Failure {
    /// Where the document is from, as its envelope says; else the name of the input.
    pub source: Box<str>,
    /// The name of the input.
    pub file: Box<str>,
    /// Which document of the input, from 0.
    pub document: usize,
    /// What sort of failure.
    pub code: FailureCode,
    /// What is wrong and what to do, for people.
    pub message: String,
    /// Where in the input, if at any one place.
    pub position: Option<Position>,
    /// Where in the document, if it could be told.
    pub pointer: Option<Pointer>,
}

impl Failure {
    /// A failure of the whole input.
    pub fn new(source: impl AsRef<str>, code: FailureCode, message: impl Into<String>) -> Self {
        let source: Box<str> = source.as_ref().into();
        let (file, message) = (source.clone(), message.into());
        Self { source, file, document: 0, code, message, position: None, pointer: None }
    }

    /// The same, in a text that so many lines of the input stand before.
    pub(super) fn after_lines(self, lines: usize) -> Self {
        let position = self.position.map(|at| Position { line: at.line + lines, ..at });
        Self { position, ..self }
    }

    /// The same, told as of the source that an envelope names.
    #[must_use]
    pub fn in_envelope(self, envelope: Option<&Envelope>) -> Self {
        let source = envelope.map_or(self.source, |envelope| envelope.source.as_str().into());
        Self { source, ..self }
    }
}

/// `FILE:LINE:COLUMN: message`; with the source that an envelope names, `FILE:LINE:COLUMN: SOURCE: message`.
impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:", self.file)?;
        if let Some(Position { line, column }) = self.position {
            write!(f, "{line}:{column}:")?;
        }
        if self.source != self.file {
            write!(f, " {}:", self.source)?;
        }
        write!(f, " {}", self.message)?;
        match &self.pointer {
            Some(pointer) => write!(f, " (in {pointer})"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for Failure {}

/// Names a sort of failure for scripts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum FailureCode {
    /// The file or folder could not be opened or read.
    CannotRead,
    /// The input is larger than 256 MiB.
    TooLarge,
    /// There is nothing in it.
    Empty,
    /// Neither UTF-8 nor UTF-16 with a byte order mark.
    NotUnicode,
    /// Not JSON.
    NotJson,
    /// The documentation's syntax block.
    DocumentationSyntax,
    /// An HTML page.
    Html,
    /// An error answer of the portal.
    PortalError,
    /// The portal was not reached, or nobody signed in to it.
    Network,
    /// A member that is read stands twice.
    RepeatedKey,
    /// JSON of a known kind, but not the one asked for.
    WrongKind,
    /// JSON of no known kind.
    UnknownKind,
    /// A folder without any license document.
    NoLicense,
    /// An administrator list with an entry that cannot be read.
    UnreadableList,
    /// CSV whose columns or records are not those that are read.
    BadCsv,
    /// A value that has to be read, and cannot be.
    Unreadable,
    /// A page is missing of a list that comes in pages, or something else that must have been counted.
    Incomplete,
    /// Two inputs, or two places in one, that say different things of the same.
    Contradiction,
}

impl FailureCode {
    /// The name, as in every output.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::CannotRead => "cannot-read",
            Self::TooLarge => "too-large",
            Self::Empty => "empty",
            Self::NotUnicode => "not-unicode",
            Self::NotJson => "not-json",
            Self::DocumentationSyntax => "documentation-syntax",
            Self::Html => "html",
            Self::PortalError => "portal-error",
            Self::Network => "network",
            Self::RepeatedKey => "repeated-key",
            Self::WrongKind => "wrong-kind",
            Self::UnknownKind => "unknown-kind",
            Self::NoLicense => "no-license",
            Self::UnreadableList => "unreadable-list",
            Self::BadCsv => "bad-csv",
            Self::Unreadable => "unreadable",
            Self::Incomplete => "incomplete",
            Self::Contradiction => "contradiction",
        }
    }
}
