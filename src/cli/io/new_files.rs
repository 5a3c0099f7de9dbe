//! A folder that gets all of its new files together, or stays as it was.

use std::collections::HashSet;
use std::fs;
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

use crate::portal::FetchManifest;
use crate::source::fetched::{FetchedFolder, Listing, answers, foreign_manifest, unlisted};

use crate::cli::exit::Stop;
use crate::cli::io::busy::{cannot_be_written, patiently};
use crate::cli::io::hidden::{HiddenFolder, clear, private_file, private_folder};
use crate::cli::io::interrupt::{Leftover, MadeFolders, Ticket, Undisturbed};

/// New files of a folder, kept in a hidden folder within it until all of them are there.
#[derive(Debug)]
pub(crate) struct NewFiles {
    folder: PathBuf,
    /// The hidden folder, which is removed when this is dropped.
    hidden: HiddenFolder,
    made: MadeFolders,
    /// Whether existing files may be replaced.
    replace: bool,
    /// Whether `--force` was given.
    forced: bool,
    /// Why an earlier fetch into this folder is not whole.
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
    /// Prepares a folder and makes it where it is missing. What a killed fetch did in it is undone first. Where the
    /// folder still holds a fetch of the same portal that is not whole, it is replaced as with `replace`.
    ///
    /// # Errors
    /// A [`Stop`] where the path cannot be a folder, where another fetch is writing into it, where it holds files of
    /// an earlier fetch that may not be replaced, or files that no fetch wrote.
    pub(crate) fn open(folder: &Path, replace: bool, portal: &str) -> Result<Self, Stop> {
        let fail = |error: io::Error| Stop::usage(cannot_be_written(&folder.display().to_string(), &error));
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
            FetchedFolder::Extra(name) if !replace => {
                let path = folder.join(name);
                let message = "manifest.json does not name this, so no fetch wrote it: move it elsewhere, or --force removes it, \
                               --out-dir names another folder";
                return Err(Stop::usage(format!("{}: {message}", path.display())));
            }
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
        let (forced, replace) = (replace, replace || interrupted.is_some());
        let names: Vec<PathBuf> = names_in(folder).into_iter().map(|name| folder.join(name)).collect();
        // What may not be replaced at all comes first: the message about the others says that --force replaces them.
        names.iter().try_for_each(|path| refuse_folder(path))?;
        refuse_foreign(folder, other.as_ref())?;
        names.iter().try_for_each(|path| refuse(path, replace))?;
        let path = hidden.path().to_owned();
        let leftover = step.leaves(Leftover { path, remove: clear, made: made.clone() });
        Ok(Self { folder: folder.to_owned(), hidden, made, replace, forced, interrupted, leftover })
    }

    /// Why an earlier fetch into this folder is not whole; its files are then replaced.
    pub(crate) fn interrupted(&self) -> Option<&str> {
        self.interrupted.as_deref()
    }

    /// Writes a new file into the hidden folder.
    ///
    /// # Errors
    /// An error where the file cannot be written, as on a full disk.
    pub(crate) fn keep(&self, name: &str, bytes: &[u8]) -> io::Result<()> {
        let _step = Undisturbed::begin();
        // A list that is read again replaces its first version.
        let mut file = private_file().create(true).truncate(true).open(self.hidden.part(name))?;
        file.write_all(bytes)?;
        file.sync_all()
    }

    /// The bytes of a new file.
    ///
    /// # Errors
    /// An error where the file is missing or cannot be read.
    pub(crate) fn kept(&self, name: &str) -> io::Result<Vec<u8>> {
        fs::read(self.hidden.part(name))
    }

    /// Moves the files with these names into the folder, and removes those of the earlier fetch. Other new files are
    /// dropped. The last file is the manifest: until it is in place, no reader takes the folder for a whole fetch.
    ///
    /// # Errors
    /// A [`Stop`] where a file cannot be renamed. The folder is then as it was, or the message names the folder with
    /// the earlier files.
    pub(crate) fn commit(mut self, names: &[&str]) -> Result<(), Stop> {
        let mut step = Undisturbed::begin();
        let mut undo = Vec::new();
        let mut done = self.steps(names).and_then(|steps| exchange(steps, &mut undo));
        if let Err(stop) = &mut done
            && !undone(&undo)
        {
            // The earlier files are still in the hidden folder, which must not be removed with them.
            let kept = self.hidden.keep();
            step.is_settled(&self.leftover);
            stop.message.push_str(&format!("; files that were there before are now in {}", kept.display()));
        }
        drop(step);
        done
    }

    /// The renames in order: the old files into the hidden folder, the new ones out of it, the last one over its
    /// older version.
    fn steps(&self, names: &[&str]) -> Result<Vec<(PathBuf, PathBuf)>, Stop> {
        let (last, others) = names.split_last().map_or((None, names), |(last, others)| (Some(*last), others));
        // An old answer that stayed would not be named by the new manifest, and the folder would not count as whole.
        let mut old: Vec<String> = if self.replace { names_in(&self.folder) } else { Vec::new() };
        old.extend(others.iter().map(|name| (*name).to_owned()));
        old.sort_unstable();
        old.dedup();
        self.refuse_to_lose(&old, names)?;
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

    /// Refuses to mend a fetch that is not whole with fewer kinds of answers than it has: the others would be lost.
    fn refuse_to_lose(&self, old: &[String], new: &[&str]) -> Result<(), Stop> {
        if self.forced {
            return Ok(());
        }
        let kinds: HashSet<String> = new.iter().map(|name| answer_kind(name)).collect();
        let Some(lost) = old.iter().find(|name| !kinds.contains(&answer_kind(name))) else { return Ok(()) };
        Err(Stop::usage(format!(
            "{}: is of an interrupted fetch, and this run does not fetch it anew: fetch it too, or --force removes it, --out-dir \
             names another folder",
            self.folder.join(lost).display()
        )))
    }

    /// Leaves the folder as a killed run leaves it.
    #[cfg(test)]
    fn killed(mut self) {
        self.hidden.keep();
        std::mem::forget(std::mem::take(&mut self.made));
        Undisturbed::begin().is_settled(&self.leftover);
    }
}

/// Renames one file after the other, and records each rename in `undo`.
fn exchange(steps: Vec<(PathBuf, PathBuf)>, undo: &mut Vec<(PathBuf, PathBuf)>) -> Result<(), Stop> {
    for (from, to) in steps {
        let renamed = patiently(|| fs::rename(&from, &to));
        renamed.map_err(|error| Stop::usage(cannot_be_written(&to.display().to_string(), &error)))?;
        undo.push((from, to));
    }
    Ok(())
}

/// Renames everything back, the last first, as far as possible. Gives whether all could be renamed.
fn undone(moves: &[(PathBuf, PathBuf)]) -> bool {
    moves.iter().rev().fold(true, |all, (from, to)| patiently(|| fs::rename(to, from)).is_ok() && all)
}

/// The names of files in a folder that a fetch gives to its answers.
fn names_in(folder: &Path) -> Vec<String> {
    let manifest = fs::symlink_metadata(folder.join(FetchManifest::FILE_NAME)).is_ok();
    let mut names: Vec<_> = answers(folder).chain(manifest.then(|| FetchManifest::FILE_NAME.to_owned())).collect();
    names.sort_unstable();
    names
}

/// The kind of an answer by the name of its file: all pages of a list have one.
fn answer_kind(name: &str) -> String {
    let name = name.to_ascii_lowercase();
    name.trim_end_matches(".json")
        .trim_end_matches(|digit: char| digit.is_ascii_digit())
        .trim_end_matches('-')
        .to_owned()
}

/// Refuses to replace a folder.
fn refuse_folder(path: &Path) -> Result<(), Stop> {
    if path.is_dir() {
        return Err(Stop::usage(format!("{}: cannot be written: this is a folder", path.display())));
    }
    Ok(())
}

/// Refuses to replace a folder, and a file unless `replace` allows it.
fn refuse(path: &Path, replace: bool) -> Result<(), Stop> {
    refuse_folder(path)?;
    if replace {
        return Ok(());
    }
    let message = "is there already: --force replaces an earlier fetch, --out-dir names another folder";
    Err(Stop::usage(format!("{} {message}", path.display())))
}

/// Refuses to replace what no fetch wrote: the manifest of another program, and, beside the fetch of another portal,
/// files that its manifest does not name.
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

/// The folders of a path that do not exist yet, the innermost first.
pub(super) fn missing(folder: &Path) -> Vec<PathBuf> {
    let all = folder.ancestors().filter(|path| !path.as_os_str().is_empty());
    all.take_while(|path| matches!(fs::symlink_metadata(path), Err(error) if error.kind() == ErrorKind::NotFound))
        .map(Path::to_owned)
        .collect()
}

#[cfg(test)]
mod tests;
