//! What is in force before an import: a license, or what the portal tells of itself.

use std::path::Path;

use crate::answers::Side;
use crate::license::{AdministratorList, LicenseDocument};
use crate::source::{
    Document, DocumentKind, DocumentPlace, Failure, FailureCode, Found, Input, Source, Wanted, expand,
};
use crate::usage::Installed;

use crate::cli::io::exit::Stop;
use crate::cli::io::inputs::{called, more_than_one};
use crate::cli::io::messages::Messages;

/// So many documents are named where one is wanted.
const MOST: usize = 5;

/// What was found of what may be in force.
#[derive(Default)]
struct Candidates<'s> {
    licenses: Vec<(&'s Source, DocumentPlace, Box<LicenseDocument<'s>>)>,
    resources: Vec<(&'s Source, DocumentPlace)>,
    futures: Vec<(&'s Source, DocumentPlace)>,
    /// Whether this is what `seatline fetch` saved.
    fetched: bool,
}

/// What a file or folder that says what is in force consists of.
///
/// # Errors
/// Where one of its files cannot be read.
pub(crate) fn read_before(path: &Path) -> Result<Vec<Source>, Stop> {
    let read = |input: Input| Source::decode(input.name(), input.read()?);
    Ok(expand(path).into_iter().map(|input| read(input?)).collect::<Result<_, _>>()?)
}

/// Calls `then` with what a file or folder says is in force; `future` is the portal's future license.
///
/// # Errors
/// Where it cannot be read, says nothing of it, or more than one thing.
pub(crate) fn with_before<T>(
    path: &Path,
    future: Option<&Path>,
    administrators: Option<&AdministratorList>,
    messages: &Messages,
    then: impl FnOnce(&Side<'_>) -> Result<T, Stop>,
) -> Result<T, Stop> {
    with_sources(path, &read_before(path)?, future, administrators, messages, then)
}

/// The same where it has been read.
///
/// # Errors
/// As [`with_before`].
pub(crate) fn with_sources<T>(
    path: &Path,
    sources: &[Source],
    future: Option<&Path>,
    administrators: Option<&AdministratorList>,
    messages: &Messages,
    then: impl FnOnce(&Side<'_>) -> Result<T, Stop>,
) -> Result<T, Stop> {
    let read = |input: Input| Source::decode(input.name(), input.read()?);
    let future = future.map(|path| read(Input::named(path))).transpose()?;
    let mut found = Candidates::default();
    for source in sources {
        found.read(source, path.is_dir())?;
    }
    let name = path.display();
    if let Some(future) = &future {
        found.futures.clear();
        found.read(future, false)?;
        if found.futures.is_empty() {
            let wanted = DocumentKind::FutureLicense;
            return Err(Failure::new(future.name(), FailureCode::WrongKind, format!("this is not {wanted}")).into());
        }
    }
    match (found.licenses.as_slice(), found.resources.as_slice(), found.futures.as_slice()) {
        ([(source, place, license)], [], []) => then(&Side::of_license(source, place, license, administrators)),
        ([_], [], _) if future.is_some() => {
            Err(Stop::usage("--future goes with the portal's license resource, and OLD is a license"))
        }
        // What was fetched with a license to validate: that one is still to come.
        (licenses @ ([] | [_]), [(source, place)], futures @ ([] | [_])) if licenses.is_empty() || found.fetched => {
            if let [(license, ..)] = licenses {
                messages.note(&format!(
                    "{}: left aside: OLD is what the portal tells, {}",
                    license.name(),
                    source.name()
                ));
            }
            let later = futures.first().map(|(source, place)| (*source, place));
            let installed = Installed::read((source, place), later)?;
            installed.notes().iter().for_each(|note| messages.note(&format!("{}: {note}", source.name())));
            if later.is_none() {
                messages.note(&format!(
                    "{}: what follows the present terms is not in a license resource; --future FILE (getFutureLicense) \
                     tells it",
                    source.name()
                ));
            }
            then(&Side::of_portal(&installed, administrators))
        }
        ([], [], [(source, _)]) if !path.is_dir() => {
            let (found, wanted) = (DocumentKind::FutureLicense, DocumentKind::LicenseResource);
            let message = format!("this is {found}, which goes with --future; OLD is a license document or {wanted}");
            Err(Failure::new(source.name(), FailureCode::WrongKind, message).into())
        }
        ([], [], _) => {
            let message = "there is no license and no license resource in this folder (*.json, *.jsonl, *.ndjson)";
            Err(Failure::new(name.to_string(), FailureCode::NoLicense, message).into())
        }
        _ => {
            let Candidates { licenses, resources, futures, .. } = &found;
            let licenses = licenses.iter().map(|(source, place, _)| called(source, place));
            let others = resources.iter().chain(futures).map(|(source, place)| called(source, place));
            let names: Vec<_> = licenses.chain(others).collect();
            let few = names.iter().take(MOST).cloned().collect::<Vec<_>>().join(" and ");
            let more = names.len().checked_sub(MOST).filter(|more| *more > 0);
            let more = more.map_or_else(String::new, |more| format!(" and {more} more"));
            Err(Stop::usage(format!(
                "{name}: there is more than one license, license resource or future license in this folder ({few}{more}): name \
                 the one that is in force"
            )))
        }
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
                Document::License(license) => self.licenses.push((source, place, license)),
                Document::Other(DocumentKind::LicenseResource) => self.resources.push((source, place)),
                Document::Other(DocumentKind::FutureLicense) => self.futures.push((source, place)),
                other if in_folder => self.fetched |= other.kind() == DocumentKind::FetchManifest,
                other => {
                    let (code, message) = other.not(Wanted::InForce);
                    return Err(Failure::new(source.name(), code, message).into());
                }
            }
        }
        Ok(())
    }
}
