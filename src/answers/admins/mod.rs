//! Which user types the initial administrator of a portal can have, and why not the others.

mod rows;
mod text;

pub use text::{admins_markdown, admins_table, reason};

use std::ops::Range;
use std::sync::Arc;

use serde::Serialize;

use crate::answers::{FailureReport, FindingReport, ItemReport, LicenseReport, Origin};
use crate::license::{Administrator, Compatible, ItemKind, Obstacle, Usability, foreign_list};
use crate::seats::Status;
use crate::time::Instant;

/// The JSON of `seatline admins`, version 1. Fields may be added, never changed.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct AdminsReport {
    /// `seatline/admins/v1`.
    #[cfg_attr(test, schemars(extend("const" = AdminsReport::SCHEMA)))]
    pub schema: &'static str,
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
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
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
    pub has_usable: bool,
    /// What was not plainly read.
    #[serde(skip)]
    pub findings: Vec<FindingReport>,
    /// Which of [`AdminsReport::user_types`] are its own.
    #[serde(skip)]
    pub rows: Range<usize>,
}

/// A user type as an answer to "can the initial administrator have it".
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct AdminUserType {
    /// Which document it stands in.
    #[serde(flatten)]
    pub origin: Arc<Origin>,
    /// Its id.
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
            user_types.extend(items.map(|item| admin_user_type(&origin, item, as_of, until.unwrap_or(as_of))));
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
        Self { schema: Self::SCHEMA, as_of, until, licenses, user_types, pick, failures }
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

fn admin_user_type(origin: &Arc<Origin>, item: &ItemReport, as_of: Instant, until: Instant) -> AdminUserType {
    let nobody_says = Administrator { compatible: Compatible::Unknown, basis: None };
    let Usability { usable, obstacles, .. } =
        item.administrator.unwrap_or(nobody_says).usability(&item.timeline, as_of, until);
    AdminUserType {
        origin: Arc::clone(origin),
        id: item.id.clone(),
        name: item.name.clone(),
        known_as: item.known_as.clone(),
        usable,
        obstacles,
        administrator: item.administrator,
        usable_seats: item.usable_seats.unwrap_or(0),
        status: item.status,
        certain: item.certain,
        ends_at: item.ends_at,
        certain_until: item.certain_until,
    }
}
