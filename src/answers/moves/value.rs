//! The JSON of `seatline moves`, version 1. Fields may be added, never changed.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::answers::FailureReport;
use crate::answers::schema_name;
use crate::moves::MoveProblem;
use crate::time::Instant;

/// In which order members can change user type.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct MovesReport {
    /// `seatline/moves/v1`.
    #[cfg_attr(test, schemars(extend("const" = MovesReport::SCHEMA)))]
    #[serde(deserialize_with = "schema_name::read::<MovesReport, _>")]
    pub schema: Cow<'static, str>,
    /// The instant of the moves: its seats count.
    pub as_of: Instant,
    /// Where the license is from: what its envelope says, else the name of the input; null where an input could not be read.
    pub source: Option<String>,
    /// The file that was read.
    pub file: Option<String>,
    /// Which document of the input, from 0.
    pub document: usize,
    /// When it was fetched, as its envelope says; null where that is not told.
    pub fetched_at: Option<String>,
    /// The version of the file, as it stands there.
    pub version: Option<String>,
    /// Whether there is an order, and nothing to object; null where an input could not be read.
    pub possible: Option<bool>,
    /// How many members there are. They are trusted as complete.
    pub members: u64,
    /// How many of them change user type.
    pub moves: u64,
    /// How many have the user type already that they are to have.
    pub unchanged: u64,
    /// The most members that one batch moves.
    pub batch_size: u64,
    /// The user types that lose or get members, before and after.
    pub user_types: Vec<MovedType>,
    /// The requests, in order; none where it is not possible.
    pub batches: Vec<MoveBatch>,
    /// Who is in two of them, since there is no other order: members who wait in the user type of `--park`.
    pub parked: Vec<ParkedReport>,
    /// Why it is not possible.
    pub problems: Vec<MoveProblem>,
    /// What could not be looked at, and is trusted.
    pub notes: Vec<String>,
    /// What became of it at the portal; null where nothing was sent.
    pub applied: Option<AppliedReport>,
    /// The inputs that could not be read.
    pub failures: Vec<FailureReport>,
}

/// What became of the moves, by the members that the portal has afterwards.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct AppliedReport {
    /// The portal.
    pub portal: String,
    /// The name of the journal.
    pub journal: String,
    /// Whether everyone has the new user type.
    pub done: bool,
    /// Who has it; also from an earlier run with the same journal.
    pub moved: Vec<String>,
    /// Who got it, by what the portal answered, and is no member any more.
    pub gone: Vec<String>,
    /// Who waited in a third user type, by what the portal answered, never got the new one, and is no member any more.
    pub gone_waiting: Vec<GoneWaitingReport>,
    /// Who still has the user type of before, or the one in between.
    pub open: Vec<String>,
    /// Those of them of whom the portal answered that it did not change them.
    pub refused: Vec<RefusedReport>,
    /// Who has neither.
    pub elsewhere: Vec<ElsewhereReport>,
    /// Who joined a user type of `--map` after the plan was made, and was not moved: the same command run again moves them.
    pub joined: Vec<JoinedReport>,
    /// Why not all requests were sent; null where they were.
    pub stopped: Option<String>,
}

/// A member who left while waiting in a third user type.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct GoneWaitingReport {
    /// The user name.
    pub username: String,
    /// The user type in which that member waited.
    pub user_type: String,
}

/// A member who has neither the user type of before nor the new one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct ElsewhereReport {
    /// The user name.
    pub username: String,
    /// The user type; null for one who is no member any more.
    pub user_type: Option<String>,
}

/// A member whom the portal did not change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct RefusedReport {
    /// The user name.
    pub username: String,
    /// Why not, in the portal's words; null where it gave no reason.
    pub reason: Option<String>,
}

/// A member who joined a user type of `--map` after the plan was made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct JoinedReport {
    /// The user name.
    pub username: String,
    /// The user type.
    pub user_type: String,
    /// The one that `--map` gives for it.
    pub to: String,
}

/// A user type that loses or gets members.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct MovedType {
    /// The id of the user type.
    pub id: String,
    /// Seats at the as-of.
    pub seats: u64,
    /// Members before the first move.
    pub before: u64,
    /// How many leave.
    pub leaving: u64,
    /// How many come.
    pub coming: u64,
    /// Members after the last one.
    pub after: u64,
}

/// A member who waits in a third user type.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct ParkedReport {
    /// The user name.
    pub username: String,
    /// The user type of before.
    pub from: String,
    /// The one to wait in.
    pub via: String,
    /// The one to have.
    pub to: String,
    /// The number of the request with which the member begins to wait.
    pub first_request: u64,
    /// That of the request after which the member does not wait any more.
    pub last_request: u64,
}

/// Members who get a user type at once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct MoveBatch {
    /// The id of the user type they get.
    pub user_type: String,
    /// Their names.
    pub users: Vec<String>,
    /// The user type that each of them had, in the same order.
    pub from: Vec<String>,
    /// Free seats of the type before the first of them is moved.
    pub free_seats: u64,
}
