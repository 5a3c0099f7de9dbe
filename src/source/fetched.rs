//! Whether a folder that `seatline fetch` wrote is whole: every file that its manifest names, byte for byte.
//!
//! The manifest comes last. A fetch that was killed while it put its answers there leaves some of the new ones and some of the
//! old ones, and members of two days taken for one list would be counted wrongly.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;

use serde::Deserialize;
use sha2::{Digest, Sha256};

use crate::source::{Failure, FailureCode};

/// The name of the manifest in its folder.
pub(crate) const MANIFEST: &str = "manifest.json";

/// The folder within it where a fetch keeps its answers until all have come.
pub(crate) const HIDDEN: &str = ".seatline-fetch";

/// The ending that a file has there.
pub(crate) const PART: &str = "part";

/// A manifest is not larger.
const LARGEST: u64 = 64 << 20;

/// The manifest, as far as its files are concerned.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Listing {
    #[serde(default)]
    pub(crate) schema: String,
    #[serde(default)]
    pub(crate) files: Vec<Listed>,
}

/// A file that it names.
#[derive(Debug, Deserialize)]
pub(crate) struct Listed {
    pub(crate) file: String,
    #[serde(default)]
    pub(crate) bytes: Option<u64>,
    #[serde(default)]
    pub(crate) sha256: Option<String>,
}

impl Listing {
    /// Reads a manifest; `None` where there is none of a fetch.
    pub(crate) fn read(path: &Path) -> Option<Self> {
        let mut text = Vec::new();
        if !fs::metadata(path).ok()?.is_file() {
            return None;
        }
        File::open(path).ok()?.take(LARGEST).read_to_end(&mut text).ok()?;
        let listing: Self = serde_json::from_slice(&text).ok()?;
        listing.schema.starts_with("seatline/fetch/").then_some(listing)
    }
}

impl Listed {
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
        let expected = self.sha256.as_ref()?;
        match File::open(&path).and_then(sha256) {
            Ok(found) if found.eq_ignore_ascii_case(expected) => None,
            Ok(_) => Some("has other contents"),
            Err(_) => Some("cannot be read"),
        }
    }
}

/// Whether a folder is a whole fetch, or none at all.
///
/// # Errors
/// Where it is one that was interrupted, or changed since.
pub(super) fn check(folder: &Path) -> Result<(), Failure> {
    let failure = |what: &str| {
        let message = format!(
            "an interrupted fetch, or changed since ({what}): nothing in this folder is read. The same `seatline fetch` run \
             again mends it; --force replaces it"
        );
        Failure::new(folder.display().to_string(), FailureCode::Incomplete, message)
    };
    let manifest = folder.join(MANIFEST);
    if let Some(listing) = Listing::read(&manifest) {
        let wrong = listing.files.iter().find_map(|listed| Some((listed, listed.differs(folder)?)));
        return wrong.map_or(Ok(()), |(listed, why)| Err(failure(&format!("{} {why}", listed.file))));
    }
    let coming = folder.join(HIDDEN).join(format!("{MANIFEST}.{PART}"));
    if !manifest.exists() && coming.exists() {
        return Err(failure("its manifest.json has not come"));
    }
    Ok(())
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

    #[test]
    fn a_folder_is_its_manifest_or_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
        let said = || check(folder.path()).map_err(|failure| failure.message);
        write("a.json", "abc");
        assert!(said().is_ok(), "no fetch at all");
        let manifest = |file: &str, bytes: u64, hash: &str| {
            let files = serde_json::json!([{ "file": file, "bytes": bytes, "sha256": hash }]);
            write(MANIFEST, &serde_json::json!({ "schema": "seatline/fetch/v1", "files": files }).to_string());
        };
        let hash = sha256(&b"abc"[..]).unwrap();
        manifest("a.json", 3, &hash);
        assert!(said().is_ok());
        manifest("a.json", 4, &hash);
        assert!(said().unwrap_err().contains("a.json has another length"));
        write("a.json", "abd");
        manifest("a.json", 3, &hash);
        assert!(said().unwrap_err().contains("a.json has other contents"));
        manifest("b.json", 3, &hash);
        assert!(said().unwrap_err().contains("b.json is missing"));
        manifest("../a.json", 3, &hash);
        assert!(said().unwrap_err().contains("no name of a file"));
        // Whatever else is called so is none of ours.
        write(MANIFEST, r#"{"name":"an app"}"#);
        assert!(said().is_ok());
        fs::remove_file(folder.path().join(MANIFEST)).unwrap();
        fs::create_dir(folder.path().join(HIDDEN)).unwrap();
        assert!(said().is_ok(), "a fetch that is under way has put nothing there yet");
        write(&format!("{HIDDEN}/{MANIFEST}.{PART}"), "{}");
        assert!(said().unwrap_err().contains("manifest.json has not come"));
    }
}
