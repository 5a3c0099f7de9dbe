//! A folder that gets all of its new files at once, or stays as it was.

use std::collections::HashSet;
use std::fs;
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

use crate::portal::FetchManifest;
use crate::source::fetched::{FetchedFolder, Listing, answers, foreign_manifest, unlisted};

use crate::cli::io::busy::{cannot_be_written, patiently};
use crate::cli::io::exit::Stop;
use crate::cli::io::hidden::{HiddenFolder, clear, private_file, private_folder};
use crate::cli::io::interrupt::{Leftover, MadeFolders, Ticket, Undisturbed};

/// New files, kept in a hidden folder within their folder until all of them are there.
#[derive(Debug)]
pub(crate) struct NewFiles {
    folder: PathBuf,
    /// Gone when this is dropped.
    hidden: HiddenFolder,
    made: MadeFolders,
    /// Whether files that are there may be replaced.
    replace: bool,
    /// Why the folder is no whole fetch, though one wrote into it.
    interrupted: Option<String>,
    leftover: Ticket,
}

impl Drop for NewFiles {
    fn drop(&mut self) {
        let mut step = Undisturbed::begin();
        self.hidden.go();
        drop(std::mem::take(&mut self.made));
        step.is_settled(&self.leftover);
    }
}

impl NewFiles {
    /// Prepares a folder, which is made where there is none. What a killed fetch left in it is taken back first; where it is
    /// still no whole fetch, but one of the same portal, it is replaced as with `replace`.
    ///
    /// # Errors
    /// Where it cannot be one, another fetch is writing into it, or it holds files of an earlier fetch that are not to be
    /// replaced, or such that no fetch wrote.
    pub(crate) fn open(folder: &Path, replace: bool, portal: &str) -> Result<Self, Stop> {
        let fail = |error: io::Error| Stop::usage(format!("{}: cannot be written: {error}", folder.display()));
        if fs::symlink_metadata(folder).is_ok() && !folder.is_dir() {
            return Err(Stop::usage(format!("{}: this is no folder", folder.display())));
        }
        let mut step = Undisturbed::begin();
        let mut made = MadeFolders::default();
        made.0.extend(missing(folder));
        private_folder().recursive(true).create(folder).map_err(fail)?;
        let Some(hidden) = HiddenFolder::claim(folder).map_err(fail)? else {
            let message = "another `seatline fetch` is writing into this folder: --out-dir names another one";
            return Err(Stop::usage(format!("{}: {message}", folder.display())));
        };
        let interrupted = match FetchedFolder::of(folder) {
            FetchedFolder::Interrupted(why) => Some(why),
            _ => None,
        };
        let listing = Listing::read(&folder.join(FetchManifest::FILE_NAME));
        let other = listing.filter(|listing| listing.portal.as_ref().is_some_and(|known| known != portal));
        if let (Some(why), Some(Listing { portal: Some(other), .. }), false) = (&interrupted, &other, replace) {
            return Err(Stop::usage(format!(
                "{}: an interrupted fetch of {other}, or changed since ({why}): --force replaces it, --out-dir names another \
                 folder",
                folder.display()
            )));
        }
        if let Some(name) = unlisted(folder) {
            let path = folder.join(name);
            let message = "no fetch wrote this, since there is no manifest.json beside it, and it is not replaced: --out-dir names \
                           another folder";
            return Err(Stop::usage(format!("{}: {message}", path.display())));
        }
        let replace = replace || interrupted.is_some();
        for name in names_in(folder) {
            refuse(&folder.join(name), replace)?;
        }
        refuse_foreign(folder, other.as_ref())?;
        let path = hidden.path().to_owned();
        let leftover = step.leaves(Leftover { path, remove: clear, made: made.clone() });
        Ok(Self { folder: folder.to_owned(), hidden, made, replace, interrupted, leftover })
    }

    /// Why the folder is no whole fetch, though one wrote into it: then its files are replaced.
    pub(crate) fn interrupted(&self) -> Option<&str> {
        self.interrupted.as_deref()
    }

    /// Writes a new file, to be seen later.
    ///
    /// # Errors
    /// Where it cannot be written, as on a full disk.
    pub(crate) fn keep(&self, name: &str, bytes: &[u8]) -> io::Result<()> {
        let _step = Undisturbed::begin();
        // A list that is read again takes the place of what came first.
        let mut file = private_file().create(true).truncate(true).open(self.hidden.part(name))?;
        file.write_all(bytes)?;
        file.sync_all()
    }

    /// The bytes that were written under this name.
    ///
    /// # Errors
    /// Where it is not there, or cannot be read.
    pub(crate) fn kept(&self, name: &str) -> io::Result<Vec<u8>> {
        fs::read(self.hidden.part(name))
    }

    /// Puts the files with these names in their place, and removes those of the earlier fetch. Others that were kept are
    /// forgotten. The last one is the manifest: as long as it has not come, no reader takes the folder for a fetch.
    ///
    /// # Errors
    /// Where a file cannot be renamed. Then the folder is as it was, or the message names the folder with the earlier files.
    pub(crate) fn commit(mut self, names: &[&str]) -> Result<(), Stop> {
        let mut step = Undisturbed::begin();
        let mut undo = Vec::new();
        let mut done = self.steps(names).and_then(|steps| exchange(steps, &mut undo));
        if let Err(stop) = &mut done
            && !undone(&undo)
        {
            // The earlier files are still in the hidden folder, and must not be removed with it.
            let kept = self.hidden.keep();
            step.is_settled(&self.leftover);
            stop.message.push_str(&format!("; files that were there before are now in {}", kept.display()));
        }
        drop(step);
        done
    }

    /// The renames, in order: the old files away, the new ones into their place, the last one over the file that is there.
    fn steps(&self, names: &[&str]) -> Result<Vec<(PathBuf, PathBuf)>, Stop> {
        let (last, others) = names.split_last().map_or((None, names), |(last, others)| (Some(*last), others));
        // An answer that stayed would be none that the new manifest names, and no reader would take the folder for whole.
        let mut old: Vec<String> = if self.replace { names_in(&self.folder) } else { Vec::new() };
        old.extend(others.iter().map(|name| (*name).to_owned()));
        old.sort_unstable();
        old.dedup();
        let is_there = |name: &str| fs::symlink_metadata(self.folder.join(name)).is_ok();
        let mut steps = Vec::new();
        for name in old.iter().filter(|name| Some(name.as_str()) != last && is_there(name)) {
            let target = self.folder.join(name);
            refuse(&target, self.replace)?;
            steps.push((target, self.hidden.old(name)));
        }
        if let Some(last) = last.filter(|last| is_there(last)) {
            refuse(&self.folder.join(last), self.replace)?;
        }
        steps.extend(names.iter().map(|name| (self.hidden.part(name), self.folder.join(name))));
        Ok(steps)
    }

    /// Leaves the folder as a run that was killed leaves it.
    #[cfg(test)]
    fn killed(mut self) {
        self.hidden.keep();
        std::mem::forget(std::mem::take(&mut self.made));
        Undisturbed::begin().is_settled(&self.leftover);
    }
}

/// Renames one after the other, and remembers what was renamed.
fn exchange(steps: Vec<(PathBuf, PathBuf)>, undo: &mut Vec<(PathBuf, PathBuf)>) -> Result<(), Stop> {
    for (from, to) in steps {
        let renamed = patiently(|| fs::rename(&from, &to));
        renamed.map_err(|error| Stop::usage(cannot_be_written(&to.display().to_string(), &error)))?;
        undo.push((from, to));
    }
    Ok(())
}

/// Moves everything back, the last first, as far as that can be done; whether it could.
fn undone(moves: &[(PathBuf, PathBuf)]) -> bool {
    moves.iter().rev().fold(true, |all, (from, to)| fs::rename(to, from).is_ok() && all)
}

/// The names in a folder that a fetch gives.
fn names_in(folder: &Path) -> Vec<String> {
    let manifest = fs::symlink_metadata(folder.join(FetchManifest::FILE_NAME)).is_ok();
    let mut names: Vec<_> = answers(folder).chain(manifest.then(|| FetchManifest::FILE_NAME.to_owned())).collect();
    names.sort_unstable();
    names
}

/// Refuses to replace a file, unless it may be replaced, and a folder always.
fn refuse(path: &Path, replace: bool) -> Result<(), Stop> {
    if path.is_dir() {
        return Err(Stop::usage(format!("{}: cannot be written: this is a folder", path.display())));
    }
    if replace {
        return Ok(());
    }
    let message = "is there already: --force replaces an earlier fetch, --out-dir names another folder";
    Err(Stop::usage(format!("{} {message}", path.display())))
}

/// Refuses to replace what no fetch wrote: a manifest of something else, and beside the fetch of another portal what its manifest
/// does not name.
fn refuse_foreign(folder: &Path, other: Option<&Listing>) -> Result<(), Stop> {
    let fail = |name: &str, why: &str| {
        let path = folder.join(name);
        Err(Stop::usage(format!("{}: {why}, and is not replaced: --out-dir names another folder", path.display())))
    };
    if let Some(what) = foreign_manifest(folder) {
        return fail(FetchManifest::FILE_NAME, &format!("this {what}"));
    }
    let Some(other) = other else { return Ok(()) };
    let named: HashSet<String> = other.files.iter().map(|listed| listed.file.to_ascii_lowercase()).collect();
    match answers(folder).filter(|name| !named.contains(&name.to_ascii_lowercase())).min() {
        Some(name) => fail(&name, "this is not named in manifest.json"),
        None => Ok(()),
    }
}

/// The folders of a path that are not there yet, the innermost first.
pub(super) fn missing(folder: &Path) -> Vec<PathBuf> {
    let all = folder.ancestors().filter(|path| !path.as_os_str().is_empty());
    all.take_while(|path| matches!(fs::symlink_metadata(path), Err(error) if error.kind() == ErrorKind::NotFound))
        .map(Path::to_owned)
        .collect()
}

#[cfg(test)]
mod tests;
