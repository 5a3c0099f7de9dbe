//! A folder that gets all of its new files at once, or stays as it was.

use std::fs::{self, DirBuilder, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use crate::portal::{FetchManifest, Operation};
use serde::Deserialize;
use tempfile::TempDir;

use crate::cli::io::exit::Stop;

/// New files, kept in a hidden folder within their folder until all of them are there.
#[derive(Debug)]
pub(crate) struct Staging {
    folder: PathBuf,
    /// Gone when this is dropped.
    hidden: TempDir,
    made: MadeFolders,
    /// What is to go when the program is interrupted; nothing, once all is in its place. Held while it is put there.
    leftovers: Arc<Mutex<Option<(PathBuf, MadeFolders)>>>,
}

/// The folders that were made for it, the innermost first; gone again where nothing was put into them.
#[derive(Clone, Debug)]
struct MadeFolders(Vec<PathBuf>);

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
const INTERRUPTED: i32 = 130;

/// The earlier fetch, as far as its files are concerned.
#[derive(Default, Deserialize)]
struct Earlier {
    schema: String,
    files: Vec<EarlierFile>,
}

#[derive(Deserialize)]
struct EarlierFile {
    file: String,
}

impl Staging {
    /// Prepares a folder, which is made where there is none.
    ///
    /// # Errors
    /// Where it cannot be one, or holds files of an earlier fetch that are not to be replaced.
    pub(crate) fn open(folder: &Path, replace: bool) -> Result<Self, Stop> {
        let fail = |error: io::Error| Stop::usage(format!("{}: cannot be written: {error}", folder.display()));
        if fs::symlink_metadata(folder).is_ok() && !folder.is_dir() {
            return Err(Stop::usage(format!("{}: this is no folder", folder.display())));
        }
        for name in names_in(folder) {
            refuse(&folder.join(name), replace)?;
        }
        let mut made = MadeFolders(Vec::new());
        made.0.extend(missing(folder));
        create_folders(folder).map_err(fail)?;
        let hidden = tempfile::Builder::new().prefix(".seatline-").tempdir_in(folder).map_err(fail)?;
        let leftovers = Arc::new(Mutex::new(Some((hidden.path().to_owned(), made.clone()))));
        Ok(Self { folder: folder.to_owned(), hidden, made, leftovers })
    }

    /// Leaves nothing behind when the program is interrupted, or asked to end. Once for each run of the program.
    pub(crate) fn clean_on_interrupt(&self) {
        let leftovers = Arc::clone(&self.leftovers);
        let clean = move || {
            if let Some((hidden, made)) = leftovers.lock().unwrap_or_else(PoisonError::into_inner).take() {
                let _ = fs::remove_dir_all(hidden);
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
        let mut file = private().create(true).truncate(true).open(self.part(name))?;
        file.write_all(bytes)?;
        file.sync_all()
    }

    /// What was written under this name.
    ///
    /// # Errors
    /// Where it is not there, or cannot be read.
    pub(crate) fn kept(&self, name: &str) -> io::Result<Vec<u8>> {
        fs::read(self.part(name))
    }

    /// Puts the files with these names in their place, and removes those of the earlier fetch. Others that were kept are
    /// forgotten.
    ///
    /// # Errors
    /// Where that fails; then the folder is as it was, or it is said where the files are that were there.
    pub(crate) fn commit(self, names: &[&str], replace: bool) -> Result<(), Stop> {
        let leftovers = Arc::clone(&self.leftovers);
        let mut leftovers = leftovers.lock().unwrap_or_else(PoisonError::into_inner);
        let mut undo = Vec::new();
        let mut done = self.exchange(names, replace, &mut undo);
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

    fn exchange(&self, names: &[&str], replace: bool, undo: &mut Vec<(PathBuf, PathBuf)>) -> Result<(), Stop> {
        let fail =
            |path: &Path, error: io::Error| Stop::usage(format!("{}: cannot be written: {error}", path.display()));
        let mut old: Vec<String> = if replace { earlier(&self.folder) } else { Vec::new() };
        old.extend(names.iter().map(|name| (*name).to_owned()));
        old.sort_unstable();
        old.dedup();
        let mut moves = Vec::new();
        for name in &old {
            let target = self.folder.join(name);
            if fs::symlink_metadata(&target).is_ok() {
                refuse(&target, replace)?;
                moves.push((target, self.hidden.path().join(format!("{name}.old"))));
            }
        }
        moves.extend(names.iter().map(|name| (self.part(name), self.folder.join(name))));
        for (from, to) in moves {
            fs::rename(&from, &to).map_err(|error| fail(&to, error))?;
            undo.push((from, to));
        }
        Ok(())
    }

    /// Not called as a document is: should the program be killed, nobody takes it for one.
    fn part(&self, name: &str) -> PathBuf {
        self.hidden.path().join(format!("{name}.part"))
    }
}

/// Makes a folder that its owner alone can look into, and those above it.
fn create_folders(folder: &Path) -> io::Result<()> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
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
    let text = fs::read(folder.join(FetchManifest::FILE_NAME)).unwrap_or_default();
    let manifest: Earlier = serde_json::from_slice(&text).unwrap_or_default();
    if manifest.schema != FetchManifest::SCHEMA {
        return Vec::new();
    }
    manifest.files.into_iter().map(|file| file.file).filter(|name| Operation::is_file_name(name)).collect()
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
fn missing(folder: &Path) -> Vec<PathBuf> {
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
}
