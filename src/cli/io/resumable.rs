//! The answers about members' extensions that an interrupted run has collected. The next run asks only for the rest.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::cli::io::hidden::private_file;
use crate::portal::MemberExtensions;
use crate::time::Instant;

/// The age from which on an answer is asked for again.
const FRESH_MS: i64 = 24 * 3_600_000;

/// The first line of the file.
#[derive(Serialize, Deserialize)]
struct Head {
    portal: String,
    /// When the first member was asked about, in epoch milliseconds.
    began: i64,
}

/// A file in the folder of a fetch, with an answer in each line. It stays where the run ends early.
#[derive(Debug)]
pub(crate) struct Resumable {
    path: PathBuf,
    file: File,
    known: BTreeMap<String, MemberExtensions>,
}

impl Resumable {
    /// The ending is not that of a document, so that nobody reads the file as one.
    const NAME: &'static str = "member-extensions.partial";

    /// Continues the file of an earlier run that asked the same portal within the last day; otherwise begins a new
    /// one.
    ///
    /// # Errors
    /// An error where the file cannot be written.
    pub(crate) fn open(folder: &Path, portal: &str, now: Instant) -> io::Result<Self> {
        let path = folder.join(Self::NAME);
        let earlier = fs::read_to_string(&path).unwrap_or_default();
        // A last line without line break was cut off.
        let complete = earlier.rfind('\n').and_then(|end| earlier.get(..end)).unwrap_or_default();
        let mut lines = complete.lines();
        let head: Option<Head> = lines.next().and_then(|line| serde_json::from_str(line).ok());
        let age = |head: &Head| now.epoch_ms().saturating_sub(head.began);
        let head = head.filter(|head| head.portal == portal && (0..FRESH_MS).contains(&age(head)));
        let (head, known) = match head {
            Some(head) => (head, lines.filter_map(|line| serde_json::from_str(line).ok()).collect()),
            None => (Head { portal: portal.to_owned(), began: now.epoch_ms() }, Vec::new()),
        };
        let known: BTreeMap<_, _> =
            known.into_iter().map(|one: MemberExtensions| (one.username.clone(), one)).collect();
        let mut file = private_file().create(true).truncate(true).open(&path)?;
        writeln!(file, "{}", serde_json::to_string(&head)?)?;
        for one in known.values() {
            writeln!(file, "{}", serde_json::to_string(one)?)?;
        }
        file.flush()?;
        Ok(Self { path, file, known })
    }

    /// The number of members that an earlier run has asked about.
    pub(crate) fn len(&self) -> usize {
        self.known.len()
    }

    /// The answer of an earlier run about a member, if the member still has the same user type.
    pub(crate) fn take(&mut self, username: &str, user_type: &str) -> Option<MemberExtensions> {
        self.known.remove(username).filter(|known| known.user_license_type_id == user_type)
    }

    /// Appends an answer.
    ///
    /// # Errors
    /// An error where it cannot be written.
    pub(crate) fn keep(&mut self, answer: &MemberExtensions) -> io::Result<()> {
        writeln!(self.file, "{}", serde_json::to_string(answer)?)?;
        self.file.flush()
    }

    /// Removes the file, once all its answers are kept elsewhere.
    pub(crate) fn done(self) {
        drop(self.file);
        let _ = fs::remove_file(self.path);
    }
}
