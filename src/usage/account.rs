//! An account in a list of members, before it is known which user type its text means.

use crate::json::Position;
use crate::source::{Failure, FailureCode};
use crate::usage::built_in::is_built_in;
use crate::usage::names::{NoType, TypeNames};
use crate::usage::pages::Listed;

/// In which form a source names user types.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum UserTypeForm {
    /// An id in an answer of the portal. A text that is not the name of another user type is taken as an id, even if
    /// unknown.
    Id,
    /// An id, in a column of ids that people or programs wrote.
    IdColumn,
    /// An id or a name, in a column that may hold either.
    Column,
}

/// The text that stands for a user type, and the form in which its source names user types.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct TypeText {
    pub(crate) text: String,
    pub(crate) given: UserTypeForm,
}

impl TypeText {
    pub(crate) fn id(text: impl Into<String>) -> Self {
        Self { text: text.into(), given: UserTypeForm::Id }
    }

    /// The id of the user type that the text means.
    ///
    /// # Errors
    /// Where the text may mean two user types, or none.
    pub(super) fn find(&self, names: &TypeNames) -> Result<String, NoType> {
        // A portal may have ids that differ in case only, so an id is taken as it is written.
        if self.given == UserTypeForm::Id {
            if names.is_id_in_any_case(&self.text) {
                return Ok(self.text.clone());
            }
            // A portal may have user types that the catalogue does not know.
            return names.find_exact(&self.text).unwrap_or_else(|| Ok(self.text.clone()));
        }
        match (names.find(&self.text), self.given) {
            // So may a list of ids that somebody wrote, unless the id looks like a mistake.
            (Err(NoType::Unknown(near)), UserTypeForm::IdColumn) if near.is_empty() => Ok(self.text.clone()),
            (found, _) => found,
        }
    }
}

/// An account in a list of members.
#[derive(Clone, Debug)]
pub(crate) struct Account {
    pub(crate) username: String,
    /// `None` only for accounts that are left out.
    pub(crate) user_type: Option<TypeText>,
    pub(crate) role: Option<String>,
    pub(crate) disabled: Option<bool>,
    /// The extensions that are assigned to the account, where the source states them.
    pub(crate) extensions: Option<Vec<String>>,
    /// Where its user type stands, for an account in a table.
    pub(crate) at: Option<Position>,
}

impl Listed for Account {
    const ACCOUNTS: bool = true;

    fn key(&self) -> &str {
        &self.username
    }
}

/// Which accounts of a list do not count as members.
#[derive(Clone, Debug, Default)]
pub struct LeftOut {
    /// Whether the portal's built-in accounts count as members.
    pub include_built_in: bool,
    /// The user names of further accounts that do not count.
    pub exclude: Vec<String>,
}

impl LeftOut {
    pub(super) fn holds(&self, username: &str) -> bool {
        (!self.include_built_in && is_built_in(username)) || self.exclude.iter().any(|name| name == username)
    }
}

/// A failure at a place of a table, or about the whole table.
pub(super) fn at_place(source: &str, position: Option<Position>, code: FailureCode, message: String) -> Failure {
    Failure { position, ..Failure::new(source, code, message) }
}
