//! What is assigned today: how many members hold each user type, and how many seats of everything else are taken.
//!
//! It comes from what the portal says of itself ([`DocumentKind::LicenseResource`](crate::source::DocumentKind),
//! member counts, pages of members) or from a CSV of members. Where two sources count the same thing they must agree.

mod account;
#[cfg(feature = "portal")]
mod answered;
mod built_in;
mod counts;
mod given;
mod installed;
mod item_ids;
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
mod user_types;
mod whole;
mod words;

pub use account::LeftOut;
pub use built_in::is_built_in;
pub use given::GivenUsage;
pub use installed::{Installed, InstalledItem};
pub use members::Member;
pub use names::{NoType, TypeNames};
pub use plan::{Plan, Planned};
pub use reader::{Contents, UsageReader};
pub use roles::{Privileges, Roles, UnknownRole};

#[cfg(feature = "portal")]
pub(crate) use {
    answered::{counts_page, members_page},
    members::NOBODY,
    pages::{Chain, Listed, Page, PageFault, unnamed},
};

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::license::ItemKind;
use tally::Tally;

/// What is assigned today, as far as it was counted.
#[derive(Clone, Debug, Default)]
pub struct Usage {
    /// The names of the inputs, in order.
    pub sources: Vec<String>,
    /// All members, where they were given one by one.
    pub members: Option<Vec<Member>>,
    /// What whoever relies on it must know.
    pub notes: Vec<String>,
    /// The portal's built-in accounts that were named and not counted.
    pub built_in: Vec<BuiltInAccount>,
    counts: BTreeMap<(ItemKind, String), u64>,
    /// For each user type the members of each role.
    roles: HashMap<String, BTreeMap<Option<String>, u64>>,
    /// Of these kinds every id was counted; one that is not there is assigned to nobody.
    complete: BTreeSet<ItemKind>,
}

/// An account of the portal itself that was not counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BuiltInAccount {
    /// The user name.
    pub username: String,
    /// The id of its user type, where it is told.
    pub user_type: Option<String>,
}

/// How many members a shortage locks out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LockedOut {
    /// Members of the user type without administrator privileges.
    pub members: u64,
    /// Whether there may be fewer: the role of some of them is not known.
    pub upper_bound: bool,
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

    /// The same after so many members changed from one user type to another; each of these user types was counted.
    pub(crate) fn after_moves(&self, moves: &BTreeMap<(&str, &str), u64>, members: Option<Vec<Member>>) -> Self {
        let mut after = Self { roles: by_role(members.as_deref().unwrap_or_default()), members, ..self.clone() };
        // Leaving first: a count may be as large as a count can be.
        for ((from, _), count) in moves {
            let left = after.counts.entry((ItemKind::UserType, (*from).to_owned())).or_default();
            *left = left.saturating_sub(*count);
        }
        for ((_, to), count) in moves {
            let held = after.counts.entry((ItemKind::UserType, (*to).to_owned())).or_default();
            *held = held.saturating_add(*count);
        }
        after
    }

    /// The same with the built-in accounts counted that were left out; `None` where that changes nothing.
    #[must_use]
    pub fn with_built_in(&self) -> Option<Self> {
        let mut with = self.clone();
        for id in self.built_in.iter().filter_map(|account| account.user_type.as_ref()) {
            let count = with.counts.entry((ItemKind::UserType, id.clone())).or_default();
            *count = count.saturating_add(1);
        }
        (with.counts != self.counts).then_some(with)
    }

    /// How many seats of an item are assigned; `None` where nobody counted.
    #[must_use]
    pub fn assigned(&self, kind: ItemKind, id: &str) -> Option<u64> {
        let counted = self.counts.get(&(kind, id.to_owned())).copied();
        counted.or_else(|| self.complete.contains(&kind).then_some(0))
    }

    /// Whether every id of a kind was counted.
    #[must_use]
    pub fn is_counted(&self, kind: ItemKind) -> bool {
        self.complete.contains(&kind)
    }

    /// With nobody so far: of every kind nothing is assigned.
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

    /// Everything that somebody has, by kind and id.
    pub fn in_use(&self) -> impl Iterator<Item = (ItemKind, &str, u64)> {
        let in_use = self.counts.iter().filter(|(_, count)| **count > 0);
        in_use.map(|((kind, id), count)| (*kind, id.as_str(), *count))
    }

    /// How many members of a user type are locked out when it runs short: all that are no administrators. Members whose
    /// role is not known count as none, and so do `planned` ones, who are not there yet.
    #[must_use]
    pub fn locked_out(&self, id: &str, planned: u64, roles: Roles<'_>) -> LockedOut {
        if self.members.is_none() {
            let assigned = self.assigned(ItemKind::UserType, id).unwrap_or(0);
            return LockedOut { members: assigned.saturating_add(planned), upper_bound: true };
        }
        let mut locked_out = LockedOut { members: planned, upper_bound: planned > 0 };
        for (role, members) in self.roles.get(id).into_iter().flatten() {
            let privileges = roles.privileges(role.as_deref());
            if privileges != Privileges::Administrator {
                locked_out.members = locked_out.members.saturating_add(*members);
                locked_out.upper_bound |= privileges == Privileges::Unknown;
            }
        }
        locked_out
    }
}

/// For each user type the members of each role.
fn by_role(members: &[Member]) -> HashMap<String, BTreeMap<Option<String>, u64>> {
    let mut roles: HashMap<String, BTreeMap<Option<String>, u64>> = HashMap::new();
    for member in members {
        *roles.entry(member.user_type.clone()).or_default().entry(member.role.clone()).or_default() += 1;
    }
    roles
}
