//! Which members are administrators by their roles, and which may be.
//!
//! Answers of a portal hold the id of a role, and its member report the name. Esri's JavaScript client takes both
//! `org_admin` and the older `account_admin` for administrators. What members with a custom role may do, only the site
//! knows.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use crate::text::nearest;
use crate::usage::{Member, is_built_in};

/// The portal's own roles by id, and whether their members are administrators. The last is the default role Viewer.
const IDS: [(&str, bool); 7] = [
    ("org_admin", true),
    ("account_admin", true),
    ("org_publisher", false),
    ("org_user", false),
    ("account_publisher", false),
    ("account_user", false),
    ("iAAAAAAAAAAAAAAA", false),
];

/// The portal's own roles by name, and whether their members are administrators.
const NAMES: [(&str, bool); 5] =
    [("Administrator", true), ("Publisher", false), ("User", false), ("Viewer", false), ("Data Editor", false)];

/// How roles are read: the portal's own roles by what Esri publishes about them, and others by the roles that
/// `--admin-role` names.
#[derive(Clone, Copy, Debug, Default)]
pub struct Roles<'r> {
    named: &'r [String],
}

/// Whether the members of a role have administrator privileges.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Privileges {
    /// They have administrator privileges.
    Administrator,
    /// They have none.
    Member,
    /// Nobody says: the role is a custom role, or no role is given.
    Unknown,
}

/// A role that may or may not have administrator privileges.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct UnknownRole {
    /// The id or name of the role as the source has it; null for members without a role.
    pub role: Option<String>,
    /// How many members have this role.
    pub members: u64,
}

impl<'r> Roles<'r> {
    /// `named` are further administrator roles, besides the portal's own. If any role is named, no other custom role counts as an
    /// administrator's: whoever names roles has looked at all of them.
    #[must_use]
    pub const fn new(named: &'r [String]) -> Self {
        Self { named }
    }

    /// Whether nobody named roles of administrators, so that the privileges of the site's own roles are unknown.
    pub(crate) const fn are_guessed(self) -> bool {
        self.named.is_empty()
    }

    /// The privileges of members with a role.
    #[must_use]
    pub fn privileges(self, role: Option<&str>) -> Privileges {
        let Some(role) = role else { return Privileges::Unknown };
        if self.named.iter().any(|named| named == role) {
            return Privileges::Administrator;
        }
        match by_id(role).or_else(|| by_name(role)) {
            Some(true) => Privileges::Administrator,
            Some(false) => Privileges::Member,
            None if self.named.is_empty() => Privileges::Unknown,
            None => Privileges::Member,
        }
    }

    /// The privileges of a member.
    #[must_use]
    pub fn of(self, member: &Member) -> Privileges {
        self.privileges(member.role.as_deref())
    }

    /// Whether a member with this user type may be an administrator who can sign in. `types` comes from
    /// `possible_administrator_types`.
    #[must_use]
    pub fn may_administer(self, member: &Member, user_type: &str, types: &HashSet<&str>) -> bool {
        member.disabled != Some(true)
            && !is_built_in(&member.username)
            && self.of(member) != Privileges::Member
            && types.contains(user_type)
    }

    /// The roles with unknown privileges, those with the most members first.
    #[must_use]
    pub fn unknown(self, members: &[Member]) -> Vec<UnknownRole> {
        let mut counts: BTreeMap<Option<&str>, u64> = BTreeMap::new();
        for member in members.iter().filter(|member| self.of(member) == Privileges::Unknown) {
            *counts.entry(member.role.as_deref()).or_default() += 1;
        }
        let mut unknown: Vec<_> =
            counts.into_iter().map(|(role, members)| UnknownRole { role: role.map(str::to_owned), members }).collect();
        unknown.sort_by_key(|one| std::cmp::Reverse(one.members));
        unknown
    }

    /// The roles of these members that were recognized by name.
    #[must_use]
    pub fn read_by_name(self, members: &[Member]) -> BTreeSet<&str> {
        let roles = members.iter().filter_map(|member| member.role.as_deref());
        roles.filter(|role| by_id(role).is_none() && by_name(role).is_some() && !self.names(role)).collect()
    }

    /// A named role that no member has, and the most similar role that members have; `None` where no member has a known
    /// role.
    #[must_use]
    pub fn unheld<'m>(self, members: &'m [Member]) -> Option<(&'r str, Option<&'m str>)> {
        let held: BTreeSet<_> = members.iter().filter_map(|member| member.role.as_deref()).collect();
        let unheld = self.named.iter().find(|named| !held.is_empty() && !held.contains(named.as_str()))?;
        Some((unheld, nearest(unheld, held.into_iter())))
    }

    fn names(self, role: &str) -> bool {
        self.named.iter().any(|named| named == role)
    }
}

/// Whether two sources mean the same role, where one may give its id and the other its name.
pub(super) fn same_role(one: &str, other: &str) -> bool {
    let known = |role: &str| by_id(role).or_else(|| by_name(role));
    one == other || known(one).zip(known(other)).is_none_or(|(one, other)| one == other)
}

fn by_id(role: &str) -> Option<bool> {
    IDS.iter().find(|(id, _)| *id == role).map(|(_, administrator)| *administrator)
}

fn by_name(role: &str) -> Option<bool> {
    NAMES.iter().find(|(name, _)| name.eq_ignore_ascii_case(role.trim())).map(|(_, administrator)| *administrator)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn member(username: &str, role: Option<&str>) -> Member {
        let role = role.map(str::to_owned);
        Member { username: username.to_owned(), user_type: "creatorUT".to_owned(), role, disabled: None }
    }

    #[test]
    fn the_portals_own_roles_are_known_by_id_and_by_name() {
        for role in ["org_admin", "account_admin", "Administrator", "administrator", " ADMINISTRATOR "] {
            assert_eq!(Roles::default().privileges(Some(role)), Privileges::Administrator, "{role}");
        }
        for role in
            ["org_publisher", "org_user", "account_publisher", "account_user", "iAAAAAAAAAAAAAAA", "Publisher", "User"]
                .into_iter()
                .chain(["Viewer", "data editor"])
        {
            assert_eq!(Roles::default().privileges(Some(role)), Privileges::Member, "{role}");
        }
        for role in ["GISLead", "iAAAAAAAAAAAAAAa", "ORG_ADMIN", "org_viewer", "Administrators"] {
            assert_eq!(Roles::default().privileges(Some(role)), Privileges::Unknown, "{role}");
        }
        assert_eq!(Roles::default().privileges(None), Privileges::Unknown);
    }

    #[test]
    fn once_roles_are_named_all_others_are_known_not_to_be_administrators() {
        let named = ["GISLead".to_owned(), "org_user".to_owned()];
        let roles = Roles::new(&named);
        for (role, privileges) in [
            (Some("GISLead"), Privileges::Administrator),
            (Some("org_user"), Privileges::Administrator),
            (Some("org_admin"), Privileges::Administrator),
            (Some("Surveyor"), Privileges::Member),
            (None, Privileges::Unknown),
        ] {
            assert_eq!(roles.privileges(role), privileges, "{role:?}");
        }
    }

    #[test]
    fn who_may_administer() {
        let types = HashSet::from(["creatorUT"]);
        let may = |member: &Member, id| Roles::default().may_administer(member, id, &types);
        assert!(may(&member("ada", Some("org_admin")), "creatorUT"));
        assert!(may(&member("ada", Some("GISLead")), "creatorUT"));
        assert!(may(&member("ada", None), "creatorUT"));
        assert!(!may(&member("ada", Some("Publisher")), "creatorUT"));
        assert!(!may(&member("ada", Some("org_admin")), "viewerUT"));
        assert!(!may(&member("esri_nav", Some("org_admin")), "creatorUT"));
        assert!(!may(&Member { disabled: Some(true), ..member("ada", Some("org_admin")) }, "creatorUT"));
        assert!(may(&Member { disabled: Some(false), ..member("ada", Some("org_admin")) }, "creatorUT"));
    }

    #[test]
    fn what_is_not_known_is_named() {
        let members = [
            member("a", Some("GISLead")),
            member("b", None),
            member("c", Some("Surveyor")),
            member("d", Some("Surveyor")),
            member("e", Some("Viewer")),
            member("f", Some("org_user")),
        ];
        let unknown = Roles::default().unknown(&members);
        let unknown: Vec<_> = unknown.iter().map(|one| (one.role.as_deref(), one.members)).collect();
        assert_eq!(unknown, [(Some("Surveyor"), 2), (None, 1), (Some("GISLead"), 1)]);
        assert_eq!(Roles::default().read_by_name(&members), BTreeSet::from(["Viewer"]));
        let typo = ["gislead".to_owned()];
        assert_eq!(Roles::new(&typo).unheld(&members), Some(("gislead", Some("GISLead"))));
        let held = ["GISLead".to_owned(), "nobody's".to_owned()];
        assert_eq!(Roles::new(&held).unheld(&members), Some(("nobody's", None)));
        assert_eq!(Roles::new(&typo).unheld(&[member("a", None)]), None);
        assert_eq!(Roles::default().unheld(&members), None);
    }
}
