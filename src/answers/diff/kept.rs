//! Seats and extras that OLD gives at one instant and that stay needed later.

use crate::seats::SeatTimeline;
use crate::time::Instant;

/// What OLD gives at the instant `at`, which is needed at every later time.
#[derive(Clone, Copy, Debug)]
pub(super) struct Kept {
    pub(super) at: Instant,
    /// Whether what OLD gives later is needed as well.
    pub(super) and_later: bool,
}

impl Kept {
    /// How much NEW must give over time, if `given` is what OLD gives.
    pub(super) fn needed(self, given: &SeatTimeline) -> SeatTimeline {
        let least = given.seats_at(self.at);
        if self.and_later { given.at_least(least) } else { SeatTimeline::default().at_least(least) }
    }
}
