//! Which user types have seats to spare, instant by instant.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use crate::answers::preflight::subject::ImportSubject;
use crate::license::ItemKind;
use crate::time::Instant;

/// So many user types are named.
const MOST: usize = 5;

/// The seats of user types that are certain and that nobody needs. It goes on in time only, so that thousands of actions
/// cost no more than the changes between them.
pub(super) struct Spare {
    /// Whether all user types were counted: else nobody knows of the others.
    complete: bool,
    /// What changes when: the position of a user type in the license, and its seats to spare from then on.
    changes: BTreeMap<Instant, Vec<(usize, u64)>>,
    seats: BTreeMap<usize, u64>,
    most: BTreeSet<(Reverse<u64>, usize)>,
    all: u128,
}

/// What is to spare at an instant.
pub(super) struct ToSpare {
    /// The user types with most seats: the position of each in the license, and its seats.
    pub(super) most: Vec<(usize, u64)>,
    /// The seats of all user types together.
    pub(super) all: u128,
    /// How many more user types have some.
    pub(super) more: usize,
    /// Whether all user types were counted.
    pub(super) complete: bool,
}

impl Spare {
    pub(super) fn new(subject: &ImportSubject<'_>) -> Self {
        let mut changes: BTreeMap<Instant, Vec<(usize, u64)>> = BTreeMap::new();
        let mut complete = true;
        let user_types = subject.items.iter().enumerate().filter(|(_, item)| item.kind == ItemKind::UserType);
        for (position, item) in user_types {
            let Some(needed) = subject.needs.of(item.kind, &item.id).filter(|needed| needed.counted) else {
                complete = false;
                continue;
            };
            let there = item.timeline.certain();
            let later = there.steps().iter().map(|step| step.at).chain(needed.need.steps().iter().map(|step| step.0));
            let turns: BTreeSet<_> = later.filter(|at| *at > subject.as_of).chain([subject.as_of]).collect();
            for at in turns {
                let seats = there.seats_at(at).saturating_sub(needed.need.at(at));
                changes.entry(at).or_default().push((position, seats));
            }
        }
        Self { complete, changes, seats: BTreeMap::new(), most: BTreeSet::new(), all: 0 }
    }

    /// At an instant, not before the one that was asked for last.
    pub(super) fn at(&mut self, at: Instant) -> ToSpare {
        while let Some(entry) = self.changes.first_entry().filter(|entry| *entry.key() <= at) {
            for (position, seats) in entry.remove() {
                if let Some(before) = self.seats.insert(position, seats) {
                    self.most.remove(&(Reverse(before), position));
                    self.all = self.all.saturating_sub(u128::from(before));
                }
                self.all = self.all.saturating_add(u128::from(seats));
                if seats > 0 {
                    self.most.insert((Reverse(seats), position));
                }
            }
        }
        let most: Vec<_> = self.most.iter().take(MOST).map(|(Reverse(seats), position)| (*position, *seats)).collect();
        ToSpare { all: self.all, more: self.most.len() - most.len(), most, complete: self.complete }
    }
}
