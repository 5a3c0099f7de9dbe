//! The licenses that were named on the command line, one after the other.

use std::path::{Path, PathBuf};

use crate::license::LicenseDocument;
use crate::source::{DocumentPlace, Failure, Lines, Source};

use crate::cli::io::documents::{Read, each_document};
use crate::cli::io::exit::{Exit, Stop};
use crate::cli::io::messages::Messages;

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

/// As [`each_license`]; `tell` says what could not be read.
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
        Read::Portion(_) | Read::Wait => {}
    })?;
    match stop {
        Some(stop) if failures.is_empty() => Err(stop),
        Some(stop) => Err(stop.at_least(Exit::Input)),
        None => Ok(failures),
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
