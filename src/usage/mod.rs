//! What is assigned today: how many members hold each user type, and how many seats of everything else are taken.
//!
//! It comes from what the portal says of itself ([`DocumentKind::LicenseResource`](crate::source::DocumentKind),
//! member counts, pages of members) or from a CSV of members. Where two sources count the same thing they must agree.

mod counts;
mod installed;
mod members;
mod origin;
mod pages;
mod plan;
mod reader;
mod resource;
mod roles;
mod tally;
mod whole;

pub use installed::{Installed, InstalledItem, Told};
pub use members::Member;
pub use plan::Plan;
pub use reader::{Contents, UsageReader};
pub use roles::{Privileges, Roles, UnknownRole, is_built_in};

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
    counts: BTreeMap<(ItemKind, String), u64>,
    /// For each user type the members of each role.
    roles: HashMap<String, BTreeMap<Option<String>, u64>>,
    /// Of these kinds every id was counted; one that is not there is assigned to nobody.
    complete: BTreeSet<ItemKind>,
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
    fn new(tallies: &[Tally], members: Option<Vec<Member>>, sources: Vec<String>) -> Self {
        let mut usage = Self { sources, members, ..Self::default() };
        for member in usage.members.iter().flatten() {
            let roles = usage.roles.entry(member.user_type.clone()).or_default();
            *roles.entry(member.role.clone()).or_default() += 1;
        }
        for tally in tallies {
            for (kind, counts) in &tally.kinds {
                if counts.complete {
                    usage.complete.insert(*kind);
                }
                usage.counts.extend(counts.by_id.iter().map(|(id, count)| ((*kind, id.clone()), *count)));
            }
        }
        usage
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
