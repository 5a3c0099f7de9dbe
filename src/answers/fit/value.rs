//! The JSON of `seatline fit`, version 1. Until 1.0 fields may still change where the changelog says so.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::answers::schema_name;
use crate::answers::until::UntilIs;
use crate::answers::{Costs, FailureReport, FindingReport, ItemEntries};
use crate::license::ItemKind;
use crate::moves::MoveProblem;
use crate::seats::{Need, SeatTimeline};
use crate::severity::Severity;
use crate::time::Instant;
use crate::usage::UnknownRole;

/// Whether what is assigned, and what is planned, fits a license.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct FitReport {
    /// `seatline/fit/v1`.
    #[cfg_attr(test, schemars(extend("const" = FitReport::SCHEMA)))]
    #[serde(deserialize_with = "schema_name::read::<FitReport, _>")]
    pub schema: Cow<'static, str>,
    /// The instant from which on it must fit.
    pub as_of: Instant,
    /// The last instant at which it must fit; null where the license could not be read and no instant was given.
    pub until: Option<Instant>,
    /// Why the look ends there.
    pub until_is: Option<UntilIs>,
    /// The instant from which on no user type of the license has seats; null where there is none.
    pub license_end: Option<Instant>,
    /// False where something does not certainly fit from `asOf` to `until`, both included. Else null where something is
    /// planned of which nobody counted how much is assigned, or where an input could not be read. Else true.
    pub fits: Option<bool>,
    /// The answer in words.
    pub verdict: String,
    /// The first time at which something does not certainly fit, if that is at or before `until`.
    pub first_misfit: Option<Misfit>,
    /// Where the license is from: the name of the input, or what an envelope says; null where it could not be read.
    pub source: Option<String>,
    /// The file that was read.
    pub file: Option<String>,
    /// Which document of the input, from 0.
    pub document: usize,
    /// When it was fetched, as its envelope says; null where that is not told.
    pub fetched_at: Option<String>,
    /// The version of the file, as it stands there.
    pub version: Option<String>,
    /// The names of the inputs that tell of usage.
    pub usage: Vec<String>,
    /// The name of the plan; null where there is none.
    pub plan: Option<String>,
    /// Lines of the plan that begin after `until`, and so are not counted.
    pub later_plan: Vec<LaterLine>,
    /// How many members change user type first; null where no moves were given.
    pub moves: Option<u64>,
    /// How many members were given one by one; null where only counts were.
    pub members: Option<u64>,
    /// How many of them are disabled; they hold a seat all the same. Null where it is not known of each.
    pub disabled_members: Option<u64>,
    /// The roles of which nobody says whether they are administrators'.
    pub unknown_roles: Vec<UnknownRole>,
    /// Every item of the license with seats, and every one that is assigned or planned.
    pub items: Vec<FitItem>,
    /// Kinds of item that the license has and of which nobody counted anything.
    pub not_counted: Vec<ItemKind>,
    /// Why `moves` would refuse the moves that come first.
    pub problems: Vec<MoveProblem>,
    /// What the seats cost that are owned, that are assigned to nobody, and that lack; null without a list of prices.
    pub costs: Option<Costs>,
    /// What else is worth knowing.
    pub notes: Vec<String>,
    /// What was not plainly read in the license.
    pub findings: Vec<FindingReport>,
    /// The inputs that could not be read.
    pub failures: Vec<FailureReport>,
}

/// A time at which something does not certainly fit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Misfit {
    /// Its first instant.
    pub at: Instant,
    /// The first instant at which everything fits again; null where that never is.
    pub to: Option<Instant>,
    /// What does not certainly fit at its first instant.
    pub items: Vec<MisfitItem>,
    /// Members without administrator privileges who are locked out then.
    pub locked_out: u64,
    /// Whether there may be fewer, since not every role is known.
    pub locked_out_is_upper_bound: bool,
    /// How many more items do not certainly fit at some later time, at the latest at `until`.
    pub later: u64,
}

/// An item that does not certainly fit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct MisfitItem {
    /// Whether it is a user type, an app bundle, an extension, an app or a capability.
    pub kind: ItemKind,
    /// The id as it stands in the license, compared byte for byte.
    pub id: String,
    /// Whether there are certainly too few seats; otherwise it is not certain how many there are.
    pub short: bool,
}

/// A line of the plan that is not counted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct LaterLine {
    /// Whether it is a user type, an app bundle, an extension, an app or a capability.
    pub kind: ItemKind,
    /// The id as it stands in the license, compared byte for byte.
    pub id: String,
    /// How many seats more are to be assigned.
    pub count: u64,
    /// From when on.
    pub from: Instant,
}

/// An item, and how much of it is in use.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct FitItem {
    /// Whether it is a user type, an app bundle, an extension, an app or a capability.
    pub kind: ItemKind,
    /// The id as it stands in the license, compared byte for byte.
    pub id: String,
    /// The document's name for it.
    pub name: Option<String>,
    /// Its published name.
    pub known_as: Option<String>,
    /// Whether the license has it at all. If not, there are no seats of it, and it is perhaps retired.
    pub in_license: bool,
    /// What perhaps took its place, where the license does not have it.
    pub retired: Option<String>,
    /// The id of the license that was perhaps meant, where the license does not have this one and nobody knows it.
    pub near: Option<String>,
    /// The retired ids whose seats count as seats of this one.
    pub replaces: Vec<Replaced>,
    /// Seats that are assigned at the as-of, with what is planned to be by then; null where nobody counted.
    pub assigned: Option<u64>,
    /// How many the plan adds at or before `until`.
    pub planned: u64,
    /// Seats at the as-of.
    pub usable_seats: u64,
    /// Usable seats less assigned ones: negative is over-assigned.
    pub available: Option<i64>,
    /// Assigned in percent of usable, rounded down to a tenth; null where there are no seats or nobody counted.
    #[cfg_attr(test, schemars(range(min = 0, max = 900_719_925_474_099_100_u64)))]
    pub use_percent: Option<f64>,
    /// Whether that is a warning or an error; null where it is neither.
    pub use_level: Option<Severity>,
    /// Whether the seats at the as-of are certain.
    pub certain: bool,
    /// From when on they are not; null for never.
    pub certain_until: Option<Instant>,
    /// Whether it fits from `asOf` to `until`, certainly. Where nobody counted it is false if not even the plan by itself
    /// fits, and else null.
    pub fits: Option<bool>,
    /// The first instant, from the as-of on, at which it does not certainly fit, also after `until`; null for never.
    pub fits_until: Option<Instant>,
    /// The first time there are too few seats, also after `until`.
    pub first_shortage: Option<Shortage>,
    /// The most seats that lack at once from `asOf` to `until`; null where none do, or nobody says how many are needed.
    pub most_short: Option<MostShort>,
    /// All of its seats over time, for pages that can be moved to another day.
    #[serde(skip)]
    pub(crate) timeline: SeatTimeline,
    /// What is assigned and planned over time.
    #[serde(skip)]
    pub(crate) need: Option<Need>,
    /// Where the seats come from, once [`FitReport::add_entries`] has told.
    #[serde(skip)]
    pub(crate) told: ItemEntries,
}

/// A retired id whose seats count as seats of its successor.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Replaced {
    /// The id.
    pub id: String,
    /// Seats of it that are assigned at the as-of, with what is planned to be by then.
    pub assigned: u64,
    /// Whether it is inferred and not published that the successor takes its place.
    pub perhaps: bool,
}

/// Too few seats.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Shortage {
    /// Its first instant.
    pub at: Instant,
    /// The first instant at which there are enough again; null where that never is.
    pub to: Option<Instant>,
    /// The seats at its first instant.
    pub seats: u64,
    /// What is assigned then, with what is planned to be.
    pub assigned: u64,
    /// How many are missing then.
    pub short: u64,
    /// Whether the whole license ends then, or less than 24 hours later.
    pub is_license_end: bool,
    /// How many members are locked out then: all of the user type without administrator privileges. Null for everything
    /// else than user types.
    pub locked_out: Option<u64>,
    /// Whether there may be fewer, since not every role is known.
    pub locked_out_is_upper_bound: bool,
}

/// The most seats that lack at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct MostShort {
    /// The first instant at which so many lack.
    pub at: Instant,
    /// What is assigned then, with what is planned to be.
    pub assigned: u64,
    /// The seats to rely on then.
    pub seats: u64,
    /// How many are missing then.
    pub short: u64,
    /// Whether the seats are certain then.
    pub certain: bool,
}
