//! What stands against moves.

use serde::{Deserialize, Serialize};

/// One thing that stands against moves.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct MoveProblem {
    /// Which sort of problem.
    pub code: MoveProblemCode,
    /// The member it speaks of, if of one.
    pub username: Option<String>,
    /// The user types it speaks of.
    pub user_types: Vec<String>,
    /// What is wrong and what to do, for people.
    pub message: String,
}

/// The sorts of problems.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum MoveProblemCode {
    /// No member has this name.
    UnknownUser,
    /// A CSV writes two members, or two user types, in this same way.
    AmbiguousName,
    /// A member is to have two user types.
    TwoTargets,
    /// The license has no user type of this id, perhaps one in other case.
    UnknownType,
    /// The user type has no seats at the as-of.
    NoSeats,
    /// Its seats at the as-of are not certain.
    SeatsNotCertain,
    /// Nobody counted the members of the user type.
    NotCounted,
    /// An administrator's new user type is not compatible with the role, or nobody says.
    AdministratorType,
    /// Nobody would be left who may be an administrator and can sign in, while the moves are made or after them.
    NoAdministratorLeft,
    /// A user type ends up with more members than seats.
    EndsShort,
    /// Full user types only exchange members among themselves.
    Deadlock,
    /// The member who has to come last holds a seat that somebody else needs before.
    HeldByLast,
}
