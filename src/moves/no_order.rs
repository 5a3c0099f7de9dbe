//! Why no order exists.

use std::fmt;

/// No order of the moves exists. Removing all obstacles is enough for an order, and each must be removed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoOrder {
    /// The obstacles, at least one: first user types that are short of seats, then closed groups, each by the index of
    /// its (first) pool.
    pub obstacles: Vec<Obstacle>,
    /// Whether an order exists if no member has to come last.
    pub only_for_last: bool,
}

/// One reason why no order exists. User types are named by the index of their pools.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Obstacle {
    /// After all moves, more members have a user type than it has seats.
    EndsShort {
        /// The user type.
        pool: usize,
        /// How many seats are missing after all moves, at least 1.
        short: u64,
    },
    /// The member who comes last has a seat that another member needs before. One more seat of that user type would be
    /// enough.
    HeldByLast {
        /// The user type that the last member has.
        pool: usize,
    },
    /// A closed group: members come into these user types only from one another, and none of them has a free seat in
    /// the end. Seats that are free at the start, or become free as members leave the group, only reduce
    /// over-assignment; then all of these types are full, and no member can be moved. One more seat of any of them
    /// would be enough, and nothing less.
    Deadlock {
        /// The user types of the group, at least two.
        pools: Vec<usize>,
        /// The user types of the group that are over-assigned at the start.
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
