//! Counts that a source should have and does not have, or that cannot be used.

use crate::source::Failure;

/// Something that a source should count and that was not counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct CountGap {
    /// In a few words, for a first line: "90 of the 158 members in res.json were not counted".
    pub(crate) short: String,
    /// A clause that says what is missing, and why.
    pub(crate) clause: String,
    /// Whether nothing of a document or list is counted.
    pub(super) is_all: bool,
}

impl CountGap {
    /// A list or document whose counts cannot be used at all.
    pub(super) fn unusable(failure: &Failure) -> Self {
        let source = &failure.source;
        Self {
            short: format!("what {source} counts could not be used"),
            clause: format!("what is assigned is not taken from all of its answers: {failure}"),
            is_all: true,
        }
    }

    /// A document of which only a part is counted.
    pub(super) fn partial(source: &str, members: Option<(u128, u128)>, failure: &Failure) -> Self {
        let short = match members {
            Some((counted, all)) => format!("{} of the {all} members in {source} were not counted", all - counted),
            None => format!("not all user types in {source} were counted"),
        };
        let clause = format!("of what is assigned only a part is counted: {failure}");
        Self { short, clause, is_all: false }
    }
}
