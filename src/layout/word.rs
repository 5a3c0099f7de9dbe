//! Words in the cell of a table: the room that they take, and where they are broken.

use std::borrow::Cow;

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Stands between two characters while a table is laid out; it has no width, no text has it that may be shown, and no ligature
/// reaches over it. A word joiner would not do: Arabic letters join across it.
pub(super) const APART: char = '\u{2069}';

/// Puts [`APART`] between characters that some terminals join and others do not: the parts of an emoji, Arabic lam and alef.
pub(super) fn apart(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        return Cow::Borrowed(text);
    }
    let mut apart = String::with_capacity(text.len() + 8);
    for word in text.split_inclusive(' ') {
        let alone: usize = word.chars().map(|character| character.width().unwrap_or(0)).sum();
        let together: String = word.chars().filter(|character| !widens(*character)).collect();
        let joins = together.width() < alone;
        for character in word.chars() {
            if joins && !widens(character) {
                apart.push(APART);
            }
            apart.push(character);
        }
    }
    Cow::Owned(apart)
}

/// The columns that a line takes on a terminal that joins characters or on one that does not, whichever is more.
pub(super) fn columns(line: &str) -> usize {
    let alone: usize = line.chars().map(|character| character.width().unwrap_or(0)).sum();
    alone.max(line.width())
}

/// Whether this is a variation selector after which a character may take more room, not less.
fn widens(character: char) -> bool {
    matches!(character, '\u{FE00}'..='\u{FE0D}' | '\u{FE0F}')
}

/// Breaks words that are much longer than the page into lines, since the table's own layout takes time with the square of their
/// length. No blank is put in: it would look like a part of the name.
pub(super) fn break_long_words(line: &str, width: Option<u16>) -> String {
    const LONG: usize = 256;
    let Some(most) = width.map(|width| LONG.max(width.into())).filter(|most| line.len() > *most) else {
        return line.to_owned();
    };
    let mut broken = String::with_capacity(line.len() + line.len() / most);
    let mut length = 0;
    for character in line.chars() {
        let own = character.width().unwrap_or(0);
        length = if character == ' ' { 0 } else { length + own };
        if length > most {
            broken.push('\n');
            length = own;
        }
        broken.push(character);
    }
    broken
}
