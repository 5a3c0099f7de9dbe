//! The periods in which the seats of an item are not certain.

use crate::time::Instant;

/// A period in which entries can be read in more than one way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Doubt {
    /// The first instant of the period; [`Instant::MIN`] where it has no beginning.
    pub from: Instant,
    /// The first instant after the period; `None` where it never ends.
    pub to: Option<Instant>,
}

impl Doubt {
    /// Whether an instant lies in the period.
    #[must_use]
    pub(crate) fn holds(&self, at: Instant) -> bool {
        self.from <= at && self.to.is_none_or(|to| at < to)
    }
}

/// The entries without a readable date, taken together. Each of them may begin at any time, so at any time each may hold.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Undated {
    /// There are no such entries.
    #[default]
    None,
    /// All of these entries state the same count.
    Same(u64),
    /// These entries contradict each other, or a count cannot be read.
    Any,
}

impl Undated {
    pub(super) fn add(&mut self, seats: Option<u64>) {
        *self = match (*self, seats) {
            (Self::None, Some(seats)) => Self::Same(seats),
            (Self::Same(before), Some(seats)) if before == seats => Self::Same(seats),
            _ => Self::Any,
        };
    }

    pub(super) fn may_differ_from(self, seats: u64) -> bool {
        match self {
            Self::None => false,
            Self::Same(other) => other != seats,
            Self::Any => true,
        }
    }
}

/// Dated entries that may belong to any item of their kind, prepared once for all of these items.
#[derive(Clone, Debug, Default)]
pub(super) struct Doubts {
    /// The entries in the order of time: start, and count if it can be read.
    dated: Vec<(Instant, Option<u64>)>,
    /// For each entry the index of the next entry with another count.
    next_other: Vec<usize>,
}

impl Doubts {
    pub(super) fn new(mut dated: Vec<(Instant, Option<u64>)>) -> Self {
        dated.sort_unstable();
        let mut next_other = vec![dated.len(); dated.len()];
        let mut other = dated.len();
        for (index, pair) in dated.windows(2).enumerate().rev() {
            if let [(_, seats), (_, next)] = pair
                && seats != next
            {
                other = index + 1;
            }
            if let Some(slot) = next_other.get_mut(index) {
                *slot = other;
            }
        }
        Self { dated, next_other }
    }

    /// The start of the first entry from `from` up to `to` that has another count than `seats`: from there on readings
    /// differ.
    pub(super) fn first_differing(&self, from: Instant, to: Option<Instant>, seats: u64) -> Option<Instant> {
        let first = self.dated.partition_point(|(start, _)| *start < from);
        let same = self.dated.get(first)?.1 == Some(seats);
        let index = if same { *self.next_other.get(first)? } else { first };
        let (start, _) = *self.dated.get(index)?;
        to.is_none_or(|to| start < to).then_some(start)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_period_holds_its_first_instant_and_not_the_one_after_it() {
        let at = Instant::from_epoch_ms;
        let holds = |doubt: Doubt| (3..8).filter(|ms| doubt.holds(at(*ms))).collect::<Vec<_>>();
        assert_eq!(holds(Doubt { from: at(4), to: Some(at(6)) }), [4, 5]);
        assert_eq!(holds(Doubt { from: at(6), to: None }), [6, 7]);
        assert_eq!(holds(Doubt { from: Instant::MIN, to: Some(at(4)) }), [3]);
    }
}
