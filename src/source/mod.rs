//! From bytes to documents: decoding, one or many documents in a file, and what kind of document each is.

mod decode;
mod documents;
mod failure;
mod input;
mod kind;
mod portal_error;
mod recognize;
pub mod sheet;

pub use documents::{DocumentPlace, Documents, Found};
pub use failure::{Failure, FailureCode};
pub use input::{Input, MAX_INPUT_BYTES, expand};
pub use kind::DocumentKind;
pub use portal_error::PortalError;
pub use recognize::Document;
pub use sheet::Columns;

use std::sync::OnceLock;

use crate::json::{LineIndex, Position};

/// A decoded input: its name, for people, and its text without byte order mark.
#[derive(Clone, Debug)]
pub struct Source {
    name: String,
    text: String,
    /// Only made once something must be pointed at.
    lines: OnceLock<LineIndex>,
}

impl Source {
    /// Decodes UTF-8 with or without byte order mark, or UTF-16 with one.
    ///
    /// # Errors
    /// A [`Failure`] where the bytes are neither.
    pub fn decode(name: impl Into<String>, bytes: Vec<u8>) -> Result<Self, Failure> {
        let name = name.into();
        match decode::decode(bytes) {
            Ok(text) => Ok(Self::from_text(name, text)),
            Err((code, message, position)) => Err(Failure { position, ..Failure::new(&name, code, message) }),
        }
    }

    /// A source of text that is at hand already.
    pub fn from_text(name: impl Into<String>, text: impl Into<String>) -> Self {
        Self { name: name.into(), text: text.into(), lines: OnceLock::new() }
    }

    /// What the user calls it.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The decoded text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The line and column of a byte of the text.
    #[must_use]
    pub fn position(&self, offset: usize) -> Position {
        self.lines.get_or_init(|| LineIndex::new(&self.text)).position(&self.text, offset)
    }
}
