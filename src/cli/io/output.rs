//! The one place where results are written: stdout, or a file that is replaced only when the new one is whole.

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
/// As [`write()`].
pub(crate) fn write_to(file: Option<&Path>, text: &str, global: &Global) -> Result<(), Stop> {
    write_for(file, text, global, Readers::AsBefore)
}

/// Writes as [`write_to`] does, a file that its owner alone can read.
///
/// # Errors
/// As [`write()`].
pub(crate) fn write_private(file: Option<&Path>, text: &str, global: &Global) -> Result<(), Stop> {
    write_for(file, text, global, Readers::Owner)
}

/// Who can read a file that is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Readers {
    /// As the file that is replaced; where there is none, as new files are.
    AsBefore,
    /// Its owner alone. On Windows who can read its folder, which for a user's own folders is the same.
    Owner,
}

fn write_for(file: Option<&Path>, text: &str, global: &Global, readers: Readers) -> Result<(), Stop> {
    let file = file.filter(|path| *path != Path::new("-"));
    if file.is_none() && text.contains('\u{1b}') {
        // A table with colours, which the terminal may not take.
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
    /// The name as the user gave it.
    path: Option<PathBuf>,
}

enum Target {
    Stdout(BufWriter<Box<dyn Write>>),
    /// A device or a pipe: there is nothing to replace.
    Special(BufWriter<File>),
    File(NewFile),
}

/// A file that is not whole yet.
struct NewFile {
    file: BufWriter<tempfile::NamedTempFile>,
    /// To be renamed to this.
    real: PathBuf,
    leftover: Ticket,
}

impl Sink {
    /// To a file, or to stdout where there is none.
    ///
    /// # Errors
    /// Where the file cannot be written.
    pub(crate) fn open(file: Option<&Path>) -> Result<Self, Stop> {
        Self::for_readers(file, Readers::AsBefore)
    }

    fn for_readers(file: Option<&Path>, readers: Readers) -> Result<Self, Stop> {
        let file = file.filter(|path| *path != Path::new("-"));
        let Some(path) = file else {
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

    /// Writes a piece. A closed pipe takes no more, and that is no error.
    ///
    /// # Errors
    /// Where it cannot be written.
    pub(crate) fn write(&mut self, bytes: &[u8]) -> Result<(), Stop> {
        let result = match &mut self.target {
            Target::Stdout(stdout) => stdout.write_all(bytes),
            Target::Special(file) => file.write_all(bytes),
            Target::File(new) => new.file.write_all(bytes),
        };
        written(result, self.path.as_deref())
    }

    /// Hands on what was written. A file is replaced as a whole, so nobody waits for a part of it.
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

    /// Ends the result: only now is a file replaced.
    ///
    /// # Errors
    /// Where it cannot be written; then the file is as it was.
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
    /// Puts it in its place.
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

/// A closed pipe is not an error, nor is one that closes later.
fn written(result: io::Result<()>, path: Option<&Path>) -> Result<(), Stop> {
    match result {
        Err(error) if path.is_some() || error.kind() != ErrorKind::BrokenPipe => Err(cannot(&error, path)),
        _ => Ok(()),
    }
}

fn cannot(error: &io::Error, path: Option<&Path>) -> Stop {
    let name = path.map_or_else(|| "stdout".to_owned(), |path| path.display().to_string());
    Stop::usage(cannot_be_written(&name, error))
}

/// The file that is replaced: the target of a link, not the link. On Windows in the form that may be as long as it likes, also
/// where it is not there yet.
fn real(path: &Path) -> PathBuf {
    let of_folder = || {
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        cfg!(windows).then(|| Some(folder.canonicalize().ok()?.join(path.file_name()?)))?
    };
    path.canonicalize().ok().or_else(of_folder).unwrap_or_else(|| path.to_owned())
}

/// A device or a pipe: there is nothing to replace.
pub(crate) fn is_special(path: &Path) -> bool {
    is_device(path, cfg!(windows)) || fs::metadata(path).is_ok_and(|metadata| !metadata.is_file() && !metadata.is_dir())
}

/// A file beside the target, to be renamed: either all of it is there, or nothing has changed. An interrupt removes it.
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
    // For whoever looks for leftovers. Some file systems have no locks.
    let _ = file.as_file().try_lock();
    Ok((file, leftover))
}

/// What the names of files that are not whole yet begin and end with.
const BEGIN: &str = ".seatline-";
const END: &str = ".tmp";

/// A file that was made so long ago has been locked by the run that made it, if that is still at work.
const OLD: Duration = Duration::from_secs(60);

/// Removes what runs that were killed have left in a folder. Where that cannot be done it stays.
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
