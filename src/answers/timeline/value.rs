//! The JSON of `seatline timeline`, version 1. Fields may be added, never changed.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::answers::schema_name::{self, Named};
use crate::answers::{FailureReport, FindingReport, Origin, Told};
use crate::license::ItemKind;
use crate::seats::{SeatTimeline, Status};
use crate::time::Instant;

/// What changes when.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct TimelineReport {
    /// `seatline/timeline/v1`.
    #[cfg_attr(test, schemars(extend("const" = TimelineReport::SCHEMA)))]
    #[serde(deserialize_with = "schema_name::read::<TimelineReport, _>")]
    pub schema: Cow<'static, str>,
    /// The instant that statuses and remaining times speak of.
    pub as_of: Instant,
    /// The first instant of the window; null for all that was.
    pub from: Option<Instant>,
    /// The last instant of the window; null for all that will be.
    pub to: Option<Instant>,
    /// The licenses.
    pub licenses: Vec<TimelineLicense>,
    /// Every item of every license.
    pub items: Vec<TimelineItem>,
    /// The inputs that could not be read.
    pub failures: Vec<FailureReport>,
}

/// One license.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct TimelineLicense {
    /// Which document.
    #[serde(flatten)]
    pub origin: Arc<Origin>,
    /// The end after the as-of that most items share, by calendar day; null where most do not agree.
    pub common_end: Option<Instant>,
    /// What was not plainly read.
    pub findings: Vec<FindingReport>,
    /// Which of [`TimelineReport::items`] are its own.
    #[serde(skip)]
    pub(crate) rows: Range<usize>,
}

/// One item over time.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct TimelineItem {
    /// Which document it stands in.
    #[serde(flatten)]
    pub origin: Arc<Origin>,
    /// Whether it is a user type, an app bundle, an extension, an app or a capability.
    pub kind: ItemKind,
    /// The id as it stands in the license, compared byte for byte.
    pub id: String,
    /// The document's name for it.
    pub name: Option<String>,
    /// Its published name.
    pub known_as: Option<String>,
    /// Seats at the as-of; null for capabilities.
    pub usable_seats: Option<u64>,
    /// In one word, at the as-of.
    pub status: Status,
    /// The first instant, from the as-of on, at which readings differ; null if never.
    pub certain_until: Option<Instant>,
    /// Seats just before the first of the steps; null for capabilities.
    pub seats_before: Option<u64>,
    /// The steps within the window.
    pub steps: Vec<TimelineStep>,
    /// The times without seats between two with some, as far as they touch the window.
    pub gaps: Vec<GapReport>,
    /// The step to 0 after which there are never seats again; null where there is none.
    pub final_end: Option<Instant>,
    /// Whether there are seats and no end is stated.
    pub open_end: bool,
    /// By how many calendar days the end is later than the common one; negative is earlier. Null where either is missing,
    /// or the end is not after the as-of.
    pub days_after_common_end: Option<i64>,
    /// The whole step function, for drawing.
    #[serde(skip)]
    pub(crate) timeline: SeatTimeline,
    /// Where the seats come from, once [`TimelineReport::add_entries`] has told.
    #[serde(skip)]
    pub(crate) told: Told,
}

/// A step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct TimelineStep {
    /// When it begins.
    pub at: Instant,
    /// The seats from then on; null for capabilities.
    pub seats: Option<u64>,
    /// Whether there is anything from then on.
    pub active: bool,
    /// Whether all readings agree on it.
    pub certain: bool,
}

/// A gap.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct GapReport {
    /// The first instant without.
    pub from: Instant,
    /// The first instant with seats again.
    pub to: Instant,
    /// How long, in calendar days; 0 within one day.
    pub days: i64,
}

impl Named for TimelineReport {
    const NAME: &'static str = Self::SCHEMA;
}

impl TimelineReport {
    /// The name of this form.
    pub const SCHEMA: &'static str = "seatline/timeline/v1";
}
