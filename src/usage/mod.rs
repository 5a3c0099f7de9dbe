//! What is assigned today: how many members hold each user type, and how many seats of everything else are taken.
//!
//! It comes from what the portal says of itself ([`DocumentKind::LicenseResource`](crate::source::DocumentKind),
//! member counts, pages of members) or from a CSV of members. Where two sources count the same thing they must agree.

mod built_in;
mod counts;
mod installed;
mod members;
mod origin;
mod pages;
mod plan;
mod reader;
mod resource;
mod tally;
mod whole;

pub use built_in::BUILT_IN;
pub use installed::{Installed, InstalledItem, Told};
pub use members::{Member, ORG_ADMIN};
pub use plan::Plan;
pub use reader::{Contents, UsageReader};

pub(crate) use counts::page_of as counts_page;
pub(crate) use members::{NOBODY, page_of as members_page};
pub(crate) use pages::{Chain, Listed, Page, PageFault};
pub(crate) use reader::unnamed;

use std::collections::{BTreeMap, BTreeSet};

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
    counts: BTreeMap<(ItemKind, String), u64>,
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
    fn new(tallies: &[Tally], members: Option<Vec<Member>>, sources: Vec<String>, notes: Vec<String>) -> Self {
        let mut usage = Self { sources, members, notes, ..Self::default() };
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

    /// Everything that somebody has, by kind and id.
    pub fn in_use(&self) -> impl Iterator<Item = (ItemKind, &str, u64)> {
        let in_use = self.counts.iter().filter(|(_, count)| **count > 0);
        in_use.map(|((kind, id), count)| (*kind, id.as_str(), *count))
    }

    /// How many members of a user type are locked out when it runs short: all that are no administrators. Members whose
    /// role is not known count as none, and so do `planned` ones, who are not there yet.
    #[must_use]
    pub fn locked_out(&self, id: &str, planned: u64, administrator_roles: &[String]) -> LockedOut {
        let Some(members) = &self.members else {
            let assigned = self.assigned(ItemKind::UserType, id).unwrap_or(0);
            return LockedOut { members: assigned.saturating_add(planned), upper_bound: true };
        };
        let mut locked_out = LockedOut { members: planned, upper_bound: planned > 0 };
        for member in members.iter().filter(|member| member.user_type == id) {
            match &member.role {
                Some(_) if member.is_administrator(administrator_roles) => {}
                role => {
                    locked_out.members = locked_out.members.saturating_add(1);
                    // Of a role of the site's own nobody has said what it may do, unless some are named that are administrators'.
                    let named = !administrator_roles.is_empty();
                    let known = role.as_ref().is_some_and(|role| named || role.starts_with("org_"));
                    locked_out.upper_bound |= !known;
                }
            }
        }
        locked_out
    }
}
