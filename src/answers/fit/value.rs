//! The JSON of `seatline fit`, version 1. Fields may be added, never changed.

use serde::Serialize;

use crate::answers::FindingReport;
use crate::license::ItemKind;
use crate::severity::Severity;
use crate::time::Instant;

/// Whether what is assigned, and what is planned, fits a license.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct FitReport {
    /// `seatline/fit/v1`.
    #[cfg_attr(test, schemars(extend("const" = FitReport::SCHEMA)))]
    pub schema: &'static str,
    /// The instant from which on it must fit.
    pub as_of: Instant,
    /// The last instant at which it must fit.
    pub until: Instant,
    /// The name of the license's input.
    pub source: String,
    /// The version of the file, as it stands there.
    pub version: Option<String>,
    /// The names of the inputs that tell of usage.
    pub usage: Vec<String>,
    /// The name of the plan; null where there is none.
    pub plan: Option<String>,
    /// How many members were given one by one; null where only counts were.
    pub members: Option<u64>,
    /// How many of them are disabled; they hold a seat all the same. Null where it is not known of each.
    pub disabled_members: Option<u64>,
    /// Whether every item that is in use or planned fits from `asOf` to `until`, both included, and all of it is certain.
    pub fits: bool,
    /// Every item of the license with seats, and every one that is assigned or planned.
    pub items: Vec<FitItem>,
    /// What was not plainly read in the license.
    pub findings: Vec<FindingReport>,
}

/// An item, and how much of it is in use.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct FitItem {
    /// What it is.
    pub kind: ItemKind,
    /// Its id.
    pub id: String,
    /// The document's name for it.
    pub name: Option<String>,
    /// Whether the license has it at all. If not, there are no seats of it, and it is perhaps retired.
    pub in_license: bool,
    /// What perhaps took its place, where the license does not have it.
    pub retired: Option<String>,
    /// Seats that are assigned at the as-of, with what is planned to be by then; null where nobody counted.
    pub assigned: Option<u64>,
    /// How many the plan adds, at any time.
    pub planned: u64,
    /// Seats at the as-of.
    pub usable_seats: u64,
    /// Usable seats less assigned ones: negative is over-assigned.
    pub available: Option<i64>,
    /// Assigned in percent of usable, rounded down to a tenth; null where there are no seats or nobody counted.
    pub use_percent: Option<f64>,
    /// Whether that is a warning or an error; null where it is neither.
    pub use_level: Option<Severity>,
    /// Whether the seats at the as-of are certain.
    pub certain: bool,
    /// From when on they are not; null for never.
    pub certain_until: Option<Instant>,
    /// Whether it fits from `asOf` to `until`, certainly; null where nobody counted. An item that is planned and not
    /// counted does not fit the whole.
    pub fits: Option<bool>,
    /// The first instant, from the as-of on, at which it does not certainly fit, also after `until`; null for never.
    pub fits_until: Option<Instant>,
    /// The first time there are too few seats, also after `until`.
    pub first_shortage: Option<Shortage>,
}

/// Too few seats.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Shortage {
    /// Its first instant.
    pub at: Instant,
    /// The seats then.
    pub seats: u64,
    /// What is assigned then, with what is planned to be.
    pub assigned: u64,
    /// How many are missing.
    pub short: u64,
    /// How many members are locked out: all of the user type without administrator privileges. Null for everything else
    /// than user types.
    pub locked_out: Option<u64>,
    /// Whether there may be fewer, since not every role is known.
    pub locked_out_is_upper_bound: bool,
}
