//! The lines of a journal.

use serde::{Deserialize, Serialize};

use crate::moves::Wanted;
use crate::time::Instant;

/// A line of the journal. Instants are RFC 3339.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "kebab-case", rename_all_fields = "camelCase")]
#[non_exhaustive]
pub enum JournalEntry {
    /// The first line: the moves that are to be made.
    Begin {
        /// The name of the journal's form: `seatline/journal/v1`.
        schema: String,
        /// When the line was written.
        at: String,
        /// The portal: `https://HOST/CONTEXT`.
        portal: String,
        /// The moves that the command asked for.
        said: WantedMoves,
        /// The moves of single members that followed from it at the time, in the order of the plan.
        moves: Vec<JournalMove>,
    },
    /// A request is about to be sent. Without a line after this one, nobody knows whether the portal carried the
    /// request out.
    Sending {
        /// When the line was written.
        at: String,
        /// The id of the user type that the users are to get.
        user_type: String,
        /// The names of the users in the request.
        users: Vec<String>,
    },
    /// The portal's answer to the request of the line before.
    Answered {
        /// When the line was written.
        at: String,
        /// Users whom the portal reported as changed.
        done: Vec<String>,
        /// Users whom the portal did not report as changed.
        not_done: Vec<String>,
        /// Users in `not_done` of whom the answer says neither that they were changed nor that they were not.
        #[serde(default)]
        silent: Vec<String>,
        /// The portal's reasons for users whom it did not change; users without a reason are left out.
        #[serde(default)]
        reasons: Vec<MemberReason>,
    },
    /// The request of the line before got no answer, or none that says which users were changed.
    Failed {
        /// When the line was written.
        at: String,
        /// The error, in words.
        message: String,
        /// Whether the portal may have carried the request out, or may still do so.
        #[serde(default = "is_not_known")]
        may_be_done: bool,
    },
    /// The members were read from the portal again.
    Read {
        /// When the line was written.
        at: String,
        /// How many of the moves are done.
        done: usize,
        /// Users who do not have the new user type.
        open: Vec<String>,
        /// Users whom the portal had reported as moved into the new user type or one to wait in, and who are no longer members.
        #[serde(default)]
        gone: Vec<String>,
        /// Whether the list may lag behind what the portal answered: the wait for it was cut short.
        #[serde(default)]
        may_lag: bool,
    },
    /// Moves that a later run adds: those of members who joined a user type of `--map` meanwhile, and those of members
    /// who wait in a third user type and did not by the plan before.
    Added {
        /// When the line was written.
        at: String,
        /// In the order of the plan.
        moves: Vec<JournalMove>,
    },
    /// Every member has the new user type, by the list of members that the portal gave last.
    Done {
        /// When the line was written.
        at: String,
    },
}

/// A journal of an older version does not say whether a request may have been carried out.
fn is_not_known() -> bool {
    true
}

/// The moves that the command asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct WantedMoves {
    /// User names, each with the id of the user type that the member is to have.
    pub moves: Vec<(String, String)>,
    /// Ids of user types, each with the id of the user type that all of its members are to have.
    pub maps: Vec<(String, String)>,
}

impl From<&Wanted> for WantedMoves {
    fn from(wanted: &Wanted) -> Self {
        let moves = wanted.moves.iter().map(|one| (one.username.clone(), one.user_type.clone()));
        Self { moves: moves.collect(), maps: wanted.maps.clone() }
    }
}

/// The move of a member from one user type to another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct JournalMove {
    /// The user name, as the portal writes it.
    pub username: String,
    /// The id of the user type that the member has before the moves.
    pub from: String,
    /// The ids of the user types to wait in, where the new user type has no free seat yet; mostly none.
    #[serde(default)]
    pub via: Vec<String>,
    /// The id of the user type that the member gets in the end.
    pub to: String,
}

/// Why a member was not changed, as the portal says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct MemberReason {
    /// The user name, as the portal writes it.
    pub username: String,
    /// The portal's reason, in its own words.
    pub reason: String,
}

/// An instant in the form that the journal uses.
pub(super) fn at(now: Instant) -> String {
    now.to_string()
}
