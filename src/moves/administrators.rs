//! Administrators stay administrators, and one who can sign in is always left where there was one.

use std::collections::{HashMap, HashSet};

use crate::license::{Compatible, possible_administrator_types};
use crate::moves::{Change, MoveProblem, MoveProblemCode, Site};
use crate::usage::{Member, Privileges};

/// Changes that would give a known administrator a user type which is not known to be compatible with the role. Of a user
/// type that the license does not have, something else is said.
#[must_use]
pub fn refused_administrators(site: &Site<'_>, changes: &[Change<'_>]) -> Vec<MoveProblem> {
    let types = site.user_types();
    let mut problems = Vec::new();
    for Change { member, to } in changes {
        let has_role = site.roles.of(member) == Privileges::Administrator;
        let is_compatible = site.compatible(to) == Compatible::Yes;
        if !types.contains_key(to) || is_compatible || !(has_role || site.signs_in(member)) {
            continue;
        }
        let (name, role) = (&member.username, member.role.as_deref().unwrap_or("not known"));
        let who = if has_role {
            format!("{name} is an administrator (role {role})")
        } else {
            format!("{name} signs in to do this, so must be an administrator (role {role}),")
        };
        let why = match site.compatible(to) {
            Compatible::No => "which is not compatible with the Administrator role",
            _ => {
                "of which nobody says whether it is compatible with the Administrator role: give the administrator list"
            }
        };
        problems.push(MoveProblem {
            code: MoveProblemCode::AdministratorType,
            username: Some(name.clone()),
            user_types: vec![(*to).to_owned()],
            message: format!("{who} and is to have {to}, {why}"),
        });
    }
    problems
}

/// How many members may be administrators who can sign in, while members change user type.
#[derive(Debug)]
pub struct Watch<'s> {
    site: &'s Site<'s>,
    types: HashSet<&'s str>,
    members: HashMap<&'s str, &'s Member>,
    left: usize,
    /// Where nobody was one before, nobody is missed.
    had_one: bool,
}

impl<'s> Watch<'s> {
    /// Before the first change.
    #[must_use]
    pub fn new(site: &'s Site<'s>) -> Self {
        let types = possible_administrator_types(site.items, site.administrators, site.as_of);
        let may = |member: &&Member| site.roles.may_administer(member, &member.user_type, &types);
        let left = site.members.iter().filter(may).count();
        let members = site.members.iter().map(|member| (member.username.as_str(), member)).collect();
        Self { site, types, members, left, had_one: left > 0 }
    }

    /// Whether a member may be an administrator with a user type.
    #[must_use]
    pub fn may_administer(&self, member: &Member, user_type: &str) -> bool {
        self.site.roles.may_administer(member, user_type, &self.types)
    }

    /// Gives a member, who has the user type of before, another one.
    pub fn change(&mut self, username: &str, to: &str) {
        let Some(member) = self.members.get(username) else { return };
        let (before, after) = (self.may_administer(member, &member.user_type), self.may_administer(member, to));
        self.left = (self.left + usize::from(after)).saturating_sub(usize::from(before));
    }

    /// Whether nobody is left, and somebody was there before.
    #[must_use]
    pub fn is_over(&self) -> bool {
        self.had_one && self.left == 0
    }
}

/// What stands against changes that leave nobody who may be an administrator. Where no member was one before, none is
/// missed.
#[must_use]
pub fn no_administrator_left(site: &Site<'_>, changes: &[Change<'_>]) -> Option<MoveProblem> {
    let types = site.user_types();
    let mut watch = Watch::new(site);
    let known = changes.iter().filter(|change| types.contains_key(change.to));
    known.for_each(|change| watch.change(&change.member.username, change.to));
    watch.is_over().then(|| nobody_left(""))
}

/// The problem, with when it is so.
pub(crate) fn nobody_left(when: &str) -> MoveProblem {
    MoveProblem {
        code: MoveProblemCode::NoAdministratorLeft,
        username: None,
        user_types: Vec::new(),
        message: format!(
            "{when}nobody would be left who may be an administrator and can sign in: not disabled, with a role that is or may \
             be an administrator's, and a user type with seats that is or may be compatible with it"
        ),
    }
}
