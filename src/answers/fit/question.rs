//! What `fit` is asked.

use crate::expect::UseThresholds;
use crate::moves::Moved;
use crate::time::{Instant, Zone};
use crate::usage::{Plan, Roles, Usage};

/// What is asked of a license.
#[derive(Clone, Copy, Debug)]
pub struct FitQuestion<'q> {
    /// From which instant on.
    pub as_of: Instant,
    /// For calendar days, and for dates in what is said.
    pub zone: Zone,
    /// Up to which instant, itself included; where it is not said, to the horizon and to the last line of the plan.
    pub until: Option<Instant>,
    /// What is assigned.
    pub usage: &'q Usage,
    /// What becomes of it where members change user type first.
    pub moved: Option<&'q Moved>,
    /// What is planned.
    pub plan: &'q Plan,
    /// How the roles of members are read.
    pub roles: Roles<'q>,
    /// When use is high.
    pub thresholds: UseThresholds,
}
