//! Usage, from the files that `--usage` names.

use std::cell::RefCell;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use crate::license::{ItemKind, LicenseDocument};
use crate::source::{DocumentKind, Failure, FailureCode, Source, expand_all};
use crate::usage::{GivenUsage, Member, Roles, TypeNames, Usage, UsageReader};

use crate::cli::args::usage::AccountArgs;
use crate::cli::exit::{Exit, Stop};
use crate::cli::io::messages::Messages;
use crate::cli::io::skipped::note_no_file;

/// A file of `--usage`, and the kind that its member counts are about.
#[derive(Debug)]
struct UsageFile<'a> {
    kind: Option<ItemKind>,
    path: &'a Path,
}

impl<'a> UsageFile<'a> {
    fn new(path: &'a Path) -> Self {
        let split = path.to_str().and_then(|text| text.split_once('='));
        let kind = split.and_then(|(kind, path)| Some((kind.parse::<ItemKind>().ok()?, path)));
        match kind {
            Some((kind, path)) if kind != ItemKind::Capability => Self { kind: Some(kind), path: Path::new(path) },
            _ => Self { kind: None, path },
        }
    }
}

/// The paths of `--usage`, without the kinds.
pub(crate) fn paths(named: &[PathBuf]) -> impl Iterator<Item = &Path> {
    named.iter().map(|path| UsageFile::new(path).path)
}

/// Refuses `--admin-role` where no members are given: roles then tell nothing.
///
/// # Errors
/// A [`Stop`] that says so.
pub(crate) fn roles_need_members(named: &[PathBuf], roles: &[String]) -> Result<(), Stop> {
    match roles.is_empty() || !named.is_empty() {
        true => Ok(()),
        false => Err(Stop::usage("--admin-role says who of the members is an administrator: give them with --usage")),
    }
}

/// Refuses a role that no member has. It was probably misspelt, and without it more members would count as locked
/// out.
///
/// # Errors
/// A [`Stop`] that names the role, and near ones.
pub(crate) fn roles_are_held(members: Option<&[Member]>, roles: Roles<'_>) -> Result<(), Stop> {
    let Some((role, near)) = roles.unheld(members.unwrap_or_default()) else { return Ok(()) };
    let hint = near.map_or_else(String::new, |near| format!("; did you mean {near}?"));
    Err(Stop::usage(format!("--admin-role {role}: no member has this role{hint}")))
}

/// Notes how the user states which roles have administrator privileges, where the privileges of a role are unknown.
pub(crate) fn note_unknown_roles(members: Option<&[Member]>, roles: Roles<'_>, messages: &Messages) {
    let unknown = roles.unknown(members.unwrap_or_default());
    if unknown.iter().any(|unknown| unknown.role.is_some()) {
        messages.note("--admin-role ROLE says that a role has administrator privileges");
    }
}

/// The files of `--usage`. They may name user types, so the usage is only known once a license gives the ids.
#[derive(Debug, Default)]
pub(crate) struct GivenFiles {
    usage: GivenUsage,
    /// The usage whose notes have been written already.
    noted: RefCell<Option<Rc<Usage>>>,
}

impl GivenFiles {
    /// Whether there is any usage.
    pub(crate) fn is_known(&self) -> bool {
        !self.usage.sources().is_empty()
    }

    /// The usage, with the names of a license. Notes tell each value that was not taken literally.
    ///
    /// # Errors
    /// A [`Stop`] where the usage cannot be relied on.
    pub(crate) fn in_license(&self, document: &LicenseDocument<'_>, messages: &Messages) -> Result<Rc<Usage>, Stop> {
        self.with(TypeNames::of(document), messages)
    }

    /// The usage, with these names of user types.
    ///
    /// # Errors
    /// As [`GivenFiles::in_license`].
    pub(crate) fn with(&self, names: TypeNames, messages: &Messages) -> Result<Rc<Usage>, Stop> {
        let usage = match self.usage.usage(names) {
            // Member counts do not state their kind.
            Err(failure) if failure.code == FailureCode::WrongKind => {
                let message = format!("{failure}; --usage KIND=FILE says what a file counts");
                return Err(Stop { message, ..Stop::from(failure) });
            }
            usage => usage?,
        };
        let noted = self.noted.replace(Some(Rc::clone(&usage)));
        if noted.is_none_or(|noted| !Rc::ptr_eq(&noted, &usage)) {
            usage.notes.iter().for_each(|note| messages.note(note));
            usage.gaps.iter().for_each(|gap| messages.note(&gap.clause));
            if !usage.built_in.is_empty() {
                messages.note("--include-built-in counts the built-in accounts too");
            }
        }
        Ok(usage)
    }
}

/// Reads the files of `--usage`; without files the result is empty.
///
/// # Errors
/// A [`Stop`] where a file cannot be read or relied on, or where `--exclude` names an account that is not there.
/// Every file is tried, and every failure but the last is written to stderr.
pub(crate) fn read(named: &[PathBuf], accounts: &AccountArgs, messages: &Messages) -> Result<GivenFiles, Stop> {
    let mut reader = UsageReader::new(accounts.left_out());
    let mut failures: Vec<Failure> = Vec::new();
    for UsageFile { kind, path } in named.iter().map(|path| UsageFile::new(path)) {
        failures.extend(read_one(&mut reader, path, kind, messages).err());
    }
    let Some((last, before)) = failures.split_last() else {
        let usage = reader.gather()?;
        if let Some((name, near)) = usage.excluded_nobody() {
            let hint = near.map_or_else(String::new, |near| format!("; did you mean {near}?"));
            return Err(Stop::usage(format!("--exclude {name}: no member is called so{hint}")));
        }
        return Ok(GivenFiles { usage, ..GivenFiles::default() });
    };
    before.iter().for_each(|failure| messages.error(&failure.to_string()));
    Err(Stop::new(Exit::Input, last.to_string()).with_failures(failures))
}

/// The usage that the old license resource or folder states: its members or counts. What they do not count, or what cannot
/// be used, are gaps of the usage.
///
/// # Errors
/// As [`read`]: where a file cannot be read, or counts contradict each other.
pub(crate) fn of_replaced(over: &[Source], accounts: &AccountArgs, messages: &Messages) -> Result<GivenFiles, Stop> {
    let mut reader = UsageReader::new(accounts.left_out()).with_gaps();
    let mut used = 0;
    for source in over {
        used += reader.read(source, None)?.used;
    }
    if used == 0 {
        return Ok(GivenFiles::default());
    }
    match reader.gather() {
        Ok(usage) => {
            if !usage.sources().is_empty() {
                messages.note(&format!("what is assigned was counted in {}", usage.sources().join(", ")));
            }
            Ok(GivenFiles { usage, noted: RefCell::default() })
        }
        // A license resource may well hold only seats.
        Err(failure) if failure.code == FailureCode::Incomplete => {
            messages.note(&format!("what is assigned is not taken from it: {failure}"));
            Ok(GivenFiles::default())
        }
        Err(failure) => Err(failure.into()),
    }
}

fn read_one(reader: &mut UsageReader, path: &Path, kind: Option<ItemKind>, messages: &Messages) -> Result<(), Failure> {
    let is_folder = path.is_dir();
    let mut found = false;
    let (inputs, no_files) = expand_all(path);
    no_files.iter().for_each(|path| note_no_file(path, messages));
    for input in inputs {
        let input = input?;
        let source = Source::decode(input.name(), input.read()?)?;
        let contents = reader.read(&source, kind)?;
        found |= contents.used > 0;
        for (other, failure) in contents.others {
            if !is_folder {
                return Err(failure);
            }
            // A fetched folder holds more than usage; only these documents are worth a note.
            if matches!(other, DocumentKind::PortalError | DocumentKind::Html) {
                messages.note(&format!("{}: skipped: this is {other}", source.name()));
            }
        }
    }
    if found {
        return Ok(());
    }
    let message =
        "there is no license resource, no member counts and no members in this folder (*.json, *.jsonl, *.ndjson)";
    Err(Failure::new(path.display().to_string(), FailureCode::WrongKind, message))
}
