//! `admins`: which user types the initial administrator of a portal can have, and why not the others.

mod rows;
mod text;

pub use text::{admins_markdown, admins_table, reason};

use std::borrow::Cow;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::answers::schema_name::{self, NamedForm};
use crate::answers::{FailureReport, FindingReport, ItemReport, LicenseReport, Origin};
use crate::license::{Administrator, AdministratorObstacle, Compatible, ItemKind, foreign_list};
use crate::seats::Status;
use crate::text::{Phrase, name, phrase};
use crate::time::Instant;

/// The JSON of `seatline admins`, version 1. Fields may be added, never changed.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct AdminsReport {
    /// The name of this form: `seatline/admins/v1`.
    #[cfg_attr(test, schemars(extend("const" = AdminsReport::SCHEMA)))]
    #[serde(deserialize_with = "schema_name::read::<AdminsReport, _>")]
    pub schema: Cow<'static, str>,
    /// The instant at which the seats are counted.
    pub as_of: Instant,
    /// The last instant at which a user type must have seats; null where they are asked for at the as-of only.
    pub until: Option<Instant>,
    /// The licenses, each with its own `pick`.
    pub licenses: Vec<AdminsLicense>,
    /// Every user type of every license.
    pub user_types: Vec<AdminUserType>,
    /// The id of the usable user type with the most seats. Null where no user type is usable, where there is more than
    /// one license, or where the administrator list probably belongs to another license.
    pub pick: Option<String>,
    /// The inputs that could not be read.
    pub failures: Vec<FailureReport>,
}

/// One license document, and the user type to pick.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct AdminsLicense {
    /// Where the license was read, and its version.
    #[serde(flatten)]
    pub origin: Arc<Origin>,
    /// The id of the usable user type with the most seats; null where no user type is usable, or the administrator list
    /// probably belongs to another license.
    pub pick: Option<String>,
    /// The user types that the administrator list names and the license neither defines nor provides. If there are any,
    /// the list probably belongs to another license.
    pub foreign: Vec<String>,
    /// The number of this license's user types. Those of the first license stand first in `userTypes` of the answer, then
    /// those of the second.
    pub user_type_count: usize,
    /// What `pick` and `foreign` mean, in words: "most seats: creatorUT".
    pub verdict: Phrase,
    /// The findings about entries that could not be read plainly.
    #[serde(skip)]
    pub(crate) findings: Vec<FindingReport>,
}

/// A user type, and whether the initial administrator can have it.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct AdminUserType {
    /// The document that the user type stands in.
    #[serde(flatten)]
    pub origin: Arc<Origin>,
    /// The id as it stands in the license, compared byte for byte.
    pub id: String,
    /// The name in the document; null where it has none.
    pub name: Option<String>,
    /// The published name of the id; null where the id is not in the catalogue.
    pub known_as: Option<String>,
    /// Yes if it is compatible and certainly has seats; no if it is known to be incompatible or to have no seats; else
    /// unknown.
    pub usable: Compatible,
    /// The obstacles to its use; empty where there are none.
    pub obstacles: Vec<AdministratorObstacle>,
    /// Whether it is compatible with the Administrator role, and how that is known.
    pub administrator: Option<Administrator>,
    /// The seats at the as-of, by the cautious reading.
    pub usable_seats: u64,
    /// The status at the as-of.
    pub status: Status,
    /// Whether every reading of the license gives the same seats at the as-of.
    pub certain: bool,
    /// The first step to 0 after the as-of; null where no end is stated.
    pub ends_at: Option<Instant>,
    /// The first instant, from the as-of on, at which readings differ; null for never.
    pub certain_until: Option<Instant>,
}

/// The question that `admins` asks of licenses.
#[derive(Clone, Copy, Debug)]
pub struct AdminsQuestion {
    /// The instant at which the seats are counted.
    pub as_of: Instant,
    /// The last instant at which a user type must have seats; `None` where they are asked for at the as-of only.
    pub until: Option<Instant>,
}

impl NamedForm for AdminsReport {
    const NAME: &'static str = Self::SCHEMA;
}

impl AdminsReport {
    /// The `schema` member of this answer.
    pub const SCHEMA: &'static str = "seatline/admins/v1";

    /// Judges the user types in the reports of all licenses. The reports must not be filtered.
    #[must_use]
    pub fn new(question: AdminsQuestion, reports: &[LicenseReport], failures: Vec<FailureReport>) -> Self {
        let AdminsQuestion { as_of, until } = question;
        let mut user_types = Vec::new();
        let mut licenses = Vec::new();
        for report in reports {
            let first = user_types.len();
            let origin = Arc::new(report.origin.clone());
            let items = report.items.iter().filter(|item| item.kind == ItemKind::UserType);
            user_types.extend(items.map(|item| admin_user_type(&origin, item, until.unwrap_or(as_of))));
            let own: &[AdminUserType] = user_types.get(first..).unwrap_or_default();
            let foreign = report.foreign.clone();
            let pick = pick(own).filter(|_| foreign.is_empty()).map(|user_type| user_type.id.clone());
            licenses.push(AdminsLicense {
                origin,
                verdict: verdict(pick.as_deref(), &foreign, until),
                pick,
                foreign,
                user_type_count: own.len(),
                findings: report.findings.clone(),
            });
        }
        let pick = if let [only] = licenses.as_slice() { only.pick.clone() } else { None };
        Self { schema: Self::SCHEMA.into(), as_of, until, licenses, user_types, pick, failures }
    }

    /// Every license with its user types.
    pub(crate) fn each(&self) -> impl Iterator<Item = (&AdminsLicense, &[AdminUserType])> {
        let mut rest = self.user_types.as_slice();
        self.licenses.iter().map(move |license| {
            let (own, others) = rest.split_at_checked(license.user_type_count).unwrap_or((rest, &[]));
            rest = others;
            (license, own)
        })
    }

    /// Whether a license has no usable user type, taking the administrator list as it is, even if it probably belongs to another
    /// license.
    #[must_use]
    pub fn lacks_usable(&self) -> bool {
        self.each().any(|(_, user_types)| pick(user_types).is_none())
    }
}

fn verdict(pick: Option<&str>, foreign: &[String], until: Option<Instant>) -> Phrase {
    match (foreign_list(foreign), pick) {
        (Some(foreign), _) => foreign,
        (None, Some(pick)) => phrase!["most seats: ", name(pick)],
        (None, None) => {
            let when = if until.is_some() { "for all of this time" } else { "on this day" };
            format!("no user type is certainly usable for the initial administrator {when}").into()
        }
    }
}

impl AdminsLicense {
    /// The remark that the administrator list probably belongs to another license; `None` where it fits.
    #[must_use]
    pub fn foreign_list(&self) -> Option<String> {
        foreign_list(&self.foreign).map(String::from)
    }
}

/// The usable user type with the most seats; where several have as many, the one that is defined first.
#[must_use]
pub fn pick(user_types: &[AdminUserType]) -> Option<&AdminUserType> {
    // `max_by_key` returns the last of equal elements, so the user types come in reverse.
    let usable = user_types.iter().rev().filter(|user_type| user_type.usable == Compatible::Yes);
    usable.max_by_key(|user_type| user_type.usable_seats)
}

fn admin_user_type(origin: &Arc<Origin>, item: &ItemReport, until: Instant) -> AdminUserType {
    let usable_seats = item.usable_seats.unwrap_or(0);
    let compatible = item.administrator.map_or(Compatible::Unknown, |administrator| administrator.compatible);
    let end = item.ends_at.filter(|end| *end <= until);
    let doubt = item.certain_until.filter(|doubt| *doubt <= until);
    let without = usable_seats == 0 || end.is_some();
    let obstacles: Vec<_> = [
        (compatible == Compatible::No, AdministratorObstacle::NotCompatible),
        (compatible == Compatible::Unknown, AdministratorObstacle::CompatibilityUnknown),
        (without, AdministratorObstacle::NoSeats),
        (doubt.is_some(), AdministratorObstacle::SeatsUncertain),
    ]
    .into_iter()
    .filter_map(|(is, obstacle)| is.then_some(obstacle))
    .collect();
    // The end is certain if readings differ only after it.
    let is_certainly_without =
        (usable_seats == 0 && item.certain) || end.is_some_and(|end| doubt.is_none_or(|doubt| doubt > end));
    AdminUserType {
        origin: Arc::clone(origin),
        id: item.id.clone(),
        name: item.name.clone(),
        known_as: item.known_as.clone(),
        usable: match obstacles.as_slice() {
            [] => Compatible::Yes,
            _ if compatible == Compatible::No || is_certainly_without => Compatible::No,
            _ => Compatible::Unknown,
        },
        obstacles,
        administrator: item.administrator,
        usable_seats,
        status: item.status,
        certain: item.certain,
        ends_at: item.ends_at,
        certain_until: item.certain_until,
    }
}
