//! The remains of a secret in a text that lost its letters outside ASCII: text of another character set, with `?` in
//! place of these letters, or without them.

use memchr::memmem;
use zeroize::Zeroizing;

use crate::portal::secret::escapes;

/// With fewer characters left, a mark must stand where letters are missing.
const ENOUGH: usize = 8;

/// With still fewer characters left, the remains occur in any text.
const FEWEST: usize = 3;

/// The characters of a secret that are the same in every character set.
pub(super) enum Remains {
    /// So many characters that those between them do not matter.
    Enough(Zeroizing<String>),
    /// Few characters, with a mark in place of each run of others.
    Few(Zeroizing<String>),
}

impl Remains {
    /// The remains of a secret; `None` where nothing can get lost, or too little is left.
    pub(super) fn of(secret: &str) -> Option<Self> {
        if secret.is_ascii() {
            return None;
        }
        let bare = Zeroizing::new(bare(secret));
        match bare.len() {
            ENOUGH.. => Some(Self::Enough(bare)),
            FEWEST.. => Some(Self::Few(Zeroizing::new(marked(secret, |one| !one.is_ascii())))),
            _ => None,
        }
    }

    pub(super) fn are_in(&self, text: &str) -> bool {
        let finds =
            |text: String, needle: &str| memmem::find(Zeroizing::new(text).as_bytes(), needle.as_bytes()).is_some();
        match self {
            Self::Enough(needle) => finds(bare(text), needle),
            Self::Few(needle) => text.contains(is_lost) && finds(marked(text, is_lost), needle),
        }
    }
}

/// Whether a character stands for one that could not be written or read.
fn is_lost(character: char) -> bool {
    character == '?' || character == char::REPLACEMENT_CHARACTER || ('\u{7f}'..='\u{9f}').contains(&character)
}

/// The characters of ASCII without `?`, blanks and control characters.
fn bare(text: &str) -> String {
    let is_kept = |one: &char| one.is_ascii_graphic() && *one != '?' && *one != '+';
    text.chars().filter(is_kept).map(|one| one.to_ascii_lowercase()).collect()
}

/// The text with one mark for each run of such characters.
fn marked(text: &str, is_marked: impl Fn(char) -> bool) -> String {
    const MARK: char = '\u{fdd0}';
    let mut all = String::with_capacity(text.len());
    for character in text.chars() {
        match is_marked(character) {
            true if all.ends_with(MARK) => {}
            true => all.push(MARK),
            false => all.push(character),
        }
    }
    escapes::fold_words(&all)
}
