//! The lines of a journal.

use serde::{Deserialize, Serialize};

use crate::moves::Wanted;
use crate::time::Instant;

/// A line of the journal. Instants are RFC 3339.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "kebab-case", rename_all_fields = "camelCase")]
pub enum JournalEntry {
    /// The first line: what is to be done.
    Begin {
        /// `seatline/journal/v1`.
        schema: String,
        /// When.
        at: String,
        /// The portal: `https://HOST/CONTEXT`.
        portal: String,
        /// What the command asked for.
        said: WantedMoves,
        /// What that meant for the members there were: every move, in the order of the plan.
        moves: Vec<JournalMove>,
    },
    /// A request is about to be sent. Without a line after it nobody knows what became of it.
    Sending {
        /// When.
        at: String,
        /// The user type they are to get.
        user_type: String,
        /// Who.
        users: Vec<String>,
    },
    /// What the portal answered to it.
    Answered {
        /// When.
        at: String,
        /// Those of whom it said that it was done.
        done: Vec<String>,
        /// Those of whom it did not.
        not_done: Vec<String>,
        /// Why not, of those of whom it said so.
        #[serde(default)]
        reasons: Vec<MemberReason>,
    },
    /// There was no answer to it, or none that says what was done.
    Failed {
        /// When.
        at: String,
        /// What happened.
        message: String,
    },
    /// Members were read from the portal.
    Read {
        /// When.
        at: String,
        /// How many of the moves are done.
        done: usize,
        /// Who does not have the new user type.
        open: Vec<String>,
        /// Who got the new user type or one in between, by what the portal said, and is no member any more.
        #[serde(default)]
        gone: Vec<String>,
    },
    /// What a later run adds: members who joined a user type of `--map` meanwhile are moved too, and others than before wait in
    /// a third user type.
    Added {
        /// When.
        at: String,
        /// Their moves.
        moves: Vec<JournalMove>,
    },
    /// All of it is done, by what the portal says of its members.
    Done {
        /// When.
        at: String,
    },
}

/// What the command asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct WantedMoves {
    /// Members and the user type they are to have.
    pub moves: Vec<(String, String)>,
    /// User types, and the one that all of their members are to have.
    pub maps: Vec<(String, String)>,
}

impl From<&Wanted> for WantedMoves {
    fn from(wanted: &Wanted) -> Self {
        let moves = wanted.moves.iter().map(|one| (one.username.clone(), one.user_type.clone()));
        Self { moves: moves.collect(), maps: wanted.maps.clone() }
    }
}

/// A member who is to change user type.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct JournalMove {
    /// The user name.
    pub username: String,
    /// The user type of before.
    pub from: String,
    /// Those to wait in, where the new one has no seat yet: mostly none.
    #[serde(default)]
    pub via: Vec<String>,
    /// The new one.
    pub to: String,
}

/// Why a member was not changed, as the portal says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MemberReason {
    /// The user name.
    pub username: String,
    /// In the portal's words.
    pub reason: String,
}

/// An instant as the journal has it.
pub(super) fn at(now: Instant) -> String {
    now.to_string()
}
