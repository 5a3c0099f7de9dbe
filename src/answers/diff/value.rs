//! The JSON of `seatline diff`, version 1. Fields may be added, never changed.

use serde::Serialize;

use crate::answers::Location;
use crate::license::{Administrator, ItemKind};
use crate::time::Instant;

/// What importing a new license over an old one changes.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct DiffReport {
    /// `seatline/diff/v1`.
    #[cfg_attr(test, schemars(extend("const" = DiffReport::SCHEMA)))]
    pub schema: &'static str,
    /// The instant of the import: what was before does not count.
    pub as_of: Instant,
    /// The license that is in force.
    pub old: DiffSide,
    /// The license that is to be imported.
    pub new: DiffSide,
    /// Whether nothing is lost at any instant from the as-of on (of seats: nothing that is in use, where usage is given), and
    /// all of it is certain.
    pub safe: bool,
    /// Every item of both licenses.
    pub items: Vec<DiffItem>,
    /// Seats at the as-of, for each kind.
    pub sums: Vec<DiffSum>,
    /// Why it is not safe.
    pub findings: Vec<DiffFinding>,
}

/// One of the two licenses.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct DiffSide {
    /// The name of the input.
    pub source: String,
    /// What it is.
    pub document: SideDocument,
    /// The version of the file, as it stands there.
    pub version: Option<String>,
    /// The name of the input with the future license, where one was given.
    pub future: Option<String>,
}

/// What tells of a license.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub enum SideDocument {
    /// The license itself.
    License,
    /// The portal's license resource: seats now, and when they expire. What follows is only known from a future license;
    /// what user types include, and the capabilities, are not known.
    LicenseResource,
}

/// An item in both licenses.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct DiffItem {
    /// What it is.
    pub kind: ItemKind,
    /// Its id.
    pub id: String,
    /// The new document's name for it, else the old one's.
    pub name: Option<String>,
    /// Where it is.
    pub presence: Presence,
    /// Seats at the as-of in the old license; null for capabilities.
    pub old: Option<u64>,
    /// Seats at the as-of in the new one; null for capabilities.
    pub new: Option<u64>,
    /// New less old; null for capabilities.
    pub delta: Option<i64>,
    /// Seats that are assigned today; null where that was not given. With it, what nobody uses may be lost safely.
    pub assigned: Option<u64>,
    /// When the new license gives less than the old one, from the as-of on.
    pub lost: Vec<Lost>,
    /// When it ends for good in the old license; null where it does not, or never begins.
    pub old_end: Option<Instant>,
    /// When it ends for good in the new one.
    pub new_end: Option<Instant>,
    /// By how many calendar days it ends later; negative is earlier. Null where either has no end.
    pub end_days: Option<i64>,
    /// The time without seats between the end of the old term and the beginning of the new one.
    pub gap: Option<DiffGap>,
    /// The old name and the new one, where the definitions differ.
    pub renamed: Option<Renamed>,
    /// What perhaps took the place of an id that is no more.
    pub retired: Option<String>,
    /// Of user types: whether it was, and is, compatible with the Administrator role.
    pub administrator: Option<DiffAdministrator>,
    /// The extensions that a user type included and does not any more.
    pub includes_lost: Vec<String>,
    /// The first instant, from the as-of on, at which either license is not certain; null if both always are.
    pub certain_until: Option<Instant>,
}

/// In which license an item is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Presence {
    /// In both.
    Both,
    /// In the old one only.
    Removed,
    /// In the new one only.
    Added,
}

/// A span of time with fewer seats.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
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

/// A span of time without seats.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct DiffGap {
    /// Its first instant.
    pub from: Instant,
    /// The first instant with seats again.
    pub to: Instant,
    /// How long, in calendar days; 0 within one day.
    pub days: i64,
}

/// Two names.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[allow(missing_docs, reason = "they say it themselves")]
pub struct Renamed {
    pub old: String,
    pub new: String,
}

/// Two answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[allow(missing_docs, reason = "they say it themselves")]
pub struct DiffAdministrator {
    pub old: Administrator,
    pub new: Administrator,
}

/// Seats of one kind at the as-of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[allow(missing_docs, reason = "as in the items")]
pub struct DiffSum {
    pub kind: ItemKind,
    pub old: u128,
    pub new: u128,
    pub delta: i128,
}

/// A reason why it is not safe.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct DiffFinding {
    /// Which reason.
    pub reason: Reason,
    /// The kind of item it speaks of, if of any.
    pub kind: Option<ItemKind>,
    /// The item it speaks of, if of one.
    pub id: Option<String>,
    /// What is lost, and when.
    pub message: String,
    /// Where in the old license.
    pub old: Option<Location>,
    /// Where in the new one.
    pub new: Option<Location>,
}

/// Why an import is not safe.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Reason {
    /// Something in one of the files cannot be read plainly.
    NotCertain,
    /// There are fewer seats at some time.
    FewerSeats,
    /// A capability is not there at some time.
    CapabilityLost,
    /// A user type does not include an extension any more.
    IncludesLost,
    /// At some time no user type is usable for an administrator.
    AdministratorLost,
}
