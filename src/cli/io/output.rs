//! Writes results: to stdout, or to a file that is replaced only when the new one is complete. No other place writes
//! them.

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, ErrorKind, Write};
use std::path::{Path, PathBuf};

use crate::cli::args::global::Global;
use crate::cli::exit::Stop;
use crate::cli::io::busy::{cannot_be_written, is_device};
use crate::cli::io::replaced_file::{Readers, ReplacedFile};
use crate::cli::io::streams;

/// Writes a result to the `--output` file or to stdout.
///
/// # Errors
/// A [`Stop`] where the result cannot be written. A closed pipe is not an error.
pub(crate) fn write(text: &str, global: &Global) -> Result<(), Stop> {
    write_to(global.output.as_deref(), text, global)
}

/// Writes a result to a file, or to stdout where there is none or it is `-`.
///
/// # Errors
/// As [`write()`].
pub(crate) fn write_to(file: Option<&Path>, text: &str, global: &Global) -> Result<(), Stop> {
    write_for(file, text, global, Readers::AsBefore)
}

/// As [`write_to`], with a file that only its owner can read.
///
/// # Errors
/// As [`write()`].
pub(crate) fn write_private(file: Option<&Path>, text: &str, global: &Global) -> Result<(), Stop> {
    write_for(file, text, global, Readers::Owner)
}

fn write_for(file: Option<&Path>, text: &str, global: &Global, readers: Readers) -> Result<(), Stop> {
    let file = file.filter(|path| *path != Path::new("-"));
    if file.is_none() && text.contains('\u{1b}') {
        // A table with colours, which are removed where the terminal has none.
        let mut stdout = streams::coloured_stdout(global.color.choice());
        return written(stdout.write_all(text.as_bytes()).and_then(|()| stdout.flush()), None);
    }
    let mut sink = Sink::for_readers(file, readers)?;
    sink.write(text.as_bytes())?;
    sink.finish()
}

/// Checks that a result can be written to a file, as far as this can be known while the file is left as it is. A pipe may have no
/// reader yet, and is not opened.
///
/// # Errors
/// A [`Stop`] where the file cannot be written.
pub(crate) fn can_be_written(path: &Path) -> Result<(), Stop> {
    let checked = match path {
        path if path == Path::new("-") => Ok(()),
        path if is_special(path) => special_can_be_written(path),
        path => ReplacedFile::check(path),
    };
    checked.map_err(|error| cannot(&error, Some(path)))
}

#[cfg(unix)]
fn special_can_be_written(path: &Path) -> io::Result<()> {
    use std::os::unix::fs::FileTypeExt;
    match fs::metadata(path)?.file_type().is_char_device() {
        true => OpenOptions::new().write(true).open(path).map(drop),
        false => Ok(()),
    }
}

#[cfg(not(unix))]
fn special_can_be_written(_: &Path) -> io::Result<()> {
    Ok(())
}

/// The rows of many documents are handed on at once.
const BUFFER: usize = 1 << 16;

/// Takes a result piece by piece.
pub(crate) struct Sink {
    target: Target,
    /// The name of the file as the user gave it.
    path: Option<PathBuf>,
}

enum Target {
    Stdout(BufWriter<Box<dyn Write>>),
    /// A device or a pipe, which is written to and not replaced.
    Special(BufWriter<File>),
    File(ReplacedFile),
}

impl Sink {
    /// Begins a result in a file, or on stdout where `file` is `None`.
    ///
    /// # Errors
    /// A [`Stop`] where the file cannot be written.
    pub(crate) fn open(file: Option<&Path>) -> Result<Self, Stop> {
        Self::for_readers(file, Readers::AsBefore)
    }

    fn for_readers(file: Option<&Path>, readers: Readers) -> Result<Self, Stop> {
        let file = file.filter(|path| *path != Path::new("-"));
        let Some(path) = file else {
            streams::note_reader(false);
            let stdout = BufWriter::with_capacity(BUFFER, streams::stdout());
            return Ok(Self { target: Target::Stdout(stdout), path: None });
        };
        let target = if is_special(path) {
            OpenOptions::new()
                .write(true)
                .open(path)
                .map(|file| Target::Special(BufWriter::with_capacity(BUFFER, file)))
        } else {
            ReplacedFile::begin(path, readers, BUFFER).map(Target::File)
        };
        let target = target.map_err(|error| cannot(&error, Some(path)))?;
        Ok(Self { target, path: Some(path.to_owned()) })
    }

    /// Writes a piece. A closed pipe takes no more pieces; that is not an error.
    ///
    /// # Errors
    /// A [`Stop`] where the piece cannot be written.
    pub(crate) fn write(&mut self, bytes: &[u8]) -> Result<(), Stop> {
        let result = match &mut self.target {
            Target::Stdout(stdout) => stdout.write_all(bytes),
            Target::Special(file) => file.write_all(bytes),
            Target::File(new) => new.write(bytes),
        };
        written(result, self.path.as_deref())
    }

    /// Passes on the output so far. A file is replaced as a whole, and needs no flush.
    ///
    /// # Errors
    /// As [`Self::write`].
    pub(crate) fn flush(&mut self) -> Result<(), Stop> {
        let result = match &mut self.target {
            Target::Stdout(stdout) => stdout.flush(),
            Target::Special(file) => file.flush(),
            Target::File(..) => Ok(()),
        };
        written(result, self.path.as_deref())
    }

    /// Ends the result; a file is replaced here.
    ///
    /// # Errors
    /// A [`Stop`] where the result cannot be written; the file is then as it was.
    pub(crate) fn finish(self) -> Result<(), Stop> {
        let path = self.path.as_deref();
        let result = match self.target {
            Target::Stdout(mut stdout) => stdout.flush(),
            Target::Special(mut file) => file.flush(),
            Target::File(new) => new.finish(),
        };
        written(result, path)
    }
}

/// The result of writing. A pipe that is closed, or closes later, is not an error.
fn written(result: io::Result<()>, path: Option<&Path>) -> Result<(), Stop> {
    match result {
        Err(error) if path.is_some() || error.kind() != ErrorKind::BrokenPipe => Err(cannot(&error, path)),
        Err(_) => {
            streams::note_reader(true);
            Ok(())
        }
        Ok(()) => Ok(()),
    }
}

fn cannot(error: &io::Error, path: Option<&Path>) -> Stop {
    let name = path.map_or_else(|| "stdout".to_owned(), |path| path.display().to_string());
    Stop::usage(cannot_be_written(&name, error))
}

/// Whether a path is a device or a pipe, which cannot be replaced.
pub(crate) fn is_special(path: &Path) -> bool {
    is_device(path, cfg!(windows)) || fs::metadata(path).is_ok_and(|metadata| !metadata.is_file() && !metadata.is_dir())
}
