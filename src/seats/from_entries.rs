//! How the entries of an item make its timeline.

use crate::seats::doubt::{Doubts, Undated};
use crate::seats::{Doubt, SeatTimeline, Step};
use crate::time::Instant;

/// One provision entry, as far as it can be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SeatEntry {
    /// The instant from which on the entry holds; `None` where the date cannot be read.
    pub start: Option<Instant>,
    /// The number of seats; `None` where the count cannot be read.
    pub seats: Option<u64>,
}

/// Entries whose id cannot be read. Each may belong to any item of its kind, so each item's timeline knows of them.
#[derive(Clone, Debug, Default)]
pub struct Strays {
    dated: Doubts,
    undated: Undated,
}

impl Strays {
    /// The entries of one kind whose id cannot be read.
    #[must_use]
    pub fn new(entries: impl IntoIterator<Item = SeatEntry>) -> Self {
        let mut undated = Undated::None;
        let mut dated = Vec::new();
        for entry in entries {
            match entry.start {
                Some(start) => dated.push((start, entry.seats)),
                None => undated.add(entry.seats),
            }
        }
        Self { dated: Doubts::new(dated), undated }
    }
}

/// The time from one entry's start to the next entry's start.
struct Segment {
    from: Instant,
    seats: u64,
    certain: bool,
}

impl SeatTimeline {
    /// The timeline that the entries of one item make; they may come in any order.
    #[must_use]
    pub fn new(entries: impl IntoIterator<Item = SeatEntry>) -> Self {
        Self::with_strays(entries, &Strays::default(), &mut 0)
    }

    /// The timeline of an item when other entries may belong to it as well. Such entries add no seats; they only make the
    /// number uncertain. `instants` becomes the number of different instants at which entries of the item begin.
    #[must_use]
    pub(crate) fn with_strays(
        entries: impl IntoIterator<Item = SeatEntry>,
        strays: &Strays,
        instants: &mut usize,
    ) -> Self {
        let mut undated = strays.undated;
        let mut dated = Vec::new();
        for entry in entries {
            match entry.start {
                Some(start) => dated.push((start, entry.seats)),
                None => undated.add(entry.seats),
            }
        }
        let segments = segments(dated);
        *instants = segments.len() - 1;
        let mut timeline = Self::default();
        for (index, segment) in segments.iter().enumerate() {
            let to = segments.get(index + 1).map(|next| next.from);
            timeline.step(segment.from, segment.seats);
            let doubt_from = if !segment.certain || undated.may_differ_from(segment.seats) {
                Some(segment.from)
            } else {
                strays.dated.first_differing(segment.from, to, segment.seats)
            };
            if let Some(from) = doubt_from {
                timeline.doubt(Doubt { from, to });
            }
        }
        timeline
    }

    /// Makes this the timeline of entries that can be read, in the order of time, no two of which begin at one instant.
    pub(crate) fn refill(&mut self, entries: impl Iterator<Item = (Instant, u64)>) {
        self.steps.clear();
        self.doubts.clear();
        entries.for_each(|(start, seats)| self.step(start, seats));
    }

    /// The timeline of an unknown item: no seats to rely on, and never certain.
    #[must_use]
    pub(crate) fn unknown() -> Self {
        Self { steps: Vec::new(), doubts: vec![Doubt { from: Instant::MIN, to: None }] }
    }

    /// Adds a step, if it changes the seats.
    pub(super) fn step(&mut self, at: Instant, seats: u64) {
        if self.steps.last().map_or(0, |step| step.seats) != seats {
            self.steps.push(Step { at, seats });
        }
    }

    /// Adds a doubt, which begins after the others or touches the last one.
    pub(super) fn doubt(&mut self, doubt: Doubt) {
        match self.doubts.last_mut() {
            Some(last) if last.to.is_none_or(|to| to >= doubt.from) => last.to = doubt.to,
            _ => self.doubts.push(doubt),
        }
    }
}

/// Merges entries of the same instant: the fewest seats count, and are certain only if all counts are readable and equal.
fn segments(mut dated: Vec<(Instant, Option<u64>)>) -> Vec<Segment> {
    dated.sort_by_key(|(start, _)| *start);
    let mut segments = Vec::with_capacity(dated.len() + 1);
    segments.push(Segment { from: Instant::MIN, seats: 0, certain: true });
    let mut previous = None;
    for (start, count) in dated {
        let seats = count.unwrap_or(0);
        match segments.last_mut() {
            Some(last) if previous == Some(start) => {
                last.certain &= count == Some(last.seats);
                last.seats = last.seats.min(seats);
            }
            _ => segments.push(Segment { from: start, seats, certain: count.is_some() }),
        }
        previous = Some(start);
    }
    segments
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_instants_of_an_item_are_those_at_which_its_entries_begin() {
        let begins = |starts: &[i64]| {
            let entry = |start: &i64| SeatEntry { start: Some(Instant::from_epoch_ms(*start)), seats: Some(1) };
            let mut instants = 7;
            let _ = SeatTimeline::with_strays(starts.iter().map(entry), &Strays::default(), &mut instants);
            instants
        };
        assert_eq!([&[][..], &[5], &[5, 5], &[5, 9, 5, 7]].map(begins), [0, 1, 1, 3]);
    }
}
