//! Why there is no order.

use std::fmt;

/// That no order of the moves exists, and all that stands in the way. Curing every obstacle is enough, and each one must
/// be cured.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoOrder {
    /// What stands in the way, never empty: types short of seats first, then groups, each by the index of its (first)
    /// pool.
    pub obstacles: Vec<Obstacle>,
    /// Whether an order exists if nobody has to come last.
    pub only_for_last: bool,
}

/// One reason why there is no order. Pools are named by index.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Obstacle {
    /// More members end up with a type than it has seats.
    EndsShort {
        /// The type.
        pool: usize,
        /// How many seats it lacks when all moves are done, at least 1.
        short: u64,
    },
    /// The one who comes last holds a seat which somebody else must have before. One more seat at that type would do.
    HeldByLast {
        /// The type the last one is moved from.
        pool: usize,
    },
    /// A closed group: nobody comes into these types but from one another, and none of them has a free seat in the end.
    /// Seats that are free at the start, or that members free who leave the group, only make up for those over-assigned;
    /// then all are full, and nobody can make the next step. One more seat at any of them would do, and nothing less.
    Deadlock {
        /// The types of the group, at least two.
        pools: Vec<usize>,
        /// Those of them that are over-assigned at the start.
        over_assigned: Vec<usize>,
    },
}

impl fmt::Display for NoOrder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let count = self.obstacles.len();
        write!(f, "no order of the moves exists: {count} {}", if count == 1 { "obstacle" } else { "obstacles" })
    }
}

impl std::error::Error for NoOrder {}
