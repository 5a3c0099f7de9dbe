//! What a client needs of the world besides the network.

use std::fmt;
use std::time::Duration;

use crate::time::Instant;

/// The clock, the waiting and the chance that the caller provides.
pub struct Machine {
    /// The present instant.
    pub now: Box<dyn Fn() -> Instant>,
    /// Waits so long.
    pub wait: Box<dyn Fn(Duration)>,
    /// A number from 0 to 1, another one each time, so that many clients do not try again all at once.
    pub chance: Box<dyn Fn() -> f64>,
}

impl fmt::Debug for Machine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Machine").finish_non_exhaustive()
    }
}
