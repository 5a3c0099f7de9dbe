//! What one source counted, and two of them against each other.

use std::collections::{BTreeMap, BTreeSet};

use crate::license::ItemKind;
use crate::source::{Failure, FailureCode};

/// What one source counted.
#[derive(Clone, Debug)]
pub(super) struct Tally {
    /// The names of the inputs it is from.
    pub(super) name: String,
    pub(super) kinds: BTreeMap<ItemKind, Counts>,
}

/// The seats of one kind that are assigned.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Counts {
    pub(super) by_id: BTreeMap<String, u64>,
    /// Whether an id that is not there is assigned to nobody.
    pub(super) complete: bool,
}

impl Counts {
    fn of(&self, id: &str) -> Option<u64> {
        self.by_id.get(id).copied().or_else(|| self.complete.then_some(0))
    }
}

/// Two sources that count the same thing must agree.
pub(super) fn agree(tallies: &[Tally]) -> Result<(), Failure> {
    for (index, one) in tallies.iter().enumerate() {
        for other in tallies.get(index + 1..).unwrap_or_default() {
            for (kind, counts) in &one.kinds {
                let Some(others) = other.kinds.get(kind) else { continue };
                let ids: BTreeSet<_> = counts.by_id.keys().chain(others.by_id.keys()).collect();
                for id in ids {
                    if let (Some(here), Some(there)) = (counts.of(id), others.of(id))
                        && here != there
                    {
                        let message = format!(
                            "{here} seats of the {} {id} are assigned here, and {there} in {}: give what was taken at \
                             one time, or only one of them",
                            kind.noun(),
                            other.name
                        );
                        return Err(Failure::new(&one.name, FailureCode::Contradiction, message));
                    }
                }
            }
        }
    }
    Ok(())
}
