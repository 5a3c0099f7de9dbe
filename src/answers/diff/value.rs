//! The JSON of `seatline diff`, version 1. Fields may be added, never changed.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::answers::diff::given::Given;
use crate::answers::diff::item::DiffItem;
use crate::answers::schema_name;
use crate::answers::{Costs, FailureReport, Location};
use crate::license::ItemKind;
use crate::time::{Instant, Zone};

/// From when on two documents are compared.
///
/// ```
/// use seatline::{DiffQuestion, DiffReport, DocumentPlace, Instant, Side, Source, Zone};
///
/// let license = |seats: u64| {
///     let text = format!(
///         r#"{{"MyEsri": {{"version": "11.4", "provision": {{"userTypes": [
///             {{"id": "creatorUT", "maxUsers": {seats}, "startDate": 1767225600000}}]}}}}}}"#
///     );
///     Source::from_text(format!("{seats}.json"), text)
/// };
/// let (old, new) = (license(110), license(60));
/// let (old_license, new_license, place) = (old.license()?, new.license()?, DocumentPlace::default());
/// let sides = [(&old, &old_license), (&new, &new_license)];
/// let [before, after] = sides.map(|(source, license)| Side::of_license(source, &place, license, None));
/// let question = DiffQuestion { as_of: Instant::from_epoch_ms(1_767_225_600_000), zone: Zone::UTC };
/// let report = DiffReport::new(&before, &after, question);
/// assert_eq!(report.nothing_lost, Some(false));
/// assert_eq!((report.items[0].old, report.items[0].new), (Some(110), Some(60)));
/// # Ok::<(), seatline::Failure>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct DiffQuestion {
    /// The instant of the import: what was before does not count.
    pub as_of: Instant,
    /// For calendar days, and for dates in messages.
    pub zone: Zone,
}

/// What a new license gives less than an old one, and what else is different.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct DiffReport {
    /// `seatline/diff/v1`.
    #[cfg_attr(test, schemars(extend("const" = DiffReport::SCHEMA)))]
    #[serde(deserialize_with = "schema_name::read::<DiffReport, _>")]
    pub schema: Cow<'static, str>,
    /// The instant of the import: what was before does not count.
    pub as_of: Instant,
    /// The license that is in force; null where an input could not be read.
    pub old: Option<DiffSide>,
    /// The license that is to be imported; null where an input could not be read.
    pub new: Option<DiffSide>,
    /// Whether both are read plainly and NEW gives at every instant from the as-of on at least what OLD gives. Null where an
    /// input could not be read.
    pub nothing_lost: Option<bool>,
    /// The answer in words; null where an input could not be read.
    pub verdict: Option<String>,
    /// When OLD ended, if that was not after the as-of: then nothing is left to compare, and nothing is lost.
    pub old_ended: Option<Instant>,
    /// Whether everything of NEW ends before OLD begins to differ: perhaps OLD is the new license and NEW the old one.
    pub looks_swapped: bool,
    /// What OLD does not tell, and is therefore not judged.
    pub not_judged: Vec<Given>,
    /// The kinds of which OLD says how many seats there are.
    #[serde(skip)]
    pub(crate) old_tells: Vec<ItemKind>,
    /// Every item of both licenses.
    pub items: Vec<DiffItem>,
    /// How many of them give the same on both sides from the as-of on.
    pub unchanged: usize,
    /// Seats at the as-of, for each kind.
    pub sums: Vec<DiffSum>,
    /// What the seats of both sides cost at the as-of; null without a list of prices.
    pub costs: Option<Costs>,
    /// When NEW gives less than it gave before, but for the end of the license.
    pub falls: Vec<DiffFall>,
    /// `MyEsri.capabilities` of both, where they differ. Nobody has published what they mean, so they are not judged.
    pub capabilities: Option<CapabilitiesChange>,
    /// What is lost, and what cannot be read plainly.
    pub findings: Vec<DiffFinding>,
    /// The inputs that could not be read.
    pub failures: Vec<FailureReport>,
}

/// One of the two licenses.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct DiffSide {
    /// Where it is from: what its envelope says, else the name of the input.
    pub source: String,
    /// The name of the input; positions are in it.
    pub file: String,
    /// When it was fetched, as its envelope says; null where that is not told.
    pub fetched_at: Option<String>,
    /// Whether the license itself was given, or what the portal says of it.
    pub document: SideDocument,
    /// The version of the file, as it stands there.
    pub version: Option<String>,
    /// The name of the input with the future license, where one was given.
    pub future: Option<String>,
    /// From when on none of its user types has seats; null where one goes on without an end, or none ever has seats.
    pub end: Option<Instant>,
    /// User types that the administrator list of this side names and this side neither defines nor provides: then the list
    /// probably belongs to another license.
    pub foreign: Vec<String>,
    /// Whether `end` is null because a license resource gives an expiration that may mean "never": perhaps it is perpetual.
    pub no_end: bool,
}

/// What tells of a license.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub enum SideDocument {
    /// The license itself.
    License,
    /// The portal's license resource: seats now, and when they expire. What follows is only known from a future license;
    /// capabilities, definitions, entitlements, apps and what user types include are not known.
    LicenseResource,
}

/// Seats of one kind at the as-of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[allow(missing_docs, reason = "as in the items")]
#[non_exhaustive]
pub struct DiffSum {
    pub kind: ItemKind,
    pub old: u128,
    pub new: u128,
    pub delta: i128,
}

/// An item of NEW that gives less than before from an instant on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct DiffFall {
    /// The instant.
    pub at: Instant,
    /// Whether it is a user type, an app bundle, an extension, an app or a capability.
    pub kind: ItemKind,
    /// The id as it stands in the license, compared byte for byte.
    pub id: String,
    /// Seats before; null for capabilities.
    pub before: Option<u64>,
    /// Seats from then on; null for capabilities.
    pub after: Option<u64>,
    /// Whether all readings agree on it.
    pub certain: bool,
}

/// `MyEsri.capabilities`, as it is written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[allow(missing_docs, reason = "the two sides")]
#[non_exhaustive]
pub struct CapabilitiesChange {
    pub old: Option<String>,
    pub new: Option<String>,
}

/// Something that is lost, or cannot be read plainly.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct DiffFinding {
    /// Which sort.
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

/// Why something is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Reason {
    /// Something in one of the files cannot be read plainly.
    NotCertain,
    /// There are fewer seats at some time.
    FewerSeats,
    /// A capability is not there at some time.
    CapabilityLost,
    /// A user type or app bundle with seats is not defined any more.
    DefinitionLost,
    /// A user type does not include an extension any more.
    IncludesLost,
    /// An entitlement is not there any more, or has a smaller number at some time.
    EntitlementLost,
    /// A user type or app bundle lacks an app at some time.
    AppLost,
    /// At some time no user type is usable for an administrator.
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
