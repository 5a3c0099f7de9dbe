//! What was wanted and what was done, one JSON object a line, on the disk before anybody relies on it.

use std::collections::{HashMap, HashSet};
use std::fs::{File, OpenOptions};
use std::io::{self, Read, Seek, Write};
use std::path::{Path, PathBuf};

use crate::portal::apply::entry::{JournalEntry, JournalMove};
use crate::text::to_json_line;

/// Why a journal cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum JournalError {
    /// It cannot be read or written.
    #[error("{0}: the journal cannot be {1}: {2}")]
    Io(PathBuf, &'static str, io::Error),
    /// What stands there can be no journal.
    #[error("{0}: {1}, and no journal; --journal names another file")]
    NoFile(PathBuf, &'static str),
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
    file: File,
    entries: Vec<JournalEntry>,
    /// Made by this run. It goes again where nothing was written.
    made: bool,
}

/// A journal of a million members is smaller.
const LARGEST: u64 = 1 << 30;

/// How every journal begins.
const HEAD: &[u8] = b"{\"event\":\"begin\",\"schema\":";

impl Journal {
    /// The name of the form.
    pub const SCHEMA: &'static str = "seatline/journal/v1";

    /// Opens a journal, or makes an empty one. From here on it is this run's.
    ///
    /// A last line that was cut off, by a crash while it was written, is taken away: what it would have announced had not
    /// begun, and what it would have told of is read from the portal.
    ///
    /// # Errors
    /// Where it is none, in use, or cannot be read.
    pub fn open(path: &Path) -> Result<Self, JournalError> {
        let (mut file, made) = claimed(path)?;
        let entries = if made { Vec::new() } else { entries(&mut file, path)? };
        for_its_owner(&file);
        Ok(Self { path: path.to_owned(), file, entries, made })
    }

    /// What it says so far.
    #[must_use]
    pub fn entries(&self) -> &[JournalEntry] {
        &self.entries
    }

    /// All moves that it speaks of, one for each member.
    #[must_use]
    pub fn moves(&self) -> Vec<JournalMove> {
        let mut moves: Vec<JournalMove> = Vec::new();
        let mut places: HashMap<&str, usize> = HashMap::new();
        for entry in &self.entries {
            let (JournalEntry::Begin { moves: more, .. } | JournalEntry::Added { moves: more, .. }) = entry else {
                continue;
            };
            for one in more {
                let place = *places.entry(&one.username).or_insert(moves.len());
                match moves.get_mut(place) {
                    Some(known) => known.via.extend(one.via.iter().cloned()),
                    None => moves.push(one.clone()),
                }
            }
        }
        moves
    }

    /// The user type that each member has by what the portal answered last, of those of whom it said that it was done.
    #[must_use]
    pub fn told(&self) -> HashMap<&str, &str> {
        let mut told = HashMap::new();
        let mut sent = None;
        for entry in &self.entries {
            match entry {
                JournalEntry::Sending { user_type, .. } => sent = Some(user_type.as_str()),
                JournalEntry::Answered { done, .. } => {
                    let user_type = sent.unwrap_or_default();
                    told.extend(done.iter().map(|username| (username.as_str(), user_type)));
                }
                _ => {}
            }
        }
        told
    }

    /// The members of each request that was never answered, with the user type it asked for: the portal may carry it out at any
    /// later time.
    #[must_use]
    pub fn unanswered(&self) -> HashSet<(&str, &str)> {
        let mut unanswered = HashSet::new();
        let mut requests = self.entries.iter().filter(|entry| !matches!(entry, JournalEntry::Read { .. })).peekable();
        while let Some(entry) = requests.next() {
            let JournalEntry::Sending { user_type, users, .. } = entry else { continue };
            if !matches!(requests.peek(), Some(JournalEntry::Answered { .. })) {
                unanswered.extend(users.iter().map(|username| (username.as_str(), user_type.as_str())));
            }
        }
        unanswered
    }

    /// What the portal answered last of each member whom it did not change: its reason, if it gave one.
    #[must_use]
    pub fn refused(&self) -> HashMap<&str, Option<&str>> {
        let mut refused = HashMap::new();
        for entry in &self.entries {
            let JournalEntry::Answered { done, not_done, reasons, .. } = entry else { continue };
            for name in done {
                refused.remove(name.as_str());
            }
            refused.extend(not_done.iter().map(|name| (name.as_str(), None)));
            refused.extend(reasons.iter().map(|one| (one.username.as_str(), Some(one.reason.as_str()))));
        }
        refused
    }

    /// Whether all of it was found done.
    #[must_use]
    pub fn is_done(&self) -> bool {
        matches!(self.entries.last(), Some(JournalEntry::Done { .. }))
    }

    /// Adds a line, and gives back control once it is on the disk.
    ///
    /// # Errors
    /// Where it cannot be written: then nothing may be sent that it speaks of.
    pub fn write(&mut self, entry: JournalEntry) -> Result<(), JournalError> {
        let failed = |error| JournalError::Io(self.path.clone(), "written", error);
        // No hidden character stands in it raw: somebody looks at it in a terminal.
        let line = to_json_line(&entry).map_err(|error| failed(io::Error::other(error)))?;
        let length = self.file.stream_position().map_err(failed)?;
        let written = self.file.write_all(line.as_bytes()).and_then(|()| self.file.sync_data());
        if let Err(error) = written {
            let _ = take_back(&mut self.file, length);
            return Err(failed(error));
        }
        if self.made && self.entries.is_empty() {
            sync_folder(&self.path);
        }
        self.entries.push(entry);
        Ok(())
    }
}

/// A run that has done nothing leaves no journal.
impl Drop for Journal {
    fn drop(&mut self) {
        if self.made && self.entries.is_empty() {
            let _ = std::fs::remove_file(&self.path);
        }
    }
}

/// The file of a journal, locked, and whether it was made here.
fn claimed(path: &Path) -> Result<(File, bool), JournalError> {
    let failed = |error| JournalError::Io(path.to_owned(), "opened", error);
    loop {
        let there = std::fs::symlink_metadata(path).is_ok();
        if there {
            look(path)?;
        }
        let mut options = OpenOptions::new();
        options.read(true).write(true).create_new(!there);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let file = match options.open(path) {
            Ok(file) => file,
            // Another run has made it, or taken it away, since it was looked for.
            Err(error) if !there && error.kind() == io::ErrorKind::AlreadyExists => continue,
            Err(error) if there && error.kind() == io::ErrorKind::NotFound => continue,
            Err(error) => return Err(failed(error)),
        };
        lock(&file, path)?;
        let opened = file.try_clone().and_then(same_file::Handle::from_file).map_err(failed)?;
        // Else the run before took it away, between this one's opening and locking it.
        if same_file::Handle::from_path(path).is_ok_and(|there| there == opened) {
            return Ok((file, !there));
        }
    }
}

/// What can be no journal is not opened: a pipe would wait for its other end, a device may never end.
fn look(path: &Path) -> Result<(), JournalError> {
    let refused = |what| Err(JournalError::NoFile(path.to_owned(), what));
    match std::fs::metadata(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => refused("this is a link that leads nowhere"),
        Err(error) => Err(JournalError::Io(path.to_owned(), "opened", error)),
        Ok(metadata) if metadata.is_dir() => refused("this is a folder"),
        Ok(metadata) if !metadata.is_file() => refused("this is a device or a pipe"),
        Ok(metadata) if metadata.len() > LARGEST => refused("this is larger than 1 GiB"),
        Ok(_) => Ok(()),
    }
}

/// What stands in a journal. What may be something else is not read to its end, nor changed.
fn entries(file: &mut File, path: &Path) -> Result<Vec<JournalEntry>, JournalError> {
    let failed = |what| move |error| JournalError::Io(path.to_owned(), what, error);
    let not_one = |line| JournalError::NotOne(path.to_owned(), line);
    let mut bytes = Vec::new();
    let head = u64::try_from(HEAD.len()).unwrap_or(u64::MAX);
    Read::by_ref(file).take(head).read_to_end(&mut bytes).map_err(failed("read"))?;
    if !(bytes.is_empty() || bytes == HEAD) {
        return Err(not_one(1));
    }
    file.take(LARGEST).read_to_end(&mut bytes).map_err(failed("read"))?;
    let whole = bytes.iter().rposition(|byte| *byte == b'\n').map_or(0, |last| last + 1);
    let lines = bytes.get(..whole).unwrap_or_default().split_inclusive(|byte| *byte == b'\n');
    let entries: Result<Vec<JournalEntry>, _> =
        lines.zip(1..).map(|(line, number)| serde_json::from_slice(line).map_err(|_| not_one(number))).collect();
    let entries = entries?;
    // The first line alone may be cut off: then nothing was sent, and it is written anew.
    let begins = matches!(entries.first(), None | Some(JournalEntry::Begin { .. }));
    let schema = match entries.first() {
        Some(JournalEntry::Begin { schema, .. }) => schema == Journal::SCHEMA,
        _ => true,
    };
    let begun_again = entries.iter().skip(1).any(|entry| matches!(entry, JournalEntry::Begin { .. }));
    if !begins || !schema || begun_again {
        return Err(not_one(1));
    }
    file.set_len(u64::try_from(whole).unwrap_or(u64::MAX)).map_err(failed("written"))?;
    file.seek(io::SeekFrom::End(0)).map_err(failed("written"))?;
    Ok(entries)
}

/// Takes half a line away. It would be in the way of the next one, and so would be a hole where it was.
fn take_back(file: &mut File, length: u64) -> io::Result<u64> {
    file.set_len(length)?;
    file.seek(io::SeekFrom::Start(length))
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
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let _ = File::open(folder).and_then(|folder| folder.sync_all());
    }
    #[cfg(not(unix))]
    let _ = path;
}

#[cfg(test)]
mod tests;
