//! When and by how much an item has too few seats.

use serde::{Deserialize, Serialize};

use crate::time::Instant;

/// A period with too few seats.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Shortage {
    /// The first instant of the period.
    pub at: Instant,
    /// The first instant at which there are enough seats again; null where there is none.
    pub to: Option<Instant>,
    /// The seats at `at`.
    pub seats: u64,
    /// The seats that are assigned or planned at `at`.
    pub assigned: u64,
    /// How many seats are missing at `at`.
    pub short: u64,
    /// Whether the seats at `at` are certain.
    pub certain: bool,
    /// Whether the whole license ends at `at` or less than 24 hours later.
    pub is_license_end: bool,
    /// The number of members locked out at `at`: all members of the user type without administrator privileges. Null
    /// for other kinds than user types.
    pub locked_out: Option<u64>,
    /// Whether fewer members may be locked out, since not every role or not every seat count is known.
    pub locked_out_is_upper_bound: bool,
    /// How many of `lockedOut` are certainly locked out; null for other kinds than user types.
    pub locked_out_certainly: Option<u64>,
}

/// A later period with too few seats.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct LaterShortage {
    /// The first instant of the period.
    pub at: Instant,
    /// The first instant at which there are enough seats again; null where there is none.
    pub to: Option<Instant>,
    /// The most seats that are missing at one time of the period.
    pub short: u64,
    /// Whether the seats at `at` and when the most are missing are certain.
    pub certain: bool,
}

/// The time at which the most seats are missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct MostShort {
    /// The first instant at which this many seats are missing.
    pub at: Instant,
    /// The seats that are assigned or planned at `at`.
    pub assigned: u64,
    /// The seats at `at`, by the cautious reading.
    pub seats: u64,
    /// How many seats are missing at `at`.
    pub short: u64,
    /// Whether the seats at `at` are certain.
    pub certain: bool,
}
