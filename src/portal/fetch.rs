//! Asks for one operation after the other.

use std::io;

use serde::Deserialize;

use crate::portal::events::{Event, FetchError};
use crate::portal::manifest::{FetchManifest, FetchedFile, NotFetched};
use crate::portal::pages::read_pages;
use crate::portal::{Operation, Request, Session};
use crate::source::Source;
use crate::source::fetched::sha256;
use crate::time::Instant;
use crate::usage::unnamed;

/// The license file that the portal is to validate.
#[derive(Clone, Copy, Debug)]
pub struct LicenseFile<'a> {
    /// The file name that is sent with it.
    pub name: &'a str,
    /// The bytes of the file.
    pub bytes: &'a [u8],
}

/// An operation to ask for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WantedOperation {
    /// Whose answer is to be saved.
    pub operation: Operation,
    /// Whether the fetch fails also where the portal does not have the operation, or does not allow it to this user.
    pub demanded: bool,
}

/// The result of a fetch.
#[derive(Debug)]
#[non_exhaustive]
pub struct Fetched {
    /// The manifest, which is written beside the answers.
    pub manifest: FetchManifest,
    /// The number of members; `None` where they were not fetched.
    pub members: Option<u64>,
}

/// Asks for these operations and keeps each answer as it comes, so that only one is in memory. An answer counts only
/// if it stands in the manifest.
///
/// # Errors
/// A [`FetchError`] where an operation fails, unless it is not demanded and the portal says that it does not have it or does not
/// allow it to this user; where no operation succeeds; and where an answer cannot be kept.
pub fn fetch(
    session: &mut Session,
    wanted: &[WantedOperation],
    license: Option<LicenseFile<'_>>,
    now: Instant,
    keep: &mut dyn FnMut(&str, &[u8]) -> io::Result<()>,
    tell: &mut dyn FnMut(Event<'_>),
) -> Result<Fetched, FetchError> {
    let manifest = FetchManifest {
        schema: FetchManifest::SCHEMA.into(),
        fetched_at: now,
        portal: session.address().as_str().to_owned(),
        portal_version: None,
        files: Vec::new(),
        not_fetched: Vec::new(),
    };
    let mut fetched = Fetched { manifest, members: None };
    let mut first = None;
    let mut rest = wanted;
    while let Some((WantedOperation { operation, demanded }, later)) = rest.split_first() {
        rest = later;
        tell(Event::Asking(*operation));
        let failure = match one(session, *operation, license, &mut fetched, keep, tell) {
            Ok(files) => {
                fetched.manifest.files.extend(files);
                continue;
            }
            Err(FetchError::Portal(failure)) if !demanded && failure.is_not_to_be_had() => *failure,
            Err(other) => return Err(other),
        };
        let mut missing = vec![*operation];
        // Without a site there are no accounts, and nobody can sign in for the next operation either.
        if failure.is_without_site() {
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
            what: operation.choice().into(),
            operation: operation.as_str().into(),
            message: failure.to_string(),
        }));
        first.get_or_insert(failure);
    }
    match first {
        Some(failure) if fetched.manifest.files.is_empty() => Err(failure.into()),
        _ => Ok(fetched),
    }
}

/// Asks for one operation and keeps its answer; the result is its files.
fn one(
    session: &mut Session,
    operation: Operation,
    license: Option<LicenseFile<'_>>,
    fetched: &mut Fetched,
    keep: &mut dyn FnMut(&str, &[u8]) -> io::Result<()>,
    tell: &mut dyn FnMut(Event<'_>),
) -> Result<Vec<FetchedFile>, FetchError> {
    let mut save = |page: usize, bytes: &[u8]| {
        let file = operation.file_name(page);
        keep(&file, bytes).map_err(|error| FetchError::Keep(file.clone(), error))?;
        let length = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        let sha256 = sha256(bytes).map_err(|error| FetchError::Keep(file.clone(), error))?;
        Ok::<_, FetchError>(FetchedFile {
            file,
            what: operation.choice().into(),
            operation: operation.as_str().into(),
            bytes: length,
            sha256,
        })
    };
    match operation {
        Operation::ValidateLicense | Operation::ListAdministratorUserTypes => {
            let LicenseFile { name, bytes } = license.unwrap_or(LicenseFile { name: "license.json", bytes: b"" });
            let list = if operation == Operation::ValidateLicense { "false" } else { "true" };
            let fields = [("listAdministratorUserTypes", list)];
            let bytes = session.ask(operation, Request::File { name, bytes, fields: &fields })?;
            Ok(vec![save(1, &bytes)?])
        }
        Operation::MemberCounts | Operation::Members => {
            let mut files = Vec::new();
            let mut take = |page: usize, bytes: &[u8]| {
                files.truncate(page - 1);
                files.push(save(page, bytes)?);
                Ok(())
            };
            let list = read_pages(session, operation, &mut take, tell)?;
            if operation == Operation::Members {
                fetched.members = Some(list.length);
                if list.unnamed > 0 {
                    tell(Event::Note(&unnamed(list.unnamed)));
                }
            }
            Ok(files)
        }
        _ => {
            let bytes = session.ask(operation, Request::Get(&[]))?;
            let file = save(1, &bytes)?;
            if operation == Operation::LicenseResource {
                fetched.manifest.portal_version = version(&bytes);
            }
            Ok(vec![file])
        }
    }
}

/// The `version` of a license resource, a string or a number.
fn version(bytes: &[u8]) -> Option<String> {
    #[derive(Deserialize)]
    struct Resource<'a> {
        #[serde(borrow)]
        version: crate::json::Raw<'a>,
    }
    let source = Source::decode(Operation::LicenseResource.as_str(), bytes.to_vec()).ok()?;
    let resource: Resource<'_> = serde_json::from_str(source.text()).ok()?;
    resource.version.as_written().map(std::borrow::Cow::into_owned)
}
