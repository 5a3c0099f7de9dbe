//! The question of a preflight.

use crate::answers::{CheckedFinding, Side};
use crate::license::AdministratorList;
use crate::moves::Moved;
use crate::time::{Instant, Period, Zone};
use crate::usage::{Plan, Roles, Usage};

/// The question: one import, with all that is known of the day.
#[derive(Clone, Copy, Debug)]
pub struct PreflightQuestion<'q> {
    /// The instant of the import.
    pub as_of: Instant,
    /// The zone of calendar days and of dates in messages.
    pub zone: Zone,
    /// The last instant to look at; `None` for the horizon.
    pub until: Option<Instant>,
    /// The lead time: with an action due within it the verdict is no-go.
    pub lead: Period,
    /// The assigned seats.
    pub usage: &'q Usage,
    /// The seats that are planned besides.
    pub plan: &'q Plan,
    /// The moves after which `usage` is counted.
    pub moved: Option<&'q Moved>,
    /// Which roles have administrator privileges.
    pub roles: Roles<'q>,
    /// The administrator list of the license.
    pub administrators: Option<&'q AdministratorList>,
    /// The license that the import replaces.
    pub old: Option<&'q Side<'q>>,
    /// The findings of `check` for the license, with the same usage and policy.
    pub findings: &'q [CheckedFinding],
}
