//! The licenses that the user named on the command line, one after the other.

use std::path::{Path, PathBuf};

use crate::source::{Failure, License, Lines};

use crate::cli::exit::{Exit, Stop};
use crate::cli::io::documents::{Read, each_document};
use crate::cli::io::messages::Messages;

/// Calls `each` with every license document in the files, and writes what could not be read to stderr. Every input is
/// tried, also after `each` has failed.
///
/// # Errors
/// A [`Stop`] where an output would replace an input, where there is an administrator list and more than one license,
/// since a list belongs to one, or where `each` fails. Its exit code is that of an unreadable input, if there is one.
pub(crate) fn each_license(
    files: &[PathBuf],
    lines: Lines,
    outputs: &[&Path],
    list: Option<&Path>,
    messages: &Messages,
    each: impl FnMut(License<'_>) -> Result<(), Stop>,
) -> Result<Vec<Failure>, Stop> {
    let tell = |failure: &Failure| messages.error(&failure.to_string());
    each_license_or_failure(files, lines, outputs, list, messages, tell, each)
}

/// As [`each_license`], with `tell` called for what could not be read.
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
    mut each: impl FnMut(License<'_>) -> Result<(), Stop>,
) -> Result<Vec<Failure>, Stop> {
    let mut failures = Vec::new();
    let (mut stop, mut is_first) = (None, true);
    each_document(files, lines, outputs, messages, |read| match read {
        Read::License(license) => {
            if stop.is_none() && !is_first {
                stop = refuse_second_license(list).err();
            }
            is_first = false;
            if stop.is_none() {
                stop = each(license).err();
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

/// Refuses an administrator list beside two licenses, since it belongs to one of them.
pub(crate) fn refuse_second_license(list: Option<&Path>) -> Result<(), Stop> {
    match list {
        Some(_) => Err(Stop::usage("--admins belongs to one license file, and here is more than one license")),
        None => Ok(()),
    }
}

/// Refuses standard input for two inputs, since it can be read only once.
pub(crate) fn stdin_once(inputs: &[&Path]) -> Result<(), Stop> {
    match inputs.iter().filter(|input| **input == Path::new("-")).count() {
        0 | 1 => Ok(()),
        _ => Err(Stop::usage("standard input (-) can be read only once")),
    }
}
