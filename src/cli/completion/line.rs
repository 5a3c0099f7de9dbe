//! A command line that is being typed.

use std::ffi::OsString;

/// The words of a line, as the program would get them, and the place of the cursor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct TypedLine {
    /// The words before that of the cursor; the first is the name of the program.
    pub(super) before: Vec<OsString>,
    /// The word at the cursor, up to the cursor.
    pub(super) word: String,
    /// The words after the cursor.
    pub(super) after: Vec<OsString>,
    /// The start of the word that the shell keeps; it replaces only what follows.
    pub(super) kept: String,
    /// Whether the word is the file of `<` or `>`, which the program does not see.
    pub(super) is_redirection: bool,
}

impl TypedLine {
    /// The line whose word number `at` has the cursor.
    pub(super) fn new(words: &[OsString], at: usize) -> Option<Self> {
        let before = words.get(..at).filter(|before| !before.is_empty())?.to_vec();
        let word = words.get(at)?.to_string_lossy().into_owned();
        let after = words.get(at + 1..).unwrap_or_default().to_vec();
        Some(Self { before, word, after, kept: String::new(), is_redirection: false })
    }
}
