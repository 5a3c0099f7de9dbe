//! The status of an item: what can be said of it in one word.

use std::fmt;

use serde::{Deserialize, Serialize};

/// The status of an item at an instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// There are seats now.
    Active,
    /// There are no seats yet, and some later.
    Upcoming,
    /// There are no seats, but some before and some later: a gap.
    Lapsed,
    /// There are no seats any more.
    Expired,
    /// There are no seats at any time.
    Empty,
}

impl Status {
    /// Every status.
    pub const ALL: [Self; 5] = [Self::Active, Self::Upcoming, Self::Lapsed, Self::Expired, Self::Empty];

    /// The word for it, the same in every output.
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
