//! The JSON of `seatline report`, version 1. Fields may be added, never changed.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::answers::schema_name::{self, NamedForm};
use crate::answers::{Costs, FailureReport, FindingReport, ItemEntries, Origin};
use crate::license::{Administrator, ItemKind};
use crate::seats::{SeatTimeline, Status};
use crate::time::Instant;

/// What licenses give at an instant.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Report {
    /// `seatline/report/v1`.
    #[cfg_attr(test, schemars(extend("const" = Report::SCHEMA)))]
    #[serde(deserialize_with = "schema_name::read::<Report, _>")]
    pub schema: Cow<'static, str>,
    /// The instant that all of it speaks of.
    pub as_of: Instant,
    /// One for each license document, never added up.
    pub licenses: Vec<LicenseReport>,
    /// The inputs that could not be read.
    pub failures: Vec<FailureReport>,
}

impl NamedForm for Report {
    const NAME: &'static str = Self::SCHEMA;
}

impl Report {
    /// The name of this form.
    pub const SCHEMA: &'static str = "seatline/report/v1";

    /// What these licenses give, and which inputs could not be read.
    #[must_use]
    pub fn new(as_of: Instant, licenses: Vec<LicenseReport>, failures: Vec<FailureReport>) -> Self {
        Self { schema: Self::SCHEMA.into(), as_of, licenses, failures }
    }

    /// The answer where an input could not be read that all licenses need.
    #[must_use]
    pub fn unread(as_of: Instant, failures: Vec<FailureReport>) -> Self {
        Self::new(as_of, Vec::new(), failures)
    }
}

/// What one license document gives.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct LicenseReport {
    /// Which document.
    #[serde(flatten)]
    pub origin: Origin,
    /// By kind: user types, app bundles, extensions, apps, capabilities.
    pub items: Vec<ItemReport>,
    /// The user types compatible with the Administrator role that certainly have seats.
    pub administrators: Vec<String>,
    /// User types that the administrator list names and the license neither defines nor provides.
    #[serde(skip)]
    pub(crate) foreign: Vec<String>,
    /// What the seats of these items cost; null without a list of prices.
    pub costs: Option<Costs>,
    /// What was not plainly read.
    pub findings: Vec<FindingReport>,
    /// The user types compatible with the Administrator role and their seats, for pages that can be moved to another day; once
    /// [`LicenseReport::add_entries`] has told.
    #[serde(skip)]
    pub(crate) compatible: Vec<(String, SeatTimeline)>,
    /// The items that a filter left out.
    #[serde(skip)]
    pub(crate) not_asked_for: Vec<(ItemKind, String)>,
}

/// What a license document gives of one item.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct ItemReport {
    /// Whether it is a user type, an app bundle, an extension, an app or a capability.
    pub kind: ItemKind,
    /// The id as it stands in the license, compared byte for byte.
    pub id: String,
    /// The document's name for it.
    pub name: Option<String>,
    /// Its published name.
    pub known_as: Option<String>,
    /// A code, not a rank; as it stands there.
    pub level: Option<String>,
    /// Seats to rely on; null for capabilities, which have dates only.
    pub usable_seats: Option<u64>,
    /// In one word.
    pub status: Status,
    /// Whether the seats are the same however what cannot be read is read.
    pub certain: bool,
    /// The first instant, from the as-of on, at which that is not so; null if always.
    pub certain_until: Option<Instant>,
    /// When the present step began; null before the first.
    pub since: Option<Instant>,
    /// The first later step to 0, be it a gap or the end; null where there is none.
    pub ends_at: Option<Instant>,
    /// The step to 0 after which there are never seats again, be it later or not; null where there is none.
    pub final_end: Option<Instant>,
    /// The first later step.
    pub next_change: Option<Change>,
    /// Of user types: whether they are compatible with the Administrator role.
    pub administrator: Option<Administrator>,
    /// The extensions that a user type includes.
    pub includes: Vec<String>,
    /// The user types that include an extension.
    pub included_by: Vec<String>,
    /// The document's description of it.
    pub description: Option<String>,
    /// As it stands in the definition.
    pub is_esri_default: Option<bool>,
    /// The entitlements of the extensions that a user type includes.
    pub included_entitlements: Vec<Included>,
    /// The entitlements in the entry that holds at the as-of.
    pub entitlements: Vec<Entitlement>,
    /// The apps in the entry that holds at the as-of; null where there is no list.
    pub apps: Option<Vec<String>>,
    /// The whole step function, for words.
    #[serde(skip)]
    pub(crate) timeline: SeatTimeline,
    /// Where the seats come from, once [`LicenseReport::add_entries`] has told.
    #[serde(skip)]
    pub(crate) told: ItemEntries,
}

/// A later step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Change {
    /// When it begins.
    pub at: Instant,
    /// The seats from then on; null for capabilities.
    pub seats: Option<u64>,
}

/// An extension that a user type includes.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Included {
    /// The id of the extension.
    pub extension: String,
    /// The names of the entitlements that come with it.
    pub entitlements: Vec<String>,
}

/// An entitlement of an extension.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Entitlement {
    /// What the entries call the entitlement; null where that cannot be read.
    pub api_name: Option<String>,
    /// Seats; null where the number cannot be read.
    pub num: Option<u64>,
}
