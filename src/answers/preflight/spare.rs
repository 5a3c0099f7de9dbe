//! User types with seats to spare, instant by instant.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use crate::answers::preflight::subject::ImportSubject;
use crate::license::{Compatible, ItemKind};
use crate::time::Instant;

/// The most user types that are named.
const MOST: usize = 5;

/// The most user types that are added up, those with most seats to spare.
const MOST_COUNTED: usize = 50;

/// The number of changes after the beginning of a trouble that are searched for spare seats.
const MOST_CHANGES: usize = 100;

/// The certain seats of user types that nobody needs. It only moves forward in time, so that thousands of actions
/// cost no more than the changes between them.
pub(super) struct Spare {
    /// Whether all user types were counted; the seats to spare of the others are not known.
    complete: bool,
    /// The changes by instant: the index of a user type in the license, and its seats to spare from then on.
    changes: BTreeMap<Instant, Vec<(usize, u64)>>,
    seats: BTreeMap<usize, u64>,
    most: BTreeSet<(Reverse<u64>, usize)>,
    /// The seats to spare over time, by the index of the user type.
    courses: BTreeMap<usize, SpareCourse>,
    /// The indices of the user types that are known to be compatible with the Administrator role.
    compatible: BTreeSet<usize>,
    /// Whether an action has offered them already.
    pub(super) was_offered: bool,
}

/// The seats to spare while a trouble lasts.
pub(super) struct ToSpare {
    /// The user types with most seats to spare as the trouble begins.
    pub(super) most: Vec<SpareType>,
    /// The seats of all user types together that are to spare all the time.
    pub(super) lasting: u128,
    /// The spare seats of the user types that administrators can certainly have.
    pub(super) compatible: u128,
    /// The number of further user types with seats to spare.
    pub(super) more: usize,
    /// Whether all user types were counted.
    pub(super) complete: bool,
    /// Whether no user type has spare seats when the shortage begins, but one has some later.
    pub(super) only_later: bool,
}

/// A user type with seats to spare.
pub(super) struct SpareType {
    /// The index of the user type in the license.
    pub(super) position: usize,
    /// The seats to spare as the trouble begins.
    pub(super) seats: u64,
    /// The fewest spare seats during the shortage, and when; `None` if their number does not fall.
    pub(super) fewer: Option<(Instant, u64)>,
}

impl Spare {
    pub(super) fn new(subject: &ImportSubject<'_>) -> Self {
        let mut changes: BTreeMap<Instant, Vec<(usize, u64)>> = BTreeMap::new();
        let mut courses = BTreeMap::new();
        let (mut complete, mut compatible) = (true, BTreeSet::new());
        let user_types = subject.items.iter().enumerate().filter(|(_, item)| item.kind == ItemKind::UserType);
        for (position, item) in user_types {
            let Some(needed) = subject.needs.of(item.kind, &item.id).filter(|needed| needed.counted) else {
                complete = false;
                continue;
            };
            if subject.compatible(&item.id) == Compatible::Yes {
                compatible.insert(position);
            }
            let there = item.timeline.certain();
            let later = there.steps().iter().map(|step| step.at).chain(needed.need.steps().iter().map(|step| step.0));
            let turns: BTreeSet<_> = later.filter(|at| *at > subject.as_of).chain([subject.as_of]).collect();
            let spare = |at: Instant| (at, there.seats_at(at).saturating_sub(needed.need.at(at)));
            let steps: Vec<_> = turns.into_iter().map(spare).collect();
            for (at, seats) in &steps {
                changes.entry(*at).or_default().push((position, *seats));
            }
            courses.insert(position, SpareCourse::new(steps));
        }
        Self {
            complete,
            changes,
            seats: BTreeMap::new(),
            most: BTreeSet::new(),
            courses,
            compatible,
            was_offered: false,
        }
    }

    /// The seats to spare from an instant, which must not lie before that of the last call, to another.
    pub(super) fn between(&mut self, from: Instant, last: Instant) -> ToSpare {
        while let Some(entry) = self.changes.first_entry().filter(|entry| *entry.key() <= from) {
            for (position, seats) in entry.remove() {
                if let Some(before) = self.seats.insert(position, seats) {
                    self.most.remove(&(Reverse(before), position));
                }
                if seats > 0 {
                    self.most.insert((Reverse(seats), position));
                }
            }
        }
        let of_type = |(Reverse(seats), position): &(Reverse<u64>, usize)| {
            let lowest = self.courses.get(position).and_then(|course| course.lowest(from, last));
            SpareType { position: *position, seats: *seats, fewer: lowest.filter(|(_, fewest)| fewest < seats) }
        };
        let mut most: Vec<_> = self.most.iter().take(MOST_COUNTED).map(of_type).collect();
        let lasting_of = |one: &SpareType| u128::from(one.fewer.map_or(one.seats, |(_, fewest)| fewest));
        let lasting = most.iter().map(lasting_of).sum();
        let is_compatible = |one: &&SpareType| self.compatible.contains(&one.position);
        let compatible = most.iter().filter(is_compatible).map(lasting_of).sum();
        most.truncate(MOST);
        let mut later = self.changes.range(..=last).take(MOST_CHANGES).flat_map(|(_, changes)| changes);
        let only_later = most.is_empty() && later.any(|(_, seats)| *seats > 0);
        ToSpare { lasting, compatible, more: self.most.len() - most.len(), most, complete: self.complete, only_later }
    }
}

/// The seats to spare of a user type over time. The fewest of any period are found without a walk through it.
struct SpareCourse {
    steps: Vec<(Instant, u64)>,
    /// In the nth list, for each step, the index of the one with the fewest seats among the 2^n steps from there on.
    fewest: Vec<Vec<usize>>,
}

impl SpareCourse {
    fn new(steps: Vec<(Instant, u64)>) -> Self {
        let mut course = Self { fewest: vec![(0..steps.len()).collect()], steps };
        let mut width = 1;
        while width * 2 <= course.steps.len() {
            let next = course.fewest.last().map_or_else(Vec::new, |list| {
                let halves = list.iter().zip(list.iter().skip(width));
                halves.map(|(one, other)| course.lower(*one, *other)).collect::<Vec<_>>()
            });
            course.fewest.push(next);
            width *= 2;
        }
        course
    }

    /// The step with fewer seats; of equal steps the earlier.
    fn lower(&self, one: usize, other: usize) -> usize {
        let key = |step: usize| (self.steps.get(step).map_or(u64::MAX, |(_, seats)| *seats), step);
        if key(one) <= key(other) { one } else { other }
    }

    /// The first instant with the fewest seats between two instants, both included.
    fn lowest(&self, from: Instant, last: Instant) -> Option<(Instant, u64)> {
        let begun = |at: Instant| self.steps.partition_point(|(start, _)| *start <= at);
        let (first, end) = (begun(from).checked_sub(1)?, begun(last.max(from)));
        let level = (end - first).checked_ilog2()?;
        let list = self.fewest.get(usize::try_from(level).ok()?)?;
        let step = self.lower(*list.get(first)?, *list.get(end.checked_sub(1 << level)?)?);
        self.steps.get(step).map(|(at, seats)| ((*at).max(from), *seats))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn the_fewest_of_a_period_are_those_of_a_walk_through_it(
            seats in prop::collection::vec(0..5_u64, 1..20), from in 0..45_i64, length in 0..45_i64,
        ) {
            let at = |nth: i64| Instant::from_epoch_ms(nth);
            let steps: Vec<_> = (0_i64..).step_by(2).zip(&seats).map(|(nth, seats)| (at(nth), *seats)).collect();
            let seats_at = |nth: i64| seats[usize::try_from(nth / 2).unwrap().min(seats.len() - 1)];
            let walk = (from..=from + length).map(|nth| (at(nth), seats_at(nth)));
            let expected = walk.min_by_key(|(at, seats)| (*seats, *at));
            prop_assert_eq!(SpareCourse::new(steps).lowest(at(from), at(from + length)), expected);
        }
    }
}
