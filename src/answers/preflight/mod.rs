//! `preflight`: may a license be imported on a day, and what must be done by when.
//!
//! It composes what the other answers say: what is needed (by the members, or by what the import replaces) against what
//! the license gives, what is lost besides seats, and what the policy asks for.

mod actions;
mod items;
mod needs;
mod text;
mod value;
mod words;

pub use text::{preflight_markdown, preflight_table};
pub use value::{
    Action, ActionItem, Cause, Lowest, PreflightItem, PreflightLicense, PreflightOld, PreflightReport, UntilIs, Verdict,
};

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::HashMap;

use crate::answers::{CheckedFinding, OldLicense};
use crate::json::{Locator, Pointer};
use crate::license::catalog::known_as;
use crate::license::{
    Administrator, AdministratorList, Compatible, Horizon, HorizonKind, HorizonReason, Item, ItemKind, LicenseDocument,
    Successors, Version,
};
use crate::seats::Trouble;
use crate::source::{DocumentPlace, Source};
use crate::time::{Instant, Period, Zone};
use crate::usage::{Plan, Usage};

use needs::{Needed, Replaced, needed};

/// What is asked.
#[derive(Clone, Copy, Debug)]
pub struct PreflightQuestion<'q> {
    /// The instant of the import.
    pub as_of: Instant,
    /// For calendar days and for what is said.
    pub zone: Zone,
    /// The last instant to look at, where the user says so.
    pub until: Option<Instant>,
    /// An action due within this time is a no-go.
    pub lead: Period,
    /// What is assigned.
    pub usage: &'q Usage,
    /// What is planned.
    pub plan: &'q Plan,
    /// Roles with administrator privileges besides the portal's own.
    pub administrator_roles: &'q [String],
    /// The administrator list of the license.
    pub administrators: Option<&'q AdministratorList>,
    /// What the import replaces.
    pub old: Option<&'q OldLicense<'q>>,
    /// What `check` finds in the license with the same usage and policy.
    pub findings: &'q [CheckedFinding],
}

/// The license and all that is known about the day.
pub(super) struct Subject<'q> {
    as_of: Instant,
    zone: Zone,
    until: Instant,
    until_is: UntilIs,
    lead_end: Instant,
    horizon: Horizon,
    source: &'q Source,
    document: &'q LicenseDocument<'q>,
    locator: RefCell<Locator<'q>>,
    items: Vec<Item<'q>>,
    positions: HashMap<(ItemKind, String), usize>,
    version: Option<Version>,
    usage: &'q Usage,
    administrator_roles: &'q [String],
    administrators: Option<&'q AdministratorList>,
    replaced: Option<Replaced<'q>>,
}
