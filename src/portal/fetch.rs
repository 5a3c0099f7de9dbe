//! One operation after the other.

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
pub struct WantedOperation {
    /// Which.
    pub operation: Operation,
    /// Whether it must succeed.
    pub demanded: bool,
}

/// What came.
#[derive(Debug)]
pub struct Fetched {
    /// To be written beside the answers.
    pub manifest: FetchManifest,
    /// How many members came, if they came.
    pub members: Option<u64>,
}

/// Asks for what is wanted, and has the answers kept as they come: in memory is one at a time. What is kept counts only
/// where it stands in the manifest.
///
/// # Errors
/// Where something demanded fails, nothing comes at all, sign-in is refused, or an answer cannot be kept.
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
    // How many operations in a row got no whole answer: whoever is silent twice is so for the rest too.
    let mut silent = 0;
    let mut first = None;
    let mut rest = wanted;
    while let Some((WantedOperation { operation, demanded }, later)) = rest.split_first() {
        rest = later;
        tell(Event::Asking(*operation));
        let failure = match one(session, *operation, license, &mut fetched, keep, tell) {
            Ok(files) => {
                fetched.manifest.files.extend(files);
                silent = 0;
                continue;
            }
            Err(FetchError::Portal(failure)) => *failure,
            Err(other) => return Err(other),
        };
        if *demanded || failure.problem.is_about_signing_in() {
            return Err(failure.into());
        }
        silent = if failure.problem.is_silence() { silent + 1 } else { 0 };
        let is_dead = silent > 1 || (silent > 0 && !session.was_answered());
        let mut missing = vec![*operation];
        // Who cannot sign in now need not try for the next operation.
        if is_dead || failure.problem.is_final() || failure.operation.is_sign_in() || failure.signing_in.is_some() {
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

/// Asks for one thing, and has it kept: its files.
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

/// `version` of a license resource, whether a string or a number.
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
