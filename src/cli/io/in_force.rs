//! The license in force before an import: a license document, or what the portal states of its license.

use std::path::{Path, PathBuf};

use crate::answers::Side;
use crate::license::AdministratorList;
use crate::source::{
    Document, DocumentKind, DocumentPlace, Failure, FailureCode, Found, Input, Source, WantedKind, expand_all,
};
use crate::usage::Installed;

use crate::cli::exit::Stop;
use crate::cli::io::messages::Messages;
use crate::cli::io::one_license::{FoundLicense, called, more_than_one};
use crate::cli::io::skipped::note_no_file;

/// The most documents that a message names where only one may be there.
const MOST: usize = 5;

/// The file or folder with the license in force before an import, and the portal's future license beside it.
#[derive(Debug)]
pub(crate) struct InForce {
    path: PathBuf,
    pub(crate) sources: Vec<Source>,
    future: Option<Source>,
    /// Paths in the folder that have the name of a document and are no files.
    no_files: Vec<PathBuf>,
}

/// The license in force before an import.
#[derive(Debug)]
pub(crate) enum FoundInForce<'s> {
    License(FoundLicense<'s>),
    Portal(Installed<'s>),
}

impl FoundInForce<'_> {
    /// The license in force as a side of a comparison, with its administrator list.
    pub(crate) fn side<'f>(&'f self, administrators: Option<&'f AdministratorList>) -> Side<'f> {
        match self {
            Self::License(license) => Side::of_license(license.as_license(), administrators),
            Self::Portal(installed) => Side::of_portal(installed, administrators),
        }
    }
}

/// The documents that may be the license in force.
#[derive(Default)]
struct Candidates<'s> {
    licenses: Vec<FoundLicense<'s>>,
    resources: Vec<(&'s Source, DocumentPlace)>,
    futures: Vec<(&'s Source, DocumentPlace)>,
    /// Whether `seatline fetch` saved them.
    fetched: bool,
}

impl InForce {
    /// Reads the files.
    ///
    /// # Errors
    /// A [`Stop`] where a file cannot be read.
    pub(crate) fn open(path: &Path, future: Option<&Path>) -> Result<Self, Stop> {
        let read = |input: Input| Source::decode(input.name(), input.read()?);
        let (inputs, no_files) = expand_all(path);
        let sources = inputs.into_iter().map(|input| read(input?)).collect::<Result<_, _>>()?;
        let future = future.map(|path| read(Input::named(path))).transpose()?;
        Ok(Self { path: path.to_owned(), sources, future, no_files })
    }

    /// The license document, or the portal's statement of its license.
    ///
    /// # Errors
    /// A [`Stop`] where no file, or more than one, tells the license in force.
    pub(crate) fn read(&self, messages: &Messages) -> Result<FoundInForce<'_>, Stop> {
        self.no_files.iter().for_each(|path| note_no_file(path, messages));
        let is_folder = self.path.is_dir();
        let mut found = Candidates::default();
        for source in &self.sources {
            found.read(source, is_folder)?;
        }
        if let Some(future) = &self.future {
            found.futures.clear();
            found.read(future, false)?;
            if found.futures.is_empty() {
                let wanted = DocumentKind::FutureLicense;
                return Err(Failure::new(future.name(), FailureCode::WrongKind, format!("this is not {wanted}")).into());
            }
        }
        let Candidates { mut licenses, mut resources, mut futures, fetched } = found;
        let nothing = || {
            let message = "there is no license and no license resource in this folder (*.json, *.jsonl, *.ndjson)";
            Failure::new(self.path.display().to_string(), FailureCode::NoLicense, message)
        };
        match (licenses.as_slice(), resources.as_slice(), futures.as_slice()) {
            ([_], [], _) if self.future.is_some() => {
                return Err(Stop::usage("--future goes with the portal's license resource, and OLD is a license"));
            }
            // A fetched folder also holds the license file that was validated: it is not in force yet.
            ([_], [], []) | ([], [_], [] | [_]) => {}
            ([_], [_], [] | [_]) if fetched => {}
            ([], [], [(source, _)]) if !is_folder => {
                let (found, wanted) = (DocumentKind::FutureLicense, DocumentKind::LicenseResource);
                let message =
                    format!("this is {found}, which goes with --future; OLD is a license document or {wanted}");
                return Err(Failure::new(source.name(), FailureCode::WrongKind, message).into());
            }
            ([], [], _) => return Err(nothing().into()),
            _ => return Err(self.more_than_one(&licenses, resources.iter().chain(&futures))),
        }
        let license = licenses.pop();
        let Some(resource) = resources.pop() else {
            return license.map(FoundInForce::License).ok_or_else(|| nothing().into());
        };
        let source = resource.0.name();
        if let Some(license) = license {
            let name = license.source.name();
            messages.note(&format!("{name}: left aside: OLD is what the portal tells, {source}"));
        }
        let installed = Installed::read(resource, futures.pop())?;
        installed.notes().iter().for_each(|note| messages.note(&format!("{source}: {note}")));
        if installed.future.is_none() {
            messages.note(&format!(
                "{source}: what follows the present terms is not in a license resource; --future FILE (getFutureLicense) tells it"
            ));
        }
        Ok(FoundInForce::Portal(installed))
    }

    fn more_than_one<'f>(
        &self,
        licenses: &[FoundLicense<'_>],
        others: impl Iterator<Item = &'f (&'f Source, DocumentPlace)>,
    ) -> Stop {
        let licenses = licenses.iter().map(|license| called(license.source, &license.place));
        let names: Vec<_> = licenses.chain(others.map(|(source, place)| called(source, place))).collect();
        let few = names.iter().take(MOST).cloned().collect::<Vec<_>>().join(" and ");
        let more = names.len().checked_sub(MOST).filter(|more| *more > 0);
        let more = more.map_or_else(String::new, |more| format!(" and {more} more"));
        Stop::usage(format!(
            "{}: there is more than one license, license resource or future license in this folder ({few}{more}): name the \
             one that is in force",
            self.path.display()
        ))
    }
}

impl<'s> Candidates<'s> {
    fn read(&mut self, source: &'s Source, in_folder: bool) -> Result<(), Stop> {
        let mut documents = source.documents().peekable();
        if documents.peek().is_none() {
            return Err(Failure::new(source.name(), FailureCode::Empty, "there is nothing in it").into());
        }
        let mut first: Option<DocumentPlace> = None;
        for Found { place, document } in documents {
            let document = document?;
            if let Some(first) = first.as_ref().filter(|_| !in_folder) {
                return Err(more_than_one((source, first), (source, &place)));
            }
            first.get_or_insert_with(|| place.clone());
            match document {
                Document::License(document) => self.licenses.push(FoundLicense { source, place, document }),
                Document::Other(DocumentKind::LicenseResource) => self.resources.push((source, place)),
                Document::Other(DocumentKind::FutureLicense) => self.futures.push((source, place)),
                other if in_folder => self.fetched |= other.kind() == DocumentKind::FetchManifest,
                other => {
                    let (code, message) = other.not(WantedKind::InForce);
                    return Err(Failure::new(source.name(), code, message).into());
                }
            }
        }
        Ok(())
    }
}
