//! Where a member appears twice. Each value is parsed from its own text, so the parser's line and column count from there.
//! The error therefore carries the address of the place, from which the offset in the whole document follows.

use serde::de::Error;

/// Stands between the message and the address. No key of a document can contain it here: `members!` names only known keys.
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

/// The message of an error, and the byte of `text` at which it happened, if that is known.
#[must_use]
pub fn said_of(error: &serde_json::Error, text: &str) -> (String, Option<usize>) {
    let said = error.to_string();
    let said = said.rsplit_once(" at line ").map_or(said.as_str(), |(said, _)| said);
    let Some((said, address)) = said.split_once(MARK) else { return (said.to_owned(), None) };
    let offset = address.parse::<usize>().ok().and_then(|address| address.checked_sub(text.as_ptr().addr()));
    (said.to_owned(), offset.filter(|offset| *offset <= text.len()))
}
