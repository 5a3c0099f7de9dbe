//! Members, one by one: pages of `portals/self/users`, or a CSV of the same columns.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};

use crate::json::{Place, Pointer, Raw, members};
use crate::license::{ItemKind, id};
use crate::source::{Columns, Failure, FailureCode, Source, sheet};
use crate::usage::origin::Origin;
use crate::usage::pages::{Listed, Page};
use crate::usage::tally::{Counts, Tally};

/// A member of the portal. A disabled one still holds a seat (published for ArcGIS Online, inferred here).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// The user name.
    pub username: String,
    /// The id of the one user type that the member has.
    pub user_type: String,
    /// The role, where it is known: the id of a role, or its name.
    pub role: Option<String>,
    /// Whether the account is disabled, where it is known.
    pub disabled: Option<bool>,
}

members! {
    /// A page of `portals/self/users`.
    UsersPage {
        /// The members.
        "users" => users: Place<Vec<Place<User<'a>>>>,
        /// How many there are on all pages.
        "total" => total: Raw<'a>,
        /// The number of the first one on this page.
        "start" => start: Raw<'a>,
        /// That of the first one on the next page, or -1.
        "nextStart" => next_start: Raw<'a>,
    }
}

members! {
    /// An element of `users`.
    User {
        /// The user name.
        "username" => username: Raw<'a>,
        /// The id of the user type.
        "userLicenseTypeId" => user_type: Raw<'a>,
        /// The role.
        "role" => role: Raw<'a>,
        /// A boolean.
        "disabled" => disabled: Raw<'a>,
    }
}

impl Listed for Member {
    const ACCOUNTS: bool = true;

    fn key(&self) -> &str {
        &self.username
    }
}

/// A page of members.
pub(super) fn page(origin: Origin<'_>) -> Result<Page<Member>, Failure> {
    let page = origin.read::<Place<UsersPage<'_>>>()?;
    let page = page.here().cloned().unwrap_or_default();
    let mut elements = Vec::new();
    for (index, user) in page.users.elements().iter().enumerate() {
        let at = |member: &str| Pointer::of(&["users"]).index(index).key(member);
        let user = user.here().cloned().unwrap_or_default();
        let username =
            id(user.username).map_err(|why| origin.unreadable(at("username"), format!("a username {why}")))?;
        let user_type = id(user.user_type).map_err(|why| {
            let message = format!("the userLicenseTypeId of {username} {why}, so nobody knows whose seat it is");
            origin.unreadable(at("userLicenseTypeId"), message)
        })?;
        elements.push(Member {
            username: username.into_owned(),
            user_type: user_type.into_owned(),
            role: id(user.role).ok().map(Cow::into_owned),
            disabled: user.disabled.boolean(),
        });
    }
    Page::new(origin, [page.total, page.start, page.next_start], elements)
}

/// A list without anybody is no list of members.
pub(crate) const NOBODY: &str = "there is nobody in it, and every portal has a member";

const COLUMNS: Columns =
    Columns { required: &["username", "userLicenseTypeId"], optional: &["role", "disabled"], others: true };

/// The members of a CSV.
pub(super) fn from_csv(source: &Source) -> Result<Vec<Member>, Failure> {
    let mut members = Vec::new();
    for row in sheet::rows(source, COLUMNS)? {
        let text = |column: usize| row.cell(column).unwrap_or_default().to_owned();
        let disabled = match row.cell(3).map(str::to_ascii_lowercase).as_deref() {
            None => None,
            Some("false" | "no" | "0") => Some(false),
            Some("true" | "yes" | "1") => Some(true),
            Some(other) => return Err(row.failure(source, format!("disabled is true or false, and not {other:?}"))),
        };
        members.push(Member { username: text(0), user_type: text(1), role: row.cell(2).map(str::to_owned), disabled });
    }
    Ok(members)
}

/// What a list of members counts.
///
/// # Errors
/// Where there is none, or one is there twice: a list that changed while it was read, in which somebody else is missing.
pub(super) fn tally(name: &str, members: &[Member]) -> Result<Tally, Failure> {
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
    let counts = Counts { by_id, complete: true };
    Ok(Tally { name: name.to_owned(), kinds: BTreeMap::from([(ItemKind::UserType, counts)]) })
}

/// Lists of the same members become one, with every role that one of them knows.
///
/// # Errors
/// Where one list has a member, or a user type or a role of a member, that the other has not.
pub(super) fn merge(lists: Vec<(String, Vec<Member>)>) -> Result<Option<Vec<Member>>, Failure> {
    let mut lists = lists.into_iter();
    let Some((first_name, mut members)) = lists.next() else { return Ok(None) };
    for (name, others) in lists {
        let mut others: HashMap<_, _> = others.into_iter().map(|member| (member.username.clone(), member)).collect();
        for member in &mut members {
            let same = others.remove(&member.username).filter(|other| {
                let roles = member.role.as_ref().zip(other.role.as_ref());
                other.user_type == member.user_type && roles.is_none_or(|(one, other)| one == other)
            });
            let Some(other) = same else { return Err(differ(&name, &first_name, &member.username)) };
            member.role = member.role.take().or(other.role);
            member.disabled = member.disabled.or(other.disabled);
        }
        if let Some(username) = others.keys().min() {
            return Err(differ(&name, &first_name, username));
        }
    }
    Ok(Some(members))
}

fn differ(name: &str, other: &str, username: &str) -> Failure {
    let message =
        format!("{username} is not the same here as in {other}: give what was taken at one time, or one of them");
    Failure::new(name, FailureCode::Contradiction, message)
}
