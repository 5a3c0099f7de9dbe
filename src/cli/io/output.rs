//! The one place where results are written: stdout, or a file that is replaced only when the new one is whole.

use std::fs::{self, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::path::Path;

use anstream::AutoStream;

use crate::cli::args::global::Global;
use crate::cli::io::exit::Stop;

/// Writes a result where it was asked for.
///
/// # Errors
/// Where it cannot be written. A closed pipe is not an error.
pub(crate) fn write(text: &str, global: &Global) -> Result<(), Stop> {
    write_to(global.output.as_deref(), text, global)
}

/// Writes a result to a file, or to stdout where there is none or it is `-`.
///
/// # Errors
/// As [`write`].
pub(crate) fn write_to(file: Option<&Path>, text: &str, global: &Global) -> Result<(), Stop> {
    write_for(file, text, global, Readers::AsBefore)
}

/// As [`write_to`], a file that its owner alone can read.
///
/// # Errors
/// As [`write`].
pub(crate) fn write_private(file: Option<&Path>, text: &str, global: &Global) -> Result<(), Stop> {
    write_for(file, text, global, Readers::Owner)
}

/// Who can read a file that is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Readers {
    /// Who could read the one that is replaced; who may read new files where there was none.
    AsBefore,
    /// Its owner alone. On Windows who can read its folder, which for a user's own folders is the same.
    Owner,
}

fn write_for(file: Option<&Path>, text: &str, global: &Global, readers: Readers) -> Result<(), Stop> {
    match file {
        Some(path) if path != Path::new("-") => {
            let written = if is_special(path) { append(path, text) } else { replace(path, text, readers) };
            written.map_err(|error| Stop::usage(format!("{}: cannot be written: {error}", path.display())))
        }
        _ => match stdout(text, global) {
            Err(error) if error.kind() != ErrorKind::BrokenPipe => {
                Err(Stop::usage(format!("stdout: cannot be written: {error}")))
            }
            _ => Ok(()),
        },
    }
}

fn stdout(text: &str, global: &Global) -> io::Result<()> {
    let mut stdout = AutoStream::new(io::stdout(), global.color.choice());
    stdout.write_all(text.as_bytes())?;
    stdout.flush()
}

/// A device or a pipe: there is nothing to replace.
pub(crate) fn is_special(path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|metadata| !metadata.is_file() && !metadata.is_dir())
}

fn append(path: &Path, text: &str) -> io::Result<()> {
    OpenOptions::new().write(true).open(path)?.write_all(text.as_bytes())
}

/// Writes a file beside the target and renames it: either all of it is there, or nothing has changed.
fn replace(path: &Path, text: &str, readers: Readers) -> io::Result<()> {
    // The target of a link is replaced, not the link.
    let path = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    if path.is_dir() {
        return Err(io::Error::new(ErrorKind::IsADirectory, "this is a folder"));
    }
    let folder = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    if !folder.is_dir() {
        return Err(io::Error::new(ErrorKind::NotFound, format!("there is no folder {}", folder.display())));
    }
    let mut builder = tempfile::Builder::new();
    builder.prefix(".seatline-").suffix(".tmp");
    #[cfg(not(unix))]
    let _ = readers;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let before = fs::metadata(&path).map(|old| old.permissions());
        let permissions = match readers {
            Readers::Owner => fs::Permissions::from_mode(0o600),
            Readers::AsBefore => before.unwrap_or_else(|_| fs::Permissions::from_mode(0o666)),
        };
        builder.permissions(permissions);
    }
    let mut file = builder.tempfile_in(folder)?;
    file.write_all(text.as_bytes())?;
    file.as_file().sync_all()?;
    file.persist(&path)?;
    Ok(())
}
