//! The journal: which moves were wanted and which were made, one JSON object a line. Each line is on the disk before
//! the next step.

use std::collections::HashMap;
use std::fs::{File, OpenOptions};
use std::io::{self, Read, Seek, Write};
use std::path::{Path, PathBuf};

use crate::portal::apply::entry::{JournalEntry, JournalMove};
use crate::text::to_json_line;

pub use answers::Outstanding;

/// Why a journal cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum JournalError {
    /// The journal cannot be read or written.
    #[error("{0}: the journal cannot be {1}: {2}")]
    Io(PathBuf, &'static str, io::Error),
    /// The path is no regular file, or the file is too large for a journal.
    #[error("{0}: {1}, and no journal")]
    NoFile(PathBuf, &'static str),
    /// The file holds something else than a journal.
    #[error("{0}:{1}: this is no journal of moves")]
    NotOne(PathBuf, usize),
    /// The file belongs to another user of this machine.
    #[error("{0}: this file belongs to another user, who could read and change a journal in it")]
    Foreign(PathBuf),
    /// Another run is using the journal.
    #[error("{0}: another run is using this journal")]
    InUse(PathBuf),
}

/// An open journal. It is locked, so that no other run can use it.
#[derive(Debug)]
pub struct Journal {
    path: PathBuf,
    file: File,
    entries: Vec<JournalEntry>,
    /// Whether this run made the file. If it writes nothing, it removes the file again.
    made: bool,
}

/// The largest file that is read. A journal of a million members is smaller.
const LARGEST: u64 = 1 << 30;

/// The first bytes of every journal.
const HEAD: &[u8] = b"{\"event\":\"begin\",\"schema\":";

impl Journal {
    /// What the first line names as its `schema`.
    pub const SCHEMA: &'static str = "seatline/journal/v1";

    /// Opens a journal, or makes an empty one, and locks it for this run.
    ///
    /// A last line that was cut off by a crash is removed. If it announced a request, that request was not sent; if it
    /// told of an answer, the outcome is read from the portal.
    ///
    /// # Errors
    /// Where the file is no journal, is in use, or cannot be read.
    pub fn open(path: &Path) -> Result<Self, JournalError> {
        Self::open_as(path, owner_here)
    }

    /// As [`Self::open`]. `own` tells the user to whom a file belongs that this run makes in a folder.
    fn open_as(path: &Path, own: fn(&Path) -> Option<u32>) -> Result<Self, JournalError> {
        let (mut file, made) = claimed(path)?;
        if !made && is_foreign(&file, own(folder(path))) {
            return Err(JournalError::Foreign(path.to_owned()));
        }
        let entries = if made { Vec::new() } else { entries(&mut file, path)? };
        for_its_owner(&file);
        Ok(Self { path: path.to_owned(), file, entries, made })
    }

    /// The lines of the journal so far.
    #[must_use]
    pub fn entries(&self) -> &[JournalEntry] {
        &self.entries
    }

    /// All moves in the journal, one for each member.
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

    /// Whether the journal says that every move is done.
    #[must_use]
    pub fn is_done(&self) -> bool {
        matches!(self.entries.last(), Some(JournalEntry::Done { .. }))
    }

    /// Adds a line, and returns once the line is on the disk.
    ///
    /// # Errors
    /// Where the line cannot be written. Then the request that it announces must not be sent.
    pub fn write(&mut self, entry: JournalEntry) -> Result<(), JournalError> {
        let failed = |error| JournalError::Io(self.path.clone(), "written", error);
        // Hidden characters are escaped, since people look at journals in a terminal.
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

/// Removes the file of a run that wrote nothing.
impl Drop for Journal {
    fn drop(&mut self) {
        if self.made && self.entries.is_empty() {
            let _ = std::fs::remove_file(&self.path);
        }
    }
}

/// The locked file of a journal, and whether this run made it.
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
            // Another run made or removed the file between the look and the opening: look again.
            Err(error) if !there && error.kind() == io::ErrorKind::AlreadyExists => continue,
            Err(error) if there && error.kind() == io::ErrorKind::NotFound => continue,
            Err(error) => return Err(failed(error)),
        };
        lock(&file, path)?;
        let opened = file.try_clone().and_then(same_file::Handle::from_file).map_err(failed)?;
        // If the files differ, an earlier run removed the file between its opening and its locking here: look again.
        if same_file::Handle::from_path(path).is_ok_and(|there| there == opened) {
            return Ok((file, !there));
        }
    }
}

/// Refuses what cannot be a journal, before it is opened: opening a pipe would wait for its other end, and a device may
/// never end.
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

/// The lines of a journal. Of a file that is no journal only the first bytes are read, and nothing is changed.
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
    // If even the first line was cut off, nothing was sent; the journal is empty and the line is written again.
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

/// Removes half a line, which would make the next line unreadable. Writing goes on where the half line began, so that
/// no gap is left.
fn take_back(file: &mut File, length: u64) -> io::Result<u64> {
    file.set_len(length)?;
    file.seek(io::SeekFrom::Start(length))
}

fn lock(file: &File, path: &Path) -> Result<(), JournalError> {
    match file.try_lock() {
        Err(std::fs::TryLockError::WouldBlock) => Err(JournalError::InUse(path.to_owned())),
        // Some file systems have no locks. A journal without a lock is better than no journal.
        Ok(()) | Err(std::fs::TryLockError::Error(_)) => Ok(()),
    }
}

/// Lets only the owner read the journal, also one that an older run made. A refusal is ignored: the file belongs to
/// somebody else, or the file system has no such permissions.
fn for_its_owner(file: &File) {
    #[cfg(unix)]
    {
        let _ = file.set_permissions(std::os::unix::fs::PermissionsExt::from_mode(0o600));
    }
    #[cfg(not(unix))]
    let _ = file;
}

/// Syncs the folder: only then is the name of a new file on the disk.
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

/// The user to whom a file belongs that this run makes in a folder. That may be another number than the user's own, as on
/// network drives. `None` where no file can be made, and where the system has no such numbers.
fn owner_here(folder: &Path) -> Option<u32> {
    tempfile::tempfile_in(folder).ok().as_ref().and_then(owner)
}

fn owner(file: &File) -> Option<u32> {
    #[cfg(unix)]
    let owner = file.metadata().ok().map(|metadata| std::os::unix::fs::MetadataExt::uid(&metadata));
    #[cfg(not(unix))]
    let owner = {
        let _ = file;
        None
    };
    owner
}

/// Whether a file belongs to somebody else than `own`.
fn is_foreign(file: &File, own: Option<u32>) -> bool {
    own.zip(owner(file)).is_some_and(|(own, owner)| own != owner)
}

mod answers;
#[cfg(test)]
mod tests;
