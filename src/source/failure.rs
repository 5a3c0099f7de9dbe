//! An input that could not be read.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::json::{Pointer, Position};
use crate::source::Envelope;

/// An input that could not be read, or a document of it that could not.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Failure {
    /// The `source` of the envelope around the document; without envelope the name of the input.
    pub source: Box<str>,
    /// The input by its name, as messages show it.
    pub file: Box<str>,
    /// The number of the document within the input, from 0.
    pub document: usize,
    /// What went wrong, as one word for programs.
    pub code: FailureCode,
    /// The message for people: what is wrong, and what to do.
    pub message: String,
    /// The place in the input, if the failure has one.
    pub position: Option<Position>,
    /// The place in the document, if the failure has one.
    pub pointer: Option<Pointer>,
}

impl Failure {
    /// A failure of the whole input.
    pub fn new(source: impl AsRef<str>, code: FailureCode, message: impl Into<String>) -> Self {
        let source: Box<str> = source.as_ref().into();
        let (file, message) = (source.clone(), message.into());
        Self { source, file, document: 0, code, message, position: None, pointer: None }
    }

    /// This failure, with its line counted after this many lines of the input.
    pub(super) fn after_lines(self, lines: usize) -> Self {
        let position = self.position.map(|at| Position { line: at.line + lines, ..at });
        Self { position, ..self }
    }

    /// This failure, with the source that the envelope names.
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

/// The sort of a failure; scripts read its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum FailureCode {
    /// The file or folder could not be opened or read.
    CannotRead,
    /// The input is larger than 256 MiB.
    TooLarge,
    /// The input is empty, or only blank.
    Empty,
    /// The bytes are neither UTF-8 nor UTF-16 with a byte order mark.
    NotUnicode,
    /// The text is not JSON.
    NotJson,
    /// The text is the syntax block of Esri's documentation, with its `...` and comments.
    DocumentationSyntax,
    /// The text is an HTML page.
    Html,
    /// The document is an error answer of the portal.
    PortalError,
    /// The portal could not be reached, or refused the sign-in.
    Network,
    /// A member that seatline reads stands twice in one object.
    RepeatedKey,
    /// The document is of a known kind, and of another kind than the command needs.
    WrongKind,
    /// The document is JSON of no known kind.
    UnknownKind,
    /// The folder holds no license document.
    NoLicense,
    /// The document is an administrator list with an entry that cannot be read.
    UnreadableList,
    /// The CSV has other columns or records than the command reads.
    BadCsv,
    /// A value that the answer depends on cannot be read.
    Unreadable,
    /// A page of a list is missing, or another part that must have been counted.
    Incomplete,
    /// Two inputs, or two places of one input, contradict each other.
    Contradiction,
}

impl FailureCode {
    /// The name of the code in every output.
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
