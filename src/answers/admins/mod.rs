//! Which user types the initial administrator of a portal can have, and why not the others.

mod rows;
mod text;

pub use text::{admins_markdown, admins_table, reason};

use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::answers::schema_name::{self, Named};
use crate::answers::{FailureReport, FindingReport, ItemReport, LicenseReport, Origin};
use crate::license::{Administrator, Compatible, ItemKind, Obstacle, foreign_list};
use crate::seats::Status;
use crate::time::Instant;

/// The JSON of `seatline admins`, version 1. Fields may be added, never changed.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct AdminsReport {
    /// `seatline/admins/v1`.
    #[cfg_attr(test, schemars(extend("const" = AdminsReport::SCHEMA)))]
    #[serde(deserialize_with = "schema_name::read::<AdminsReport, _>")]
    pub schema: Cow<'static, str>,
    /// The instant that all of it speaks of.
    pub as_of: Instant,
    /// The last instant at which a user type must have seats; null where that is the as-of.
    pub until: Option<Instant>,
    /// The licenses, each with its own pick.
    pub licenses: Vec<AdminsLicense>,
    /// Every user type of every license.
    pub user_types: Vec<AdminUserType>,
    /// The usable user type with the most seats; null where there is none, or more than one license, or where the
    /// administrator list probably belongs to another license.
    pub pick: Option<String>,
    /// The inputs that could not be read.
    pub failures: Vec<FailureReport>,
}

/// One license.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct AdminsLicense {
    /// Which document.
    #[serde(flatten)]
    pub origin: Arc<Origin>,
    /// The usable user type with the most seats; null where there is none, or the administrator list probably belongs to
    /// another license.
    pub pick: Option<String>,
    /// User types that the administrator list names and the license neither defines nor provides: then the list probably
    /// belongs to another license.
    pub foreign: Vec<String>,
    /// Whether a user type is usable, by that list all the same.
    #[serde(skip)]
    pub(crate) has_usable: bool,
    /// What was not plainly read.
    #[serde(skip)]
    pub(crate) findings: Vec<FindingReport>,
    /// Which of [`AdminsReport::user_types`] are its own.
    #[serde(skip)]
    pub(crate) rows: Range<usize>,
}

/// A user type as an answer to "can the initial administrator have it".
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct AdminUserType {
    /// Which document it stands in.
    #[serde(flatten)]
    pub origin: Arc<Origin>,
    /// The id as it stands in the license, compared byte for byte.
    pub id: String,
    /// The document's name for it.
    pub name: Option<String>,
    /// Its published name.
    pub known_as: Option<String>,
    /// Whether it can: yes if it is compatible and certainly has seats; no if it is known not to be or not to have any.
    pub usable: Compatible,
    /// What stands in the way; empty where nothing does.
    pub obstacles: Vec<Obstacle>,
    /// Whether it is compatible with the Administrator role.
    pub administrator: Option<Administrator>,
    /// Seats to rely on.
    pub usable_seats: u64,
    /// In one word.
    pub status: Status,
    /// Whether the seats are the same however what cannot be read is read.
    pub certain: bool,
    /// The first later step to 0; null where no end is stated.
    pub ends_at: Option<Instant>,
    /// The first instant, from the as-of on, at which readings differ; null if never.
    pub certain_until: Option<Instant>,
}

/// What is asked of licenses.
#[derive(Clone, Copy, Debug)]
pub struct AdminsQuestion {
    /// The instant that all of it speaks of.
    pub as_of: Instant,
    /// The last instant at which a user type must have seats, where it must have them for some time.
    pub until: Option<Instant>,
}

impl Named for AdminsReport {
    const NAME: &'static str = Self::SCHEMA;
}

impl AdminsReport {
    /// The name of this form.
    pub const SCHEMA: &'static str = "seatline/admins/v1";

    /// From the reports of all licenses, unfiltered.
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
            let usable = pick(own);
            licenses.push(AdminsLicense {
                origin,
                pick: usable.filter(|_| foreign.is_empty()).map(|user_type| user_type.id.clone()),
                has_usable: usable.is_some(),
                foreign,
                findings: report.findings.clone(),
                rows: first..user_types.len(),
            });
        }
        let pick = if let [only] = licenses.as_slice() { only.pick.clone() } else { None };
        Self { schema: Self::SCHEMA.into(), as_of, until, licenses, user_types, pick, failures }
    }
}

impl AdminsLicense {
    /// What is said where the administrator list probably belongs to another license.
    #[must_use]
    pub fn foreign_list(&self) -> Option<String> {
        foreign_list(&self.foreign)
    }
}

/// The usable user type with the most seats; of several the one that is defined first.
#[must_use]
pub fn pick(user_types: &[AdminUserType]) -> Option<&AdminUserType> {
    // Of equal ones `max_by_key` takes the last, so they come in reverse.
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
        (compatible == Compatible::No, Obstacle::NotCompatible),
        (compatible == Compatible::Unknown, Obstacle::CompatibilityUnknown),
        (without, Obstacle::NoSeats),
        (doubt.is_some(), Obstacle::SeatsUncertain),
    ]
    .into_iter()
    .filter_map(|(is, obstacle)| is.then_some(obstacle))
    .collect();
    // An end is certain if readings differ only later.
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
