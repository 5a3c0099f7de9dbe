//! User types and members as counts: the input of the planner, and the batches of its answer.

use std::num::NonZeroU64;

/// The most members that one request moves, by default. It is the limit of a sibling operation; the documentation of
/// the operation itself states none.
pub const BATCH: NonZeroU64 = NonZeroU64::new(25).unwrap();

/// A user type before the first move, as counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Pool {
    /// The seats that are there for all of the moves.
    pub seats: u64,
    /// The members who have the user type; more than there are seats if it is over-assigned.
    pub assigned: u64,
}

/// Members who are to change from one user type to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Transfer {
    /// The index of the user type that they have.
    pub from: usize,
    /// The index of the user type that they get.
    pub to: usize,
    /// How many members change; 0 is allowed, and is no move.
    pub count: u64,
}

/// One member who is moved after all others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Last {
    /// The index of the user type that this member has.
    pub from: usize,
    /// The index of the user type that this member gets.
    pub to: usize,
}

/// Members who get a user type with one request. The user type has a free seat for each before the first of them is
/// moved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Batch {
    /// The index of the user type that they get.
    pub to: usize,
    /// How many members come from which user type: its index, and a count of at least 1. No user type is named twice.
    pub takes: Vec<(usize, u64)>,
}

impl Batch {
    /// How many members the batch moves.
    #[must_use]
    pub fn size(&self) -> u64 {
        self.takes.iter().fold(0, |sum: u64, (_, count)| sum.saturating_add(*count))
    }
}
