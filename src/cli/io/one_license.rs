//! Finds the only license that a command asks about.

use std::path::Path;

use crate::license::LicenseDocument;
use crate::source::{Document, DocumentPlace, Failure, FailureCode, Found, Input, License, Lines, Source, Sources};

use crate::cli::exit::{Exit, Stop};
use crate::cli::io::inputs::each_license;
use crate::cli::io::messages::Messages;
use crate::cli::io::work::wrong_kind;

/// The source that holds the license: the file itself, or a file in the folder that the user named.
#[derive(Debug)]
pub(crate) struct OneLicense {
    source: Source,
    /// The number of the document, where the source holds others as well.
    index: Option<usize>,
}

/// A license document, with its source and its place there.
#[derive(Debug)]
pub(crate) struct FoundLicense<'s> {
    pub(crate) source: &'s Source,
    pub(crate) place: DocumentPlace,
    pub(crate) document: Box<LicenseDocument<'s>>,
}

impl FoundLicense<'_> {
    /// The document, its source and its place, for an answer.
    pub(crate) fn as_license(&self) -> License<'_> {
        License::new(self.source, &self.place, &self.document)
    }
}

impl OneLicense {
    /// Reads the file, or looks for the license in the folder.
    ///
    /// # Errors
    /// A [`Stop`] where the file cannot be read, and where there is no license or more than one.
    pub(crate) fn open(file: &Path, messages: &Messages) -> Result<Self, Stop> {
        if file.is_dir() {
            return Self::in_folder(file, messages);
        }
        let input = Input::named(file);
        let mut sources = Sources::open(&input, Lines::Recognized);
        let Some(source) = sources.next().transpose()? else {
            return Err(Failure::new(input.name(), FailureCode::Empty, "there is nothing in it").into());
        };
        let one = Self { source, index: None };
        let Some(other) = sources.next() else { return Ok(one) };
        let (place, _) = one.only_document()?;
        let other = other?;
        Err(match other.documents().next() {
            Some(Found { place: second, document }) => {
                document.map_or_else(Stop::from, |_| more_than_one((&one.source, &place), (&other, &second)))
            }
            None => Failure::new(one.source.name(), FailureCode::Empty, "there is nothing in it").into(),
        })
    }

    fn in_folder(folder: &Path, messages: &Messages) -> Result<Self, Stop> {
        let (mut found, mut first) = (None, String::new());
        let each = |License { source, place, .. }: License<'_>| {
            if found.is_some() {
                let second = called(source, place);
                let message = format!("more than one license in {}: {first} and {second}; name one", folder.display());
                return Err(Stop::usage(message));
            }
            first = called(source, place);
            found = Some(Self { source: source.clone(), index: Some(place.index) });
            Ok(())
        };
        let failures = each_license(&[folder.to_owned()], Lines::Recognized, &[], None, messages, each)?;
        match found {
            Some(found) if failures.is_empty() => Ok(found),
            // The failures were reported when they were found.
            _ if !failures.is_empty() => Err(Stop::silent(Exit::Input).with_failures(failures)),
            _ => Err(Failure::new(folder.display().to_string(), FailureCode::NoLicense, "no license").into()),
        }
    }

    /// The license document.
    ///
    /// # Errors
    /// A [`Stop`] where the document cannot be read, is of another kind, or is followed by another one.
    pub(crate) fn read(&self) -> Result<FoundLicense<'_>, Stop> {
        let (place, document) = self.only_document()?;
        match document {
            Document::License(document) => Ok(FoundLicense { source: &self.source, place, document }),
            other => Err(wrong_kind(&self.source, &place, &other).into()),
        }
    }

    fn only_document(&self) -> Result<(DocumentPlace, Document<'_>), Stop> {
        let source = &self.source;
        let mut documents =
            source.documents().filter(|found| self.index.is_none_or(|index| index == found.place.index));
        let Some(Found { place, document }) = documents.next() else {
            return Err(Failure::new(source.name(), FailureCode::Empty, "there is nothing in it").into());
        };
        let document = document?;
        match documents.next() {
            None => Ok((place, document)),
            Some(Found { place: second, document: other }) => {
                Err(other.map_or_else(Stop::from, |_| more_than_one((source, &place), (source, &second))))
            }
        }
    }
}

/// The error for two documents where one license is wanted.
pub(crate) fn more_than_one(first: (&Source, &DocumentPlace), second: (&Source, &DocumentPlace)) -> Stop {
    let (one, other) = (called(first.0, first.1), called(second.0, second.1));
    Stop::usage(format!("more than one document, where one license is wanted: {one} and {other}"))
}

/// The name of a license in messages: "portal-17 (all.jsonl, line 2)"; without envelope "all.jsonl, line 2".
pub(crate) fn called(source: &Source, place: &DocumentPlace) -> String {
    let at = format!("{}, line {}", source.name(), source.position(place.span.start).line);
    match &place.envelope {
        Some(envelope) => format!("{} ({at})", envelope.source),
        None => at,
    }
}
