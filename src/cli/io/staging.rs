//! A folder that gets all of its new files at once, or stays as it was.

use std::fs::{self, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use crate::portal::{FetchManifest, Operation};
use crate::source::fetched::Listing;

use crate::cli::io::busy::{cannot_be_written, patiently};
use crate::cli::io::exit::Stop;
use crate::cli::io::hidden::{Hidden, clear, private_folder};

/// New files, kept in a hidden folder within their folder until all of them are there.
#[derive(Debug)]
pub(crate) struct Staging {
    folder: PathBuf,
    /// Gone when this is dropped.
    hidden: Hidden,
    made: MadeFolders,
    /// What is to go when the program is interrupted; nothing, once all is in its place. Held while it is put there.
    leftovers: Arc<Mutex<Option<(PathBuf, MadeFolders)>>>,
}

/// The folders that were made for it, the innermost first; gone again where nothing was put into them.
#[derive(Clone, Debug, Default)]
pub(super) struct MadeFolders(pub(super) Vec<PathBuf>);

impl Drop for MadeFolders {
    fn drop(&mut self) {
        for folder in &self.0 {
            // One with something in it stays.
            if fs::remove_dir(folder).is_err() {
                break;
            }
        }
    }
}

/// What a shell says of a program that Ctrl-C has ended.
pub(super) const INTERRUPTED: i32 = 130;

impl Staging {
    /// Prepares a folder, which is made where there is none. What a killed fetch left in it is taken back first.
    ///
    /// # Errors
    /// Where it cannot be one, another fetch is writing into it, or it holds files of an earlier fetch that are not to be
    /// replaced.
    pub(crate) fn open(folder: &Path, replace: bool) -> Result<Self, Stop> {
        let fail = |error: io::Error| Stop::usage(format!("{}: cannot be written: {error}", folder.display()));
        if fs::symlink_metadata(folder).is_ok() && !folder.is_dir() {
            return Err(Stop::usage(format!("{}: this is no folder", folder.display())));
        }
        let mut made = MadeFolders(Vec::new());
        made.0.extend(missing(folder));
        private_folder().recursive(true).create(folder).map_err(fail)?;
        let Some(hidden) = Hidden::claim(folder).map_err(fail)? else {
            let message = "another `seatline fetch` is writing into this folder: --out-dir names another one";
            return Err(Stop::usage(format!("{}: {message}", folder.display())));
        };
        for name in names_in(folder) {
            refuse(&folder.join(name), replace)?;
        }
        let leftovers = Arc::new(Mutex::new(Some((hidden.path().to_owned(), made.clone()))));
        Ok(Self { folder: folder.to_owned(), hidden, made, leftovers })
    }

    /// Leaves nothing behind when the program is interrupted, or asked to end. Once for each run of the program.
    pub(crate) fn clean_on_interrupt(&self) {
        let leftovers = Arc::clone(&self.leftovers);
        let clean = move || {
            if let Some((hidden, made)) = leftovers.lock().unwrap_or_else(PoisonError::into_inner).take() {
                let _ = clear(&hidden);
                drop(made);
            }
            std::process::exit(INTERRUPTED);
        };
        // Where it cannot be told of an interrupt, it ends as programs do.
        let _ = ctrlc::set_handler(clean);
    }

    /// Writes a new file, to be seen later.
    ///
    /// # Errors
    /// Where it cannot be written, as on a full disk.
    pub(crate) fn keep(&self, name: &str, bytes: &[u8]) -> io::Result<()> {
        // A list that is read again takes the place of what came first.
        let mut file = private().create(true).truncate(true).open(self.hidden.part(name))?;
        file.write_all(bytes)?;
        file.sync_all()
    }

    /// What was written under this name.
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
    /// Where that fails; then the folder is as it was, or it is said where the files are that were there.
    pub(crate) fn commit(self, names: &[&str], replace: bool) -> Result<(), Stop> {
        let leftovers = Arc::clone(&self.leftovers);
        let mut leftovers = leftovers.lock().unwrap_or_else(PoisonError::into_inner);
        let mut undo = Vec::new();
        let mut done = self.steps(names, replace).and_then(|steps| exchange(steps, &mut undo));
        match &mut done {
            Err(stop) if !undone(&undo) => {
                // What was there is in the hidden folder still, and must not go with it.
                let kept = self.hidden.keep();
                stop.message.push_str(&format!("; files that were there before are now in {}", kept.display()));
            }
            _ => drop(self.hidden),
        }
        drop(self.made);
        *leftovers = None;
        done
    }

    /// What is renamed, in order: the old files away, the new ones into their place, the last of them over what is there.
    fn steps(&self, names: &[&str], replace: bool) -> Result<Vec<(PathBuf, PathBuf)>, Stop> {
        let (last, others) = names.split_last().map_or((None, names), |(last, others)| (Some(*last), others));
        let mut old: Vec<String> = if replace { earlier(&self.folder) } else { Vec::new() };
        old.extend(others.iter().map(|name| (*name).to_owned()));
        old.sort_unstable();
        old.dedup();
        let is_there = |name: &str| fs::symlink_metadata(self.folder.join(name)).is_ok();
        let mut steps = Vec::new();
        for name in old.iter().filter(|name| Some(name.as_str()) != last && is_there(name)) {
            let target = self.folder.join(name);
            refuse(&target, replace)?;
            steps.push((target, self.hidden.old(name)));
        }
        if let Some(last) = last.filter(|last| is_there(last)) {
            refuse(&self.folder.join(last), replace)?;
        }
        steps.extend(names.iter().map(|name| (self.hidden.part(name), self.folder.join(name))));
        Ok(steps)
    }

    /// As a run that was killed leaves it.
    #[cfg(test)]
    fn killed(self) {
        self.hidden.keep();
        std::mem::forget(self.made);
        *self.leftovers.lock().unwrap() = None;
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

/// A file that its owner alone can read; on Windows who can look into its folder.
pub(crate) fn private() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

/// Moves everything back, the last first, as far as that can be done; whether it could.
fn undone(moves: &[(PathBuf, PathBuf)]) -> bool {
    moves.iter().rev().fold(true, |all, (from, to)| fs::rename(to, from).is_ok() && all)
}

/// The names in a folder that a fetch gives.
fn names_in(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok);
    let names = entries.filter_map(|entry| entry.file_name().into_string().ok());
    let mut names: Vec<_> =
        names.filter(|name| name == FetchManifest::FILE_NAME || Operation::is_file_name(name)).collect();
    names.sort_unstable();
    names
}

/// The files that the manifest of an earlier fetch names, by names that a fetch gives.
fn earlier(folder: &Path) -> Vec<String> {
    let listing = Listing::read(&folder.join(FetchManifest::FILE_NAME)).unwrap_or_default();
    listing.files.into_iter().map(|listed| listed.file).filter(|name| Operation::is_file_name(name)).collect()
}

/// What is there is kept, unless it may be replaced; a folder is never replaced.
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

/// The folders of a path that are not there yet, the innermost first.
pub(super) fn missing(folder: &Path) -> Vec<PathBuf> {
    let all = folder.ancestors().filter(|path| !path.as_os_str().is_empty());
    all.take_while(|path| matches!(fs::symlink_metadata(path), Err(error) if error.kind() == ErrorKind::NotFound))
        .map(Path::to_owned)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).unwrap();
        let mut names: Vec<_> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    fn manifest(files: &[&str]) -> String {
        let files: Vec<_> = files.iter().map(|file| serde_json::json!({ "file": file })).collect();
        serde_json::json!({ "schema": "seatline/fetch/v1", "files": files }).to_string()
    }

    #[test]
    fn nothing_is_left_of_what_is_not_committed() {
        let root = tempfile::tempdir().unwrap();
        let staging = Staging::open(&root.path().join("a/b"), false).unwrap();
        staging.keep("members-0001.json", b"{}").unwrap();
        drop(staging);
        assert_eq!(all(root.path()), [""; 0]);
    }

    #[test]
    fn an_earlier_fetch_is_replaced_as_a_whole_and_nothing_else() {
        let root = tempfile::tempdir().unwrap();
        let old = ["members-0001.json", "members-0002.json", "../outside.json", "mine.json"];
        let outside = root.path().join("outside.json");
        let folder = root.path().join("in");
        fs::create_dir(&folder).unwrap();
        for name in old {
            fs::write(folder.join(name), "old").unwrap();
        }
        fs::write(folder.join("members-0003.json"), "not of that fetch").unwrap();
        fs::write(folder.join("manifest.json"), manifest(&old)).unwrap();
        let staging = Staging::open(&folder, true).unwrap();
        for name in ["members-0001.json", "forgotten.json", "manifest.json"] {
            staging.keep(name, b"new").unwrap();
        }
        staging.commit(&["members-0001.json", "manifest.json"], true).unwrap();
        assert_eq!(all(&folder), ["manifest.json", "members-0001.json", "members-0003.json", "mine.json"]);
        assert_eq!(fs::read_to_string(folder.join("members-0001.json")).unwrap(), "new");
        assert!(outside.exists());
    }

    #[test]
    fn a_failure_on_the_way_changes_nothing() {
        let root = tempfile::tempdir().unwrap();
        fs::write(root.path().join("members-0001.json"), "old").unwrap();
        fs::write(root.path().join("manifest.json"), manifest(&["members-0001.json"])).unwrap();
        let staging = Staging::open(root.path(), true).unwrap();
        staging.keep("members-0001.json", b"new").unwrap();
        // The second one was never kept: putting it in its place fails after the first was put in its.
        let stop = staging.commit(&["members-0001.json", "validated-license.json"], true).unwrap_err();
        assert!(stop.message.contains("validated-license.json"), "{stop:?}");
        assert_eq!(fs::read_to_string(root.path().join("members-0001.json")).unwrap(), "old");
        assert_eq!(all(root.path()), ["manifest.json", "members-0001.json"]);
    }

    #[test]
    fn what_cannot_be_undone_is_not_lost() {
        let root = tempfile::tempdir().unwrap();
        let path = |name: &str| root.path().join(name);
        fs::write(path("first.old"), "first").unwrap();
        fs::write(path("second.old"), "second").unwrap();
        fs::create_dir_all(path("second/taken")).unwrap();
        let moves = ["first", "second"].map(|name| (path(name), path(&format!("{name}.old"))));
        assert!(!undone(&moves));
        assert_eq!(all(root.path()), ["first", "second", "second.old"], "the other one is back all the same");
        fs::remove_dir_all(path("second")).unwrap();
        assert!(undone(&moves[1..]));
    }

    #[test]
    fn what_is_there_is_kept() {
        let root = tempfile::tempdir().unwrap();
        fs::write(root.path().join("manifest.json"), "mine").unwrap();
        assert!(Staging::open(root.path(), false).unwrap_err().message.contains("--force"));
        // Also where it came while the portal was asked.
        fs::remove_file(root.path().join("manifest.json")).unwrap();
        let staging = Staging::open(root.path(), false).unwrap();
        staging.keep("manifest.json", b"new").unwrap();
        fs::write(root.path().join("manifest.json"), "mine").unwrap();
        assert!(staging.commit(&["manifest.json"], false).is_err());
        assert_eq!(fs::read_to_string(root.path().join("manifest.json")).unwrap(), "mine");
        fs::create_dir(root.path().join("license-resource.json")).unwrap();
        assert!(Staging::open(root.path(), true).unwrap_err().message.contains("folder"));
    }

    /// What is in a folder, as long as every reader takes it: names and contents.
    fn read(folder: &Path) -> Option<Vec<(String, String)>> {
        let inputs: Result<Vec<_>, _> = crate::source::expand(folder).into_iter().collect();
        let paths = inputs.ok()?.into_iter().filter_map(|input| input.path);
        let name = |path: &Path| path.file_name().unwrap().to_str().unwrap().to_owned();
        Some(paths.map(|path| (name(&path), fs::read_to_string(&path).unwrap())).collect())
    }

    /// Keeps these files and their manifest, and gives the names to put in place.
    fn kept(staging: &Staging, files: &[(&'static str, &str)]) -> Vec<&'static str> {
        let listed: Vec<_> = files
            .iter()
            .map(|(name, text)| {
                let sha256 = crate::source::fetched::sha256(text.as_bytes()).unwrap();
                serde_json::json!({ "file": name, "bytes": text.len(), "sha256": sha256 })
            })
            .collect();
        let manifest = serde_json::json!({ "schema": "seatline/fetch/v1", "files": listed }).to_string();
        for (name, text) in files {
            staging.keep(name, text.as_bytes()).unwrap();
        }
        staging.keep("manifest.json", manifest.as_bytes()).unwrap();
        files.iter().map(|(name, _)| *name).chain(["manifest.json"]).collect()
    }

    const OLD: [(&str, &str); 3] =
        [("license-resource.json", "same"), ("members-0001.json", "old"), ("members-0002.json", "old, 2")];
    const NEW: [(&str, &str); 3] =
        [("license-resource.json", "same"), ("member-counts.json", "new"), ("members-0001.json", "new")];

    /// A fetch that is killed after so many renames; `None` where it has no more of them.
    fn killed_after(folder: &Path, renames: usize) -> Option<()> {
        let staging = Staging::open(folder, true).unwrap();
        let names = kept(&staging, &NEW);
        let mut steps = staging.steps(&names, true).unwrap();
        let is_more = steps.len() >= renames;
        steps.truncate(renames);
        exchange(steps, &mut Vec::new()).unwrap();
        staging.killed();
        is_more.then_some(())
    }

    #[test]
    fn a_fetch_that_is_killed_at_any_rename_is_refused_and_mended() {
        for (before, mine) in [(true, false), (false, true), (false, false)] {
            let mut refused = 0;
            for renames in 0.. {
                let root = tempfile::tempdir().unwrap();
                let folder = root.path().join("out");
                if mine {
                    fs::create_dir(&folder).unwrap();
                    fs::write(folder.join("mine.json"), "mine").unwrap();
                    fs::write(folder.join("members-0001.json"), "mine").unwrap();
                }
                if before {
                    let staging = Staging::open(&folder, false).unwrap();
                    let names = kept(&staging, &OLD);
                    staging.commit(&names, false).unwrap();
                }
                let old = if folder.exists() { read(&folder).unwrap() } else { Vec::new() };
                if killed_after(&folder, renames).is_none() {
                    assert!(renames > 4 && refused > 2, "{renames} renames, {refused} refused");
                    break;
                }
                let new = |folder: &Path| {
                    let found = read(folder)?;
                    let is = |(name, text): &(&str, &str)| found.contains(&((*name).to_owned(), (*text).to_owned()));
                    let stale = found.iter().any(|(name, _)| name == "members-0002.json");
                    (NEW.iter().all(is) && !stale && found.iter().any(|(name, _)| name == "manifest.json"))
                        .then_some(())
                };
                match read(&folder) {
                    None => refused += 1,
                    Some(found) if found == old => {}
                    Some(found) => assert!(new(&folder).is_some(), "{renames}: neither old nor new: {found:?}"),
                }
                // The next run takes back what was half done, whatever it is to do then.
                let is_new = new(&folder).is_some();
                drop(Staging::open(&folder, false));
                if !is_new {
                    let now = if folder.exists() { read(&folder).unwrap() } else { Vec::new() };
                    assert_eq!(now, old, "{renames}");
                }
                let staging = Staging::open(&folder, true).unwrap();
                let names = kept(&staging, &NEW);
                staging.commit(&names, true).unwrap();
                assert!(new(&folder).is_some(), "{renames}");
                assert_eq!(folder.join("mine.json").exists(), mine);
                assert!(!folder.join(".seatline-fetch").exists());
            }
        }
    }

    #[test]
    fn of_two_fetches_into_one_folder_one_wins() {
        let root = tempfile::tempdir().unwrap();
        let folder = root.path().join("out");
        let first = Staging::open(&folder, false).unwrap();
        let other = Staging::open(&folder, false).unwrap_err();
        assert!(other.message.contains("another `seatline fetch` is writing into this folder"), "{other:?}");
        let names = kept(&first, &OLD);
        first.commit(&names, false).unwrap();
        assert!(Staging::open(&folder, false).unwrap_err().message.contains("--force"));
        assert!(Staging::open(&folder, true).is_ok());
    }
}
