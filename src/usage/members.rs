//! Members: pages of `portals/self/users`, answers of a search, and single members.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};

use crate::json::{JsonKind, Place, Pointer, Raw, members};
use crate::license::{ItemKind, id};
use crate::source::{Failure, FailureCode};
use crate::usage::account::{Account, LeftOut, TypeText};
use crate::usage::origin::DocumentOrigin;
use crate::usage::pages::ListPage;
use crate::usage::tally::{KindCounts, Tally};

/// A member of the portal. A disabled member still holds a seat (published for ArcGIS Online, inferred here).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// The user name, as the portal writes it.
    pub username: String,
    /// As the portal writes it; a table may have names of user types in its place.
    pub user_type: String,
    /// The id or the name of the role; `None` where it is not known.
    pub role: Option<String>,
    /// Whether the account is disabled; `None` where it is not known.
    pub disabled: Option<bool>,
}

members! {
    /// A page of `portals/self/users`, or of `portals/self/users/search`.
    UsersPage {
        "users" => users: Place<Vec<Place<User<'a>>>>,
        /// The members that a search found.
        "results" => results: Place<Vec<Place<User<'a>>>>,
        /// The text that the search was for.
        "query" => query: Raw<'a>,
        /// How many members there are on all pages.
        "total" => total: Raw<'a>,
        /// The number of the first member on this page.
        "start" => start: Raw<'a>,
        /// The number of the first member on the next page, or -1.
        "nextStart" => next_start: Raw<'a>,
    }
}

members! {
    /// An element of `users`.
    User {
        "username" => username: Raw<'a>,
        "userLicenseTypeId" => user_type: Raw<'a>,
        /// The ids of the assigned extensions, where the request asked for them.
        "userLicenseTypeExtensions" => extensions: Raw<'a>,
        /// `org_admin`, `org_user` and so on, or the generated id of a role that the site made.
        "role" => role: Raw<'a>,
        /// Whether the account is disabled.
        "disabled" => disabled: Raw<'a>,
    }
}

/// Reads a page of members. Accounts that are left out need no user type.
pub(super) fn page(origin: DocumentOrigin<'_>, left_out: &LeftOut) -> Result<ListPage<Account>, Failure> {
    if origin.text().starts_with('[') {
        let users = origin.read::<Place<Vec<Place<User<'_>>>>>()?;
        let accounts = accounts(origin, &Pointer::default(), users.elements(), left_out)?;
        return ListPage::new(origin, [Raw::default(); 3], accounts);
    }
    let page = origin.read::<Place<UsersPage<'_>>>()?;
    let page = page.here().cloned().unwrap_or_default();
    let (list, users) = if page.users.here().is_some() { ("users", &page.users) } else { ("results", &page.results) };
    if let Some(query) = page.query.string().filter(|query| !finds_everybody(query)) {
        let message = format!(
            "this is what a search for {query:?} found, and nobody knows whether that is everybody: take \
             HOST/CONTEXT/sharing/rest/portals/self/users?f=json&num=100, or search for the organization (orgid) alone"
        );
        return Err(Failure {
            pointer: Some(Pointer::of(&["query"])),
            ..origin.failure(FailureCode::Incomplete, message)
        });
    }
    let accounts = accounts(origin, &Pointer::of(&[list]), users.elements(), left_out)?;
    ListPage::new(origin, [page.total, page.start, page.next_start], accounts)
}

fn accounts(
    origin: DocumentOrigin<'_>,
    list: &Pointer,
    users: &[Place<User<'_>>],
    left_out: &LeftOut,
) -> Result<Vec<Account>, Failure> {
    let read = |(index, user): (usize, &Place<User<'_>>)| {
        account(origin, &list.clone().index(index), &user.here().cloned().unwrap_or_default(), left_out)
    };
    users.iter().enumerate().map(read).collect()
}

/// Reads a single member.
pub(super) fn alone(origin: DocumentOrigin<'_>, left_out: &LeftOut) -> Result<Account, Failure> {
    let user = origin.read::<Place<User<'_>>>()?;
    account(origin, &Pointer::default(), &user.here().cloned().unwrap_or_default(), left_out)
}

fn account(origin: DocumentOrigin<'_>, at: &Pointer, user: &User<'_>, left_out: &LeftOut) -> Result<Account, Failure> {
    let at = |member: &str| at.clone().key(member);
    let username = id(user.username).map_err(|why| origin.unreadable(at("username"), format!("a username {why}")))?;
    let user_type = match id(user.user_type) {
        Ok(id) => Some(TypeText::id(id)),
        Err(_) if left_out.holds(&username) => None,
        Err(why) => {
            let message = format!(
                "the userLicenseTypeId of {username} {why}, so nobody knows whose seat it is: \
                 HOST/CONTEXT/sharing/rest/portals/self/users?f=json&num=100 tells it of everybody who has one; give this member a user type \
                 at the portal (Organization, Members)"
            );
            return Err(origin.unreadable(at("userLicenseTypeId"), message));
        }
    };
    let extensions = match user.extensions.kind() {
        Some(JsonKind::Array) => user.extensions.strings(),
        _ => None,
    };
    Ok(Account {
        username: username.into_owned(),
        user_type,
        role: id(user.role).ok().map(Cow::into_owned),
        disabled: user.disabled.boolean(),
        extensions,
        at: None,
    })
}

/// Whether a search finds every member: it asks for the organization, and may leave out the built-in accounts.
fn finds_everybody(query: &str) -> bool {
    let plain = query.replace(['(', ')'], " ");
    let mut terms = plain.split_whitespace().filter(|term| !term.eq_ignore_ascii_case("and"));
    terms.all(|term| {
        let term = term.to_ascii_lowercase();
        ["*", "*:*"].contains(&term.as_str()) || term.starts_with("orgid:") || term.starts_with("accountid:")
    })
}

/// The message about an empty list: a portal always has members.
pub(crate) const NOBODY: &str = "the list is empty, but every portal has at least one member";

/// Counts a list of members; `complete` says whether the list names all members.
///
/// # Errors
/// Where the list is empty, or has a member twice: then the list changed while it was read, and another member is
/// missing.
pub(super) fn tally(name: &str, members: &[Member], complete: bool) -> Result<Tally, Failure> {
    if members.is_empty() {
        return Err(Failure::new(name, FailureCode::Incomplete, NOBODY));
    }
    let mut seen = HashMap::new();
    let mut by_id: BTreeMap<String, u64> = BTreeMap::new();
    for member in members {
        if let Some(other) = seen.insert(member.username.as_str(), member.user_type.as_str()) {
            let message = format!(
                "{} is there twice ({other} and {}), so somebody else may be missing: was the list changed while it was \
                 read?",
                member.username, member.user_type
            );
            return Err(Failure::new(name, FailureCode::Contradiction, message));
        }
        *by_id.entry(member.user_type.clone()).or_default() += 1;
    }
    let counts = KindCounts { by_id, complete };
    Ok(Tally::new(name, ItemKind::UserType, counts))
}

#[cfg(test)]
mod tests {
    use super::finds_everybody;

    #[test]
    fn a_search_for_the_organization_finds_everybody() {
        for query in ["orgid:0123456789ABCDEF", "(orgid:1) AND (accountid:1)", "*", "", "orgid:1 and *:*"] {
            assert!(finds_everybody(query), "{query}");
        }
        for query in ["username:j*", "orgid:1 AND role:org_admin", "jane", "orgid:1 NOT disabled:true", "-orgid:1"] {
            assert!(!finds_everybody(query), "{query}");
        }
    }
}
