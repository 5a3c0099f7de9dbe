//! The problems that stand against moves.

use serde::{Deserialize, Serialize};

use crate::text::Phrase;

/// A problem that stands against moves.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct MoveProblem {
    /// What is wrong, as one word for programs, such as `deadlock`.
    pub code: MoveProblemCode,
    /// The name of the member that the problem is about; null where it is about none.
    pub username: Option<String>,
    /// The ids of the user types that the problem is about.
    pub user_types: Vec<String>,
    /// What is wrong and what to do, for people.
    pub message: Phrase,
}

/// What stands against moves, as one word for programs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum MoveProblemCode {
    /// No member has this name.
    UnknownUser,
    /// Two members, or two user types, have names that a CSV writes in the same form.
    AmbiguousName,
    /// A member is to have two user types.
    TwoTargets,
    /// The license has no user type of this id; perhaps one in another case.
    UnknownType,
    /// The user type has no seats at the as-of.
    NoSeats,
    /// The seats of the user type at the as-of are not certain.
    SeatsNotCertain,
    /// Nobody counted the members of the user type.
    NotCounted,
    /// An administrator's new user type is not compatible with the role, or nobody says whether it is.
    AdministratorType,
    /// During the moves or after them, no possible administrator who can sign in would be left.
    NoAdministratorLeft,
    /// After the moves, more members have a user type than it has seats.
    EndsShort,
    /// Full user types only exchange members among themselves.
    Deadlock,
    /// The member who has to come last has a seat that another member needs before.
    HeldByLast,
    /// Somebody else changed a member's user type after the moves had begun.
    ChangedMeanwhile,
}
