//! A file that replaces another one when it is complete, and not before.

use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::{self, BufWriter, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::cli::io::busy::patiently;
use crate::cli::io::interrupt::{self, Leftover, MadeFolders, Ticket, Undisturbed};

/// The users who can read a new file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Readers {
    /// The permissions of the replaced file; without such a file, those of any new file.
    AsBefore,
    /// The owner alone. On Windows whoever can read the folder, which for a user's own folders is the same.
    Owner,
}

/// A new file that will replace another one.
pub(super) struct ReplacedFile {
    file: BufWriter<tempfile::NamedTempFile>,
    /// The path that the file is renamed to.
    real: PathBuf,
    leftover: Ticket,
}

impl ReplacedFile {
    /// Makes the new file beside the file of this path.
    ///
    /// # Errors
    /// An error where the folder takes no new file.
    pub(super) fn begin(path: &Path, readers: Readers, buffer: usize) -> io::Result<Self> {
        let real = real(path);
        let (file, leftover) = beside(&real, readers)?;
        Ok(Self { file: BufWriter::with_capacity(buffer, file), real, leftover })
    }

    /// Checks that a new file can be made beside the file of this path, and be renamed to it.
    ///
    /// # Errors
    /// An error where that cannot be done.
    pub(super) fn check(path: &Path) -> io::Result<()> {
        let Self { file, real, leftover } = Self::begin(path, Readers::Owner, 0)?;
        let checked = may_replace(file.get_ref().as_file(), &real);
        // Dropping the file removes it.
        drop(file);
        Undisturbed::begin().is_settled(&leftover);
        checked
    }

    /// Writes a part of the new file.
    ///
    /// # Errors
    /// An error where the part cannot be written.
    pub(super) fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.file.write_all(bytes)
    }

    /// Renames the new file to its place.
    ///
    /// # Errors
    /// An error where the new file is not complete, or cannot be renamed; the old file is then as it was.
    pub(super) fn finish(self) -> io::Result<()> {
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

/// In a folder like `/tmp` only the owner of a file, or of the folder, may replace the file.
#[cfg(unix)]
fn may_replace(new: &File, real: &Path) -> io::Result<()> {
    use std::os::unix::fs::MetadataExt;
    const STICKY: u32 = 0o1000;
    let folder = real.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let (Ok(old), Ok(folder), own) = (fs::metadata(real), fs::metadata(folder), new.metadata()?.uid()) else {
        return Ok(());
    };
    if folder.mode() & STICKY != 0 && own != 0 && ![old.uid(), folder.uid()].contains(&own) {
        return Err(io::Error::new(ErrorKind::PermissionDenied, "this is somebody else's file"));
    }
    Ok(())
}

/// Windows tells it when the file is replaced.
#[cfg(not(unix))]
fn may_replace(_: &File, _: &Path) -> io::Result<()> {
    Ok(())
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
    use crate::cli::io::output::Sink;

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
