//! The JSON of `seatline moves`, version 1. Fields may be added, never changed.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::answers::FailureReport;
use crate::answers::schema_name;
use crate::moves::MoveProblem;
use crate::text::Phrase;
use crate::time::Instant;

/// The answer of `seatline moves`: the order in which members can change user type.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct MovesReport {
    /// The name of this form: `seatline/moves/v1`.
    #[cfg_attr(test, schemars(extend("const" = MovesReport::SCHEMA)))]
    #[serde(deserialize_with = "schema_name::read::<MovesReport, _>")]
    pub schema: Cow<'static, str>,
    /// The instant of the moves: its seats count.
    pub as_of: Instant,
    /// The source of the license: its envelope's `source`, else the name of the input; null where an input could not be
    /// read.
    pub source: Option<String>,
    /// The license's file, by the name that messages give it; null where an input could not be read.
    pub file: Option<String>,
    /// The number of the document in the input, from 0.
    pub document: usize,
    /// The time at which the license was fetched, as its envelope says; null where no envelope says it.
    pub fetched_at: Option<String>,
    /// The version of the license, as the text that stands there.
    pub version: Option<String>,
    /// Whether there is an order and no problem; null if an input could not be read.
    pub possible: Option<bool>,
    /// The result in words: "possible in 2 requests", or what the portal did of it.
    pub verdict: String,
    /// How many members the list has. The list is trusted to be complete.
    pub members: u64,
    /// How many members change user type.
    pub moves: u64,
    /// How many accounts the portal of `--apply` counts and does not name, where these may be members who are left out here: no
    /// count by user type says that they have none, or they have a user type that `--map` empties. Else 0.
    pub unnamed: u64,
    /// How many members already have the user type that they are to have.
    pub unchanged: u64,
    /// The most members that one request moves.
    pub batch_size: u64,
    /// The user types that lose or get members.
    pub user_types: Vec<MovedType>,
    /// The requests, in order; empty where there is no order.
    pub batches: Vec<MoveBatch>,
    /// The members who wait in the user type of `--park`, and so are in two requests, where there is no other order.
    pub parked: Vec<ParkedReport>,
    /// Why the moves are not possible.
    pub problems: Vec<MoveProblem>,
    /// Facts that could not be looked up and are relied on, and what members lose meanwhile.
    pub notes: Vec<Phrase>,
    /// The moves that the portal made; null where nothing was sent.
    pub applied: Option<AppliedReport>,
    /// The inputs that could not be read.
    pub failures: Vec<FailureReport>,
    /// Whether a member who waits would make an order. It is no part of the document.
    #[serde(skip)]
    pub waiting: WaitingAdvice,
}

/// Whether a member who waits in a third user type would make an order where there is none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct WaitingAdvice {
    /// In one of the user types of this license, with these members.
    pub helps: bool,
    /// In the user type that was named, or else in any, once it is known which roles are those of administrators.
    pub helps_by_roles: bool,
}

/// The result of the moves, by the members that the portal lists afterwards. Where they cannot be listed, the result is that of the
/// portal's answers to each request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct AppliedReport {
    /// The URL of the portal, with its context.
    pub portal: String,
    /// The path of the journal: the command with the same journal goes on where this one ended.
    pub journal: String,
    /// Whether every member has the new user type; null where nobody knows: the portal did not answer a request, and may still
    /// carry it out, its members cannot be listed afterwards, or the wait for a list that lags behind was cut short.
    pub done: Option<bool>,
    /// Whether the members were listed after the last request.
    pub listed: bool,
    /// The members who have the new user type, those moved by an earlier run with the same journal included.
    pub moved: Vec<String>,
    /// The members whose change the portal reported as done, and who are no longer members.
    pub gone: Vec<String>,
    /// The users whom the portal had reported as moved into a user type to wait in, who never got the new user type, and who
    /// are no longer members.
    pub gone_waiting: Vec<WaitingReport>,
    /// The members who still have the user type of before, or wait in the user type of `--park`.
    pub open: Vec<String>,
    /// The members in `open` who wait in the user type of `--park`.
    pub waiting: Vec<WaitingReport>,
    /// The members in `open` of whom the portal answered that it did not change them.
    pub refused: Vec<RefusedReport>,
    /// The members in `open` of whom the portal's last answer is missing: it may still give them the user type that the request
    /// asked for.
    pub unanswered: Vec<AskedReport>,
    /// The members in `open` whom the portal reported as changed, and whom its list shows with another user type.
    pub contradicted: Vec<AskedReport>,
    /// The members who have none of these user types.
    pub elsewhere: Vec<ElsewhereReport>,
    /// The members who joined a user type of `--map` after the plan was made, and were not moved: the same command run
    /// again moves them.
    pub joined: Vec<JoinedReport>,
    /// Why not all requests were sent, or why the members cannot be listed; null where neither is so.
    pub stopped: Option<String>,
}

impl AppliedReport {
    /// The number of users of whom it tells.
    pub(crate) fn users(&self) -> usize {
        let left = self.gone.len() + self.gone_waiting.len();
        self.moved.len() + left + self.open.len() + self.elsewhere.len()
    }
}

/// A member, with the user type that a request asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct AskedReport {
    /// The user name, as the portal writes it.
    pub username: String,
    /// The id of the user type that the request asked for.
    pub user_type: String,
}

/// A user who waits in a third user type and does not have the new one yet, or who left the portal while waiting.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct WaitingReport {
    /// The user name, as the portal writes it.
    pub username: String,
    /// The id of the user type in which the user waits, or waited.
    pub user_type: String,
}

/// A member who has neither the user type of before nor the new user type.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct ElsewhereReport {
    /// The user name, as the portal writes it.
    pub username: String,
    /// The user type that the member has; null for a user who is no longer a member.
    pub user_type: Option<String>,
}

/// A member whom the portal did not change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct RefusedReport {
    /// The user name, as the portal writes it.
    pub username: String,
    /// The portal's reason, in its own words; null where it gave none.
    pub reason: Option<String>,
}

/// A member who joined a user type of `--map` after the plan was made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct JoinedReport {
    /// The user name, as the portal writes it.
    pub username: String,
    /// The id of the user type that the member joined.
    pub user_type: String,
    /// The id of the user type that `--map` gives for it.
    pub to: String,
}

/// A user type that loses or gets members.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct MovedType {
    /// The id of the user type, as it stands in the license.
    pub id: String,
    /// The seats at the as-of, by the cautious reading.
    pub seats: u64,
    /// The members before the first move.
    pub before: u64,
    /// How many members leave this user type.
    pub leaving: u64,
    /// How many members get this user type.
    pub coming: u64,
    /// The members after the last move.
    pub after: u64,
}

/// A member who waits in a third user type.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct ParkedReport {
    /// The user name, as the portal writes it.
    pub username: String,
    /// The id of the user type that the member has before the moves.
    pub from: String,
    /// The id of the user type in which the member waits: that of `--park`.
    pub via: String,
    /// The id of the user type that the member gets in the end.
    pub to: String,
    /// The number of the request, from 1, that moves the member into the user type to wait in.
    pub first_request: u64,
    /// The number of the request, from 1, that moves the member on.
    pub last_request: u64,
}

/// Members who get one user type with one request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct MoveBatch {
    /// The id of the user type that these members get.
    pub user_type: String,
    /// The user names of the members, as the portal writes them, in the order of the request.
    pub users: Vec<String>,
    /// The user type that each member had, in the order of `users`.
    pub from: Vec<String>,
    /// The free seats of the user type before this request.
    pub free_seats: u64,
}
