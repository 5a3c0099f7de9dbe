//! Which files were read, and the SHA-256 of what was in them: of the very bytes that were read, whatever becomes of the file.

use std::cell::RefCell;
use std::io::{self, BufRead, BufReader, Read};

use sha2::{Digest, Sha256};

thread_local! {
    /// What was read in this thread since [`watch`].
    static WATCHED: RefCell<Option<Vec<ReadFile>>> = const { RefCell::new(None) };
}

/// An input that was read to its end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ReadFile {
    /// As it was named; `<stdin>` for standard input.
    pub(crate) name: String,
    /// The SHA-256 of its bytes, in hexadecimal digits.
    pub(crate) sha256: String,
}

/// From now on what this thread reads is remembered.
pub(crate) fn watch() {
    WATCHED.set(Some(Vec::new()));
}

/// Ends that, and gives what was read, in its order.
pub(crate) fn watched() -> Vec<ReadFile> {
    WATCHED.take().unwrap_or_default()
}

/// The same reader; where somebody watches, one that tells when it has come to its end.
pub(super) fn through(name: String, reader: Box<dyn BufRead>) -> Box<dyn BufRead> {
    if WATCHED.with_borrow(Option::is_none) {
        return reader;
    }
    Box::new(BufReader::new(Hashed { name, reader, hash: Some(Sha256::new()) }))
}

struct Hashed {
    name: String,
    reader: Box<dyn BufRead>,
    /// Until the end.
    hash: Option<Sha256>,
}

impl Read for Hashed {
    fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        let length = self.reader.read(bytes)?;
        if length > 0 {
            if let Some(hash) = &mut self.hash {
                hash.update(bytes.get(..length).unwrap_or_default());
            }
        } else if !bytes.is_empty()
            && let Some(hash) = self.hash.take()
        {
            let sha256 = hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
            let file = ReadFile { name: self.name.clone(), sha256 };
            WATCHED.with_borrow_mut(|watched| {
                watched.iter_mut().filter(|known| !known.contains(&file)).for_each(|known| known.push(file.clone()));
            });
        }
        Ok(length)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Input;

    #[test]
    fn what_was_read_is_known_by_its_bytes() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a");
        std::fs::write(&path, "abc").unwrap();
        assert_eq!(watched(), []);
        watch();
        assert_eq!(Input::named(&path).read().unwrap(), b"abc");
        assert_eq!(Input::named(&path).read().unwrap(), b"abc");
        let sha256 = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad".to_owned();
        assert_eq!(watched(), [ReadFile { name: path.display().to_string(), sha256 }]);
    }
}
