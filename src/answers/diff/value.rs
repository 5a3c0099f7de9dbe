//! The JSON of `seatline diff`, version 1. Fields may be added, never changed.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::answers::diff::given::Given;
use crate::answers::diff::item::DiffItem;
use crate::answers::schema_name;
use crate::answers::{Costs, FailureReport, Location};
use crate::license::ItemKind;
use crate::text::Phrase;
use crate::time::{Instant, Zone};

/// The question that `diff` asks: at which instant two documents are compared.
///
/// ```
/// use seatline::{DiffQuestion, DiffReport, DocumentPlace, Instant, License, Side, Source, Zone};
///
/// let license = |seats: u64| {
///     let text = format!(
///         r#"{{"MyEsri": {{"version": "11.4", "provision": {{"userTypes": [
///             {{"id": "creatorUT", "maxUsers": {seats}, "startDate": 1767225600000}}]}}}}}}"#
///     );
///     Source::from_text(format!("{seats}.json"), text)
/// };
/// let (old, new) = (license(110), license(60));
/// let (old_document, new_document, place) = (old.license()?, new.license()?, DocumentPlace::default());
/// let before = Side::of_license(License::new(&old, &place, &old_document), None);
/// let after = Side::of_license(License::new(&new, &place, &new_document), None);
/// let question = DiffQuestion { as_of: Instant::from_epoch_ms(1_767_225_600_000), zone: Zone::UTC };
/// let report = DiffReport::new(&before, &after, question);
/// assert_eq!(report.nothing_lost, Some(false));
/// assert_eq!((report.items[0].old, report.items[0].new), (Some(110), Some(60)));
/// # Ok::<(), seatline::Failure>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct DiffQuestion {
    /// The instant of the import. What the licenses give before it does not count.
    pub as_of: Instant,
    /// The zone of calendar days, and of the dates in messages.
    pub zone: Zone,
}

/// The answer of `seatline diff`: of what the new license gives less than the old one, and what else differs.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct DiffReport {
    /// The name of this form: `seatline/diff/v1`.
    #[cfg_attr(test, schemars(extend("const" = DiffReport::SCHEMA)))]
    #[serde(deserialize_with = "schema_name::read::<DiffReport, _>")]
    pub schema: Cow<'static, str>,
    /// The instant of the import. What the licenses give before it does not count.
    pub as_of: Instant,
    /// The license that is in force; null where an input could not be read.
    pub old: Option<DiffSide>,
    /// The license that is to be imported; null where an input could not be read.
    pub new: Option<DiffSide>,
    /// Whether both documents can be read plainly and NEW gives, at every instant from the as-of on, at least what OLD
    /// gives. Null where an input could not be read.
    pub nothing_lost: Option<bool>,
    /// The answer in words; null where an input could not be read.
    pub verdict: Option<Phrase>,
    /// The instant at which OLD ended, if at or before the as-of: nothing is left to compare, and nothing is lost. Else
    /// null.
    pub old_ended: Option<Instant>,
    /// Whether every item of NEW ends before OLD begins to differ: perhaps OLD is the new license and NEW the old one.
    pub looks_swapped: bool,
    /// What a license resource as OLD does not state, and what is therefore not compared.
    pub not_judged: Vec<Given>,
    /// The kinds whose seats OLD states.
    #[serde(skip)]
    pub(crate) old_tells: Vec<ItemKind>,
    /// Every item of both licenses.
    pub items: Vec<DiffItem>,
    /// How many items both licenses give alike from the as-of on.
    pub unchanged: usize,
    /// The sums of seats at the as-of, for each kind.
    pub sums: Vec<DiffSum>,
    /// The costs of the seats of OLD and NEW at the as-of; null without a list of prices.
    pub costs: Option<Costs>,
    /// The instants at which NEW gives less than before, other than the end of the whole license.
    pub falls: Vec<DiffFall>,
    /// `MyEsri.capabilities` of both; null where they are equal. Nobody has published what they mean, so they are not
    /// judged.
    pub capabilities: Option<CapabilitiesChange>,
    /// The losses, and the parts of the documents that cannot be read plainly.
    pub findings: Vec<DiffFinding>,
    /// The inputs that could not be read.
    pub failures: Vec<FailureReport>,
}

/// One of the two compared documents.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct DiffSide {
    /// The source of the document: its envelope's `source`, else the name of the input.
    pub source: String,
    /// The name of the file that was read; positions are in this file.
    pub file: String,
    /// The time at which the document was fetched, as its envelope says; null where no envelope says it.
    pub fetched_at: Option<String>,
    /// Whether the document is the license itself, or the portal's statement of it.
    pub document: SideDocument,
    /// The version, as the text that stands there.
    pub version: Option<String>,
    /// The name of the input with the future license; null where none was given.
    pub future: Option<String>,
    /// The instant from which on no user type has seats; null where a user type goes on without an end, or none ever
    /// has seats.
    pub end: Option<Instant>,
    /// The user types that the administrator list of this document names, and the document neither defines nor
    /// provides. If there are any, the list probably belongs to another license.
    pub foreign: Vec<String>,
    /// Whether `end` is null because a license resource has an expiration that may mean "never": perhaps the license is
    /// perpetual.
    pub no_end: bool,
}

/// The kind of document that states a license.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub enum SideDocument {
    /// The license itself.
    License,
    /// The portal's license resource: the seats now, and when they expire. Only a future license states what follows.
    /// Capabilities, definitions, entitlements, apps and the extensions that user types include are not known.
    LicenseResource,
}

/// A sum of counts may be larger than any count.
#[cfg(test)]
fn without_bounds(schema: &mut schemars::Schema) {
    schema.remove("format");
}

/// The sum of seats of one kind at the as-of, in OLD and in NEW.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[allow(missing_docs, reason = "as in the items")]
#[non_exhaustive]
pub struct DiffSum {
    pub kind: ItemKind,
    #[cfg_attr(test, schemars(transform = without_bounds))]
    pub old: u128,
    #[cfg_attr(test, schemars(transform = without_bounds))]
    pub new: u128,
    #[cfg_attr(test, schemars(transform = without_bounds))]
    pub delta: i128,
}

/// An instant at which NEW gives less of an item than before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct DiffFall {
    /// The first instant with less.
    pub at: Instant,
    /// User type, app bundle, extension, app or capability.
    pub kind: ItemKind,
    /// The id as it stands in the license, compared byte for byte.
    pub id: String,
    /// The seats before `at`; null for capabilities.
    pub before: Option<u64>,
    /// The seats from `at` on; null for capabilities.
    pub after: Option<u64>,
    /// Whether every reading of the license gives these seats.
    pub certain: bool,
}

/// `MyEsri.capabilities` of both licenses, as the text that stands there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[allow(missing_docs, reason = "the two sides")]
#[non_exhaustive]
pub struct CapabilitiesChange {
    pub old: Option<String>,
    pub new: Option<String>,
}

/// A loss, or a part of a document that cannot be read plainly.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct DiffFinding {
    /// What is lost, or that something is not certain.
    pub reason: Reason,
    /// The kind of the item that the finding is about; null where it is about none.
    pub kind: Option<ItemKind>,
    /// The id of the item that the finding is about; null where it is about none.
    pub id: Option<String>,
    /// The loss: its sort and its period.
    pub message: Phrase,
    /// The place in the old license; null where the finding has none there.
    pub old: Option<Location>,
    /// The place in the new license; null where the finding has none there.
    pub new: Option<Location>,
}

/// Why `diff` names a part of the licenses: it is lost, or not certain.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Reason {
    /// A part of one document cannot be read plainly.
    NotCertain,
    /// The new license has fewer seats for some time.
    FewerSeats,
    /// A capability is missing for some time.
    CapabilityLost,
    /// A user type or app bundle that has seats is no longer defined.
    DefinitionLost,
    /// A user type no longer includes an extension.
    IncludesLost,
    /// An entitlement is missing, or has a smaller number, for some time.
    EntitlementLost,
    /// A user type or app bundle does not have an app for some time.
    AppLost,
    /// No user type is usable for an administrator for some time.
    AdministratorLost,
}

impl From<Given> for Reason {
    fn from(given: Given) -> Self {
        match given {
            Given::Seats => Self::FewerSeats,
            Given::Capability => Self::CapabilityLost,
            Given::Definition => Self::DefinitionLost,
            Given::Inclusion => Self::IncludesLost,
            Given::IncludedEntitlement | Given::Entitlement => Self::EntitlementLost,
            Given::App => Self::AppLost,
            Given::Administrator => Self::AdministratorLost,
        }
    }
}
