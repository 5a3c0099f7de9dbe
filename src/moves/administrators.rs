//! Administrators keep user types that the role allows, and where there was a possible administrator, one is left at
//! all times.

use std::collections::{HashMap, HashSet};

use crate::license::{Compatible, possible_administrator_types};
use crate::moves::{MemberChange, MoveProblem, MoveProblemCode, Site};
use crate::text::{name, phrase};
use crate::usage::{Member, Privileges};

/// The changes that would give a known administrator a user type that is not known to be compatible with the role. A
/// user type that the license does not have is another problem.
#[must_use]
pub fn refused_administrators(site: &Site<'_>, changes: &[MemberChange<'_>]) -> Vec<MoveProblem> {
    let types = site.user_types();
    let mut problems = Vec::new();
    for MemberChange { member, to } in changes {
        let has_role = site.roles.of(member) == Privileges::Administrator;
        let is_compatible = site.compatible(to) == Compatible::Yes;
        if !types.contains_key(to) || is_compatible || !(has_role || site.signs_in(member)) {
            continue;
        }
        let role = member.role.as_deref().map_or_else(|| "not known".into(), name);
        let who = match has_role {
            true => phrase![name(&member.username), " is an administrator (role ", role, ")"],
            false => {
                phrase![name(&member.username), " signs in to do this, so must be an administrator (role ", role, "),"]
            }
        };
        let why = match site.compatible(to) {
            Compatible::No => "which is not compatible with the Administrator role",
            _ => {
                "of which nobody says whether it is compatible with the Administrator role: give the administrator list"
            }
        };
        problems.push(MoveProblem {
            code: MoveProblemCode::AdministratorType,
            username: Some(member.username.clone()),
            user_types: vec![(*to).to_owned()],
            message: phrase![who, " and is to have ", name(to), ", ", why],
        });
    }
    problems
}

/// Counts the possible administrators who can sign in, while members change user type.
#[derive(Debug)]
pub struct Watch<'s> {
    site: &'s Site<'s>,
    types: HashSet<&'s str>,
    members: HashMap<&'s str, &'s Member>,
    left: usize,
    /// Whether there was a possible administrator before the first change. If not, none can be missing.
    had_one: bool,
}

impl<'s> Watch<'s> {
    /// The count before the first change.
    #[must_use]
    pub fn new(site: &'s Site<'s>) -> Self {
        let types = possible_administrator_types(site.items, site.administrators, site.as_of);
        let may = |member: &&Member| site.roles.may_administer(member, &member.user_type, &types);
        let left = site.members.iter().filter(may).count();
        let members = site.members.iter().map(|member| (member.username.as_str(), member)).collect();
        Self { site, types, members, left, had_one: left > 0 }
    }

    /// Whether a member with this user type may be an administrator.
    #[must_use]
    pub fn may_administer(&self, member: &Member, user_type: &str) -> bool {
        self.site.roles.may_administer(member, user_type, &self.types)
    }

    /// Counts the change of a member's user type. The member must still have the user type of before.
    pub fn change(&mut self, username: &str, to: &str) {
        let Some(member) = self.members.get(username) else { return };
        let (before, after) = (self.may_administer(member, &member.user_type), self.may_administer(member, to));
        self.left = (self.left + usize::from(after)).saturating_sub(usize::from(before));
    }

    /// Whether there was a possible administrator before the first change, and none is left.
    #[must_use]
    pub fn is_over(&self) -> bool {
        self.had_one && self.left == 0
    }
}

/// The problem that the changes leave no possible administrator; `None` where one is left, or where there was none
/// before.
#[must_use]
pub fn no_administrator_left(site: &Site<'_>, changes: &[MemberChange<'_>]) -> Option<MoveProblem> {
    let types = site.user_types();
    let mut watch = Watch::new(site);
    let known = changes.iter().filter(|change| types.contains_key(change.to));
    known.for_each(|change| watch.change(&change.member.username, change.to));
    watch.is_over().then(|| nobody_left(""))
}

/// The problem that no possible administrator is left; `when` says during which part of the moves.
pub(crate) fn nobody_left(when: &str) -> MoveProblem {
    MoveProblem {
        code: MoveProblemCode::NoAdministratorLeft,
        username: None,
        user_types: Vec::new(),
        message: format!(
            "{when}nobody would be left who may be an administrator and can sign in: not disabled, with a role that is or may \
             be an administrator's, and a user type with seats that is or may be compatible with it"
        )
        .into(),
    }
}
