//! Seats over time: a step function, and the periods in which it is not certain.
//!
//! Each entry says "from this instant on, so many seats". A later entry replaces an earlier one; entries never add up. Where
//! entries contradict each other or cannot be read, the timeline holds the fewest seats that they can mean, and remembers that
//! the number is not certain there.

mod combine;
mod compare;
mod doubt;
mod from_entries;
mod need;
mod status;
mod windows;

#[cfg(test)]
mod oracle;

pub use compare::{Shortfall, any_active, shortfalls};
pub use doubt::Doubt;
pub use from_entries::{SeatEntry, Strays};
pub use need::{Need, NeedStep, Trouble, TroubleKind};
pub use status::Status;
pub(crate) use windows::Span;
pub use windows::{StrayWindows, Window, WindowEnd, windows};

use crate::time::Instant;

/// An instant at which the seats change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// The instant at which the step begins.
    pub at: Instant,
    /// The seats from `at` on. They differ from the seats before.
    pub seats: u64,
}

/// A period without seats between two periods with seats.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gap {
    /// The first instant without seats.
    pub from: Instant,
    /// The first instant with seats again.
    pub to: Instant,
}

/// The seats of one item over all time. It starts at 0 and has a step only where the seats change.
///
/// ```
/// use seatline::parts::{SeatEntry, Status};
/// use seatline::{Instant, SeatTimeline};
///
/// let [start, renewal, end] = [1_000, 2_000, 3_000].map(Instant::from_epoch_ms);
/// let timeline = SeatTimeline::new([
///     SeatEntry { start: Some(end), seats: Some(0) },
///     SeatEntry { start: Some(start), seats: Some(200) },
///     SeatEntry { start: Some(renewal), seats: Some(250) },
/// ]);
/// assert_eq!(timeline.seats_at(start), 200);
/// assert_eq!(timeline.seats_at(renewal), 250);
/// assert_eq!(timeline.end_after(start), Some(end));
/// assert_eq!(timeline.status_at(end), Status::Expired);
/// assert!(timeline.is_certain_at(end));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SeatTimeline {
    steps: Vec<Step>,
    doubts: Vec<Doubt>,
}

impl SeatTimeline {
    /// All steps, from the earliest on. The first one is never to 0.
    #[must_use]
    pub fn steps(&self) -> &[Step] {
        &self.steps
    }

    /// The seats at an instant, by the cautious reading.
    #[must_use]
    pub fn seats_at(&self, at: Instant) -> u64 {
        self.step_at(at).map_or(0, |step| step.seats)
    }

    /// The seats at an instant if every reading gives the same number, else 0.
    #[must_use]
    pub(crate) fn certain_seats_at(&self, at: Instant) -> u64 {
        if self.is_certain_at(at) { self.seats_at(at) } else { 0 }
    }

    /// The step that holds at an instant; `None` before the first.
    #[must_use]
    pub fn step_at(&self, at: Instant) -> Option<Step> {
        self.until(at).last().copied()
    }

    /// The first step after an instant.
    #[must_use]
    pub fn next_change(&self, at: Instant) -> Option<Step> {
        self.after(at).first().copied()
    }

    /// The first step to 0 after an instant; `None` where no end is stated.
    #[must_use]
    pub fn end_after(&self, at: Instant) -> Option<Instant> {
        self.after(at).iter().find(|step| step.seats == 0).map(|step| step.at)
    }

    /// The last step, if it is to 0: the end after which there are never seats again.
    #[must_use]
    pub fn final_end(&self) -> Option<Instant> {
        self.steps.last().filter(|step| step.seats == 0).map(|step| step.at)
    }

    /// The periods without seats between two with seats.
    pub(crate) fn gaps(&self) -> impl Iterator<Item = Gap> {
        self.steps.windows(2).filter_map(|pair| match pair {
            [none, some] if none.seats == 0 => Some(Gap { from: none.at, to: some.at }),
            _ => None,
        })
    }

    /// The first instant from `from` to `until`, both included, at which fewer than `seats` seats are certain.
    #[must_use]
    pub(crate) fn first_below(&self, seats: u64, from: Instant, until: Instant) -> Option<Instant> {
        let steps = self.steps.iter().map(|step| step.at);
        let changes = steps.chain(self.doubts.iter().map(|doubt| doubt.from));
        let instants = changes.filter(|at| (from..=until).contains(at)).chain([from]);
        instants.filter(|at| self.seats_at(*at) < seats || !self.is_certain_at(*at)).min()
    }

    /// The first instant from `from` to `until`, both included, with the fewest seats; and these seats.
    #[must_use]
    pub(crate) fn lowest(&self, from: Instant, until: Instant) -> (Instant, u64) {
        let later = self.after(from).iter().take_while(|step| step.at <= until);
        let first = (from, self.seats_at(from));
        later.fold(first, |lowest, step| if step.seats < lowest.1 { (step.at, step.seats) } else { lowest })
    }

    /// Whether every reading gives the same seats at an instant.
    #[must_use]
    pub fn is_certain_at(&self, at: Instant) -> bool {
        self.certain_until(at) != Some(at)
    }

    /// The first instant, from `at` on, at which readings differ; `None` if they never do.
    #[must_use]
    pub fn certain_until(&self, at: Instant) -> Option<Instant> {
        let next = self.doubts.partition_point(|doubt| doubt.to.is_some_and(|to| to <= at));
        self.doubts.get(next).map(|doubt| doubt.from.max(at))
    }

    /// The periods in which readings differ, in order. They do not touch each other.
    #[must_use]
    pub(crate) fn doubts(&self) -> &[Doubt] {
        &self.doubts
    }

    /// The status of the item at an instant.
    #[must_use]
    pub fn status_at(&self, at: Instant) -> Status {
        // The first step, and the first step after a time without seats, give more than 0.
        match (self.seats_at(at) > 0, !self.until(at).is_empty(), !self.after(at).is_empty()) {
            (true, ..) => Status::Active,
            (false, false, true) => Status::Upcoming,
            (false, true, true) => Status::Lapsed,
            (false, true, false) => Status::Expired,
            (false, false, false) => Status::Empty,
        }
    }

    /// A timeline with 0 seats wherever this one is not certain; the result is certain at all times.
    #[must_use]
    pub(crate) fn certain(&self) -> Self {
        let turns = self.doubts.iter().flat_map(|doubt| [Some(doubt.from), doubt.to]).flatten();
        let mut turns: Vec<_> = self.steps.iter().map(|step| step.at).chain(turns).collect();
        turns.sort_unstable();
        let mut certain = Self::default();
        turns.into_iter().for_each(|at| certain.step(at, self.certain_seats_at(at)));
        certain
    }

    fn until(&self, at: Instant) -> &[Step] {
        self.steps.get(..self.count_until(at)).unwrap_or_default()
    }

    fn after(&self, at: Instant) -> &[Step] {
        self.steps.get(self.count_until(at)..).unwrap_or_default()
    }

    fn count_until(&self, at: Instant) -> usize {
        self.steps.partition_point(|step| step.at <= at)
    }
}
