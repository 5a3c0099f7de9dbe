//! Usage: how many members have each user type, and how many seats of every other item are assigned.
//!
//! Usage comes from answers of the portal ([`DocumentKind::LicenseResource`](crate::source::DocumentKind), member
//! counts, pages of members) or from a CSV of members. Where two sources count the same thing, they must agree.

mod account;
#[cfg(feature = "portal")]
mod answered;
mod built_in;
mod built_in_seats;
#[cfg_attr(not(feature = "portal"), allow(dead_code, reason = "a portal is asked page by page"))]
mod chain;
mod complete;
mod count_gap;
mod counts;
mod gathered;
mod given;
mod installed;
mod item_ids;
#[cfg_attr(not(feature = "portal"), allow(dead_code, reason = "a portal is asked page by page"))]
mod lists;
mod locked_out;
mod member_table;
mod members;
mod merge;
mod names;
mod origin;
#[cfg_attr(not(feature = "portal"), allow(dead_code, reason = "a portal is asked page by page"))]
mod pages;
mod plan;
mod reader;
mod resource;
mod roles;
mod server_license;
mod tally;
mod uncounted_accounts;
mod user_types;
mod words;

pub use account::LeftOut;
pub use built_in::is_built_in;
pub(crate) use built_in_seats::{Harm, Harms};
pub(crate) use count_gap::CountGap;
pub use given::GivenUsage;
pub use installed::{Installed, InstalledItem};
pub use locked_out::LockedOut;
pub use members::Member;
pub use names::{NoType, TypeNames};
pub use plan::{Plan, Planned};
pub use reader::{Contents, UsageReader};
pub use roles::{Privileges, Roles, UnknownRole};
pub use uncounted_accounts::{UncountedAccounts, UncountedReason};

#[cfg(feature = "portal")]
pub(crate) use {
    answered::{counts_page, member_answer, members_page, read_resource},
    built_in::BUILT_IN,
    chain::Chain,
    lists::unnamed,
    members::NOBODY,
    pages::{ListPage, Listed, PageFault},
};

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::license::ItemKind;
use tally::Tally;

/// The seats that are assigned today, of the items that were counted.
#[derive(Clone, Debug, Default)]
pub struct Usage {
    /// The names of the inputs, in order.
    pub sources: Vec<String>,
    /// The members; `None` where only counts were given.
    pub members: Option<Vec<Member>>,
    /// Notes that a reader of these numbers must know.
    pub notes: Vec<String>,
    /// The notes about counts on which two sources differ, and of which the larger was taken. Built-in accounts may explain the
    /// difference.
    pub larger_counts: Vec<String>,
    /// The accounts that a source names and that were not counted, by reason.
    pub left_out: Vec<UncountedAccounts>,
    /// The built-in accounts of the portal that a source names and that were not counted.
    pub built_in: Vec<BuiltInAccount>,
    /// What the sources should count, and what was not counted. Only the license that an import replaces may have gaps: sources
    /// that the user names as usage are refused.
    pub(crate) gaps: Vec<CountGap>,
    /// How many accounts the portal counts and does not name. They can only be built-in accounts.
    unnamed: u64,
    /// By user type, the smaller count where two sources count differently and built-in accounts may explain it.
    fewest: BTreeMap<String, u64>,
    counts: BTreeMap<(ItemKind, String), u64>,
    /// For each user type, how many members have each role.
    roles: HashMap<String, BTreeMap<Option<String>, u64>>,
    /// The kinds that were counted completely: an id without a count is assigned to nobody.
    complete: BTreeSet<ItemKind>,
}

/// A built-in account of the portal, which was not counted.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct BuiltInAccount {
    /// The user name, as the portal writes it.
    pub username: String,
    /// The id of its user type; `None` where no source states it.
    pub user_type: Option<String>,
}

impl Usage {
    fn new(tallies: &[Tally], members: Option<Vec<Member>>, sources: Vec<String>, notes: Vec<String>) -> Self {
        let roles = by_role(members.as_deref().unwrap_or_default());
        let mut usage = Self { sources, members, roles, notes, ..Self::default() };
        for tally in tallies {
            for (kind, counts) in &tally.kinds {
                if counts.complete {
                    usage.complete.insert(*kind);
                }
                for (id, count) in &counts.by_id {
                    let counted = usage.counts.entry((*kind, id.clone())).or_default();
                    *counted = (*counted).max(*count);
                }
            }
        }
        usage
    }

    /// The usage after members have changed user type. `moves` counts them by their old and new user types, which must
    /// all have been counted.
    pub(crate) fn after_moves(&self, moves: &BTreeMap<(&str, &str), u64>, members: Option<Vec<Member>>) -> Self {
        let mut after = Self { roles: by_role(members.as_deref().unwrap_or_default()), members, ..self.clone() };
        // Members leave first, since a count may already be the largest possible.
        for ((from, _), count) in moves {
            let left = after.counts.entry((ItemKind::UserType, (*from).to_owned())).or_default();
            *left = left.saturating_sub(*count);
            if let Some(fewest) = after.fewest.get_mut(*from) {
                *fewest = fewest.saturating_sub(*count);
            }
        }
        for ((_, to), count) in moves {
            let held = after.counts.entry((ItemKind::UserType, (*to).to_owned())).or_default();
            *held = held.saturating_add(*count);
            if let Some(fewest) = after.fewest.get_mut(*to) {
                *fewest = fewest.saturating_add(*count);
            }
        }
        after
    }

    /// The number of seats of an item that are assigned; `None` where nobody counted.
    #[must_use]
    pub fn assigned(&self, kind: ItemKind, id: &str) -> Option<u64> {
        let counted = self.counts.get(&(kind, id.to_owned())).copied();
        counted.or_else(|| self.complete.contains(&kind).then_some(0))
    }

    /// Whether the kind was counted completely.
    #[must_use]
    pub fn is_counted(&self, kind: ItemKind) -> bool {
        self.complete.contains(&kind)
    }

    /// Whether at least one item of the kind was counted.
    #[must_use]
    pub fn tells(&self, kind: ItemKind) -> bool {
        self.is_counted(kind) || self.counts.keys().any(|(counted, _)| *counted == kind)
    }

    /// Takes every kind as counted, with nothing assigned, since there are no members yet.
    ///
    /// # Errors
    /// Where something is assigned.
    pub fn nobody_yet(mut self) -> Result<Self, String> {
        if let Some((kind, id, count)) = self.in_use().next() {
            return Err(format!("{count} of the {} {id} are assigned: there are members already", kind.noun()));
        }
        self.complete.extend(ItemKind::SEATED);
        Ok(self)
    }

    /// Every item that somebody has, with the number of assigned seats, by kind and id.
    pub fn in_use(&self) -> impl Iterator<Item = (ItemKind, &str, u64)> {
        let in_use = self.counts.iter().filter(|(_, count)| **count > 0);
        in_use.map(|((kind, id), count)| (*kind, id.as_str(), *count))
    }

    /// How many members are locked out when their user type is short of seats: all of its members who are not administrators.
    /// `planned` members are not there yet, and perhaps administrators. Where it is not `certain` that seats are missing, nobody is
    /// certainly locked out.
    #[must_use]
    pub fn locked_out(&self, id: &str, planned: u64, certain: bool, roles: Roles<'_>) -> LockedOut {
        let mut locked_out = LockedOut { certainly: 0, perhaps: planned };
        if self.members.is_none() {
            let assigned = self.assigned(ItemKind::UserType, id).unwrap_or(0);
            locked_out.perhaps = locked_out.perhaps.saturating_add(assigned);
        }
        for (role, members) in self.roles.get(id).into_iter().flatten() {
            match roles.privileges(role.as_deref()) {
                Privileges::Administrator => {}
                Privileges::Unknown => locked_out.perhaps = locked_out.perhaps.saturating_add(*members),
                _ => locked_out.certainly = locked_out.certainly.saturating_add(*members),
            }
        }
        if certain { locked_out } else { LockedOut { certainly: 0, perhaps: locked_out.at_most() } }
    }
}

fn count(count: usize) -> u64 {
    u64::try_from(count).unwrap_or(u64::MAX)
}

/// For each user type, how many members have each role.
fn by_role(members: &[Member]) -> HashMap<String, BTreeMap<Option<String>, u64>> {
    let mut roles: HashMap<String, BTreeMap<Option<String>, u64>> = HashMap::new();
    for member in members {
        *roles.entry(member.user_type.clone()).or_default().entry(member.role.clone()).or_default() += 1;
    }
    roles
}

#[cfg(test)]
mod tests {
    use super::*;

    fn usage(counts: &[(&str, u64)], built_in: &[Option<&str>], unnamed: u64) -> Usage {
        let member = |id: &str, number: u64| Member {
            username: format!("{id}{number}"),
            user_type: id.to_owned(),
            role: None,
            disabled: None,
        };
        let members: Vec<_> =
            counts.iter().flat_map(|(id, count)| (0..*count).map(|number| member(id, number))).collect();
        let counts = counts.iter().map(|(id, count)| ((ItemKind::UserType, (*id).to_owned()), *count)).collect();
        let account = |user_type: &Option<&str>| BuiltInAccount {
            username: "esri".to_owned(),
            user_type: user_type.map(str::to_owned),
        };
        let built_in = built_in.iter().map(account).collect();
        Usage { counts, built_in, unnamed, roles: by_role(&members), members: Some(members), ..Usage::default() }
    }

    /// The counts with the built-in accounts, where there are so many seats. What has no seats here has enough.
    fn with(usage: &Usage, user_types: &[(&str, u64)]) -> Option<Vec<(String, u64)>> {
        let harms = |usage: &Usage| {
            let short = |id: &str, count: u64| {
                count.saturating_sub(user_types.iter().find(|(other, _)| *other == id).map_or(u64::MAX, |one| one.1))
            };
            let counts = usage.in_use().filter(|(_, id, count)| short(id, *count) > 0);
            let harm = |(_, id, count): (ItemKind, &str, u64)| {
                let locked_out = usage.roles.get(id).map_or(0, |roles| roles.values().sum());
                let at = crate::time::Instant::from_epoch_ms(0);
                (id.to_owned(), Harm { at, locked_out, short: short(id, count) })
            };
            counts.map(harm).collect()
        };
        let with = usage.with_built_in(user_types.iter().map(|(id, _)| *id), harms)?;
        Some(with.in_use().map(|(_, id, count)| (id.to_owned(), count)).collect())
    }

    #[test]
    fn built_in_accounts_are_counted_where_they_may_be() {
        assert_eq!(with(&usage(&[("a", 3)], &[], 0), &[("a", 3), ("b", 0)]), None);
        assert_eq!(
            with(&usage(&[("a", 3)], &[Some("b"), Some("b")], 0), &[("a", 3)]).unwrap(),
            [("a".into(), 3), ("b".into(), 2)]
        );
    }

    #[test]
    fn a_built_in_account_without_a_user_type_counts_once_and_where_it_does_most() {
        let counts = |usage: &Usage, seats: &[(&str, u64)]| {
            with(usage, seats).unwrap().into_iter().map(|(_, count)| count).collect::<Vec<_>>()
        };
        let full = || usage(&[("a", 4), ("b", 9)], &[None], 0);
        assert_eq!(counts(&full(), &[("a", 4), ("b", 9)]), [4, 10], "more members are locked out of b");
        assert_eq!(counts(&full(), &[("a", 4), ("b", 10)]), [5, 9], "b has a seat to spare");
        assert_eq!(counts(&usage(&[("a", 4), ("b", 9)], &[None], 1), &[("a", 4), ("b", 9)]), [5, 10]);
        assert_eq!(
            counts(&usage(&[("a", 4), ("b", 9)], &[None], 1), &[("a", 4), ("b", 10)]),
            [4, 11],
            "b needs both accounts to be short"
        );
        assert_eq!(with(&full(), &[("a", 9), ("b", 99)]), None, "nowhere do they do harm");
    }

    #[test]
    fn a_count_that_is_larger_than_the_list_has_some_of_them_already() {
        let mut usage = usage(&[("a", 3)], &[Some("a"), Some("a")], 0);
        usage.counts.insert((ItemKind::UserType, "a".to_owned()), 4);
        assert_eq!(with(&usage, &[]).unwrap(), [("a".into(), 5)]);
        usage.counts.insert((ItemKind::UserType, "a".to_owned()), 5);
        assert_eq!(with(&usage, &[]), None);
    }
}
