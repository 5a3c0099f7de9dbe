//! The folder within a folder where a fetch keeps its answers until all have come: one run's at a time, and cleaned after one
//! that was killed.

use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use crate::source::fetched::{HIDDEN, Listing, MANIFEST, PART};

/// Locked as long as a run is at work.
const LOCK: &str = "lock";

/// Stands in place of the new manifest once new files that a killed run had put there are gone again.
const UNDONE: &str = "undone";

/// The hidden folder, which is this run's. Gone when this is dropped.
#[derive(Debug)]
pub(super) struct HiddenFolder {
    path: PathBuf,
    lock: Option<File>,
}

impl HiddenFolder {
    /// Claims the hidden folder within a folder. What a killed run left there is taken back: the folder is as it was before
    /// that run. `None` where another run is at work.
    ///
    /// # Errors
    /// Where it cannot be made or cleaned.
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
                // The run before is just going.
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

    /// A new file. It is not called as a document is: nobody takes it for one.
    pub(super) fn part(&self, name: &str) -> PathBuf {
        part(&self.path, name)
    }

    /// The place in the hidden folder of a file that was there before.
    pub(super) fn old(&self, name: &str) -> PathBuf {
        self.path.join(format!("{name}.old"))
    }

    /// Leaves it as it is.
    pub(super) fn keep(&mut self) -> PathBuf {
        self.lock = None;
        self.path.clone()
    }

    /// Removes it.
    pub(super) fn go(&mut self) {
        if let Some(lock) = self.lock.take() {
            // Windows keeps the name of a file that is open, and so its folder.
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

/// Removes the hidden folder, the lock last.
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

/// Makes undone what a killed run did. The new manifest comes last: where it is still here, the new files that it names and
/// that are in the folder already go again, and the old ones come back.
fn take_back(folder: &Path, hidden: &Path) -> io::Result<()> {
    let manifest = part(hidden, MANIFEST);
    if let Some(listing) = Listing::read(&manifest) {
        for listed in listing.files {
            let arrived = !part(hidden, &listed.file).exists() && !hidden.join(format!("{}.old", listed.file)).exists();
            if arrived && listed.differs(folder).is_none() {
                fs::remove_file(folder.join(&listed.file))?;
            }
        }
        // From here on an old file that is back must not be taken for a new one.
        fs::rename(&manifest, hidden.join(UNDONE))?;
    }
    let whole = !hidden.join(UNDONE).exists();
    for entry in fs::read_dir(hidden)? {
        let entry = entry?;
        let name = entry.file_name();
        if name == LOCK || name == UNDONE {
            continue;
        }
        match name.to_str().and_then(|name| name.strip_suffix(".old")).filter(|_| !whole) {
            Some(old) => fs::rename(entry.path(), folder.join(old))?,
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

/// A file that its owner alone can read; on Windows who can look into its folder.
pub(super) fn private_file() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

/// Makes folders that their owner alone can look into; on Windows who can look into the folder above.
pub(super) fn private_folder() -> DirBuilder {
    let mut builder = DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    #[cfg(not(unix))]
    builder.recursive(false);
    builder
}
