//! What is asked of a license on the day of its import.

use crate::answers::{CheckedFinding, Side};
use crate::license::AdministratorList;
use crate::moves::Moved;
use crate::time::{Instant, Period, Zone};
use crate::usage::{Plan, Roles, Usage};

/// What is asked.
#[derive(Clone, Copy, Debug)]
pub struct PreflightQuestion<'q> {
    /// The instant of the import.
    pub as_of: Instant,
    /// For calendar days, and for dates in what is said.
    pub zone: Zone,
    /// The last instant to look at, where the user says so.
    pub until: Option<Instant>,
    /// An action due within this time is a no-go.
    pub lead: Period,
    /// What is assigned.
    pub usage: &'q Usage,
    /// What is planned.
    pub plan: &'q Plan,
    /// Moves that `usage` is after, where there are some.
    pub moved: Option<&'q Moved>,
    /// How roles are read.
    pub roles: Roles<'q>,
    /// The administrator list of the license.
    pub administrators: Option<&'q AdministratorList>,
    /// What the import replaces.
    pub old: Option<&'q Side<'q>>,
    /// What `check` finds in the license with the same usage and policy.
    pub findings: &'q [CheckedFinding],
}
