//! The documents of a source: one, several in a row, or one a line.

use std::ops::Range;

use serde::de::IgnoredAny;
use serde_json::error::Category;

use crate::json::{LineIndex, Locator, Place, Plain, message_and_place};
use crate::license::LicenseDocument;
use crate::source::decoded::JSON_SPACE;
use crate::source::recognize::{Document, RefusedDocument, Root, recognize};
use crate::source::{DocumentKind, Envelope, Failure, FailureCode, Source, plain_text};

/// A document of a source, and its place there.
#[derive(Debug)]
#[non_exhaustive]
pub struct Found<'a> {
    /// The place of the document in its source.
    pub place: DocumentPlace,
    /// The document, read as the kind that it was recognized as.
    pub document: Result<Document<'a>, Failure>,
}

/// The place of a document in its source.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DocumentPlace {
    /// The number of the document within the input, from 0. In an input that is read by lines, bad lines are counted
    /// too.
    pub index: usize,
    /// The bytes of the document in the text of the source; for a document in an envelope, the bytes without the
    /// envelope.
    pub span: Range<usize>,
    /// The envelope around the document.
    pub envelope: Option<Envelope>,
}

impl DocumentPlace {
    /// The name of the document's source in answers: the `source` of its envelope, else the name of the input.
    #[must_use]
    pub fn source_name<'s>(&'s self, source: &'s Source) -> &'s str {
        let of_envelope = self.envelope.as_ref().map(|envelope| envelope.source.as_str());
        of_envelope.filter(|source| !source.trim().is_empty()).unwrap_or(source.name())
    }

    /// The time at which the document was fetched, as its envelope says.
    #[must_use]
    pub fn fetched_at(&self) -> Option<&str> {
        self.envelope.as_ref()?.fetched_at.as_deref()
    }
}

impl Source {
    /// The documents of this source, one after the other. A document that cannot be read is a [`Failure`] in its
    /// place.
    #[must_use]
    pub fn documents(&self) -> Documents<'_> {
        Documents { source: self, next: 0, index: self.documents_before() }
    }

    /// The one license document that this source is.
    ///
    /// # Errors
    /// A [`Failure`] where the document cannot be read, is of another kind, or is followed by another one.
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

/// Iterates over the documents of a source.
#[derive(Debug)]
pub struct Documents<'a> {
    source: &'a Source,
    next: usize,
    index: usize,
}

/// A JSON value of the source that was read as a document, and the offset at which it ends.
struct ReadValue<'a> {
    end: usize,
    /// The envelope around the document, and the bytes of the document within it.
    inside: Option<(Envelope, Range<usize>)>,
    document: Result<Document<'a>, Failure>,
}

impl<'a> Documents<'a> {
    fn found(&mut self, start: usize, read: ReadValue<'a>) -> Found<'a> {
        let index = self.index;
        self.index += 1;
        let ReadValue { end, inside, document } = read;
        let document = document.map_err(|failure| {
            let several = index > 0 || self.source.is_by_lines();
            let position = failure.position.or_else(|| several.then(|| self.source.position(start)));
            Failure { document: index, position, ..failure }
        });
        let (envelope, span) = inside.map_or((None, start..end), |(envelope, span)| (Some(envelope), span));
        Found { place: DocumentPlace { index, span, envelope }, document }
    }

    /// Reads the document that starts at `start`, in a text that ends at `end`.
    fn read(&self, start: usize, end: usize) -> ReadValue<'a> {
        let text = self.source.text().get(start..end).unwrap_or_default();
        let plain = |end: usize, document| ReadValue { end, inside: None, document };
        if text.starts_with('<') {
            return plain(end, Ok(Document::Other(DocumentKind::Html)));
        }
        // A text that begins as JSON is treated as JSON, even if it breaks later.
        let may_be_plain = self.index == 0 && !self.source.is_by_lines() && !text.starts_with(['{', '[']);
        match root(text) {
            Some(Ok((root, length))) => {
                let end = start + length;
                match recognize(root) {
                    Ok((document, None)) => plain(end, Ok(document)),
                    Ok((document, Some((envelope, inside)))) => {
                        let span = self.source.span_of(inside).unwrap_or(start..end);
                        ReadValue { end, inside: Some((envelope, span)), document: Ok(document) }
                    }
                    Err(refused) => plain(end, Err(self.refused(refused, start..end))),
                }
            }
            Some(Err(error)) if error.classify() == Category::Data => {
                let mut skipped = serde_json::Deserializer::from_str(text).into_iter::<IgnoredAny>();
                let length = if matches!(skipped.next(), Some(Ok(_))) { skipped.byte_offset() } else { text.len() };
                plain(start + length, Err(self.repeated_key(&error, start..start + length)))
            }
            Some(Err(error)) => match plain_text::kind(self.source.name(), text) {
                Some(kind) if may_be_plain => plain(end, Ok(Document::Other(kind))),
                _ => plain(end, Err(self.not_json(&error, start..end))),
            },
            None => plain(end, Err(self.empty())),
        }
    }

    fn failed(&self, code: FailureCode, message: String) -> Failure {
        Failure::new(self.source.name(), code, message)
    }

    fn empty(&self) -> Failure {
        self.failed(FailureCode::Empty, "there is nothing in it".to_owned())
    }

    fn refused(&self, refused: RefusedDocument<'_>, span: Range<usize>) -> Failure {
        let RefusedDocument { code, message, at, envelope } = refused;
        let at = at.and_then(|part| self.source.span_of(part));
        let failure = self.failed(code, message).in_envelope(envelope.as_ref());
        match at {
            Some(at) => {
                let pointer = Locator::new(self.source.text(), span).pointer_at(at.start);
                Failure { position: Some(self.source.position(at.start)), pointer: Some(pointer), ..failure }
            }
            None => failure,
        }
    }

    fn repeated_key(&self, error: &serde_json::Error, span: Range<usize>) -> Failure {
        let (message, at) = message_and_place(error, self.source.text());
        let at = at.unwrap_or(span.start);
        let pointer = Locator::new(self.source.text(), span).pointer_at(at.saturating_sub(1));
        let pointer = Some(pointer).filter(|pointer| !pointer.as_str().is_empty());
        let position = Some(self.source.position(at));
        let message = format!("{message}: the document says two things, and only its author knows which one holds");
        Failure { position, pointer, ..self.failed(FailureCode::RepeatedKey, message) }
    }

    /// The failure of a text at `span` that is not JSON: where JSON breaks off, and why.
    fn not_json(&self, error: &serde_json::Error, span: Range<usize>) -> Failure {
        let text = self.source.text().get(span.clone()).unwrap_or_default();
        let at = LineIndex::new(text).offset(text, error.line(), error.column());
        let (reason, _) = message_and_place(error, text);
        let (code, message) = if is_documentation(text.get(at..).unwrap_or_default()) {
            let message = "this is the documentation's syntax block, not JSON: it has \"...\", comments or placeholders where \
                           a license has values";
            (FailureCode::DocumentationSyntax, message.to_owned())
        } else if error.classify() == Category::Eof {
            (FailureCode::NotJson, format!("not JSON: {reason}; is the file cut off?"))
        } else {
            (FailureCode::NotJson, format!("not JSON: {reason}"))
        };
        Failure { position: Some(self.source.position(span.start + at)), ..self.failed(code, message) }
    }
}

/// The first JSON value of a text and its length; `None` where the text is blank.
fn root(text: &str) -> Option<serde_json::Result<(Place<Root<'_>>, usize)>> {
    let mut plain = serde_json::Deserializer::from_str(text).into_iter::<Plain<Root<'_>>>();
    if let Some(Ok(Plain(root))) = plain.next() {
        return Some(Ok((root, plain.byte_offset())));
    }
    let mut careful = serde_json::Deserializer::from_str(text).into_iter::<Place<Root<'_>>>();
    let root = careful.next()?;
    Some(root.map(|root| (root, careful.byte_offset())))
}

/// Whether a text begins with a mark that the documentation of the REST API puts between values. No license contains
/// such a mark.
fn is_documentation(rest: &str) -> bool {
    ["...", "…", "//", "/*", "<"].iter().any(|mark| rest.starts_with(mark))
}

impl<'a> Iterator for Documents<'a> {
    type Item = Found<'a>;

    fn next(&mut self) -> Option<Found<'a>> {
        let text = self.source.text();
        let by_lines = self.source.is_by_lines();
        let rest = text.get(self.next..).unwrap_or_default();
        let start = self.next + (rest.len() - rest.trim_start_matches(JSON_SPACE).len());
        if start == text.len() {
            self.next = start;
            let empty = self.index == 0 && !self.source.may_be_empty();
            return empty
                .then(|| self.found(start, ReadValue { end: start, inside: None, document: Err(self.empty()) }));
        }
        let line_end =
            || text.get(start..).and_then(|rest| rest.find('\n')).map_or(text.len(), |length| start + length);
        let end = if by_lines { line_end() } else { text.len() };
        let mut read = self.read(start, end);
        if by_lines {
            let rest = text.get(read.end..end).unwrap_or_default().trim_start_matches(JSON_SPACE);
            if !rest.is_empty() {
                let position = Some(self.source.position(end - rest.len()));
                let message = "not JSON: there is more after the end of the value, in a file of one value a line";
                let failure = Failure { position, ..self.failed(FailureCode::NotJson, message.to_owned()) };
                read = ReadValue { end, inside: None, document: Err(failure) };
            }
            self.next = end;
            read.end = read.end.min(end);
        } else {
            self.next = read.end;
        }
        Some(self.found(start, read))
    }
}
