//! Writes results: to stdout, or to a file that is replaced only when the new one is complete. No other place writes
//! them.

use std::ffi::OsStr;
use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::cli::args::global::Global;
use crate::cli::io::busy::{cannot_be_written, is_device, patiently};
use crate::cli::io::exit::Stop;
use crate::cli::io::interrupt::{self, Leftover, MadeFolders, Ticket, Undisturbed};
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

/// The users who can read a new file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Readers {
    /// The permissions of the replaced file; without such a file, those of any new file.
    AsBefore,
    /// The owner alone. On Windows whoever can read the folder, which for a user's own folders is the same.
    Owner,
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
    File(NewFile),
}

/// A file that is not complete yet.
struct NewFile {
    file: BufWriter<tempfile::NamedTempFile>,
    /// The path that the file is renamed to.
    real: PathBuf,
    leftover: Ticket,
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
        let real = real(path);
        let target = if is_special(path) {
            OpenOptions::new()
                .write(true)
                .open(path)
                .map(|file| Target::Special(BufWriter::with_capacity(BUFFER, file)))
        } else {
            beside(&real, readers).map(|(file, leftover)| {
                Target::File(NewFile { file: BufWriter::with_capacity(BUFFER, file), real, leftover })
            })
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
            Target::File(new) => new.file.write_all(bytes),
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
            Target::File(new) => new.replace(),
        };
        written(result, path)
    }
}

impl NewFile {
    /// Renames the new file to its place.
    fn replace(self) -> io::Result<()> {
        let Self { file, real, leftover } = self;
        let file = file.into_inner().map_err(io::IntoInnerError::into_error)?;
        file.as_file().sync_all()?;
        let mut step = Undisturbed::begin();
        let mut file = Some(file);
        patiently(|| {
            let Some(whole) = file.take() else { return Ok(()) };
            whole.persist(&real).map(drop).map_err(|refused| {
                file = Some(refused.file);
                refused.error
            })
        })?;
        step.is_settled(&leftover);
        Ok(())
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

/// The path of the file that is replaced: the target of a link, not the link. On Windows in the form that allows long
/// paths, also where the file does not exist yet.
fn real(path: &Path) -> PathBuf {
    let of_folder = || {
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        cfg!(windows).then(|| Some(folder.canonicalize().ok()?.join(path.file_name()?)))?
    };
    path.canonicalize().ok().or_else(of_folder).unwrap_or_else(|| path.to_owned())
}

/// Whether a path is a device or a pipe, which cannot be replaced.
pub(crate) fn is_special(path: &Path) -> bool {
    is_device(path, cfg!(windows)) || fs::metadata(path).is_ok_and(|metadata| !metadata.is_file() && !metadata.is_dir())
}

/// A new file beside the target, so that a rename replaces the target at once or not at all. An interrupt removes it.
fn beside(path: &Path, readers: Readers) -> io::Result<(tempfile::NamedTempFile, Ticket)> {
    if path.is_dir() {
        return Err(io::Error::new(ErrorKind::IsADirectory, "this is a folder"));
    }
    let folder = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    if !folder.is_dir() {
        return Err(io::Error::new(ErrorKind::NotFound, format!("there is no folder {}", folder.display())));
    }
    let mut builder = tempfile::Builder::new();
    builder.prefix(BEGIN).suffix(END);
    clear_leftovers(folder);
    #[cfg(not(unix))]
    let _ = readers;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let before = fs::metadata(path).map(|old| old.permissions());
        let permissions = match readers {
            Readers::Owner => fs::Permissions::from_mode(0o600),
            Readers::AsBefore => before.unwrap_or_else(|_| fs::Permissions::from_mode(0o666)),
        };
        builder.permissions(permissions);
    }
    interrupt::clean_up_unless_ignored();
    let mut step = Undisturbed::begin();
    let file = builder.tempfile_in(folder)?;
    let leftover =
        Leftover { path: file.path().to_owned(), remove: |path| fs::remove_file(path), made: MadeFolders::default() };
    let leftover = step.leaves(leftover);
    drop(step);
    // The lock tells other runs that the file is in use. Some file systems have no locks.
    let _ = file.as_file().try_lock();
    Ok((file, leftover))
}

/// The beginning and the end of the names of files that are not complete yet.
const BEGIN: &str = ".seatline-";
const END: &str = ".tmp";

/// A file of this age has been locked by the run that made it, if that run is still at work.
const OLD: Duration = Duration::from_secs(60);

/// Removes the files that killed runs have left in a folder, as far as possible.
fn clear_leftovers(folder: &Path) {
    let is_ours = |name: &OsStr| name.to_str().is_some_and(|name| name.starts_with(BEGIN) && name.ends_with(END));
    for entry in fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok) {
        let is_old = || entry.metadata().ok()?.modified().ok()?.elapsed().ok().map(|age| age > OLD);
        if !is_ours(&entry.file_name()) || is_old() != Some(true) {
            continue;
        }
        let left = File::open(entry.path()).ok().filter(|file| file.try_lock().is_ok());
        if left.is_some() {
            drop(left);
            let _ = fs::remove_file(entry.path());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_killed_run_left_is_removed_by_the_next() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        let old = std::time::SystemTime::now() - OLD * 2;
        for name in [".seatline-killed.tmp", ".seatline-at-work.tmp", ".seatline-new.tmp", "mine.tmp"] {
            let file = File::create(path(name)).unwrap();
            if name != ".seatline-new.tmp" {
                file.set_modified(old).unwrap();
            }
        }
        let at_work = File::open(path(".seatline-at-work.tmp")).unwrap();
        at_work.try_lock().unwrap();
        let mut sink = Sink::open(Some(&path("out.txt"))).unwrap();
        sink.write(b"whole").unwrap();
        sink.finish().unwrap();
        let left = |name: &str| path(name).exists();
        assert!(!left(".seatline-killed.tmp"));
        assert!(left(".seatline-at-work.tmp") && left(".seatline-new.tmp") && left("mine.tmp"));
        assert_eq!(fs::read_to_string(path("out.txt")).unwrap(), "whole");
    }

    #[cfg(windows)]
    #[test]
    fn a_device_is_written_to_and_a_name_may_be_long() {
        let folder = tempfile::tempdir().unwrap();
        let deep =
            (0..10).fold(folder.path().canonicalize().unwrap(), |path, _| path.join("a folder with a long name"));
        fs::create_dir_all(&deep).unwrap();
        let plain = deep.to_str().unwrap().trim_start_matches(r"\\?\").to_owned() + r"\out.txt";
        assert!(plain.len() > 260);
        for file in ["NUL", &plain] {
            let mut sink = Sink::open(Some(Path::new(file))).unwrap();
            sink.write(b"whole").unwrap();
            sink.finish().unwrap();
        }
        assert_eq!(fs::read_to_string(deep.join("out.txt")).unwrap(), "whole");
        assert_eq!(fs::read_dir(&deep).unwrap().count(), 1);
    }
}
