//! The documents of a source: one, several in a row, or one a line.

use std::ops::Range;

use serde::de::IgnoredAny;
use serde_json::error::Category;

use crate::json::{LineIndex, Locator, Place};
use crate::license::LicenseDocument;
use crate::source::recognize::{Document, Root, recognize};
use crate::source::{DocumentKind, Failure, FailureCode, Source};

impl Source {
    /// The documents in it, one after the other. One that cannot be read is a [`Failure`] in its place.
    #[must_use]
    pub fn documents(&self) -> Documents<'_> {
        Documents::new(self)
    }

    /// The one license document that this source is.
    ///
    /// # Errors
    /// Where it cannot be read, is of another kind, or more follows.
    pub fn license(&self) -> Result<LicenseDocument<'_>, Failure> {
        let mut documents = self.documents();
        let first = documents.next().map(|found| found.document).transpose()?;
        let failed = |(code, message)| Failure::new(self.name(), code, message);
        match (first, documents.next()) {
            (Some(Document::License(license)), None) => Ok(*license),
            (Some(other), None) => Err(failed(other.not(DocumentKind::License))),
            _ => Err(failed((FailureCode::WrongKind, "there is more than one document in it".to_owned()))),
        }
    }
}

/// A document and where it stands.
#[derive(Debug)]
pub struct Found<'a> {
    /// Where it stands.
    pub place: DocumentPlace,
    /// What it is.
    pub document: Result<Document<'a>, Failure>,
}

/// Where a document stands in its source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DocumentPlace {
    /// Which document of the source, from 0; by lines, bad ones are counted too.
    pub index: usize,
    /// Its bytes in the source's text.
    pub span: Range<usize>,
}

/// Iterates over the documents of a source.
#[derive(Debug)]
pub struct Documents<'a> {
    source: &'a Source,
    by_lines: bool,
    next: usize,
    index: usize,
}

const JSON_SPACE: [char; 5] = [' ', '\t', '\n', '\r', '\u{FEFF}'];

impl<'a> Documents<'a> {
    pub(super) fn new(source: &'a Source) -> Self {
        let text = source.text.trim_start_matches(JSON_SPACE);
        let by_lines = text.split_once('\n').is_some_and(|(first, rest)| {
            !rest.trim_start_matches(JSON_SPACE).is_empty() && serde_json::from_str::<IgnoredAny>(first).is_ok()
        });
        Self { source, by_lines, next: 0, index: 0 }
    }

    fn found(&mut self, span: Range<usize>, document: Result<Document<'a>, Failure>) -> Found<'a> {
        let index = self.index;
        self.index += 1;
        let document = document.map_err(|failure| {
            let position =
                failure.position.or_else(|| (index > 0 || self.by_lines).then(|| self.source.position(span.start)));
            Failure { document: index, position, ..failure }
        });
        Found { place: DocumentPlace { index, span }, document }
    }

    /// Reads the document that starts at `start`, in a text that ends at `end`; its end, and what it is.
    fn read(&self, start: usize, end: usize) -> (usize, Result<Document<'a>, Failure>) {
        let text = self.source.text.get(start..end).unwrap_or_default();
        if text.starts_with('<') {
            return (end, Ok(Document::Other(DocumentKind::Html)));
        }
        let mut stream = serde_json::Deserializer::from_str(text).into_iter::<Place<Root<'a>>>();
        match stream.next() {
            Some(Ok(root)) => {
                let document = recognize(root).map_err(|(code, message)| self.failed(code, message));
                (start + stream.byte_offset(), document)
            }
            Some(Err(error)) if error.classify() == Category::Data => {
                let mut skipped = serde_json::Deserializer::from_str(text).into_iter::<IgnoredAny>();
                let length = if matches!(skipped.next(), Some(Ok(_))) { skipped.byte_offset() } else { text.len() };
                let failure = self.failure(&error, start..start + length);
                (start + length, Err(failure))
            }
            Some(Err(error)) => (end, Err(self.failure(&error, start..end))),
            None => (end, Err(self.failed(FailureCode::Empty, "there is nothing in it".to_owned()))),
        }
    }

    fn failed(&self, code: FailureCode, message: String) -> Failure {
        Failure::new(&self.source.name, code, message)
    }

    /// Says where and why the text `span` is not what is read.
    fn failure(&self, error: &serde_json::Error, span: Range<usize>) -> Failure {
        let text = self.source.text.get(span.clone()).unwrap_or_default();
        let at = LineIndex::new(text).offset(text, error.line(), error.column());
        let reason = error.to_string();
        let reason = reason.rsplit_once(" at line ").map_or(reason.as_str(), |(reason, _)| reason);
        let (code, message) = match error.classify() {
            Category::Data => (
                FailureCode::RepeatedKey,
                format!("{reason}: the document says two things, and only its author knows which one holds"),
            ),
            _ if is_documentation(text.get(at..).unwrap_or_default()) => (
                FailureCode::DocumentationSyntax,
                "this is the documentation's syntax block, not JSON: it has \"...\", comments or placeholders where a \
                 license has values"
                    .to_owned(),
            ),
            Category::Eof => (FailureCode::NotJson, format!("not JSON: {reason}; is the file cut off?")),
            _ if reason == "number out of range" => (
                FailureCode::NotJson,
                "a number that is too large to be read stands where an object or a list belongs".to_owned(),
            ),
            _ => (FailureCode::NotJson, format!("not JSON: {reason}")),
        };
        let pointer = (code == FailureCode::RepeatedKey)
            .then(|| Locator::new(self.source.text(), span.clone()).pointer_at(span.start + at.saturating_sub(1)))
            .filter(|pointer| !pointer.as_str().is_empty());
        let position = Some(self.source.position(span.start + at));
        Failure { position, pointer, ..self.failed(code, message) }
    }
}

/// What the REST API's documentation writes between values and a license does not.
fn is_documentation(rest: &str) -> bool {
    ["...", "…", "//", "/*", "<"].iter().any(|mark| rest.starts_with(mark))
}

impl<'a> Iterator for Documents<'a> {
    type Item = Found<'a>;

    fn next(&mut self) -> Option<Found<'a>> {
        let text = self.source.text.as_str();
        let rest = text.get(self.next..).unwrap_or_default();
        let start = self.next + (rest.len() - rest.trim_start_matches(JSON_SPACE).len());
        if start == text.len() {
            self.next = start;
            let empty = self.index == 0;
            return empty.then(|| {
                let failure = self.failed(FailureCode::Empty, "there is nothing in it".to_owned());
                self.found(start..start, Err(failure))
            });
        }
        let line_end =
            || text.get(start..).and_then(|rest| rest.find('\n')).map_or(text.len(), |length| start + length);
        let end = if self.by_lines { line_end() } else { text.len() };
        let (mut stop, mut document) = self.read(start, end);
        if self.by_lines {
            let rest = text.get(stop..end).unwrap_or_default().trim_start_matches(JSON_SPACE);
            if document.is_ok() && !rest.is_empty() {
                let position = Some(self.source.position(end - rest.len()));
                let message = "not JSON: there is more after the end of the value, in a file of one value a line";
                document = Err(Failure { position, ..self.failed(FailureCode::NotJson, message.to_owned()) });
            }
            self.next = end;
            stop = stop.min(end);
        } else {
            self.next = stop;
        }
        Some(self.found(start..stop, document))
    }
}
