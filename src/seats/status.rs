//! What can be said of an item in one word.

use std::fmt;

use serde::{Deserialize, Serialize};

/// The status of an item at an instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// There are seats.
    Active,
    /// None yet, some later.
    Upcoming,
    /// None, but some before and some later: a gap.
    Lapsed,
    /// None any more.
    Expired,
    /// None at any time.
    Empty,
}

impl Status {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Active, Self::Upcoming, Self::Lapsed, Self::Expired, Self::Empty];

    /// The word, as in every output.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Upcoming => "upcoming",
            Self::Lapsed => "lapsed",
            Self::Expired => "expired",
            Self::Empty => "empty",
        }
    }
}

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
