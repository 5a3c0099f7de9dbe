//! Documents in memory, which are read where their names stand instead of paths.

use std::cell::RefCell;
use std::fmt;
use std::path::Path;
use std::sync::Arc;

/// The name of standard input in every output.
pub(crate) const STDIN: &str = "<stdin>";

thread_local! {
    /// The documents that this thread reads by name.
    static GIVEN: RefCell<GivenDocuments> = RefCell::default();
}

/// Documents in memory by their names: `-`, or a name in angle brackets such as `<license>`, which no file has.
#[derive(Clone, Debug, Default)]
pub(crate) struct GivenDocuments(Arc<Vec<GivenDocument>>);

/// A document in memory.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct GivenDocument {
    name: String,
    pub(super) bytes: Arc<[u8]>,
}

impl GivenDocuments {
    /// From names and contents. Standard input that is not among them is empty.
    pub(crate) fn new(documents: Vec<(String, Vec<u8>)>) -> Self {
        let documents = documents.into_iter().chain([("-".to_owned(), Vec::new())]);
        Self(Arc::new(documents.map(|(name, bytes)| GivenDocument { name, bytes: bytes.into() }).collect()))
    }

    /// The documents that this thread reads by name.
    pub(crate) fn here() -> Self {
        GIVEN.with_borrow(Clone::clone)
    }

    /// From now on this thread reads these documents by name, and no others.
    pub(crate) fn read_here(&self) {
        GIVEN.set(self.clone());
    }
}

impl GivenDocument {
    /// The document that this thread reads where a path stands.
    pub(super) fn called(path: &Path) -> Option<Self> {
        let name = path.to_str().filter(|name| *name == "-" || !is_name_of_file(name))?;
        GIVEN.with_borrow(|given| given.0.iter().find(|document| document.name == name).cloned())
    }

    /// The name of the document in every output.
    pub(super) fn name(&self) -> &str {
        if self.name == "-" { STDIN } else { &self.name }
    }
}

impl fmt::Debug for GivenDocument {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("GivenDocument").field("name", &self.name).finish_non_exhaustive()
    }
}

/// Whether an input of this name is a file: standard input and documents in memory have names in angle brackets. A
/// file of such a name is called `./<name>`.
pub(crate) fn is_name_of_file(name: &str) -> bool {
    !(name.starts_with('<') && name.ends_with('>'))
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::*;
    use crate::source::{Input, expand};

    fn read(name: &str) -> (String, String) {
        let input = expand(Path::new(name)).remove(0).unwrap();
        (input.name(), String::from_utf8(input.read().unwrap()).unwrap())
    }

    #[test]
    fn documents_in_memory_are_read_by_name_as_often_as_they_stand() {
        let given = [("<old>", "1"), ("<new>", "2"), ("-", "3")];
        GivenDocuments::new(given.map(|(name, text)| (name.to_owned(), text.into())).into()).read_here();
        for _ in 0..2 {
            for (name, shown, text) in [("<new>", "<new>", "2"), ("<old>", "<old>", "1"), ("-", "<stdin>", "3")] {
                assert_eq!(read(name), (shown.to_owned(), text.to_owned()));
            }
        }
        GivenDocuments::new(Vec::new()).read_here();
        assert_eq!(read("-"), ("<stdin>".to_owned(), String::new()));
        assert!(Input::named(Path::new("<new>")).read().is_err());
    }

    #[test]
    fn no_file_has_the_name_of_a_document_in_memory() {
        assert_eq!(Input::named(Path::new("<new>")).path, Some(PathBuf::from("./<new>")));
        assert_eq!(Input::named(Path::new("<new>.json")).name(), "<new>.json");
        assert!(is_name_of_file(&Input::named(Path::new("<new>")).name()));
        assert!(!is_name_of_file("<stdin>") && !is_name_of_file("<usage 2>"));
    }

    #[test]
    fn what_a_document_in_memory_holds_is_not_shown_by_chance() {
        let given = GivenDocuments::new(vec![("<usage>".to_owned(), b"secret".to_vec())]);
        assert!(!format!("{given:?}").contains("115"), "{given:?}");
    }
}
