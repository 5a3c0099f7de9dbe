//! One item of the two licenses, in the JSON of `seatline diff`.

use serde::{Deserialize, Serialize};

use crate::answers::diff::given::Given;
use crate::answers::{ItemEntries, TimelineStep};
use crate::license::{Administrator, Evidence, ItemKind};
use crate::seats::SeatTimeline;
use crate::time::Instant;

/// An item, compared between the old and the new license.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct DiffItem {
    /// User type, app bundle, extension, app or capability.
    pub kind: ItemKind,
    /// The id as it stands in the license, compared byte for byte.
    pub id: String,
    /// The name in the new document, else in the old one; null where neither has a name.
    pub name: Option<String>,
    /// The published name of the id; null where the id is not in the catalogue.
    pub known_as: Option<String>,
    /// Which of the licenses have the item.
    pub presence: Presence,
    /// Whether the licenses differ in this item at the as-of or later.
    pub changed: bool,
    /// The seats in the old license at the as-of; null for capabilities.
    pub old: Option<u64>,
    /// The seats in the new license at the as-of; null for capabilities.
    pub new: Option<u64>,
    /// The seats of the new license less those of the old one; null for capabilities.
    pub delta: Option<i64>,
    /// Whether the old license has seats, or the capability, at the as-of.
    pub old_active: bool,
    /// Whether the new license has seats, or the capability, at the as-of.
    pub new_active: bool,
    /// Every step of the old license after the as-of.
    pub old_steps: Vec<TimelineStep>,
    /// Every step of the new license after the as-of.
    pub new_steps: Vec<TimelineStep>,
    /// The periods, from the as-of on, in which the new license has fewer seats than the old one. For an extension that
    /// takes the place of retired extensions, `old` is the sum of their seats and its own.
    pub lost: Vec<Lost>,
    /// The entitlements, apps, included extensions and definitions that differ at the as-of or later.
    pub extras: Vec<ExtraChange>,
    /// The entitlements, apps, included extensions and definitions that the new license gives less of, each with its
    /// period.
    pub extras_lost: Vec<ExtraLoss>,
    /// The instant at which the item ends for good in the old license; null where it does not end, or never begins.
    pub old_end: Option<Instant>,
    /// Whether `oldEnd` is null because a license resource has an expiration that may mean "never": perhaps the item is
    /// perpetual.
    pub old_no_end: bool,
    /// The instant at which the item ends for good in the new license; null where it does not end, or never begins.
    pub new_end: Option<Instant>,
    /// How many calendar days later the item ends in the new license; negative if earlier. Null where either end is
    /// null.
    pub end_days: Option<i64>,
    /// The period without seats between the end of the old term and the beginning of the new term; null where there is
    /// none.
    pub gap: Option<DiffGap>,
    /// The old and the new name; null where the definitions have the same name.
    pub renamed: Option<Renamed>,
    /// The extension of the new license that takes the place of this retired extension; null where there is none.
    pub replaced_by: Option<Replacement>,
    /// The retired extensions of the old license whose place this extension takes.
    pub replaces: Vec<Replacement>,
    /// The catalogue's note on the retirement of an id that only the old license has; null where there is none.
    pub retired: Option<String>,
    /// For a user type: whether it is compatible with the Administrator role, by the old and by the new license.
    pub administrator: Option<DiffAdministrator>,
    /// The extensions that the old license includes in this user type and the new license does not.
    pub includes_lost: Vec<String>,
    /// The first instant, from the as-of on, at which the seats of the old license are not certain; null for never.
    pub old_certain_until: Option<Instant>,
    /// The first instant, from the as-of on, at which the seats of the new license are not certain; null for never.
    pub new_certain_until: Option<Instant>,
    /// The seats of the old license over all time, for pages that can be moved to another day.
    #[serde(skip)]
    pub(crate) old_timeline: SeatTimeline,
    /// The seats of the new license over all time, for pages that can be moved to another day.
    #[serde(skip)]
    pub(crate) new_timeline: SeatTimeline,
    /// The entries that the seats come from, once [`crate::answers::DiffReport::add_entries`] has added them.
    #[serde(skip)]
    pub(crate) explanation: ItemEntries,
}

/// Which of the two licenses have an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Presence {
    /// Both licenses have the item.
    Both,
    /// Only the old license has the item.
    Removed,
    /// Only the new license has the item.
    Added,
}

impl Presence {
    /// The word for it, the same in every output.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Both => "both",
            Self::Removed => "removed",
            Self::Added => "added",
        }
    }
}

/// A period in which the new license has fewer seats than the old one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Lost {
    /// The first instant of the period.
    pub from: Instant,
    /// The first instant after the period; null where it never ends.
    pub to: Option<Instant>,
    /// The seats of the old license at `from`; null for capabilities.
    pub old: Option<u64>,
    /// The seats of the new license at `from`; null for capabilities.
    pub new: Option<u64>,
}

/// Something besides seats that differs between the licenses.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct ExtraChange {
    /// The category of what differs; never seats.
    pub given: Given,
    /// The name of the entitlement, app or included extension; null for a definition.
    pub detail: Option<String>,
    /// The first instant, from the as-of on, at which the licenses differ in it.
    pub from: Instant,
    /// How much the old license gives at `from`: the number of an entitlement; 1 or 0 for everything else.
    pub old: u64,
    /// How much the new license gives at `from`.
    pub new: u64,
    /// The extension that the user type includes in the place of this retired extension; null where there is none.
    pub replaced_by: Option<Replacement>,
}

/// An extra that the new license gives less of than the old one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct ExtraLoss {
    /// The category of what is lost; never seats.
    pub given: Given,
    /// The name of the entitlement, app or included extension; null for a definition.
    pub detail: Option<String>,
    /// The first instant of the loss.
    pub from: Instant,
    /// The first instant after the loss; null where it never ends.
    pub to: Option<Instant>,
    /// How much the old license gives at `from`: the number of an entitlement; 1 for everything else.
    pub old: u64,
    /// How much the new license gives at `from`.
    pub new: u64,
}

/// A replacement, seen from one of the two extensions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Replacement {
    /// The id of the other extension.
    pub id: String,
    /// Whether the replacement is inferred, and not published.
    pub perhaps: bool,
}

impl Replacement {
    /// The replacement, seen from one extension; `id` is the other extension.
    #[must_use]
    pub(crate) fn new(id: &str, evidence: Evidence) -> Self {
        Self { id: id.to_owned(), perhaps: evidence == Evidence::Inferred }
    }
}

/// A period without seats between the old and the new term.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct DiffGap {
    /// The first instant without seats.
    pub from: Instant,
    /// The first instant with seats again.
    pub to: Instant,
    /// The length of the gap in calendar days; 0 within one day.
    pub days: i64,
}

/// The name of an item in the old and in the new license.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[allow(missing_docs, reason = "they say it themselves")]
#[non_exhaustive]
pub struct Renamed {
    pub old: String,
    pub new: String,
}

/// Whether a user type is compatible with the Administrator role, by the old and by the new license.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[allow(missing_docs, reason = "they say it themselves")]
#[non_exhaustive]
pub struct DiffAdministrator {
    pub old: Administrator,
    pub new: Administrator,
}
