//! Seats over time as a bar of text.

use std::collections::BTreeSet;

use crate::answers::{Page, TimelineReport};
use crate::seats::SeatTimeline;
use crate::time::Instant;

/// Heights by rank: from the fewest seats above 0 that an item ever has to the most.
const LEVELS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

/// The lengths that a bar may have, without the mark at the as-of. The longest that fits the page is taken.
pub(super) const LENGTHS: [u16; 5] = [48, 32, 24, 16, 8];

/// The period that all bars of a page cover, and the as-of within it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Scale {
    from: Instant,
    to: Instant,
    as_of: Instant,
}

impl Scale {
    /// The window of the question, else from the first step until some time after the last, with the as-of included. An end after 2100,
    /// which may mean that there is no end, is left out: it would squeeze everything else together.
    pub(super) fn of(report: &TimelineReport) -> Option<Self> {
        let steps = || report.items.iter().flat_map(|item| item.timeline.steps().iter().map(|step| step.at));
        let as_of = report.as_of;
        let near = steps().filter(|at| *at <= Instant::YEAR_2100);
        let from = report.from.or_else(|| Some(steps().min()?.min(as_of)))?;
        let to = report.to.or_else(|| Some(go_on(from, near.max()?.max(as_of))))?;
        (from < to).then_some(Self { from, to, as_of })
    }

    /// The meaning of the characters in a bar.
    pub(super) fn legend(self, page: &Page) -> String {
        let (from, to) = (page.zone.show(self.from), page.zone.show(self.to));
        let mark = if self.marks(self.as_of) { ", │ the as-of" } else { "" };
        format!("▁ to █ the fewest to the most seats of the item, . none, ? not certain{mark}; from {from} to {to}")
    }

    fn marks(self, at: Instant) -> bool {
        self.from <= at && at <= self.to
    }

    fn edge(self, index: u16, length: u16) -> Instant {
        let span = i128::from(self.to.epoch_ms()) - i128::from(self.from.epoch_ms());
        let offset = span * i128::from(index) / i128::from(length);
        Instant::from_epoch_ms(i64::try_from(i128::from(self.from.epoch_ms()) + offset).unwrap_or(i64::MAX))
    }

    /// A bar of `length` equal stretches of time. Each shows the fewest seats in its stretch, so that no gap is too
    /// short to be seen. A mark stands before the stretch that holds the as-of.
    pub(super) fn bar(self, timeline: &SeatTimeline, length: u16) -> String {
        let levels: BTreeSet<_> = timeline.steps().iter().map(|step| step.seats).filter(|seats| *seats > 0).collect();
        let levels: Vec<_> = levels.into_iter().collect();
        // Heights go by rank, since heights by number would make 120, 130 and 140 seats look alike.
        let level = |seats: u64| {
            let rank = levels.partition_point(|level| *level <= seats).checked_sub(1);
            let highest = LEVELS.len() - 1;
            // An item that always has as many seats has the most.
            let index = rank.map(|rank| (rank * highest).checked_div(levels.len() - 1).unwrap_or(highest));
            index.and_then(|index| LEVELS.get(index)).copied().unwrap_or('.')
        };
        let mut bar = String::new();
        let mut steps = timeline.steps().iter().peekable();
        for index in 0..length {
            let (start, end) = (self.edge(index, length), self.edge(index + 1, length));
            while steps.next_if(|step| step.at <= start).is_some() {}
            let mut fewest = timeline.seats_at(start);
            while let Some(step) = steps.next_if(|step| step.at < end) {
                fewest = fewest.min(step.seats);
            }
            if self.marks(self.as_of) && start <= self.as_of && self.as_of < end {
                bar.push('│');
            }
            let doubtful = timeline.certain_until(start).is_some_and(|until| until < end);
            bar.push(if doubtful { '?' } else { level(fewest) });
        }
        if self.as_of == self.to {
            bar.push('│');
        }
        bar
    }
}

/// The time after the last change that gives the shortest bar a stretch of its own for it.
fn go_on(from: Instant, last: Instant) -> Instant {
    const DAY: i64 = 86_400_000;
    let span = last.epoch_ms().saturating_sub(from.epoch_ms());
    Instant::from_epoch_ms(last.epoch_ms().saturating_add((span / 6).max(DAY)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::seats::SeatEntry;

    fn bar(entries: &[(i64, u64)], as_of: i64, length: u16) -> String {
        let entries = entries
            .iter()
            .map(|(start, seats)| SeatEntry { start: Some(Instant::from_epoch_ms(*start)), seats: Some(*seats) });
        let at = Instant::from_epoch_ms;
        Scale { from: at(0), to: at(80), as_of: at(as_of) }.bar(&SeatTimeline::new(entries), length)
    }

    #[test]
    fn every_change_shows() {
        assert_eq!(bar(&[(0, 120), (20, 130), (40, 140), (60, 0)], 40, 8), "▁▁▄▄│██..");
        assert_eq!(bar(&[(0, 5)], -1, 8), "████████");
        assert_eq!(bar(&[(0, 5), (41, 0), (42, 5)], 79, 8), "████.██│█");
        assert_eq!(bar(&[(0, 200), (40, 100)], 0, 8), "│████▁▁▁▁");
    }
}
