//! What OLD gives at one instant, where that is needed later.

use crate::seats::SeatTimeline;
use crate::time::Instant;

/// What OLD gives at an instant and is needed later.
#[derive(Clone, Copy, Debug)]
pub(super) struct Kept {
    pub(super) at: Instant,
    /// Whether it is needed besides what OLD gives later, or instead of it.
    pub(super) besides: bool,
}

impl Kept {
    /// What is needed of something that OLD gives so much of.
    pub(super) fn needed(self, given: &SeatTimeline) -> SeatTimeline {
        let least = given.seats_at(self.at);
        if self.besides { given.at_least(least) } else { SeatTimeline::default().at_least(least) }
    }
}
