//! A line that is shown with a mark under a value.

use std::ops::Range;

/// A line, and the value in it that a finding is about.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Excerpt {
    /// The text of the line.
    pub text: String,
    /// The range of bytes in `text` that holds the value.
    pub value: Range<usize>,
}

impl Excerpt {
    /// The line of a text, such as a policy, in which a span begins.
    #[must_use]
    pub(crate) fn line(text: &str, span: Range<usize>) -> Self {
        let start = text.get(..span.start).and_then(|before| before.rfind('\n')).map_or(0, |at| at + 1);
        let line = text.get(start..).and_then(|rest| rest.lines().next()).unwrap_or_default();
        let value = span.start.min(start + line.len()) - start..span.end.min(start + line.len()) - start;
        // A tab becomes a space, so that the caret stands under the value.
        Self { text: line.replace('\t', " "), value }
    }
}
