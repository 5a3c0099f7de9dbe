//! Whether a folder that `seatline fetch` wrote is whole: every file that its manifest names, byte for byte.
//!
//! The manifest comes last. A fetch that was killed while it put its answers there leaves some of the new ones and some of the
//! old ones, and members of two days taken for one list would be counted wrongly.

use std::collections::HashSet;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;

use serde::Deserialize;
use sha2::{Digest, Sha256};

use crate::source::{Failure, FailureCode};

/// The form of the manifest.
pub(crate) const SCHEMA: &str = "seatline/fetch/v1";

/// The name of the manifest in its folder.
pub(crate) const MANIFEST: &str = "manifest.json";

/// The folder within it where a fetch keeps its answers until all have come.
pub(crate) const HIDDEN: &str = ".seatline-fetch";

/// The ending that a file has there.
pub(crate) const PART: &str = "part";

/// The names that a fetch gives to what comes whole.
const WHOLE: [&str; 6] = [
    "validated-license.json",
    "administrator-list.json",
    "license-resource.json",
    "future-license.json",
    "member-counts.json",
    "member-extensions.jsonl",
];

/// How the names begin of what comes in pages; a number with at least four digits follows.
const PAGES: [&str; 2] = ["member-counts-", "members-"];

/// Whether a fetch gives its answers such a name, in whatever case.
pub(crate) fn is_answer(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    let page = |rest: &str| {
        let digits = rest.strip_suffix(".json").unwrap_or_default();
        digits.len() >= 4 && digits.bytes().all(|byte| byte.is_ascii_digit())
    };
    WHOLE.contains(&name.as_str()) || PAGES.iter().any(|stem| name.strip_prefix(stem).is_some_and(page))
}

/// A manifest is not larger.
const LARGEST: u64 = 64 << 20;

/// The manifest, as far as its files are concerned.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Listing {
    #[serde(default)]
    pub(crate) schema: String,
    #[serde(default)]
    pub(crate) files: Vec<ListedFile>,
}

/// A file that it names.
#[derive(Debug, Deserialize)]
pub(crate) struct ListedFile {
    pub(crate) file: String,
    #[serde(default)]
    pub(crate) bytes: Option<u64>,
    #[serde(default)]
    pub(crate) sha256: Option<String>,
}

/// What stands where a manifest should.
enum Manifest {
    Missing,
    Here(Listing),
    /// Nothing, or the beginning of JSON.
    CutOff,
    /// Something else: what it is, after `manifest.json`.
    Other(&'static str),
}

impl Manifest {
    fn read(path: &Path) -> Self {
        if fs::symlink_metadata(path).is_err() {
            return Self::Missing;
        }
        // A pipe would wait for its other end.
        if !fs::metadata(path).is_ok_and(|metadata| metadata.is_file()) {
            return Self::Other("is no file");
        }
        let mut text = Vec::new();
        if File::open(path).and_then(|file| file.take(LARGEST).read_to_end(&mut text)).is_err() {
            return Self::Other("cannot be read");
        }
        match serde_json::from_slice::<Listing>(&text) {
            Ok(listing) if listing.schema == SCHEMA => Self::Here(listing),
            Ok(listing) if listing.schema.starts_with("seatline/fetch/") => {
                Self::Other("is of a fetch by another version of seatline")
            }
            Err(error) if error.is_eof() => Self::CutOff,
            _ => Self::Other("is none of a fetch"),
        }
    }
}

impl Listing {
    /// Reads a manifest; `None` where there is none of a fetch.
    pub(crate) fn read(path: &Path) -> Option<Self> {
        match Manifest::read(path) {
            Manifest::Here(listing) => Some(listing),
            _ => None,
        }
    }
}

impl ListedFile {
    /// Why the file in this folder is not the one that is meant.
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

/// How a folder stands to its manifest.
#[derive(Debug)]
pub(crate) enum FetchedFolder {
    /// No fetch wrote into it.
    None,
    Whole,
    /// A fetch was interrupted, or somebody changed its files since: what is wrong.
    Interrupted(String),
    /// What stands there as a manifest is none that this program writes: what it is.
    Foreign(String),
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
            // Whatever else is called so, beside no answer of a fetch, is none of ours.
            _ if answers(folder).next().is_none() => return Self::None,
            Manifest::CutOff => return Self::Interrupted(format!("{MANIFEST} is cut off")),
            Manifest::Other(what) => return Self::Foreign(format!("{MANIFEST} {what}")),
        };
        if listing.files.is_empty() {
            return Self::Interrupted(format!("{MANIFEST} names no file"));
        }
        if let Some((listed, why)) = listing.files.iter().find_map(|listed| Some((listed, listed.differs(folder)?))) {
            return Self::Interrupted(format!("{} {why}", listed.file));
        }
        let named: HashSet<String> = listing.files.iter().map(|listed| listed.file.to_ascii_lowercase()).collect();
        match answers(folder).filter(|name| !named.contains(&name.to_ascii_lowercase())).min() {
            Some(name) => Self::Interrupted(format!("{name} is not named in {MANIFEST}")),
            None => Self::Whole,
        }
    }
}

/// The names in a folder that a fetch gives its answers.
pub(crate) fn answers(folder: &Path) -> impl Iterator<Item = String> {
    let entries = fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok);
    entries.filter_map(|entry| entry.file_name().into_string().ok()).filter(|name| is_answer(name))
}

/// Whether a folder is a whole fetch, or none at all.
///
/// # Errors
/// Where it is one that was interrupted, or changed since; and where nobody can tell.
pub(super) fn check(folder: &Path) -> Result<(), Failure> {
    let (what, mended) = match FetchedFolder::of(folder) {
        FetchedFolder::None | FetchedFolder::Whole => return Ok(()),
        FetchedFolder::Interrupted(what) => {
            (format!("an interrupted fetch, or changed since ({what})"), "The same `seatline fetch` run again mends it")
        }
        FetchedFolder::Foreign(what) => (
            format!("an interrupted fetch, or none at all ({what})"),
            "`seatline fetch` into another folder fetches anew, and replaces what is here if it is told to",
        ),
    };
    let message = format!("{what}: nothing in this folder is read. {mended}");
    Err(Failure::new(folder.display().to_string(), FailureCode::Incomplete, message))
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
mod tests {
    use super::*;

    #[test]
    fn the_hash_is_the_published_one() {
        let expected = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(sha256(&b"abc"[..]).unwrap(), expected);
    }

    /// A folder with files, and what is said of it.
    struct Folder(tempfile::TempDir);

    impl Folder {
        fn new(files: &[(&str, &str)]) -> Self {
            let folder = Self(tempfile::tempdir().unwrap());
            files.iter().for_each(|(name, text)| folder.write(name, text));
            folder
        }

        fn write(&self, name: &str, text: &str) {
            fs::write(self.0.path().join(name), text).unwrap();
        }

        /// A manifest that names these files, with these contents.
        fn manifest(&self, files: &[(&str, &str)]) {
            let listed = |(name, text): &(&str, &str)| {
                let sha256 = sha256(text.as_bytes()).unwrap();
                serde_json::json!({ "file": name, "bytes": text.len(), "sha256": sha256 })
            };
            let files: Vec<_> = files.iter().map(listed).collect();
            self.write(MANIFEST, &serde_json::json!({ "schema": SCHEMA, "files": files }).to_string());
        }

        fn said(&self) -> Result<(), String> {
            check(self.0.path()).map_err(|failure| failure.message)
        }
    }

    #[test]
    fn a_folder_is_its_manifest_or_is_refused() {
        let folder = Folder::new(&[("a.json", "abc")]);
        assert_eq!(folder.said(), Ok(()), "no fetch at all");
        folder.manifest(&[("a.json", "abc")]);
        assert_eq!(folder.said(), Ok(()));
        for (named, text, expected) in [
            ("a.json", "abcd", "a.json has another length"),
            ("a.json", "abd", "a.json has other contents"),
            ("b.json", "abc", "b.json is missing"),
            ("../a.json", "abc", "no name of a file"),
        ] {
            folder.manifest(&[(named, text)]);
            let said = folder.said().unwrap_err();
            assert!(said.contains(expected) && said.contains("run again mends it"), "{said}");
        }
        folder.write(MANIFEST, r#"{"schema":"seatline/fetch/v1","files":[{"file":"a.json","bytes":3}]}"#);
        assert!(folder.said().unwrap_err().contains("a.json has no SHA-256"));
        // Whatever else is called so is none of ours.
        folder.write(MANIFEST, r#"{"name":"an app"}"#);
        assert_eq!(folder.said(), Ok(()));
        fs::remove_file(folder.0.path().join(MANIFEST)).unwrap();
        fs::create_dir(folder.0.path().join(HIDDEN)).unwrap();
        assert_eq!(folder.said(), Ok(()), "a fetch that is under way has put nothing there yet");
        folder.write(&format!("{HIDDEN}/{MANIFEST}.{PART}"), "{}");
        assert!(folder.said().unwrap_err().contains("manifest.json has not come"));
    }

    #[test]
    fn an_answer_that_the_manifest_does_not_name_is_none_of_it() {
        for extra in ["members-0002.json", "member-counts.json", "MEMBERS-0002.JSON", "member-extensions.jsonl"] {
            let folder = Folder::new(&[("members-0001.json", "abc"), ("notes.json", "mine")]);
            folder.manifest(&[("members-0001.json", "abc")]);
            assert_eq!(folder.said(), Ok(()));
            folder.write(extra, "abc");
            let said = folder.said().unwrap_err();
            assert!(said.contains(&format!("{extra} is not named in manifest.json")), "{said}");
        }
    }

    #[test]
    fn a_manifest_that_is_none_is_told_beside_answers() {
        for (text, expected, mended) in [
            ("", "manifest.json is cut off", true),
            ("{", "manifest.json is cut off", true),
            (r#"{"schema":"seatline/fetch/v1","files":[{"fi"#, "manifest.json is cut off", true),
            (r#"{"schema":"seatline/fetch/v1","files":[]}"#, "manifest.json names no file", true),
            (r#"{"schema":"seatline/fetch/v1"}"#, "manifest.json names no file", true),
            (r#"{"schema":"seatline/fetch/v9","files":[]}"#, "another version of seatline", false),
            (r#"{"schema":"other/v1","files":[]}"#, "manifest.json is none of a fetch", false),
            (r#"{"schema":7}"#, "manifest.json is none of a fetch", false),
            ("[]", "manifest.json is none of a fetch", false),
            ("\0\0", "manifest.json is none of a fetch", false),
        ] {
            let folder = Folder::new(&[("members-0001.json", "abc"), (MANIFEST, text)]);
            let said = folder.said().unwrap_err();
            assert!(said.starts_with("an interrupted fetch, or ") && said.contains(expected), "{text}: {said}");
            assert_eq!(
                (said.contains("run again mends it"), said.contains("if it is told to")),
                (mended, !mended),
                "{said}"
            );
        }
        let folder = Folder::new(&[("members-0001.json", "abc")]);
        fs::create_dir(folder.0.path().join(MANIFEST)).unwrap();
        assert!(folder.said().unwrap_err().contains("manifest.json is no file"));
    }

    #[cfg(unix)]
    #[test]
    fn a_pipe_is_not_waited_for() {
        let folder = Folder::new(&[("members-0001.json", "abc")]);
        let made = std::process::Command::new("mkfifo").arg(folder.0.path().join(MANIFEST)).status().unwrap();
        assert!(made.success());
        assert!(folder.said().unwrap_err().contains("manifest.json is no file"));
    }
}
