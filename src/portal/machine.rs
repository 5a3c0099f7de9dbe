//! The things that a client needs of its machine besides the network.

use std::fmt;
use std::time::Duration;

use crate::time::Instant;

/// The clock, the pauses and the random numbers that the caller provides.
pub struct Machine {
    /// The present instant.
    pub now: Box<dyn Fn() -> Instant>,
    /// Waits for this time; `false` where the wait was ended early, and nothing is to be tried again.
    pub wait: Box<dyn Fn(Duration) -> bool>,
    /// A random number from 0 to 1, so that many clients do not try again at the same moment.
    pub chance: Box<dyn Fn() -> f64>,
}

impl fmt::Debug for Machine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Machine").finish_non_exhaustive()
    }
}
