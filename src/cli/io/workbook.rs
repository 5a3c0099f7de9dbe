//! Writes workbooks, which no terminal can show and which list the files that were read.

use std::fs::OpenOptions;
use std::io::IsTerminal;
use std::path::Path;

use crate::layout::workbook::WorkbookError;
use crate::source::{ReadFile, watch, watched};

use crate::cli::args::global::Global;
use crate::cli::exit::Stop;
use crate::cli::io::output::Sink;
use crate::cli::io::streams;

/// Begins to record the files that are read.
///
/// # Errors
/// A [`Stop`] where the workbook would go to a terminal.
pub(crate) fn begin(global: &Global) -> Result<(), Stop> {
    let to_terminal = global.output.as_deref().map_or_else(streams::stdout_is_terminal, is_terminal);
    if to_terminal {
        return Err(Stop::usage("a workbook is nothing for a terminal: name a file, as in -o license.xlsx"));
    }
    remember();
    Ok(())
}

/// Begins to record the files that are read, for a workbook that goes to a file.
pub(crate) fn remember() {
    watch();
}

/// Writes the workbook that `make` makes from the record of the files.
///
/// # Errors
/// A [`Stop`] where Excel has no room for the content, or the file cannot be written.
pub(crate) fn write(
    make: impl FnOnce(&[ReadFile]) -> Result<Vec<u8>, WorkbookError>,
    global: &Global,
) -> Result<(), Stop> {
    let bytes = made(make)?;
    let mut sink = Sink::open(global.output.as_deref())?;
    sink.write(&bytes)?;
    sink.finish()
}

/// The workbook that `make` makes from the record of the files.
///
/// # Errors
/// A [`Stop`] where Excel has no room for the content.
pub(crate) fn made(make: impl FnOnce(&[ReadFile]) -> Result<Vec<u8>, WorkbookError>) -> Result<Vec<u8>, Stop> {
    make(&watched()).map_err(|error| match error {
        WorkbookError::TooManyRows { .. } => Stop::usage(format!("{error}: choose fewer items, or write -f csv")),
        _ => Stop::usage(error.to_string()),
    })
}

/// Whether the path is a terminal. A pipe is not opened for this, since its reader would take that for the result.
#[cfg(unix)]
fn is_terminal(path: &Path) -> bool {
    use std::os::unix::fs::FileTypeExt;
    let is_device = path.metadata().is_ok_and(|metadata| metadata.file_type().is_char_device());
    is_device && OpenOptions::new().write(true).open(path).is_ok_and(|file| file.is_terminal())
}

/// Whether the path is the console, by its name.
#[cfg(not(unix))]
fn is_terminal(path: &Path) -> bool {
    let is_console = ["CON", "CONOUT$"].iter().any(|name| path.as_os_str().eq_ignore_ascii_case(name));
    is_console && OpenOptions::new().write(true).open(path).is_ok_and(|file| file.is_terminal())
}
