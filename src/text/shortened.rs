//! Text for a message.

use std::borrow::Cow;

/// The text, or its beginning: a message is not longer for a cell that is.
pub(crate) fn shortened(text: &str) -> Cow<'_, str> {
    const MOST: usize = 60;
    match text.char_indices().nth(MOST).and_then(|(end, _)| text.get(..end)) {
        Some(begin) => Cow::Owned(format!("{begin}…")),
        None => Cow::Borrowed(text),
    }
}
