//! The items that a note names.

use crate::answers::costs::value::ItemCosts;
use crate::license::ItemKind;
use crate::text::{Phrase, phrase};

/// The most lines of a list of prices that are compared with ids without a price, and the most ids that a note names.
pub(super) const FEW: usize = 20;

/// What tells an item from others.
pub(super) fn key(item: &ItemCosts) -> (ItemKind, &str) {
    (item.kind, item.id.as_str())
}

/// A list of at most [`FEW`] names: "a, b; and 3 more, see -f json".
pub(super) fn few(names: Vec<Phrase>) -> Phrase {
    let more = names.len().saturating_sub(FEW);
    let more = if more > 0 { format!("; and {more} more, see -f json") } else { String::new() };
    phrase![Phrase::join(names.into_iter().take(FEW), ", "), more]
}
