//! A folder of files that appears as a whole: it is made in a hidden folder beside its place, and then renamed.

use std::ffi::{OsStr, OsString};
use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

use crate::cli::exit::Stop;
use crate::cli::io::busy::{busy_among, cannot_be_written, patiently};
use crate::cli::io::hidden::private_folder;
use crate::cli::io::interrupt::{Leftover, MadeFolders, Ticket, Undisturbed};
use crate::cli::io::new_files::missing;

/// The file that a run keeps locked while it works.
const LOCK: &str = "lock";

/// The name of the new folder until it is complete.
const NEW: &str = "new";

/// The name of the old folder until the new one is in its place.
const OLD: &str = "old";

/// A folder that is made or replaced.
#[derive(Debug)]
pub(crate) struct Pack {
    /// The path as the user named it.
    named: PathBuf,
    /// The path with links resolved.
    place: PathBuf,
    hidden: PackFolder,
    made: MadeFolders,
    leftover: Ticket,
}

impl Drop for Pack {
    fn drop(&mut self) {
        let mut step = Undisturbed::begin();
        self.hidden.go();
        drop(std::mem::take(&mut self.made));
        step.is_settled(&self.leftover);
    }
}

/// The hidden folder, claimed by this run. Dropping it removes the folder.
#[derive(Debug)]
struct PackFolder {
    path: PathBuf,
    lock: Option<File>,
}

impl PackFolder {
    fn go(&mut self) {
        if let Some(lock) = self.lock.take() {
            // On Windows a file that is open keeps its name, and with it its folder.
            let held = (!cfg!(windows)).then_some(lock);
            let _ = clear(&self.path);
            drop(held);
        }
    }
}

/// Removes the hidden folder. An old folder that could not be put back stays in it: the next run puts it back.
fn clear(path: &Path) -> io::Result<()> {
    match fs::remove_dir_all(path.join(NEW)) {
        Err(error) if error.kind() != ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    fs::remove_file(path.join(LOCK))?;
    fs::remove_dir(path)
}

impl Drop for PackFolder {
    fn drop(&mut self) {
        self.go();
    }
}

/// Checks that a folder may be made or replaced. It changes nothing, except that it completes what a killed run left
/// half done.
///
/// # Errors
/// A [`Stop`] where the folder exists and may not be replaced, or cannot be.
pub(crate) fn refuse(folder: &Path, replace: bool) -> Result<(), Stop> {
    let place = place(folder)?;
    if hidden_path(&place).is_dir() {
        let _step = Undisturbed::begin();
        drop(claim(folder, &place)?);
    }
    refuse_at(folder, &place, replace)
}

fn refuse_at(folder: &Path, place: &Path, replace: bool) -> Result<(), Stop> {
    let fail = |why: &str| Err(Stop::usage(format!("--pack {}: {why}", folder.display())));
    match fs::symlink_metadata(place) {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
        Err(error) => fail(&format!("cannot be looked at: {error}")),
        Ok(found) if !found.is_dir() => fail("this is no folder"),
        Ok(_) if !replace => fail("is there already: --force replaces the pack in it, --pack names another folder"),
        Ok(_) => {
            let here = std::env::current_dir().and_then(|here| here.canonicalize());
            let runs_in_it = here.is_ok_and(|here| here.starts_with(place));
            if runs_in_it {
                fail("the program runs in this folder, which is replaced as a whole: name another one")
            } else {
                Ok(())
            }
        }
    }
}

/// The path of a folder with links resolved, also where the folder does not exist yet.
fn place(folder: &Path) -> Result<PathBuf, Stop> {
    if let Ok(place) = folder.canonicalize() {
        return Ok(place);
    }
    match (folder.parent(), folder.file_name()) {
        (Some(parent), Some(name)) => {
            let parent = if parent.as_os_str().is_empty() { Path::new(".") } else { parent };
            Ok(parent.canonicalize().unwrap_or_else(|_| parent.to_owned()).join(name))
        }
        _ => Err(Stop::usage(format!("--pack {}: this is no name of a folder", folder.display()))),
    }
}

/// The path of the hidden folder: `.out.seatline-pack` beside `out`.
fn hidden_path(place: &Path) -> PathBuf {
    let mut name = OsString::from(".");
    name.push(place.file_name().unwrap_or(OsStr::new("pack")));
    name.push(".seatline-pack");
    place.with_file_name(name)
}

fn cannot(folder: &Path, error: &io::Error) -> Stop {
    Stop::usage(cannot_be_written(&format!("--pack {}", folder.display()), error))
}

/// Renames a file or folder, and tries again for a short while where another program has it open.
fn rename(from: &Path, to: &Path) -> io::Result<()> {
    patiently(|| fs::rename(from, to))
}

/// Claims the hidden folder, and completes what a killed run left half done there.
fn claim(folder: &Path, place: &Path) -> Result<PackFolder, Stop> {
    let fail = |error: io::Error| cannot(folder, &error);
    let path = hidden_path(place);
    private_folder().recursive(true).create(&path).map_err(fail)?;
    let lock = OpenOptions::new().write(true).create(true).truncate(false).open(path.join(LOCK)).map_err(fail)?;
    if let Err(fs::TryLockError::WouldBlock) = lock.try_lock() {
        let message = "another run is writing this pack: --pack names another folder";
        return Err(Stop::usage(format!("--pack {}: {message}", folder.display())));
    }
    let old = path.join(OLD);
    if old.is_dir() {
        // Where the place is empty, the old folder goes back there. Otherwise the new folder is in place, and gets
        // those files of the old one that belong to no pack.
        if place.exists() { move_over(&old, place).map_err(fail)? } else { rename(&old, place).map_err(fail)? }
    }
    match fs::remove_dir_all(path.join(NEW)) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(fail(error)),
        _ => Ok(PackFolder { path, lock: Some(lock) }),
    }
}

/// Moves the content of a folder into another one, except files whose name is there already, and removes the folder.
fn move_over(from: &Path, to: &Path) -> io::Result<()> {
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if fs::symlink_metadata(&target).is_err() {
            rename(&entry.path(), &target)?;
        }
    }
    fs::remove_dir_all(from)
}

impl Pack {
    /// Prepares a folder, and makes the folders above it.
    ///
    /// # Errors
    /// As [`refuse()`], and where another run is writing the folder.
    pub(crate) fn open(folder: &Path, replace: bool) -> Result<Self, Stop> {
        let mut step = Undisturbed::begin();
        let mut made = MadeFolders::default();
        if let Some(parent) = folder.parent().filter(|parent| !parent.as_os_str().is_empty()) {
            made.0.extend(missing(parent));
            fs::create_dir_all(parent).map_err(|error| cannot(folder, &error))?;
        }
        let place = place(folder)?;
        let hidden = claim(folder, &place)?;
        refuse_at(folder, &place, replace)?;
        let (path, made_too) = (hidden.path.clone(), made.clone());
        let leftover = step.leaves(Leftover { path, remove: clear, made: made_too });
        Ok(Self { named: folder.to_owned(), place, hidden, made, leftover })
    }

    /// Writes the files, and moves the folder to its place once all of them are complete. Other files of a replaced
    /// folder stay in it.
    ///
    /// # Errors
    /// A [`Stop`] where a file cannot be written, as on a full disk, or would replace a folder; the place is then as it
    /// was.
    pub(crate) fn write(self, files: &[(&str, Vec<u8>)]) -> Result<(), Stop> {
        if let Some((name, _)) = files.iter().find(|(name, _)| self.place.join(name).is_dir()) {
            let path = self.named.join(name);
            return Err(Stop::usage(format!("{}: is a folder, and the pack has a file of this name", path.display())));
        }
        let new = self.hidden.path.join(NEW);
        self.fill(&new, files).map_err(|error| cannot(&self.named, &error))?;
        let step = Undisturbed::begin();
        let done = self.put(&new, &self.hidden.path.join(OLD));
        drop(step);
        done
    }

    fn fill(&self, new: &Path, files: &[(&str, Vec<u8>)]) -> io::Result<()> {
        let step = Undisturbed::begin();
        fs::create_dir(new)?;
        drop(step);
        for (name, bytes) in files {
            let _step = Undisturbed::begin();
            let mut file = File::create_new(new.join(name))?;
            file.write_all(bytes)?;
            file.sync_all()?;
        }
        let _step = Undisturbed::begin();
        match fs::metadata(&self.place) {
            Ok(old) => fs::set_permissions(new, old.permissions()),
            Err(_) => Ok(()),
        }
    }

    /// Renames the old folder away, and the new one to its place.
    fn put(&self, new: &Path, old: &Path) -> Result<(), Stop> {
        let fail = |error: io::Error| cannot(&self.named, &error);
        let replaces = fs::symlink_metadata(&self.place).is_ok();
        if replaces {
            rename(&self.place, old).map_err(|error| self.held(&error))?;
        }
        if let Err(error) = rename(new, &self.place) {
            let mut stop = fail(error);
            if replaces && rename(old, &self.place).is_err() {
                stop.message.push_str(&self.kept(old));
            }
            return Err(stop);
        }
        if !replaces {
            return Ok(());
        }
        move_over(old, &self.place).map_err(|error| {
            let mut stop = fail(error);
            stop.message.push_str(&self.kept(old));
            stop
        })
    }

    /// The failure to rename the folder, which names the file in it that another program has open.
    fn held(&self, error: &io::Error) -> Stop {
        let entries = fs::read_dir(&self.place).into_iter().flatten().filter_map(Result::ok);
        match busy_among(entries.map(|entry| entry.path())) {
            Some(file) => cannot(&self.named.join(file.file_name().unwrap_or_default()), error),
            None => cannot(&self.named, error),
        }
    }

    /// Moves the old folder out of the hidden one, and gives words for a message that name its path.
    fn kept(&self, old: &Path) -> String {
        let mut saved = self.place.clone().into_os_string();
        saved.push(".old");
        match rename(old, Path::new(&saved)) {
            Ok(()) => format!("; what was there before is now in {}", Path::new(&saved).display()),
            Err(_) => format!("; what was there before is in {}, and the next run puts it back", old.display()),
        }
    }
}

#[cfg(test)]
mod tests;
