//! Finds the place of a repeated member. Each value is parsed from its own text, and the parser counts lines and
//! columns from there. The error therefore carries the address of the place, from which the offset in the whole
//! document follows.

use serde::de::Error;

/// Separates the message from the address. No known key contains this character, and `members!` puts only known keys
/// into messages.
const MARK: char = '\u{1}';

/// An error about a value that was parsed from `text`, with the address of the place.
pub(super) fn located<E: Error>(error: &serde_json::Error, text: &str) -> E {
    let message = error.to_string();
    let message = message.rsplit_once(" at line ").map_or(message.as_str(), |(message, _)| message);
    if message.contains(MARK) {
        return E::custom(message);
    }
    let lines_before = error.line().saturating_sub(1);
    let line = text.split_inclusive('\n').take(lines_before).map(str::len).sum::<usize>();
    let offset = (line + error.column().saturating_sub(1)).min(text.len());
    E::custom(format!("{message}{MARK}{}", text.as_ptr().addr() + offset))
}

/// The message of an error, and the byte of `text` that it is about, if known.
#[must_use]
pub fn message_and_place(error: &serde_json::Error, text: &str) -> (String, Option<usize>) {
    let message = error.to_string();
    let message = message.rsplit_once(" at line ").map_or(message.as_str(), |(message, _)| message);
    let Some((message, address)) = message.split_once(MARK) else { return (message.to_owned(), None) };
    let offset = address.parse::<usize>().ok().and_then(|address| address.checked_sub(text.as_ptr().addr()));
    (message.to_owned(), offset.filter(|offset| *offset <= text.len()))
}
