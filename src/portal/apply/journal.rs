//! What was wanted and what was done, one JSON object a line, on the disk before anybody relies on it.

use std::fs::{File, OpenOptions};
use std::io::{self, Read, Seek, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::moves::Wanted;
use crate::time::Instant;

/// A line of the journal. Instants are RFC 3339.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "kebab-case", rename_all_fields = "camelCase")]
pub enum Entry {
    /// The first line: what is to be done.
    Begin {
        /// `seatline/journal/v1`.
        schema: String,
        /// When.
        at: String,
        /// The portal: `https://HOST/CONTEXT`.
        portal: String,
        /// What the command asked for.
        said: Said,
        /// What that meant for the members there were: every move, in the order of the plan.
        moves: Vec<JournalMove>,
    },
    /// A request is about to be sent. Without a line after it nobody knows what became of it.
    Sending {
        /// When.
        at: String,
        /// The user type they are to get.
        user_type: String,
        /// Who.
        users: Vec<String>,
    },
    /// What the portal answered to it.
    Answered {
        /// When.
        at: String,
        /// Those of whom it said that it was done.
        done: Vec<String>,
        /// Those of whom it did not.
        not_done: Vec<String>,
    },
    /// There was no answer to it, or none that says what was done.
    Failed {
        /// When.
        at: String,
        /// What happened.
        message: String,
    },
    /// Members were read from the portal.
    Read {
        /// When.
        at: String,
        /// How many of the moves are done.
        done: usize,
        /// Who does not have the new user type.
        open: Vec<String>,
    },
    /// The last line: all of it is done, by what the portal says of its members.
    Done {
        /// When.
        at: String,
    },
}

/// What the command asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Said {
    /// Members and the user type they are to have.
    pub moves: Vec<(String, String)>,
    /// User types, and the one that all of their members are to have.
    pub maps: Vec<(String, String)>,
}

impl From<&Wanted> for Said {
    fn from(wanted: &Wanted) -> Self {
        let moves = wanted.moves.iter().map(|one| (one.username.clone(), one.user_type.clone()));
        Self { moves: moves.collect(), maps: wanted.maps.clone() }
    }
}

/// A member who is to change user type.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct JournalMove {
    /// The user name.
    pub username: String,
    /// The user type of before.
    pub from: String,
    /// The new one.
    pub to: String,
}

/// Why a journal cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum JournalError {
    /// It cannot be read or written.
    #[error("{0}: the journal cannot be {1}: {2}")]
    Io(PathBuf, &'static str, io::Error),
    /// Something else than a journal stands there.
    #[error("{0}:{1}: this is no journal of `seatline moves`; --journal names another file")]
    NotOne(PathBuf, usize),
    /// Another run is writing it.
    #[error("{0}: another `seatline moves --apply` is using this journal")]
    InUse(PathBuf),
}

/// A journal that is open, and nobody else's as long as it is.
#[derive(Debug)]
pub struct Journal {
    path: PathBuf,
    file: Option<File>,
    entries: Vec<Entry>,
}

impl Journal {
    /// The name of the form.
    pub const SCHEMA: &'static str = "seatline/journal/v1";

    /// Opens a journal that is there, or none: the file is made with its first line.
    ///
    /// A last line that was cut off, by a crash while it was written, is taken away: what it would have announced had not
    /// begun, and what it would have told of is read from the portal.
    ///
    /// # Errors
    /// Where it is none, in use, or cannot be read.
    pub fn open(path: &Path) -> Result<Self, JournalError> {
        let failed = |what| move |error| JournalError::Io(path.to_owned(), what, error);
        let mut file = match OpenOptions::new().read(true).write(true).open(path) {
            Ok(file) => file,
            Err(error) if error.kind() == io::ErrorKind::NotFound && folder(path).is_dir() => {
                return Ok(Self { path: path.to_owned(), file: None, entries: Vec::new() });
            }
            Err(error) => return Err(failed("opened")(error)),
        };
        lock(&file, path)?;
        for_its_owner(&file);
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).map_err(failed("read"))?;
        let whole = bytes.iter().rposition(|byte| *byte == b'\n').map_or(0, |last| last + 1);
        let lines = bytes.get(..whole).unwrap_or_default().split_inclusive(|byte| *byte == b'\n');
        let entries: Result<Vec<Entry>, _> = lines
            .enumerate()
            .map(|(index, line)| {
                serde_json::from_slice(line).map_err(|_| JournalError::NotOne(path.to_owned(), index + 1))
            })
            .collect();
        let entries = entries?;
        let begins = matches!(entries.first(), Some(Entry::Begin { schema, .. }) if schema == Self::SCHEMA);
        let begun_again = entries.iter().skip(1).any(|entry| matches!(entry, Entry::Begin { .. }));
        // The first line alone may be cut off: then nothing was sent, and it is written anew.
        let cut = entries.is_empty() && (bytes.is_empty() || bytes.starts_with(b"{\"event\":\"begin\",\"schema\":"));
        if !(begins || cut) || begun_again {
            return Err(JournalError::NotOne(path.to_owned(), 1));
        }
        file.set_len(u64::try_from(whole).unwrap_or(u64::MAX)).map_err(failed("written"))?;
        file.seek(io::SeekFrom::End(0)).map_err(failed("written"))?;
        Ok(Self { path: path.to_owned(), file: Some(file), entries })
    }

    /// What it says so far.
    #[must_use]
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// Whether all of it was found done.
    #[must_use]
    pub fn is_done(&self) -> bool {
        matches!(self.entries.last(), Some(Entry::Done { .. }))
    }

    /// Adds a line, and gives back control once it is on the disk.
    ///
    /// # Errors
    /// Where it cannot be written: then nothing may be sent that it speaks of.
    pub fn write(&mut self, entry: Entry) -> Result<(), JournalError> {
        let failed = |error| JournalError::Io(self.path.clone(), "written", error);
        let mut line = serde_json::to_vec(&entry).map_err(|error| failed(io::Error::other(error)))?;
        line.push(b'\n');
        let file = match &mut self.file {
            Some(file) => file,
            None => {
                // Another run may have made it since it was looked for.
                let mut options = OpenOptions::new();
                options.write(true).create_new(true);
                #[cfg(unix)]
                std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
                let file = options.open(&self.path);
                let file = file.map_err(|error| match error.kind() {
                    io::ErrorKind::AlreadyExists => JournalError::InUse(self.path.clone()),
                    _ => failed(error),
                })?;
                lock(&file, &self.path)?;
                sync_folder(&self.path);
                self.file.insert(file)
            }
        };
        let length = file.stream_position().map_err(failed)?;
        let written = file.write_all(&line).and_then(|()| file.sync_data());
        if let Err(error) = written {
            let _ = take_back(file, length);
            return Err(failed(error));
        }
        self.entries.push(entry);
        Ok(())
    }
}

/// Takes half a line away. It would be in the way of the next one, and so would be a hole where it was.
fn take_back(file: &mut File, length: u64) -> io::Result<u64> {
    file.set_len(length)?;
    file.seek(io::SeekFrom::Start(length))
}

/// An instant as the journal has it.
pub(super) fn at(now: Instant) -> String {
    now.to_string()
}

fn lock(file: &File, path: &Path) -> Result<(), JournalError> {
    match file.try_lock() {
        Err(std::fs::TryLockError::WouldBlock) => Err(JournalError::InUse(path.to_owned())),
        // Some file systems have no locks; a journal without one is better than none.
        Ok(()) | Err(std::fs::TryLockError::Error(_)) => Ok(()),
    }
}

/// Others who could read an old journal no longer can. Where that is refused it is somebody else's, or the file system has
/// no such thing.
fn for_its_owner(file: &File) {
    #[cfg(unix)]
    {
        let _ = file.set_permissions(std::os::unix::fs::PermissionsExt::from_mode(0o600));
    }
    #[cfg(not(unix))]
    let _ = file;
}

/// The name of a new file is on the disk only once its folder is.
fn sync_folder(path: &Path) {
    #[cfg(unix)]
    {
        let _ = File::open(folder(path)).and_then(|folder| folder.sync_all());
    }
    #[cfg(not(unix))]
    let _ = path;
}

fn folder(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn begin() -> Entry {
        Entry::Begin {
            schema: Journal::SCHEMA.to_owned(),
            at: String::new(),
            portal: "https://gis.example/portal".to_owned(),
            said: Said::default(),
            moves: Vec::new(),
        }
    }

    fn read() -> Entry {
        Entry::Read { at: String::new(), done: 0, open: vec!["é\n".to_owned()] }
    }

    #[test]
    fn what_was_written_is_read_and_half_a_line_is_not() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("journal.jsonl");
        let mut journal = Journal::open(&path).unwrap();
        assert!(!path.exists(), "nothing is begun yet");
        journal.write(begin()).unwrap();
        journal.write(read()).unwrap();
        assert!(matches!(Journal::open(&path), Err(JournalError::InUse(_))));
        drop(journal);
        let whole = std::fs::read(&path).unwrap();
        let first = whole.iter().position(|byte| *byte == b'\n').unwrap() + 1;
        for length in 0..=whole.len() {
            std::fs::write(&path, &whole[..length]).unwrap();
            let expected: &[Entry] = match length {
                // Less is the beginning of anything.
                1..26 => {
                    assert!(matches!(Journal::open(&path), Err(JournalError::NotOne(..))), "{length}");
                    continue;
                }
                length if length == whole.len() => &[begin(), read()],
                length if length >= first => &[begin()],
                _ => &[],
            };
            let mut journal = Journal::open(&path).unwrap();
            assert_eq!(journal.entries(), expected, "{length}");
            journal.write(if expected.is_empty() { begin() } else { read() }).unwrap();
            drop(journal);
            assert_eq!(Journal::open(&path).unwrap().entries().len(), expected.len() + 1);
        }
    }

    #[test]
    fn half_a_line_that_found_no_room_leaves_no_hole() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("journal.jsonl");
        let mut journal = Journal::open(&path).unwrap();
        journal.write(begin()).unwrap();
        let file = journal.file.as_mut().unwrap();
        let length = file.stream_position().unwrap();
        file.write_all(b"{\"event\":\"sen").unwrap();
        take_back(file, length).unwrap();
        journal.write(read()).unwrap();
        drop(journal);
        assert_eq!(Journal::open(&path).unwrap().entries(), [begin(), read()]);
    }

    #[test]
    fn another_file_is_no_journal_and_is_left_as_it_is() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("members.csv");
        for text in ["username,userType\n", "{\"event\":\"done\",\"at\":\"\"}\n", "username", "{}\n"] {
            std::fs::write(&path, text).unwrap();
            assert!(matches!(Journal::open(&path), Err(JournalError::NotOne(..))), "{text}");
            assert_eq!(std::fs::read_to_string(&path).unwrap(), text);
        }
    }
}
