//! Files, folders and standard input.

use std::fs::File;
use std::io::{self, BufReader, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use walkdir::{DirEntry, WalkDir};

use crate::source::folder::one_separator;
use crate::source::given::{GivenDocument, STDIN, is_name_of_file};
use crate::source::{Failure, FailureCode, fetched, hashed};

/// The buffered reader of an opened input.
pub(super) type InputReader = BufReader<Box<dyn Read + Send>>;

/// The largest input that is read, in bytes: 256 MiB. License files have some kilobytes.
pub const MAX_INPUT_BYTES: u64 = 1 << 28;

/// An input to read: a file, standard input or a document in memory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Input {
    /// The path of the file; `None` for standard input and for a document in memory.
    pub path: Option<PathBuf>,
    given: Option<GivenDocument>,
    /// Whether its folder was looked at before, as that of an interrupted fetch is not read.
    pub(crate) is_checked: bool,
}

impl Input {
    /// The input that the user named: a file, or `-` for standard input. Where another program runs this one, the name
    /// may be that of a document in memory.
    #[must_use]
    pub fn named(path: &Path) -> Self {
        let given = GivenDocument::called(path);
        let path = match path.to_str() {
            _ if given.is_some() => None,
            Some("-") => None,
            Some(name) if !is_name_of_file(name) => Some(Path::new(".").join(path)),
            _ => Some(path.to_owned()),
        };
        Self { path, given, is_checked: false }
    }

    /// A file whose folder was looked at before.
    pub(crate) fn checked(path: PathBuf) -> Self {
        Self { path: Some(path), given: None, is_checked: true }
    }

    /// Whether this is standard input, which may never end.
    pub(crate) fn is_stream(&self) -> bool {
        self.path.is_none() && self.given.is_none()
    }

    /// The name of the input in messages and answers.
    #[must_use]
    pub fn name(&self) -> String {
        match (&self.path, &self.given) {
            (Some(path), _) => path.display().to_string(),
            (None, given) => given.as_ref().map_or(STDIN, GivenDocument::name).to_owned(),
        }
    }

    /// Reads all bytes of the input.
    ///
    /// # Errors
    /// A [`Failure`] where it cannot be opened or read, or is larger than [`MAX_INPUT_BYTES`], and where it is none of the files
    /// that the manifest of a fetch beside it names.
    pub fn read(&self) -> Result<Vec<u8>, Failure> {
        self.check()?;
        match self.reader() {
            Ok(reader) => self.read_to(self.length(), reader),
            Err(error) => Err(cannot_read(&self.name(), &error)),
        }
    }

    pub(super) fn check(&self) -> Result<(), Failure> {
        self.path.as_deref().filter(|_| !self.is_checked).map_or(Ok(()), fetched::check_file)
    }

    /// How many bytes it seems to have: room for them is made at once.
    fn length(&self) -> usize {
        if let Some(given) = &self.given {
            return given.bytes.len();
        }
        let length = self.path.as_ref().and_then(|path| path.metadata().ok()).map_or(0, |metadata| metadata.len());
        usize::try_from(length.min(MAX_INPUT_BYTES)).unwrap_or_default()
    }

    pub(super) fn open(&self) -> io::Result<InputReader> {
        self.reader().map(reader_of)
    }

    fn reader(&self) -> io::Result<Box<dyn Read + Send>> {
        let reader: Box<dyn Read + Send> = match (&self.path, &self.given) {
            (Some(path), _) => Box::new(File::open(path)?),
            (None, Some(given)) => Box::new(io::Cursor::new(Arc::clone(&given.bytes))),
            (None, None) => Box::new(io::stdin()),
        };
        Ok(hashed::through(self.name(), reader))
    }

    pub(super) fn read_from(&self, reader: impl Read) -> Result<Vec<u8>, Failure> {
        self.read_to(0, reader)
    }

    fn read_to(&self, length: usize, reader: impl Read) -> Result<Vec<u8>, Failure> {
        match read_all(length, reader) {
            Ok(Some(bytes)) => Ok(bytes),
            Ok(None) => Err(Failure::new(
                self.name(),
                FailureCode::TooLarge,
                format!("larger than {} MiB: this is no license file", MAX_INPUT_BYTES >> 20),
            )),
            Err(error) => Err(cannot_read(&self.name(), &error)),
        }
    }
}

/// A reader with a buffer that holds many lines.
pub(super) fn reader_of(reader: impl Read + Send + 'static) -> InputReader {
    const BUFFER: usize = 1 << 18;
    BufReader::with_capacity(BUFFER, Box::new(reader))
}

/// Reads to the end, which is expected after `length` bytes; `None` where there are more than [`MAX_INPUT_BYTES`].
fn read_all(length: usize, reader: impl Read) -> io::Result<Option<Vec<u8>>> {
    // The last read, which finds the end, needs a byte of room as well.
    let mut bytes = Vec::with_capacity(length + 1);
    reader.take(MAX_INPUT_BYTES + 1).read_to_end(&mut bytes)?;
    let fits = u64::try_from(bytes.len()).is_ok_and(|length| length <= MAX_INPUT_BYTES);
    Ok(fits.then_some(bytes))
}

/// The inputs that a path on the command line stands for. A file and `-` stand for themselves; a folder for the
/// `*.json`, `*.jsonl` and `*.ndjson` files in it and in the folders below, sorted. Of a folder whose fetch was
/// interrupted nothing is read: that is a failure.
#[must_use]
pub fn expand(path: &Path) -> Vec<Result<Input, Failure>> {
    expand_all(path).0
}

/// As [`expand`], with the paths in a folder that have the name of a document and are no files. A pipe, a socket or a
/// device may never end and is not read.
#[must_use]
pub(crate) fn expand_all(path: &Path) -> (Vec<Result<Input, Failure>>, Vec<PathBuf>) {
    let (mut inputs, mut no_files) = (Vec::new(), Vec::new());
    let named = Input::named(path);
    if named.path.is_none() || !path.is_dir() {
        inputs.push(Ok(named));
        return (inputs, no_files);
    }
    // The paths of a folder begin alike, so that their order is that of the names, which would be looked for at each comparison.
    let by_name = |one: &DirEntry, other: &DirEntry| one.path().as_os_str().cmp(other.path().as_os_str());
    let mut walk = WalkDir::new(path).follow_links(true).sort_by(by_name).into_iter();
    while let Some(entry) = walk.next() {
        match entry {
            Ok(entry) if entry.file_type().is_dir() => {
                if let Err(failure) = fetched::check(entry.path()) {
                    inputs.push(Err(failure));
                    walk.skip_current_dir();
                }
            }
            Ok(entry) if !is_json(entry.path()) => {}
            Ok(entry) if !entry.file_type().is_file() => no_files.push(found_in(path, entry.into_path())),
            Ok(entry) => inputs.push(Ok(Input::checked(found_in(path, entry.into_path())))),
            // A broken link matters only if its name is that of a document.
            Err(error) if error.path().is_some_and(|path| path.is_symlink() && !is_json(path) && !path.is_dir()) => {}
            Err(error) => {
                let name = error.path().unwrap_or(path).display().to_string();
                let message = format!("cannot be read: {}", reason(&error));
                inputs.push(Err(Failure::new(name, FailureCode::CannotRead, message)));
            }
        }
    }
    (inputs, no_files)
}

/// A path that was found in a folder, with only one kind of separator.
pub(crate) fn found_in(folder: &Path, path: PathBuf) -> PathBuf {
    let one = |folder: &Path| one_separator(folder.to_str()?, path.to_str()?, cfg!(windows));
    one(folder).map_or_else(|| path.clone(), PathBuf::from)
}

pub(super) fn cannot_read(name: &str, error: &io::Error) -> Failure {
    let message = match error.kind() {
        io::ErrorKind::NotFound | io::ErrorKind::InvalidInput | io::ErrorKind::InvalidFilename
            if name.contains(['*', '?']) && cfg!(windows) =>
        {
            "there is no such file; where FILE is a pattern, no file matches it".to_owned()
        }
        io::ErrorKind::NotFound | io::ErrorKind::InvalidInput | io::ErrorKind::InvalidFilename
            if name.contains(['*', '?']) =>
        {
            "there is no such file, and this shell did not put the names of files in place of the pattern: name the folder \
             instead"
                .to_owned()
        }
        _ if is_open_elsewhere(error, cfg!(windows)) => {
            format!("cannot be read: {error}; is it open in another program?")
        }
        _ => format!("cannot be read: {error}"),
    };
    Failure::new(name, FailureCode::CannotRead, message)
}

/// Whether another program has the file for itself: Windows then reports a violation of sharing or of a lock.
fn is_open_elsewhere(error: &io::Error, windows: bool) -> bool {
    windows && matches!(error.raw_os_error(), Some(32 | 33))
}

fn reason(error: &walkdir::Error) -> String {
    match (error.loop_ancestor(), error.io_error()) {
        (Some(ancestor), _) => format!("a link back to {}", ancestor.display()),
        (None, Some(error)) => error.to_string(),
        (None, None) => error.to_string(),
    }
}

fn is_json(path: &Path) -> bool {
    let extension = path.extension().unwrap_or_default();
    ["json", "jsonl", "ndjson"].iter().any(|json| extension.eq_ignore_ascii_case(json))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_another_program_holds_is_asked_about_on_windows() {
        for (code, is_held) in [(5, false), (32, true), (33, true)] {
            let error = io::Error::from_raw_os_error(code);
            assert_eq!((is_open_elsewhere(&error, true), is_open_elsewhere(&error, false)), (is_held, false), "{code}");
        }
    }

    #[cfg(windows)]
    #[test]
    fn a_list_that_is_open_for_its_owner_alone_is_named() {
        use std::fs::{self, OpenOptions};
        use std::os::windows::fs::OpenOptionsExt;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("members.csv");
        fs::write(&path, "username").unwrap();
        let held = OpenOptions::new().read(true).share_mode(0).open(&path).unwrap();
        let failure = cannot_read("members.csv", &fs::File::open(&path).unwrap_err());
        assert!(failure.message.ends_with("is it open in another program?"), "{}", failure.message);
        drop(held);
    }

    #[test]
    fn a_folder_stands_for_its_json_sorted() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("b")).unwrap();
        for name in ["c.JSON", "a.json", "b/x.ndjson", "b/y.txt", "d.jsonl"] {
            std::fs::write(folder.path().join(name), "").unwrap();
        }
        let names: Vec<_> = expand(folder.path())
            .into_iter()
            .map(|input| input.unwrap().path.unwrap().strip_prefix(folder.path()).unwrap().to_owned())
            .collect();
        assert_eq!(names, ["a.json", "b/x.ndjson", "c.JSON", "d.jsonl"].map(PathBuf::from));
    }

    #[test]
    fn a_missing_file_fails_when_it_is_read() {
        let input = expand(Path::new("no/such/file.json")).remove(0).unwrap();
        assert_eq!(input.read().unwrap_err().code, FailureCode::CannotRead);
    }
}
