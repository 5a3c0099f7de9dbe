//! User types and members as counts: what the planner is given, and what it answers.

use std::num::NonZeroU64;

/// The most members one request moves, if nothing else is said: what a sibling of the operation allows, the operation
/// itself stating no limit.
pub const BATCH: NonZeroU64 = NonZeroU64::new(25).unwrap();

/// A user type before the first move.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Pool {
    /// Its seats.
    pub seats: u64,
    /// The members who hold it; more than there are seats if it is over-assigned.
    pub assigned: u64,
}

/// Members who are to change from one type to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Transfer {
    /// The index of the type they hold.
    pub from: usize,
    /// The index of the type they get.
    pub to: usize,
    /// How many they are.
    pub count: u64,
}

/// One member who is moved after all others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Last {
    /// The index of the type that member holds.
    pub from: usize,
    /// The index of the type that member gets.
    pub to: usize,
}

/// Members who get a type at once. Each has a free seat there before the first of them is moved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Batch {
    /// The index of the type they get.
    pub to: usize,
    /// How many come from which type: its index, and at least 1. No type is named twice.
    pub takes: Vec<(usize, u64)>,
}

impl Batch {
    /// How many members are moved.
    #[must_use]
    pub fn size(&self) -> u64 {
        self.takes.iter().fold(0, |sum: u64, (_, count)| sum.saturating_add(*count))
    }
}
