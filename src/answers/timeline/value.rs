//! The JSON of `seatline timeline`, version 1. Fields may be added, never changed.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::answers::schema_name::{self, NamedForm};
use crate::answers::{FailureReport, FindingReport, ItemEntries, Origin};
use crate::license::ItemKind;
use crate::seats::{SeatTimeline, Status};
use crate::time::Instant;

/// The answer of `seatline timeline`: the instants at which the seats of licenses change.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct TimelineReport {
    /// The name of this form: `seatline/timeline/v1`.
    #[cfg_attr(test, schemars(extend("const" = TimelineReport::SCHEMA)))]
    #[serde(deserialize_with = "schema_name::read::<TimelineReport, _>")]
    pub schema: Cow<'static, str>,
    /// The instant that statuses and remaining times refer to.
    pub as_of: Instant,
    /// The first instant of the window; null for all past changes.
    pub from: Option<Instant>,
    /// The last instant of the window; null for all later changes.
    pub to: Option<Instant>,
    /// The licenses, in the order of the inputs.
    pub licenses: Vec<TimelineLicense>,
    /// Every selected item of every license.
    pub items: Vec<TimelineItem>,
    /// The inputs that could not be read.
    pub failures: Vec<FailureReport>,
}

/// One license document, and the end that most of its items share.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct TimelineLicense {
    /// Where the license was read, and its version.
    #[serde(flatten)]
    pub origin: Arc<Origin>,
    /// The end after the as-of that most items share, by calendar day; null where there is no such majority.
    pub common_end: Option<Instant>,
    /// Whether readings of the items that end then differ at no time from the as-of on; null where `commonEnd` is.
    pub common_end_certain: Option<bool>,
    /// The findings about entries that could not be read plainly.
    pub findings: Vec<FindingReport>,
    /// The indices in [`TimelineReport::items`] of this license's items.
    #[serde(skip)]
    pub(crate) rows: Range<usize>,
}

/// An item and its steps.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct TimelineItem {
    /// The document that the item stands in.
    #[serde(flatten)]
    pub origin: Arc<Origin>,
    /// User type, app bundle, extension, app or capability.
    pub kind: ItemKind,
    /// The id as it stands in the license, compared byte for byte.
    pub id: String,
    /// The name in the document; null where it has none.
    pub name: Option<String>,
    /// The published name of the id; null where the id is not in the catalogue.
    pub known_as: Option<String>,
    /// The seats at the as-of, by the cautious reading; null for capabilities.
    pub usable_seats: Option<u64>,
    /// The status at the as-of.
    pub status: Status,
    /// The first instant, from the as-of on, at which readings differ; null for never.
    pub certain_until: Option<Instant>,
    /// The seats just before the first of `steps`; null for capabilities.
    pub seats_before: Option<u64>,
    /// The steps within the window.
    pub steps: Vec<TimelineStep>,
    /// The periods without seats that lie between two with seats, if they touch the window.
    pub gaps: Vec<GapReport>,
    /// The step to 0 after which there are never seats again; null where there is none.
    pub final_end: Option<Instant>,
    /// Whether there are seats for which no end is stated.
    pub open_end: bool,
    /// How many calendar days the item ends after the common end; negative if before. Null where either end is missing,
    /// or the item's end is not after the as-of.
    pub days_after_common_end: Option<i64>,
    /// The start of a capability that has no steps, since its end cannot be read.
    #[serde(skip)]
    pub(crate) perhaps_begins: Option<Instant>,
    /// The seats over all time, for bars and curves.
    #[serde(skip)]
    pub(crate) timeline: SeatTimeline,
    /// The entries that the seats come from, once [`TimelineReport::add_entries`] has added them.
    #[serde(skip)]
    pub(crate) explanation: ItemEntries,
}

/// A step: an instant at which the seats change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct TimelineStep {
    /// The instant at which the step begins.
    pub at: Instant,
    /// The seats from `at` on; null for capabilities.
    pub seats: Option<u64>,
    /// Whether there are seats, or the capability exists, from `at` on.
    pub active: bool,
    /// Whether every reading of the license gives the same seats at `at`.
    pub certain: bool,
}

/// A period without seats between two with seats.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct GapReport {
    /// The first instant without seats.
    pub from: Instant,
    /// The first instant with seats again.
    pub to: Instant,
    /// The length of the gap in calendar days; 0 within one day.
    pub days: i64,
}

impl NamedForm for TimelineReport {
    const NAME: &'static str = Self::SCHEMA;
}

impl TimelineReport {
    /// The `schema` member of this answer.
    pub const SCHEMA: &'static str = "seatline/timeline/v1";
}
