//! One item of both licenses, in the JSON of `seatline diff`.

use serde::{Deserialize, Serialize};

use crate::answers::diff::given::Given;
use crate::answers::{TimelineStep, Told};
use crate::license::{Administrator, Evidence, ItemKind};
use crate::seats::SeatTimeline;
use crate::time::Instant;

/// An item in both licenses.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct DiffItem {
    /// Whether it is a user type, an app bundle, an extension, an app or a capability.
    pub kind: ItemKind,
    /// The id as it stands in the license, compared byte for byte.
    pub id: String,
    /// The new document's name for it, else the old one's.
    pub name: Option<String>,
    /// Its published name.
    pub known_as: Option<String>,
    /// Where it is.
    pub presence: Presence,
    /// Whether anything of it differs from the as-of on.
    pub changed: bool,
    /// Seats at the as-of in the old license; null for capabilities.
    pub old: Option<u64>,
    /// Seats at the as-of in the new one; null for capabilities.
    pub new: Option<u64>,
    /// New less old; null for capabilities.
    pub delta: Option<i64>,
    /// Whether it is there at the as-of, in the old license.
    pub old_active: bool,
    /// Whether it is there at the as-of, in the new one.
    pub new_active: bool,
    /// Every step of the old license after the as-of.
    pub old_steps: Vec<TimelineStep>,
    /// Every step of the new one after the as-of.
    pub new_steps: Vec<TimelineStep>,
    /// When the new license gives less than the old one, from the as-of on. Of an extension that takes the place of retired
    /// ones, `old` is the sum of all of them.
    pub lost: Vec<Lost>,
    /// What besides seats differs from the as-of on.
    pub extras: Vec<ExtraChange>,
    /// What besides seats the new license gives less of, and when.
    pub extras_lost: Vec<ExtraLoss>,
    /// When it ends for good in the old license; null where it does not, or never begins.
    pub old_end: Option<Instant>,
    /// Whether that is null because a license resource gives an expiration that may mean "never": perhaps it is perpetual.
    pub old_no_end: bool,
    /// When it ends for good in the new one.
    pub new_end: Option<Instant>,
    /// By how many calendar days it ends later; negative is earlier. Null where either has no end.
    pub end_days: Option<i64>,
    /// The time without seats between the end of the old term and the beginning of the new one.
    pub gap: Option<DiffGap>,
    /// The old name and the new one, where the definitions differ.
    pub renamed: Option<Renamed>,
    /// The extension of the new license that takes the place of this retired one.
    pub replaced_by: Option<Replacement>,
    /// The retired extensions of the old license that this one takes the place of.
    pub replaces: Vec<Replacement>,
    /// What is known of the end of an id that only the old license has.
    pub retired: Option<String>,
    /// Of user types: whether it was, and is, compatible with the Administrator role.
    pub administrator: Option<DiffAdministrator>,
    /// The extensions that a user type included and does not any more.
    pub includes_lost: Vec<String>,
    /// The first instant, from the as-of on, at which the old license is not certain; null if it always is.
    pub old_certain_until: Option<Instant>,
    /// The same of the new one.
    pub new_certain_until: Option<Instant>,
    /// All of its seats over time in the old license, for pages that can be moved to another day.
    #[serde(skip)]
    pub(crate) old_timeline: SeatTimeline,
    /// The same of the new one.
    #[serde(skip)]
    pub(crate) new_timeline: SeatTimeline,
    /// Where the seats come from, once [`crate::answers::DiffReport::add_entries`] has told.
    #[serde(skip)]
    pub(crate) told: Told,
}

/// In which license an item is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Presence {
    /// In both.
    Both,
    /// In the old one only.
    Removed,
    /// In the new one only.
    Added,
}

impl Presence {
    /// The word, as in every output.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Both => "both",
            Self::Removed => "removed",
            Self::Added => "added",
        }
    }
}

/// A span of time with fewer seats.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Lost {
    /// Its first instant.
    pub from: Instant,
    /// The first instant after it; null for "for ever".
    pub to: Option<Instant>,
    /// Seats in the old license; null for capabilities.
    pub old: Option<u64>,
    /// Seats in the new one; null for capabilities.
    pub new: Option<u64>,
}

/// Something besides seats that differs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct ExtraChange {
    /// Which of the things that a license gives: seats, an entitlement, an app, a definition …
    pub given: Given,
    /// Which entitlement, app or included extension; null of a definition.
    pub detail: Option<String>,
    /// The first instant, from the as-of on, at which it differs.
    pub from: Instant,
    /// What the old license gives then: a number of an entitlement, else 1 or 0.
    pub old: u64,
    /// What the new one gives then.
    pub new: u64,
    /// The extension that the user type includes in place of a retired one.
    pub replaced_by: Option<Replacement>,
}

/// Something besides seats that the new license gives less of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct ExtraLoss {
    /// Which of the things that a license gives: seats, an entitlement, an app, a definition …
    pub given: Given,
    /// Which entitlement, app or included extension; null of a definition.
    pub detail: Option<String>,
    /// The first instant.
    pub from: Instant,
    /// The first instant after it; null for "for ever".
    pub to: Option<Instant>,
    /// What the old license gives: a number of an entitlement, else 1.
    pub old: u64,
    /// What the new one gives.
    pub new: u64,
}

/// One extension in the place of another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Replacement {
    /// The id of the other one.
    pub id: String,
    /// Whether that is inferred, and not published.
    pub perhaps: bool,
}

impl Replacement {
    /// With the id of the other extension.
    #[must_use]
    pub(crate) fn new(id: &str, evidence: Evidence) -> Self {
        Self { id: id.to_owned(), perhaps: evidence == Evidence::Inferred }
    }
}

/// A span of time without seats.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct DiffGap {
    /// Its first instant.
    pub from: Instant,
    /// The first instant with seats again.
    pub to: Instant,
    /// How long, in calendar days; 0 within one day.
    pub days: i64,
}

/// Two names.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[allow(missing_docs, reason = "they say it themselves")]
#[non_exhaustive]
pub struct Renamed {
    pub old: String,
    pub new: String,
}

/// Two answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[allow(missing_docs, reason = "they say it themselves")]
#[non_exhaustive]
pub struct DiffAdministrator {
    pub old: Administrator,
    pub new: Administrator,
}
