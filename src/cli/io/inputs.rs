//! The licenses that were named on the command line, one after the other.

use std::path::{Path, PathBuf};

use crate::license::LicenseDocument;
use crate::source::{Document, DocumentPlace, Failure, FailureCode, Found, Input, Lines, Source, Sources};

use crate::cli::io::documents::{Read, each_document, wrong_kind};
use crate::cli::io::exit::{Exit, Stop};
use crate::cli::io::messages::Messages;
pub(crate) use crate::cli::io::same_file::refuse_to_replace;

/// Calls `each` with every license document in the files, and says what could not be read. Every input is tried, also after
/// `each` has failed.
///
/// # Errors
/// Where an input is a file that would be replaced, where there is more than one license and an administrator list, which
/// belongs to one, or where `each` fails; with the exit code of an input that could not be
/// read, if there is one.
pub(crate) fn each_license(
    files: &[PathBuf],
    lines: Lines,
    outputs: &[&Path],
    list: Option<&Path>,
    messages: &Messages,
    each: impl FnMut(&Source, &DocumentPlace, &LicenseDocument<'_>) -> Result<(), Stop>,
) -> Result<Vec<Failure>, Stop> {
    let tell = |failure: &Failure| messages.error(&failure.to_string());
    each_license_or_failure(files, lines, outputs, list, messages, tell, each)
}

/// The same, where `tell` says what could not be read.
///
/// # Errors
/// As [`each_license`].
pub(crate) fn each_license_or_failure(
    files: &[PathBuf],
    lines: Lines,
    outputs: &[&Path],
    list: Option<&Path>,
    messages: &Messages,
    tell: impl Fn(&Failure),
    mut each: impl FnMut(&Source, &DocumentPlace, &LicenseDocument<'_>) -> Result<(), Stop>,
) -> Result<Vec<Failure>, Stop> {
    let mut failures = Vec::new();
    let (mut stop, mut is_first) = (None, true);
    each_document(files, lines, outputs, messages, |read| match read {
        Read::License((source, place, license)) => {
            if stop.is_none() && !is_first {
                stop = refuse_second_license(list).err();
            }
            is_first = false;
            if stop.is_none() {
                stop = each(source, place, license).err();
            }
        }
        Read::Failure(failure) => {
            tell(&failure);
            failures.push(failure);
        }
    })?;
    match stop {
        Some(stop) if failures.is_empty() => Err(stop),
        Some(stop) => Err(stop.at_least(Exit::Input)),
        None => Ok(failures),
    }
}

/// The file that is one license document, or the one in a folder that holds one.
#[derive(Debug)]
pub(crate) struct OneLicense {
    source: Source,
    /// Which document of the source, where others may stand beside it.
    index: Option<usize>,
}

/// A license document and where it was found.
#[derive(Debug)]
pub(crate) struct FoundLicense<'s> {
    pub(crate) source: &'s Source,
    pub(crate) place: DocumentPlace,
    pub(crate) document: Box<LicenseDocument<'s>>,
}

impl OneLicense {
    /// Reads the file, or looks for the license in the folder.
    ///
    /// # Errors
    /// Where it cannot be read, there is none, or more is there.
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
        let each = |source: &Source, place: &DocumentPlace, _: &LicenseDocument<'_>| {
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
            // What is wrong was said when it was found.
            _ if !failures.is_empty() => Err(Stop::silent(Exit::Input).with_failures(failures)),
            _ => Err(Failure::new(folder.display().to_string(), FailureCode::NoLicense, "no license").into()),
        }
    }

    /// The license document.
    ///
    /// # Errors
    /// Where it cannot be read, is of another kind, or more follows.
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

/// Two documents where one license is wanted.
pub(crate) fn more_than_one(first: (&Source, &DocumentPlace), second: (&Source, &DocumentPlace)) -> Stop {
    let (one, other) = (called(first.0, first.1), called(second.0, second.1));
    Stop::usage(format!("more than one document, where one license is wanted: {one} and {other}"))
}

/// "portal-17 (all.jsonl, line 2)"; without envelope "all.jsonl, line 2".
pub(crate) fn called(source: &Source, place: &DocumentPlace) -> String {
    let at = format!("{}, line {}", source.name(), source.position(place.span.start).line);
    match &place.envelope {
        Some(envelope) => format!("{} ({at})", envelope.source),
        None => at,
    }
}

/// An administrator list belongs to one license: with a second license nobody knows to which.
pub(crate) fn refuse_second_license(list: Option<&Path>) -> Result<(), Stop> {
    match list {
        Some(_) => Err(Stop::usage("--admins belongs to one license file, and here is more than one license")),
        None => Ok(()),
    }
}

/// Standard input can be read only once.
pub(crate) fn stdin_once(inputs: &[&Path]) -> Result<(), Stop> {
    match inputs.iter().filter(|input| **input == Path::new("-")).count() {
        0 | 1 => Ok(()),
        _ => Err(Stop::usage("standard input (-) can be read only once")),
    }
}
