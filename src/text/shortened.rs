//! Text of bounded length for messages.

use std::borrow::Cow;

/// The text, or its beginning where it is too long for a message.
pub(crate) fn shortened(text: &str) -> Cow<'_, str> {
    const MOST: usize = 60;
    match text.char_indices().nth(MOST).and_then(|(end, _)| text.get(..end)) {
        Some(begin) => Cow::Owned(format!("{begin}…")),
        None => Cow::Borrowed(text),
    }
}
