//! Where a member stands twice. A value is read from its own text, so the reader's line and column are of that text; what
//! is kept is the address, which the whole text knows as its own.

use serde::de::Error;

/// Separates what is said from the address. No key can bring it along: `members!` names only keys it knows.
const MARK: char = '\u{1}';

/// The error about a value that was read from `text`, with the address of the place.
pub(super) fn located<E: Error>(error: &serde_json::Error, text: &str) -> E {
    let said = error.to_string();
    let said = said.rsplit_once(" at line ").map_or(said.as_str(), |(said, _)| said);
    if said.contains(MARK) {
        return E::custom(said);
    }
    let lines_before = error.line().saturating_sub(1);
    let line = text.split_inclusive('\n').take(lines_before).map(str::len).sum::<usize>();
    let offset = (line + error.column().saturating_sub(1)).min(text.len());
    E::custom(format!("{said}{MARK}{}", text.as_ptr().addr() + offset))
}

/// What an error says, and the byte of `text` that it speaks of, if it speaks of one.
#[must_use]
pub fn said_of(error: &serde_json::Error, text: &str) -> (String, Option<usize>) {
    let said = error.to_string();
    let said = said.rsplit_once(" at line ").map_or(said.as_str(), |(said, _)| said);
    let Some((said, address)) = said.split_once(MARK) else { return (said.to_owned(), None) };
    let offset = address.parse::<usize>().ok().and_then(|address| address.checked_sub(text.as_ptr().addr()));
    (said.to_owned(), offset.filter(|offset| *offset <= text.len()))
}
