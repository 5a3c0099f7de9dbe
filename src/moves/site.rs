//! What moves are held against: the members, and the license that is installed.

use std::collections::HashMap;

use crate::license::{Administrator, AdministratorList, Compatible, Item, ItemKind, foreign_list};
use crate::time::{Instant, Zone};
use crate::usage::{Member, Roles};

/// The members and the license, and the instant of the moves.
#[derive(Clone, Debug)]
pub struct Site<'s> {
    /// The instant of the moves.
    pub as_of: Instant,
    /// For calendar days, and for dates in messages.
    pub zone: Zone,
    /// All members.
    pub members: &'s [Member],
    /// How their roles are read.
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
pub struct Change<'s> {
    /// The member, with the user type of before.
    pub member: &'s Member,
    /// The id of the new user type.
    pub to: &'s str,
}

impl Change<'_> {
    /// Whether the member has that user type already.
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

    /// What is said where the administrator list probably belongs to another license.
    #[must_use]
    pub fn foreign_list(&self) -> Option<String> {
        foreign_list(&self.administrators?.foreign_to(self.items))
    }

    pub(super) fn compatible(&self, id: &str) -> Compatible {
        Administrator::of(id, self.administrators).compatible
    }

    /// Nobody else can change user types.
    pub(crate) fn signs_in(&self, member: &Member) -> bool {
        self.last == Some(member.username.as_str())
    }
}
