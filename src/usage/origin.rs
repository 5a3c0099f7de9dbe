//! Where a document about usage was found, for the places in failures.

use crate::json::{Locator, Pointer, message_and_place};
use crate::source::{DocumentPlace, Failure, FailureCode, Source};

/// A document in its source.
#[derive(Clone, Copy, Debug)]
pub(super) struct DocumentOrigin<'s> {
    pub(super) source: &'s Source,
    pub(super) place: &'s DocumentPlace,
}

impl<'s> DocumentOrigin<'s> {
    /// The name of the document in messages: the input, and the number of the document unless it is the first.
    pub(super) fn name(&self) -> String {
        match self.place.index {
            0 => self.source.name().to_owned(),
            index => format!("{} (document {})", self.source.name(), index + 1),
        }
    }

    /// The JSON text of the document.
    pub(super) fn text(&self) -> &'s str {
        self.source.text().get(self.place.span.clone()).unwrap_or_default()
    }

    /// A failure about the document as a whole.
    pub(super) fn failure(&self, code: FailureCode, message: impl Into<String>) -> Failure {
        Failure { document: self.place.index, ..Failure::new(self.source.name(), code, message) }
    }

    /// A failure about a value that has to be read and cannot be.
    pub(super) fn unreadable(&self, pointer: Pointer, message: impl Into<String>) -> Failure {
        let span = Locator::new(self.source.text(), self.place.span.clone()).span(&pointer);
        let position = Some(self.source.position(span.start));
        Failure { position, pointer: Some(pointer), ..self.failure(FailureCode::Unreadable, message) }
    }

    /// Reads the document as the type that its kind has.
    pub(super) fn read<T: serde::de::Deserialize<'s>>(&self) -> Result<T, Failure> {
        serde_json::from_str(self.text()).map_err(|error| {
            let text = self.source.text();
            let (message, at) = message_and_place(&error, text);
            let at = at.unwrap_or(self.place.span.start);
            let pointer = Locator::new(text, self.place.span.clone()).pointer_at(at.saturating_sub(1));
            let pointer = Some(pointer).filter(|pointer| !pointer.as_str().is_empty());
            let position = Some(self.source.position(at));
            let message = format!("{message}: the document says two things, and only its author knows which one holds");
            Failure { position, pointer, ..self.failure(FailureCode::RepeatedKey, message) }
        })
    }
}
