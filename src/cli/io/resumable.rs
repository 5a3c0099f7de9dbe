//! Which extensions members have, as far as an interrupted run has asked: the next run asks for the rest.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::cli::io::staging::private;
use crate::portal::MemberExtensions;
use crate::time::Instant;

/// Answers older than this are asked for again.
const FRESH_MS: i64 = 24 * 3_600_000;

/// The first line of the file.
#[derive(Serialize, Deserialize)]
struct Head {
    portal: String,
    /// When the first member was asked, in epoch milliseconds.
    began: i64,
}

/// A file in the folder of a fetch, with one answer a line, that stays where the run ends before it is done.
#[derive(Debug)]
pub(crate) struct Resumable {
    path: PathBuf,
    file: File,
    known: BTreeMap<String, MemberExtensions>,
}

impl Resumable {
    /// Not called as a document is, so that nobody takes it for one.
    const NAME: &'static str = "member-extensions.partial";

    /// Goes on with what an earlier run has left, if that is of the same portal and of the last day; else begins anew.
    ///
    /// # Errors
    /// Where it cannot be written.
    pub(crate) fn open(folder: &Path, portal: &str, now: Instant) -> io::Result<Self> {
        let path = folder.join(Self::NAME);
        let earlier = fs::read_to_string(&path).unwrap_or_default();
        // A last line without an end was cut off.
        let whole = earlier.rfind('\n').and_then(|end| earlier.get(..end)).unwrap_or_default();
        let mut lines = whole.lines();
        let head: Option<Head> = lines.next().and_then(|line| serde_json::from_str(line).ok());
        let age = |head: &Head| now.epoch_ms().saturating_sub(head.began);
        let head = head.filter(|head| head.portal == portal && (0..FRESH_MS).contains(&age(head)));
        let (head, known) = match head {
            Some(head) => (head, lines.filter_map(|line| serde_json::from_str(line).ok()).collect()),
            None => (Head { portal: portal.to_owned(), began: now.epoch_ms() }, Vec::new()),
        };
        let known: BTreeMap<_, _> =
            known.into_iter().map(|one: MemberExtensions| (one.username.clone(), one)).collect();
        let mut file = private().create(true).truncate(true).open(&path)?;
        writeln!(file, "{}", serde_json::to_string(&head)?)?;
        for one in known.values() {
            writeln!(file, "{}", serde_json::to_string(one)?)?;
        }
        file.flush()?;
        Ok(Self { path, file, known })
    }

    /// How many members an earlier run has asked about.
    pub(crate) fn len(&self) -> usize {
        self.known.len()
    }

    /// What an earlier run was told of a member who had the same user type.
    pub(crate) fn take(&mut self, username: &str, user_type: &str) -> Option<MemberExtensions> {
        self.known.remove(username).filter(|known| known.user_license_type_id == user_type)
    }

    /// Keeps an answer.
    ///
    /// # Errors
    /// Where it cannot be written.
    pub(crate) fn keep(&mut self, answer: &MemberExtensions) -> io::Result<()> {
        writeln!(self.file, "{}", serde_json::to_string(answer)?)?;
        self.file.flush()
    }

    /// Removes the file: everything it holds is kept elsewhere.
    pub(crate) fn done(self) {
        drop(self.file);
        let _ = fs::remove_file(self.path);
    }
}
