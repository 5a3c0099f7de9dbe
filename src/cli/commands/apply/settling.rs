//! Waiting for a list of members that lags behind.

use std::cell::Cell;
use std::time::{Duration, Instant};

/// The first wait; each is twice as long as the one before, up to the longest.
const FIRST: Duration = Duration::from_millis(500);
const LONGEST: Duration = Duration::from_secs(8);

/// How long is waited in all, and how long was.
pub(super) struct Settling {
    started: Instant,
    all: Duration,
    next: Cell<Duration>,
}

impl Settling {
    /// So many seconds from now on.
    pub(super) fn new(seconds: u64) -> Self {
        Self { started: Instant::now(), all: Duration::from_secs(seconds), next: Cell::new(FIRST) }
    }

    /// Waits before another try; `false` where the time is up.
    pub(super) fn waits(&self) -> bool {
        let left = self.all.saturating_sub(self.started.elapsed());
        if left.is_zero() {
            return false;
        }
        std::thread::sleep(self.next.get().min(left));
        self.next.set((self.next.get() * 2).min(LONGEST));
        true
    }
}
