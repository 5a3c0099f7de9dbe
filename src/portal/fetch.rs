//! One operation after the other.

use std::io;

use serde::Deserialize;

use crate::portal::manifest::{FetchManifest, FetchedFile, NotFetched};
use crate::portal::pages::{PAGE, Progress};
use crate::portal::{Operation, PortalFailure, Problem, Request, Session};
use crate::time::Instant;

/// The license file that is to be validated.
#[derive(Clone, Copy, Debug)]
pub struct LicenseFile<'a> {
    /// The name that is sent with it.
    pub name: &'a str,
    /// Its bytes.
    pub bytes: &'a [u8],
}

/// An operation to ask.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// Which.
    pub operation: Operation,
    /// Whether it must succeed.
    pub demanded: bool,
}

/// What is going on.
#[derive(Debug)]
pub enum Event<'a> {
    /// An operation is asked.
    Asking(Operation),
    /// So many members have come, of so many.
    Members(u64, u64),
    /// An operation that is not demanded failed, itself or on the way to it; it and what is not asked at all, as it would
    /// fail the same way.
    Missing(&'a PortalFailure, Operation, &'a [Operation]),
}

/// What came.
#[derive(Debug)]
pub struct Fetched {
    /// To be written beside the answers.
    pub manifest: FetchManifest,
    /// How many members came, if they came.
    pub members: Option<u64>,
}

/// Why nothing is to be kept.
#[derive(Debug, thiserror::Error)]
pub enum FetchError {
    /// The portal did not answer what must be answered.
    #[error(transparent)]
    Portal(Box<PortalFailure>),
    /// An answer could not be kept.
    #[error("{0}: cannot be written: {1}")]
    Keep(String, io::Error),
}

impl From<PortalFailure> for FetchError {
    fn from(failure: PortalFailure) -> Self {
        Self::Portal(Box::new(failure))
    }
}

/// Asks for what is wanted, and has the answers kept as they come: in memory is one at a time. What is kept counts only
/// where it stands in the manifest.
///
/// # Errors
/// Where something demanded fails, nothing comes at all, sign-in is refused, or an answer cannot be kept.
pub fn fetch(
    session: &mut Session,
    wanted: &[Wanted],
    license: Option<LicenseFile<'_>>,
    now: Instant,
    keep: &mut dyn FnMut(&str, &[u8]) -> io::Result<()>,
    tell: &mut dyn FnMut(Event<'_>),
) -> Result<Fetched, FetchError> {
    let manifest = FetchManifest {
        schema: FetchManifest::SCHEMA,
        fetched_at: now,
        portal: session.address().as_str().to_owned(),
        portal_version: None,
        files: Vec::new(),
        not_fetched: Vec::new(),
    };
    let mut fetched = Fetched { manifest, members: None };
    let mut first = None;
    let mut rest = wanted;
    while let Some((Wanted { operation, demanded }, later)) = rest.split_first() {
        rest = later;
        tell(Event::Asking(*operation));
        let kept = fetched.manifest.files.len();
        let failure = match one(session, *operation, license, &mut fetched, keep, tell) {
            Ok(()) => continue,
            Err(FetchError::Portal(failure)) => *failure,
            Err(other) => return Err(other),
        };
        if *demanded || failure.problem.is_about_signing_in() {
            return Err(failure.into());
        }
        // Pages of a list that broke off are no list.
        fetched.manifest.files.truncate(kept);
        let mut missing = vec![*operation];
        // Who cannot sign in now need not try for the next operation.
        if failure.problem.is_final() || failure.operation == Operation::GenerateToken {
            if rest.iter().any(|wanted| wanted.demanded) {
                return Err(failure.into());
            }
            missing.extend(rest.iter().map(|wanted| wanted.operation));
            rest = &[];
        }
        if !(rest.is_empty() && fetched.manifest.files.is_empty()) {
            tell(Event::Missing(&failure, *operation, missing.get(1..).unwrap_or_default()));
        }
        fetched.manifest.not_fetched.extend(missing.into_iter().map(|operation| NotFetched {
            what: operation.choice(),
            operation: operation.as_str(),
            message: failure.to_string(),
        }));
        first.get_or_insert(failure);
    }
    match first {
        Some(failure) if fetched.manifest.files.is_empty() => Err(failure.into()),
        _ => Ok(fetched),
    }
}

/// Keeps a page.
pub(super) type Save<'a> = dyn FnMut(usize, &[u8]) -> Result<(), FetchError> + 'a;

fn one(
    session: &mut Session,
    operation: Operation,
    license: Option<LicenseFile<'_>>,
    fetched: &mut Fetched,
    keep: &mut dyn FnMut(&str, &[u8]) -> io::Result<()>,
    tell: &mut dyn FnMut(Event<'_>),
) -> Result<(), FetchError> {
    let save: &mut Save<'_> = &mut |page, bytes| {
        let file = operation.file_name(page);
        keep(&file, bytes).map_err(|error| FetchError::Keep(file.clone(), error))?;
        let length = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        let (what, operation) = (operation.choice(), operation.as_str());
        fetched.manifest.files.push(FetchedFile { file, what, operation, bytes: length });
        Ok(())
    };
    match operation {
        Operation::ValidateLicense | Operation::ListAdministratorUserTypes => {
            let LicenseFile { name, bytes } = license.unwrap_or(LicenseFile { name: "license.json", bytes: b"" });
            let list = if operation == Operation::ValidateLicense { "false" } else { "true" };
            let fields = [("listAdministratorUserTypes", list)];
            let bytes = session.ask(operation, Request::File { name, bytes, fields: &fields })?;
            save(1, &bytes)
        }
        Operation::MemberCounts | Operation::Members => {
            let progress = pages(session, operation, save, tell)?;
            if operation == Operation::Members {
                fetched.members = Some(progress.read);
            }
            Ok(())
        }
        _ => {
            let bytes = session.ask(operation, Request::Get(&[]))?;
            save(1, &bytes)?;
            if operation == Operation::LicenseResource {
                fetched.manifest.portal_version = version(&bytes);
            }
            Ok(())
        }
    }
}

pub(super) fn pages(
    session: &mut Session,
    operation: Operation,
    save: &mut Save<'_>,
    tell: &mut dyn FnMut(Event<'_>),
) -> Result<Progress, FetchError> {
    let mut progress = Progress::new();
    let mut page = 0;
    while let Some(start) = progress.next {
        page += 1;
        let mut parameters = vec![("start", start.to_string()), ("num", PAGE.to_string())];
        if operation == Operation::MemberCounts {
            parameters = vec![("type", "userLicenseType".to_owned())];
            if start > 1 {
                parameters.push(("start", start.to_string()));
            }
        }
        let bytes = session.ask(operation, Request::Get(&parameters))?;
        let text = std::str::from_utf8(&bytes).unwrap_or_default();
        let text = text.trim_start_matches('\u{FEFF}');
        let taken = if operation == Operation::Members { progress.members(text) } else { progress.counts(text) };
        taken.map_err(|problem| session.failure(operation, Problem::Pages(problem)))?;
        save(page, &bytes)?;
        if let Some(total) = progress.total {
            tell(Event::Members(progress.read, total));
        }
    }
    Ok(progress)
}

/// `version` of a license resource, whether a string or a number.
fn version(bytes: &[u8]) -> Option<String> {
    #[derive(Deserialize)]
    struct Resource<'a> {
        #[serde(borrow)]
        version: crate::json::Raw<'a>,
    }
    let resource: Resource<'_> = serde_json::from_slice(bytes).ok()?;
    resource.version.as_written().map(std::borrow::Cow::into_owned)
}
