//! Which files were read, and the SHA-256 of the bytes that were read, even if a file changes later.

use std::cell::RefCell;
use std::io::{self, Read};
use std::sync::{Arc, Mutex, PoisonError};

use sha2::{Digest, Sha256};

thread_local! {
    /// The inputs that this thread opened since [`watch`] and that any thread read to the end.
    static WATCHED: RefCell<Option<HashedFiles>> = const { RefCell::new(None) };
}

type HashedFiles = Arc<Mutex<Vec<ReadFile>>>;

/// An input that was read to its end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ReadFile {
    /// The name that the user gave; `<stdin>` for standard input.
    pub(crate) name: String,
    /// The SHA-256 of its bytes, in hexadecimal digits.
    pub(crate) sha256: String,
}

/// Begins to remember the inputs that this thread opens.
pub(crate) fn watch() {
    WATCHED.set(Some(HashedFiles::default()));
}

/// Stops remembering, and gives the inputs that were read, in the order of reading.
pub(crate) fn watched() -> Vec<ReadFile> {
    let files = WATCHED.take().unwrap_or_default();
    std::mem::take(&mut *files.lock().unwrap_or_else(PoisonError::into_inner))
}

/// The reader itself. While this thread remembers its inputs, it is a reader that hashes what passes and notes the
/// end.
pub(super) fn through(name: String, reader: Box<dyn Read + Send>) -> Box<dyn Read + Send> {
    match WATCHED.with_borrow(Clone::clone) {
        None => reader,
        Some(files) => Box::new(Hashed { name, reader, hash: Some(Sha256::new()), files }),
    }
}

struct Hashed {
    name: String,
    reader: Box<dyn Read + Send>,
    /// The hash of the bytes so far; `None` once the end was reached.
    hash: Option<Sha256>,
    files: HashedFiles,
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
            let mut files = self.files.lock().unwrap_or_else(PoisonError::into_inner);
            if !files.contains(&file) {
                files.push(file);
            }
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
