//! Whether a folder that `seatline fetch` wrote is complete: every file that its manifest names is there, byte for byte.
//!
//! A fetch writes its manifest last. Where a fetch was killed while it moved its answers into the folder, new and old
//! answers lie side by side, and pages of members from two days would be counted as one list.

use std::collections::HashSet;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;

use serde::Deserialize;
use sha2::{Digest, Sha256};

use crate::source::{Failure, FailureCode};

/// The name of the manifest's format.
pub(crate) const SCHEMA: &str = "seatline/fetch/v1";

/// The name of the manifest in its folder.
pub(crate) const MANIFEST: &str = "manifest.json";

/// The folder within it that keeps the answers of a fetch until all have come.
pub(crate) const HIDDEN: &str = ".seatline-fetch";

/// The ending of a file in the hidden folder.
pub(crate) const PART: &str = "part";

/// The file names of the answers that come as one file.
const WHOLE: [&str; 6] = [
    "validated-license.json",
    "administrator-list.json",
    "license-resource.json",
    "future-license.json",
    "member-counts.json",
    "member-extensions.jsonl",
];

/// The beginnings of the file names of answers that come in pages. A number with at least four digits follows.
const PAGES: [&str; 2] = ["member-counts-", "members-"];

/// Whether a fetch gives this name to an answer, in any case of letters.
pub(crate) fn is_answer(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    let page = |rest: &str| {
        let digits = rest.strip_suffix(".json").unwrap_or_default();
        digits.len() >= 4 && digits.bytes().all(|byte| byte.is_ascii_digit())
    };
    WHOLE.contains(&name.as_str()) || PAGES.iter().any(|stem| name.strip_prefix(stem).is_some_and(page))
}

/// The most bytes that are read of a manifest.
const LARGEST: u64 = 64 << 20;

/// The members of a manifest that tell of files.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Listing {
    #[serde(default)]
    pub(crate) schema: String,
    /// The address of the portal that was asked.
    #[serde(default)]
    pub(crate) portal: Option<String>,
    #[serde(default)]
    pub(crate) files: Vec<ListedFile>,
}

/// A file that the manifest names.
#[derive(Debug, Deserialize)]
pub(crate) struct ListedFile {
    pub(crate) file: String,
    #[serde(default)]
    pub(crate) bytes: Option<u64>,
    #[serde(default)]
    pub(crate) sha256: Option<String>,
}

/// The content of the file `manifest.json` in a folder.
enum Manifest {
    Missing,
    Here(Listing),
    /// The file is empty, or holds only the beginning of JSON.
    CutOff,
    /// The manifest of a fetch, in a form that this version does not know.
    OtherVersion,
    /// Any other content, in words that follow "`manifest.json`" in a message.
    Other(&'static str),
}

impl Manifest {
    fn read(path: &Path) -> Self {
        if fs::symlink_metadata(path).is_err() {
            return Self::Missing;
        }
        // Reading a pipe would wait for whoever writes into it.
        if !fs::metadata(path).is_ok_and(|metadata| metadata.is_file()) {
            return Self::Other("is no file");
        }
        let mut text = Vec::new();
        if File::open(path).and_then(|file| file.take(LARGEST).read_to_end(&mut text)).is_err() {
            return Self::Other("cannot be read");
        }
        match serde_json::from_slice::<Listing>(&text) {
            Ok(listing) if listing.schema == SCHEMA => Self::Here(listing),
            Ok(listing) if listing.schema.starts_with("seatline/fetch/") => Self::OtherVersion,
            Err(error) if error.is_eof() => Self::CutOff,
            _ => Self::Other("is not the manifest of a fetch"),
        }
    }
}

impl Listing {
    /// Reads a manifest; `None` where the file is missing or no manifest of a fetch.
    pub(crate) fn read(path: &Path) -> Option<Self> {
        match Manifest::read(path) {
            Manifest::Here(listing) => Some(listing),
            _ => None,
        }
    }
}

impl ListedFile {
    /// How the file in this folder differs from the file that the manifest names; `None` if they are the same.
    pub(crate) fn differs(&self, folder: &Path) -> Option<&'static str> {
        let path = folder.join(&self.file);
        if Path::new(&self.file).file_name().is_none_or(|name| name != self.file.as_str()) {
            return Some("is no name of a file in this folder");
        }
        match fs::metadata(&path) {
            Ok(metadata) if !metadata.is_file() => return Some("is no file"),
            Ok(metadata) if self.bytes.is_some_and(|bytes| bytes != metadata.len()) => {
                return Some("has another length");
            }
            Ok(_) => {}
            Err(_) => return Some("is missing"),
        }
        let Some(expected) = &self.sha256 else { return Some("has no SHA-256 in manifest.json") };
        match File::open(&path).and_then(sha256) {
            Ok(found) if found.eq_ignore_ascii_case(expected) => None,
            Ok(_) => Some("has other contents"),
            Err(_) => Some("cannot be read"),
        }
    }
}

/// The state of a folder, by its manifest.
#[derive(Debug)]
pub(crate) enum FetchedFolder {
    /// No fetch wrote into the folder.
    None,
    Whole,
    /// A fetch was interrupted, or its files were changed since. The text says what is wrong.
    Interrupted(String),
    /// All that the manifest names is there, and beside it a file with the name of an answer that it does not name. No fetch
    /// leaves it so: the file is somebody's own.
    Extra(String),
    /// `manifest.json` has a form that this program never leaves. The text says which.
    Foreign {
        what: String,
        /// Whether `fetch --force` may replace the folder.
        replaceable: bool,
    },
}

impl FetchedFolder {
    pub(crate) fn of(folder: &Path) -> Self {
        let manifest = folder.join(MANIFEST);
        let listing = match Manifest::read(&manifest) {
            Manifest::Missing if folder.join(HIDDEN).join(format!("{MANIFEST}.{PART}")).exists() => {
                return Self::Interrupted(format!("its {MANIFEST} has not come"));
            }
            Manifest::Missing => return Self::None,
            Manifest::Here(listing) => listing,
            // A `manifest.json` without any answer of a fetch beside it belongs to another program.
            _ if answers(folder).next().is_none() => return Self::None,
            // No fetch of ours leaves one: it is renamed into its place once it is whole.
            Manifest::CutOff => {
                return Self::Foreign { what: format!("{MANIFEST} is cut off"), replaceable: true };
            }
            Manifest::OtherVersion => {
                let what = format!("{MANIFEST} is of a fetch by another version of seatline");
                return Self::Foreign { what, replaceable: true };
            }
            Manifest::Other(what) => return Self::Foreign { what: format!("{MANIFEST} {what}"), replaceable: false },
        };
        if listing.files.is_empty() {
            return Self::Interrupted(format!("{MANIFEST} names no file"));
        }
        if let Some((listed, why)) = listing.files.iter().find_map(|listed| Some((listed, listed.differs(folder)?))) {
            return Self::Interrupted(format!("{} {why}", listed.file));
        }
        let named: HashSet<String> = listing.files.iter().map(|listed| listed.file.to_ascii_lowercase()).collect();
        match answers(folder).filter(|name| !named.contains(&name.to_ascii_lowercase())).min() {
            Some(name) => Self::Extra(name),
            None => Self::Whole,
        }
    }
}

/// The state of a folder whose `manifest.json` no fetch wrote.
pub(crate) fn foreign_manifest(folder: &Path) -> Option<&'static str> {
    match Manifest::read(&folder.join(MANIFEST)) {
        Manifest::Other(what) => Some(what),
        Manifest::CutOff if answers(folder).next().is_none() => Some("is not the manifest of a fetch"),
        _ => None,
    }
}

/// The first answer in a folder without a manifest, which no fetch wrote.
pub(crate) fn unlisted(folder: &Path) -> Option<String> {
    match Manifest::read(&folder.join(MANIFEST)) {
        Manifest::Missing => answers(folder).filter(|name| !folder.join(name).is_dir()).min(),
        _ => None,
    }
}

/// The names in a folder that a fetch gives its answers.
pub(crate) fn answers(folder: &Path) -> impl Iterator<Item = String> {
    let entries = fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok);
    entries.filter_map(|entry| entry.file_name().into_string().ok()).filter(|name| is_answer(name))
}

/// Refuses a folder whose fetch is not whole. A folder that no fetch wrote into is fine.
///
/// # Errors
/// A [`Failure`] where the fetch was interrupted, where its files were changed since, and where `manifest.json` is of
/// another form.
pub(super) fn check(folder: &Path) -> Result<(), Failure> {
    let (what, mended) = match FetchedFolder::of(folder) {
        FetchedFolder::None | FetchedFolder::Whole => return Ok(()),
        FetchedFolder::Interrupted(what) => {
            (format!("an interrupted fetch, or changed since ({what})"), "The same `seatline fetch` run again mends it")
        }
        FetchedFolder::Extra(name) => (
            format!("an interrupted fetch, or changed since ({name} is not named in {MANIFEST})"),
            "Take that file away, or `seatline fetch` replaces what is here if it is told to",
        ),
        FetchedFolder::Foreign { what, replaceable } => (
            format!("an interrupted fetch, or none at all ({what})"),
            match replaceable {
                true => "`seatline fetch` into another folder fetches anew, and replaces what is here if it is told to",
                false => "`seatline fetch` into another folder fetches anew",
            },
        ),
    };
    let message = format!("{what}: nothing in this folder is read. {mended}");
    Err(Failure::new(folder.display().to_string(), FailureCode::Incomplete, message))
}

/// Whether a file that was named by itself is what a fetch saved, where it is called so and stands beside a manifest.
///
/// # Errors
/// Where it is another one: of an interrupted fetch, or changed since.
pub(super) fn check_file(path: &Path) -> Result<(), Failure> {
    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    if !is_answer(name) || !path.is_file() {
        return Ok(());
    }
    let what = match Manifest::read(&folder.join(MANIFEST)) {
        Manifest::Here(listing) => match listing.files.iter().find(|listed| listed.file.eq_ignore_ascii_case(name)) {
            Some(listed) => listed.differs(folder).map(|why| format!("it {why} by {MANIFEST}")),
            None => Some(format!("{MANIFEST} does not name it")),
        },
        Manifest::CutOff => Some(format!("{MANIFEST} is cut off")),
        Manifest::Missing | Manifest::OtherVersion | Manifest::Other(_) => None,
    };
    let Some(what) = what else { return Ok(()) };
    let message = format!(
        "of an interrupted fetch, or changed since ({what}): it is not read. `seatline fetch` gets it anew; a copy in another folder is \
         read as it is"
    );
    Err(Failure::new(path.display().to_string(), FailureCode::Incomplete, message))
}

/// The SHA-256 of all that a reader gives, in hexadecimal digits.
pub(crate) fn sha256(mut reader: impl Read) -> io::Result<String> {
    let mut hash = Sha256::new();
    let mut some = [0; 16 << 10];
    loop {
        match reader.read(&mut some) {
            Ok(0) => break,
            Ok(length) => hash.update(some.get(..length).unwrap_or_default()),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect())
}

#[cfg(test)]
mod tests;
