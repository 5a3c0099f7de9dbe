//! An account as a list gives it, before it is known which user type its text means.

use crate::source::{Failure, FailureCode, Source};
use crate::usage::built_in::is_built_in;
use crate::usage::names::{NoType, TypeNames};
use crate::usage::pages::Listed;

/// How a user type is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum UserTypeForm {
    /// As an id, in an answer of the portal. A text that is not the name of another user type is an id, known or not.
    Id,
    /// In a column of ids, by people or programs.
    IdColumn,
    /// In a column that may hold ids or names.
    Column,
}

/// The text of a user type.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct TypeText {
    pub(crate) text: String,
    pub(crate) given: UserTypeForm,
}

impl TypeText {
    pub(crate) fn id(text: impl Into<String>) -> Self {
        Self { text: text.into(), given: UserTypeForm::Id }
    }

    /// The id that it means.
    ///
    /// # Errors
    /// Where it may mean two, or none.
    pub(super) fn find(&self, names: &TypeNames) -> Result<String, NoType> {
        // A portal may have ids that differ in case only.
        if self.given == UserTypeForm::Id && names.is_id_in_any_case(&self.text) {
            return Ok(self.text.clone());
        }
        match (names.find(&self.text), self.given) {
            // A portal may have user types that the catalogue does not know.
            (Err(NoType::Unknown(_)), UserTypeForm::Id) => Ok(self.text.clone()),
            (Err(NoType::Unknown(near)), UserTypeForm::IdColumn) if near.is_empty() => Ok(self.text.clone()),
            (found, _) => found,
        }
    }
}

/// An account of a list.
#[derive(Clone, Debug)]
pub(crate) struct Account {
    pub(crate) username: String,
    /// Only accounts that are left out may lack it.
    pub(crate) user_type: Option<TypeText>,
    pub(crate) role: Option<String>,
    pub(crate) disabled: Option<bool>,
    /// The extensions that are assigned to it, where that is told.
    pub(crate) extensions: Option<Vec<String>>,
    /// The line in a table.
    pub(crate) line: Option<u64>,
}

impl Listed for Account {
    const ACCOUNTS: bool = true;

    fn key(&self) -> &str {
        &self.username
    }
}

/// Which accounts of a list are no members.
#[derive(Clone, Debug, Default)]
pub struct LeftOut {
    /// Count the portal's built-in accounts as members.
    pub include_built_in: bool,
    /// Accounts to leave out besides, by their user names.
    pub exclude: Vec<String>,
}

impl LeftOut {
    pub(super) fn holds(&self, username: &str) -> bool {
        (!self.include_built_in && is_built_in(username)) || self.exclude.iter().any(|name| name == username)
    }
}

/// A failure in a line of a table, or of the table.
pub(super) fn at_line(source: &str, line: Option<u64>, code: FailureCode, message: String) -> Failure {
    let failure = Failure::new(source, code, message);
    let position =
        line.and_then(|line| usize::try_from(line).ok()).map(|line| crate::json::Position { line, column: 1 });
    Failure { position, ..failure }
}

/// The failure of a record without a user type.
pub(super) fn without_type(source: &Source, username: &str, line: u64) -> Failure {
    let message = format!("there is no user type of {username} in this line, so nobody knows whose seat it is");
    at_line(source.name(), Some(line), FailureCode::BadCsv, message)
}
