//! The JSON of `seatline report`, version 1. Fields may be added, never changed.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::answers::schema_name::{self, NamedForm};
use crate::answers::{Costs, FailureReport, FindingReport, ItemEntries, Origin};
use crate::license::{Administrator, ItemKind};
use crate::seats::{SeatTimeline, Status};
use crate::time::Instant;

/// The answer of `seatline report`: the seats that licenses give at an instant.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Report {
    /// The name of this form: `seatline/report/v1`.
    #[cfg_attr(test, schemars(extend("const" = Report::SCHEMA)))]
    #[serde(deserialize_with = "schema_name::read::<Report, _>")]
    pub schema: Cow<'static, str>,
    /// The instant at which the seats are counted.
    pub as_of: Instant,
    /// One member for each license document. Seats are never added up across documents.
    pub licenses: Vec<LicenseReport>,
    /// The inputs that could not be read.
    pub failures: Vec<FailureReport>,
}

impl NamedForm for Report {
    const NAME: &'static str = Self::SCHEMA;
}

impl Report {
    /// The `schema` member of this answer.
    pub const SCHEMA: &'static str = "seatline/report/v1";

    /// Puts the reports of licenses and the inputs that could not be read together.
    #[must_use]
    pub fn new(as_of: Instant, licenses: Vec<LicenseReport>, failures: Vec<FailureReport>) -> Self {
        Self { schema: Self::SCHEMA.into(), as_of, licenses, failures }
    }

    /// The answer where an input that all licenses need could not be read, such as the administrator list.
    #[must_use]
    pub fn unread(as_of: Instant, failures: Vec<FailureReport>) -> Self {
        Self::new(as_of, Vec::new(), failures)
    }
}

/// The items of one license document.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct LicenseReport {
    /// The document that the items stand in.
    #[serde(flatten)]
    pub origin: Origin,
    /// The items by kind: user types, app bundles, extensions, apps, capabilities.
    pub items: Vec<ItemReport>,
    /// The ids of the user types that are compatible with the Administrator role and certainly have seats at the as-of.
    pub administrators: Vec<String>,
    /// User types that the administrator list names and the license neither defines nor provides.
    #[serde(skip)]
    pub(crate) foreign: Vec<String>,
    /// The costs of the items' seats; null without a list of prices.
    pub costs: Option<Costs>,
    /// The findings about entries that could not be read plainly.
    pub findings: Vec<FindingReport>,
    /// The user types compatible with the Administrator role and their seats, for pages that can be moved to another
    /// day; empty until [`LicenseReport::add_entries`] adds them.
    #[serde(skip)]
    pub(crate) compatible: Vec<(String, SeatTimeline)>,
    /// The items that a filter left out.
    #[serde(skip)]
    pub(crate) not_asked_for: Vec<(ItemKind, String)>,
}

/// One item of a license document.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct ItemReport {
    /// User type, app bundle, extension, app or capability.
    pub kind: ItemKind,
    /// The id as it stands in the license, compared byte for byte.
    pub id: String,
    /// The name in the document; null where it has none.
    pub name: Option<String>,
    /// The published name of the id; null where the id is not in the catalogue.
    pub known_as: Option<String>,
    /// The level of a user type, as the text that stands there: a code, not a rank.
    pub level: Option<String>,
    /// The seats at the as-of, by the cautious reading; null for capabilities, which have dates and no seats.
    pub usable_seats: Option<u64>,
    /// The status at the as-of.
    pub status: Status,
    /// Whether every reading of the license gives the same seats at the as-of.
    pub certain: bool,
    /// The first instant, from the as-of on, at which readings differ; null for never.
    pub certain_until: Option<Instant>,
    /// The instant at which the step that holds at the as-of began; null before the first step.
    pub since: Option<Instant>,
    /// The first step to 0 after the as-of, whether seats come back or not; null where there is none.
    pub ends_at: Option<Instant>,
    /// The step to 0 after which there are never seats again. It may lie before the as-of; null where there is none.
    pub final_end: Option<Instant>,
    /// The first step after the as-of; null where there is none.
    pub next_change: Option<Change>,
    /// Whether a user type is compatible with the Administrator role; null for other kinds.
    pub administrator: Option<Administrator>,
    /// The ids of the extensions that this user type includes.
    pub includes: Vec<String>,
    /// The ids of the user types that include this extension.
    pub included_by: Vec<String>,
    /// The description in the document; null where it has none.
    pub description: Option<String>,
    /// The `isEsriDefault` of the definition; null where it has none.
    pub is_esri_default: Option<bool>,
    /// The entitlements of the extensions that this user type includes.
    pub included_entitlements: Vec<Included>,
    /// The entitlements in the entry that holds at the as-of.
    pub entitlements: Vec<Entitlement>,
    /// The apps in the entry that holds at the as-of; null where the entry has no list of apps.
    pub apps: Option<Vec<String>>,
    /// The seats over all time, for the words about later changes.
    #[serde(skip)]
    pub(crate) timeline: SeatTimeline,
    /// The entries that the seats come from, once [`LicenseReport::add_entries`] has added them.
    #[serde(skip)]
    pub(crate) explanation: ItemEntries,
}

/// The members of an item that take some time to make, and whether they are asked for.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ReportParts {
    /// The words of the definition: name, level, description.
    pub(crate) definition: bool,
    /// The extensions of user types, and the user types of extensions.
    pub(crate) included: bool,
    /// The apps and entitlements of the entries that hold.
    pub(crate) holding: bool,
}

impl ReportParts {
    pub(crate) const ALL: Self = Self { definition: true, included: true, holding: true };
}

/// A step after the as-of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Change {
    /// The instant at which the step begins.
    pub at: Instant,
    /// The seats from `at` on; null for capabilities.
    pub seats: Option<u64>,
}

/// An extension that a user type includes.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Included {
    /// The id of the extension, as the definition of the user type writes it.
    pub extension: String,
    /// The names of the entitlements that come with the extension.
    pub entitlements: Vec<String>,
}

/// An entitlement, as the entry of an extension names it.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Entitlement {
    /// The name of the entitlement, as the entries call it; null where it cannot be read.
    pub api_name: Option<String>,
    /// In every published entry the same as the seats of the extension; null where it cannot be read.
    pub num: Option<u64>,
}
