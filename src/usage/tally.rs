//! The counts of one source, and whether the counts of two sources agree.

use std::collections::{BTreeMap, BTreeSet};

use crate::license::ItemKind;
use crate::source::{Failure, FailureCode};
use crate::usage::built_in::BUILT_IN;

/// The counts that one source gives.
#[derive(Clone, Debug)]
pub(super) struct Tally {
    /// The names of the source's inputs.
    pub(super) name: String,
    pub(super) kinds: BTreeMap<ItemKind, KindCounts>,
    /// The accounts that the source may not count, above all built-in accounts.
    pub(super) left_out: BuiltIn,
}

/// How many accounts are not counted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct BuiltIn {
    /// The number of such accounts with each user type.
    pub(super) by_type: BTreeMap<String, u64>,
    /// The number of such accounts whose user type is not known.
    pub(super) untyped: u64,
}

/// The assigned seats of one kind.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct KindCounts {
    pub(super) by_id: BTreeMap<String, u64>,
    /// Whether the kind was counted completely: an id without a count is assigned to nobody.
    pub(super) complete: bool,
}

impl BuiltIn {
    /// The state for a source that names no account: it may not count any of the built-in accounts.
    pub(super) fn unseen() -> Self {
        Self { untyped: u64::try_from(BUILT_IN.len()).unwrap_or(0), ..Self::default() }
    }
}

impl Tally {
    pub(super) fn new(name: &str, kind: ItemKind, counts: KindCounts) -> Self {
        Self { name: name.to_owned(), kinds: BTreeMap::from([(kind, counts)]), left_out: BuiltIn::unseen() }
    }
}

impl KindCounts {
    fn of(&self, id: &str) -> Option<u64> {
        self.by_id.get(id).copied().or_else(|| self.complete.then_some(0))
    }
}

/// Refuses sources that count the same thing differently. Where built-in accounts can explain the difference, a note
/// says so instead, since it is not published whether a portal counts them.
pub(super) fn agree(tallies: &[Tally]) -> Result<Vec<String>, Failure> {
    let mut notes = Vec::new();
    for (index, one) in tallies.iter().enumerate() {
        for other in tallies.get(index + 1..).unwrap_or_default() {
            for (kind, counts) in &one.kinds {
                let Some(others) = other.kinds.get(kind) else { continue };
                let differences = differences(counts, others);
                let Some((id, (here, there))) = differences.first_key_value() else { continue };
                if *kind == ItemKind::UserType
                    && let Some(more) = explained(one, other, &differences)
                {
                    notes.push(format!(
                        "{} and {} differ by {more} in {}: the portal's built-in accounts may be why, and the larger count \
                         is taken",
                        one.name,
                        other.name,
                        differences.keys().copied().collect::<Vec<_>>().join(", ")
                    ));
                    continue;
                }
                let message = format!(
                    "{here} seats of the {} {id} are assigned here, and {there} in {}: give what was taken at one time, or \
                     only one of them",
                    kind.noun(),
                    other.name
                );
                return Err(Failure::new(&one.name, FailureCode::Contradiction, message));
            }
        }
    }
    Ok(notes)
}

/// By user type, the smallest count where sources count it differently.
pub(super) fn fewest(tallies: &[Tally]) -> BTreeMap<String, u64> {
    let counts: Vec<_> = tallies.iter().filter_map(|tally| tally.kinds.get(&ItemKind::UserType)).collect();
    let ids: BTreeSet<_> = counts.iter().flat_map(|counts| counts.by_id.keys()).collect();
    let fewest = ids.into_iter().filter_map(|id| {
        let each = || counts.iter().filter_map(|counts| counts.of(id));
        let (fewest, most) = (each().min()?, each().max()?);
        (fewest < most).then(|| (id.clone(), fewest))
    });
    fewest.collect()
}

/// The ids that both sources count with different numbers, and the two numbers.
fn differences<'c>(one: &'c KindCounts, other: &'c KindCounts) -> BTreeMap<&'c str, (u64, u64)> {
    let ids: BTreeSet<_> = one.by_id.keys().chain(other.by_id.keys()).map(String::as_str).collect();
    let both = ids.into_iter().filter_map(|id| Some((id, (one.of(id)?, other.of(id)?))));
    both.filter(|(_, (here, there))| here != there).collect()
}

/// How many more accounts one source counts, if all of these may be built-in accounts that the other does not count.
fn explained(one: &Tally, other: &Tally, differences: &BTreeMap<&str, (u64, u64)>) -> Option<u64> {
    let (smaller, larger, more): (_, _, Vec<_>) = match differences.values().all(|(here, there)| here < there) {
        true => (one, other, differences.iter().map(|(id, (here, there))| (*id, there - here)).collect()),
        false => {
            let more = differences.iter().map(|(id, (here, there))| Some((*id, here.checked_sub(*there)?)));
            (other, one, more.collect::<Option<_>>()?)
        }
    };
    if larger.left_out != BuiltIn::unseen() {
        // The larger source names the accounts that it leaves out, so it does not count them.
        return None;
    }
    let all = more.iter().try_fold(0_u64, |sum, (_, more)| sum.checked_add(*more))?;
    let BuiltIn { by_type, untyped } = &smaller.left_out;
    let unexplained = more.iter().map(|(id, more)| more.saturating_sub(by_type.get(*id).copied().unwrap_or(0)));
    (unexplained.sum::<u64>() <= *untyped).then_some(all)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tally(counts: &[(&str, u64)]) -> Tally {
        let by_id = counts.iter().map(|(id, count)| ((*id).to_owned(), *count)).collect();
        Tally::new("a", ItemKind::UserType, KindCounts { by_id, complete: true })
    }

    fn with(tally: Tally, by_type: &[(&str, u64)], untyped: u64) -> Tally {
        let by_type = by_type.iter().map(|(id, count)| ((*id).to_owned(), *count)).collect();
        Tally { left_out: BuiltIn { by_type, untyped }, ..tally }
    }

    #[test]
    fn built_in_accounts_explain_no_more_than_there_are() {
        let small = || tally(&[("a", 10), ("b", 5)]);
        let agrees = |one: &Tally, other: &Tally| {
            let found = agree(&[one.clone(), other.clone()]).map(|notes| notes.len());
            assert_eq!(found.is_ok(), agree(&[other.clone(), one.clone()]).is_ok(), "in whatever order");
            found.ok()
        };
        assert_eq!(agrees(&small(), &small()), Some(0));
        assert_eq!(agrees(&small(), &tally(&[("a", 13), ("b", 9)])), Some(1));
        assert_eq!(agrees(&small(), &tally(&[("a", 10), ("b", 5), ("c", 7)])), Some(1));
        assert_eq!(agrees(&small(), &tally(&[("a", 10), ("b", 5), ("c", 8)])), None);
        assert_eq!(agrees(&small(), &tally(&[("a", 11), ("b", 4)])), None, "one more and one less");
        let seen = with(small(), &[("a", 2)], 1);
        assert_eq!(agrees(&seen, &tally(&[("a", 12), ("b", 5)])), Some(1));
        assert_eq!(agrees(&seen, &tally(&[("a", 12), ("b", 6)])), Some(1), "one has no type that is told");
        assert_eq!(agrees(&seen, &tally(&[("a", 10), ("b", 7)])), None, "they have other types");
        assert_eq!(agrees(&seen, &tally(&[("a", 9), ("b", 5)])), None, "fewer without them");
    }
}
