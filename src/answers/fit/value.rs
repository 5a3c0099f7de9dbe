//! The JSON of `seatline fit`, version 1. Until 1.0 fields may still change where the changelog says so.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::answers::fit::shortage::{LaterShortage, MostShort, Shortage};
use crate::answers::schema_name;
use crate::answers::until::UntilIs;
use crate::answers::{Costs, FailureReport, FindingReport, ItemEntries};
use crate::license::ItemKind;
use crate::moves::MoveProblem;
use crate::seats::{Need, SeatTimeline};
use crate::severity::Severity;
use crate::text::Phrase;
use crate::time::Instant;
use crate::usage::{LockedOut, UnknownRole};

/// The answer of `seatline fit`: whether the seats that are assigned, and those that are planned, fit a license.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct FitReport {
    /// The name of this form: `seatline/fit/v1`.
    #[cfg_attr(test, schemars(extend("const" = FitReport::SCHEMA)))]
    #[serde(deserialize_with = "schema_name::read::<FitReport, _>")]
    pub schema: Cow<'static, str>,
    /// The instant from which on the seats must suffice.
    pub as_of: Instant,
    /// The last instant at which the seats must suffice; null where the license could not be read and no instant was
    /// given.
    pub until: Option<Instant>,
    /// Why `until` is the last instant that is looked at; null where `until` is null.
    pub until_is: Option<UntilIs>,
    /// The instant from which on no user type of the license has seats, by the cautious reading; null where there is
    /// none.
    pub license_end: Option<Instant>,
    /// Whether the license ends then by every reading; null where `licenseEnd` is.
    pub license_end_certain: Option<bool>,
    /// False where an item does not certainly fit at some time from `asOf` to `until`, both included. Else null where
    /// the plan adds seats of a kind that nobody counted, or an input could not be read. Else true.
    pub fits: Option<bool>,
    /// The first line that people read: whether all fits until when, or what is short first.
    pub verdict: Phrase,
    /// The first period during which an item does not certainly fit, if it begins at or before `until`.
    pub first_misfit: Option<Misfit>,
    /// The source of the license: its envelope's `source`, else the name of the input; null where the license could not
    /// be read.
    pub source: Option<String>,
    /// The license's file, by the name that messages give it; null where an input could not be read.
    pub file: Option<String>,
    /// The number of the document in the input, from 0.
    pub document: usize,
    /// The time at which the license was fetched, as its envelope says; null where no envelope says it.
    pub fetched_at: Option<String>,
    /// The version of the license, as the text that stands there.
    pub version: Option<String>,
    /// The inputs that say how many seats are assigned, by the names that messages give them.
    pub usage: Vec<String>,
    /// The name of the plan; null where there is none.
    pub plan: Option<String>,
    /// Lines of the plan that begin after `until`, and so are not counted.
    pub later_plan: Vec<LaterLine>,
    /// How many members change user type first; null where no moves were given.
    pub moves: Option<u64>,
    /// How many members the usage lists one by one; null where it has counts only.
    pub members: Option<u64>,
    /// How many of these members are disabled; they hold a seat all the same. Null where this is not known of every
    /// member.
    pub disabled_members: Option<u64>,
    /// The roles that may or may not have administrator privileges.
    pub unknown_roles: Vec<UnknownRole>,
    /// Every item of the license that has seats, and every item that is assigned or planned.
    pub items: Vec<FitItem>,
    /// The kinds of item that the license has and nobody counted.
    pub not_counted: Vec<ItemKind>,
    /// Why `moves` would refuse the given moves; empty where it would not.
    pub problems: Vec<MoveProblem>,
    /// The costs of the license's seats, of seats assigned to nobody, and of missing seats; null without a list of
    /// prices.
    pub costs: Option<Costs>,
    /// Remarks besides the numbers.
    pub notes: Vec<Phrase>,
    /// The findings about entries of the license that could not be read plainly.
    pub findings: Vec<FindingReport>,
    /// The inputs that could not be read.
    pub failures: Vec<FailureReport>,
}

/// A period during which an item does not certainly fit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Misfit {
    /// The first instant of the period.
    pub at: Instant,
    /// The first instant at which everything fits again; null where there is none.
    pub to: Option<Instant>,
    /// The items that do not certainly fit at `at`.
    pub items: Vec<MisfitItem>,
    /// The number of members without administrator privileges who are locked out at `at`.
    pub locked_out: u64,
    /// Whether fewer members may be locked out, since not every role or not every seat count is known.
    pub locked_out_is_upper_bound: bool,
    /// How many of `lockedOut` are certainly locked out, whatever is not known.
    pub locked_out_certainly: u64,
    /// How many more items do not certainly fit at a later time, up to `until`.
    pub later: u64,
    /// The first instant after `to` at which one of `items` does not certainly fit again, up to `until`; null where there is
    /// none.
    pub again: Option<Instant>,
}

/// An item that does not certainly fit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct MisfitItem {
    /// User type, app bundle, extension or app.
    pub kind: ItemKind,
    /// The id as it stands in the license, compared byte for byte.
    pub id: String,
    /// True where there are certainly too few seats; false where it is not certain how many seats there are.
    pub short: bool,
}

/// A line of the plan that begins after `until`, and so is not counted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct LaterLine {
    /// User type, app bundle, extension or app.
    pub kind: ItemKind,
    /// The id as the plan gives it.
    pub id: String,
    /// How many seats the line adds.
    pub count: u64,
    /// The instant from which on the seats are to be assigned.
    pub from: Instant,
}

/// An item, its seats, and how many of them are assigned.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct FitItem {
    /// User type, app bundle, extension or app.
    pub kind: ItemKind,
    /// The id, compared byte for byte.
    pub id: String,
    /// The name in the document; null where it has none.
    pub name: Option<String>,
    /// The published name of the id; null where the id is not in the catalogue.
    pub known_as: Option<String>,
    /// Whether the license has the item. If not, there are no seats of it.
    pub in_license: bool,
    /// The note that the id is perhaps retired, and what took its place; null where the license has the item.
    pub retired: Option<String>,
    /// The id of the license that was perhaps meant; null where the license has this id or the catalogue knows it.
    pub near: Option<String>,
    /// The retired ids whose assigned seats count as seats of this item.
    pub replaces: Vec<Replaced>,
    /// The seats assigned at the as-of, those planned to be assigned by then included; null where nobody counted.
    pub assigned: Option<u64>,
    /// The seats that the plan adds at or before `until`.
    pub planned: u64,
    /// The seats at the as-of, by the cautious reading.
    pub usable_seats: u64,
    /// Usable seats less assigned seats, negative where over-assigned; null where nobody counted.
    pub available: Option<i64>,
    /// Assigned seats in percent of usable seats, rounded down to a tenth; null where there are no seats or nobody
    /// counted.
    #[cfg_attr(test, schemars(range(min = 0, max = 900_719_925_474_099_100_u64)))]
    pub use_percent: Option<f64>,
    /// The severity of this use by the thresholds; null where it is below them.
    pub use_level: Option<Severity>,
    /// Whether the seats at the as-of are certain.
    pub certain: bool,
    /// The first instant, from the as-of on, at which the seats are not certain; null for never.
    pub certain_until: Option<Instant>,
    /// Whether the item certainly fits from `asOf` to `until`. Where nobody counted, false if the planned seats alone
    /// do not fit, else null.
    pub fits: Option<bool>,
    /// The first instant, from the as-of on, at which the item does not certainly fit, also after `until`; null for
    /// never.
    pub fits_until: Option<Instant>,
    /// The number of members locked out at `fitsUntil`: all members of the user type without administrator privileges. Null
    /// for other kinds, and where `fitsUntil` is null.
    pub misfit_locked_out: Option<u64>,
    /// How many of them are certainly locked out: none where it is not certain that seats are missing.
    pub misfit_locked_out_certainly: Option<u64>,
    /// The first period with too few seats by the cautious reading, also after `until`; null where there is none.
    pub first_shortage: Option<Shortage>,
    /// The later periods with too few seats, up to `until`.
    pub later_shortages: Vec<LaterShortage>,
    /// The most seats that are missing at one time from `asOf` to `until`; null where none are, or nobody says how many
    /// are needed.
    pub most_short: Option<MostShort>,
    /// The worst time of the first shortage, up to `until`.
    #[serde(skip)]
    pub(crate) worst_of_first: Option<MostShort>,
    /// The first instant at which the most seats are certainly missing, and how many.
    #[serde(skip)]
    pub(crate) most_certainly_short: Option<(Instant, u64)>,
    /// The seats over all time, for pages that can be moved to another day.
    #[serde(skip)]
    pub(crate) timeline: SeatTimeline,
    /// The seats that are assigned and planned over time.
    #[serde(skip)]
    pub(crate) need: Option<Need>,
    /// The entries that the seats come from, once [`FitReport::add_entries`] has added them.
    #[serde(skip)]
    pub(crate) explanation: ItemEntries,
}

impl FitItem {
    /// The members locked out at `fitsUntil`.
    pub(in crate::answers) fn misfit_locked_out(&self) -> Option<LockedOut> {
        Some(LockedOut::of_counts(self.misfit_locked_out?, self.misfit_locked_out_certainly?))
    }

    /// The first shortage to show. That no seats are left after the license ends is shown only where that time is
    /// looked at.
    pub(super) fn told_shortage(&self, until: Option<Instant>) -> Option<Shortage> {
        let is_looked_at = |at: Instant| until.is_some_and(|until| at <= until);
        self.first_shortage.filter(|shortage| !shortage.is_license_end || is_looked_at(shortage.at))
    }
}

/// A retired id whose seats count as seats of its successor.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Replaced {
    /// The retired id.
    pub id: String,
    /// The seats of this id that are assigned at the as-of, those planned to be assigned by then included.
    pub assigned: u64,
    /// Whether it is inferred, and not published, that the successor takes the place of this id.
    pub perhaps: bool,
}
