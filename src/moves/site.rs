//! The site that moves are planned for: the members, and the license that is installed.

use std::collections::HashMap;

use crate::license::{Administrator, AdministratorList, Compatible, Item, ItemKind, foreign_list};
use crate::text::Phrase;
use crate::time::{Instant, Zone};
use crate::usage::{Member, Roles};

/// The members and the license, and the instant of the moves.
#[derive(Clone, Debug)]
pub struct Site<'s> {
    /// The instant at which the members change user type; its seats count.
    pub as_of: Instant,
    /// The zone of calendar days, and of the dates in messages.
    pub zone: Zone,
    /// All members of the portal.
    pub members: &'s [Member],
    /// How the roles of members are read.
    pub roles: Roles<'s>,
    /// All items of the license.
    pub items: &'s [Item<'s>],
    /// The administrator list of the license, where there is one.
    pub administrators: Option<&'s AdministratorList>,
    /// The member who signs in to make the moves, and is moved last.
    pub last: Option<&'s str>,
}

/// A member who is to have a user type.
#[derive(Clone, Copy, Debug)]
pub struct MemberChange<'s> {
    /// The member, still with the user type of before.
    pub member: &'s Member,
    /// The id of the new user type.
    pub to: &'s str,
}

impl MemberChange<'_> {
    /// Whether the member already has the new user type.
    #[must_use]
    pub fn is_none(&self) -> bool {
        self.member.user_type == self.to
    }
}

impl<'s> Site<'s> {
    /// The user types of the license, by id.
    pub(super) fn user_types(&self) -> HashMap<&'s str, &'s Item<'s>> {
        let user_types = self.items.iter().filter(|item| item.kind == ItemKind::UserType);
        user_types.map(|item| (item.id.as_ref(), item)).collect()
    }

    /// The remark that the administrator list probably belongs to another license; `None` where it fits.
    #[must_use]
    pub fn foreign_list(&self) -> Option<Phrase> {
        foreign_list(&self.administrators?.foreign_to(self.items))
    }

    pub(super) fn compatible(&self, id: &str) -> Compatible {
        Administrator::of(id, self.administrators).compatible
    }

    /// Whether the moves are made with this member's sign-in.
    pub(crate) fn signs_in(&self, member: &Member) -> bool {
        self.last == Some(member.username.as_str())
    }
}
