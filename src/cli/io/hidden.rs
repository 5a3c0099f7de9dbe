//! The hidden folder within a folder, in which a fetch keeps its answers until all have come. Only one run has it at
//! a time, and the next run cleans up after one that was killed.

use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use crate::cli::io::busy::patiently;
use crate::source::fetched::{HIDDEN, Listing, MANIFEST, PART};

/// The file that a run keeps locked while it works.
const LOCK: &str = "lock";

/// The new name of a killed run's manifest, once the files that the run had put into the folder are removed again.
const UNDONE: &str = "undone";

/// The hidden folder, claimed by this run. Dropping it removes the folder.
#[derive(Debug)]
pub(super) struct HiddenFolder {
    path: PathBuf,
    lock: Option<File>,
}

impl HiddenFolder {
    /// Claims the hidden folder within a folder. It first undoes the changes of a run that was killed, so that the
    /// folder is as before that run. `None` where another run is at work.
    ///
    /// # Errors
    /// An error where the folder cannot be made or cleaned.
    pub(super) fn claim(folder: &Path) -> io::Result<Option<Self>> {
        let path = folder.join(HIDDEN);
        loop {
            let made = private_folder().create(&path);
            if let Err(error) = made
                && error.kind() != ErrorKind::AlreadyExists
            {
                return Err(error);
            }
            let mut options = OpenOptions::new();
            options.write(true).create(true).truncate(false);
            let lock = match options.open(path.join(LOCK)) {
                Ok(lock) => lock,
                // The earlier run is just removing it.
                Err(error) if error.kind() == ErrorKind::NotFound && !path.exists() => continue,
                Err(error) => return Err(error),
            };
            match lock.try_lock() {
                Err(std::fs::TryLockError::WouldBlock) => return Ok(None),
                // Some file systems have no locks.
                Ok(()) | Err(std::fs::TryLockError::Error(_)) => {}
            }
            let opened = same_file::Handle::from_file(lock.try_clone()?)?;
            if same_file::Handle::from_path(path.join(LOCK)).is_ok_and(|there| there == opened) {
                take_back(folder, &path)?;
                return Ok(Some(Self { path, lock: Some(lock) }));
            }
        }
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// The path of a new file. Its ending is not that of a document, so that nobody reads it as one.
    pub(super) fn part(&self, name: &str) -> PathBuf {
        part(&self.path, name)
    }

    /// The path in the hidden folder to which a file of an earlier fetch is moved.
    pub(super) fn old(&self, name: &str) -> PathBuf {
        self.path.join(format!("{name}.old"))
    }

    /// Keeps the folder when this is dropped, and gives its path.
    pub(super) fn keep(&mut self) -> PathBuf {
        self.lock = None;
        self.path.clone()
    }

    pub(super) fn go(&mut self) {
        if let Some(lock) = self.lock.take() {
            // On Windows a file that is open keeps its name, and with it its folder.
            let mut lock = Some(lock);
            if cfg!(windows) {
                lock = None;
            }
            let _ = clear(&self.path);
            drop(lock);
        }
    }
}

impl Drop for HiddenFolder {
    fn drop(&mut self) {
        self.go();
    }
}

/// Removes the content of the hidden folder, then the lock and the folder.
pub(super) fn clear(path: &Path) -> io::Result<()> {
    for entry in fs::read_dir(path)? {
        let entry = entry?;
        if entry.file_name() != LOCK {
            fs::remove_file(entry.path())?;
        }
    }
    fs::remove_file(path.join(LOCK))?;
    fs::remove_dir(path)
}

/// Undoes what a killed run did. A run moves its manifest last: where the manifest is still in the hidden folder, the
/// new files that it names are removed from the folder, and the old ones come back.
fn take_back(folder: &Path, hidden: &Path) -> io::Result<()> {
    let manifest = part(hidden, MANIFEST);
    if let Some(listing) = Listing::read(&manifest) {
        for listed in listing.files {
            let arrived = !part(hidden, &listed.file).exists() && !hidden.join(format!("{}.old", listed.file)).exists();
            if arrived && listed.differs(folder).is_none() {
                fs::remove_file(folder.join(&listed.file))?;
            }
        }
        // From here on an old file that has come back must not be taken for a new one.
        patiently(|| fs::rename(&manifest, hidden.join(UNDONE)))?;
    }
    let is_complete = !hidden.join(UNDONE).exists();
    for entry in fs::read_dir(hidden)? {
        let entry = entry?;
        let name = entry.file_name();
        if name == LOCK || name == UNDONE {
            continue;
        }
        match name.to_str().and_then(|name| name.strip_suffix(".old")).filter(|_| !is_complete) {
            Some(old) => patiently(|| fs::rename(entry.path(), folder.join(old)))?,
            None => fs::remove_file(entry.path())?,
        }
    }
    match fs::remove_file(hidden.join(UNDONE)) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

fn part(hidden: &Path, name: &str) -> PathBuf {
    hidden.join(format!("{name}.{PART}"))
}

/// Options for a file that only its owner can read; on Windows whoever can look into its folder.
pub(super) fn private_file() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

/// Makes folders that only their owner can look into; on Windows whoever can look into the folder above.
pub(super) fn private_folder() -> DirBuilder {
    let mut builder = DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    #[cfg(not(unix))]
    builder.recursive(false);
    builder
}
