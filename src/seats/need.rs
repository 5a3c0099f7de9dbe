//! Seats that are needed over time, compared with the seats of a license.

use std::collections::{BTreeMap, BTreeSet};

use crate::seats::SeatTimeline;
use crate::time::Instant;

/// The seats that are needed from an instant on: a step function that may rise and fall.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Need {
    start: Instant,
    /// The instants from which on another number of seats is needed, in the order of time. The first is `start`.
    steps: Vec<(Instant, u64)>,
}

/// Why the seats of an item do not certainly suffice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum TroubleKind {
    /// There are fewer seats than are needed.
    Short,
    /// Seats are needed, and it is not certain how many there are.
    Doubt,
}

/// A period in which needed seats are missing or not certain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Trouble {
    /// Whether seats are missing or not certain.
    pub kind: TroubleKind,
    /// The first instant of the period.
    pub from: Instant,
    /// The first instant after the period, even if it is later than the time that is looked at; `None` where the period
    /// never ends.
    pub to: Option<Instant>,
    /// The first instant, within the time that is looked at, at which the most seats are missing.
    pub worst: Instant,
    /// The seats that are needed at `worst`.
    pub needed: u64,
    /// The seats at `worst`, by the cautious reading.
    pub seats: u64,
}

/// The seats that are needed, and the seats that the license gives, from an instant on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NeedStep {
    /// The first instant.
    pub at: Instant,
    /// The seats that are needed.
    pub needed: u64,
    /// The seats that the license gives, by the cautious reading.
    pub seats: u64,
}

impl Trouble {
    /// How many seats are missing at `worst`.
    #[must_use]
    pub fn short(&self) -> u64 {
        self.needed.saturating_sub(self.seats)
    }
}

impl Need {
    /// The need for the same number of seats from `start` on.
    #[must_use]
    pub fn constant(start: Instant, seats: u64) -> Self {
        Self { start, steps: vec![(start, seats)] }
    }

    /// The need for the seats that a timeline gives from `start` on, and never for less than `least`.
    #[must_use]
    pub fn of_timeline(timeline: &SeatTimeline, start: Instant, least: u64) -> Self {
        let later = timeline.steps().iter().filter(|step| step.at > start);
        let first = (start, timeline.seats_at(start).max(least));
        let steps = std::iter::once(first).chain(later.map(|step| (step.at, step.seats.max(least))));
        Self { start, steps: steps.collect() }
    }

    /// This need and further seats, each from an instant on, or from the start if that is later. The lines may come in
    /// any order.
    #[must_use]
    pub fn plus(&self, lines: impl IntoIterator<Item = (Instant, u64)>) -> Self {
        let mut more: BTreeMap<Instant, u64> = self.steps.iter().map(|(from, _)| (*from, 0)).collect();
        for (from, seats) in lines {
            let sum = more.entry(from.max(self.start)).or_default();
            *sum = sum.saturating_add(seats);
        }
        let steps = more.into_iter().scan(0, |sum: &mut u64, (from, seats)| {
            *sum = sum.saturating_add(seats);
            Some((from, self.at(from).saturating_add(*sum)))
        });
        Self { start: self.start, steps: steps.collect() }
    }

    /// The sum of this need and another.
    #[must_use]
    pub fn and(&self, other: &Self) -> Self {
        let start = self.start.min(other.start);
        let turns: BTreeSet<_> = self.steps.iter().chain(&other.steps).map(|(from, _)| *from).collect();
        let steps = turns.into_iter().map(|from| (from, self.at(from).saturating_add(other.at(from))));
        Self { start, steps: steps.collect() }
    }

    /// The seats that are needed at an instant; 0 before the start.
    #[must_use]
    pub fn at(&self, at: Instant) -> u64 {
        let count = self.steps.partition_point(|(from, _)| *from <= at);
        count.checked_sub(1).and_then(|last| self.steps.get(last)).map_or(0, |(_, needed)| *needed)
    }

    /// Each instant from which on another number of seats is needed, in the order of time; the first is the start.
    #[must_use]
    pub fn steps(&self) -> &[(Instant, u64)] {
        &self.steps
    }

    /// The first instant at which seats are needed.
    #[must_use]
    pub fn first(&self) -> Option<Instant> {
        self.steps.iter().find(|(_, needed)| *needed > 0).map(|(from, _)| *from)
    }

    /// The periods, from the start on, in which needed seats are missing or not certain, in the order of time: those
    /// that begin at or before `until`. Where needed seats are not certain, the period is a doubt, and no shortage as
    /// well.
    #[must_use]
    pub fn troubles(&self, timeline: &SeatTimeline, until: Instant) -> Vec<Trouble> {
        let mut troubles: Vec<Trouble> = Vec::new();
        let mut open: Option<Trouble> = None;
        for at in self.turns(timeline) {
            let (needed, seats) = (self.at(at), timeline.seats_at(at));
            let kind = if needed > 0 && !timeline.is_certain_at(at) {
                Some(TroubleKind::Doubt)
            } else {
                (seats < needed).then_some(TroubleKind::Short)
            };
            if open.is_some_and(|trouble| Some(trouble.kind) != kind)
                && let Some(trouble) = open.take()
            {
                troubles.push(Trouble { to: Some(at), ..trouble });
            }
            match (&mut open, kind) {
                (Some(trouble), Some(_)) if at <= until && needed.saturating_sub(seats) > trouble.short() => {
                    *trouble = Trouble { worst: at, needed, seats, ..*trouble };
                }
                (None, Some(kind)) if at <= until => {
                    open = Some(Trouble { kind, from: at, to: None, worst: at, needed, seats });
                }
                (None, _) if at > until => break,
                _ => {}
            }
        }
        troubles.extend(open);
        troubles
    }

    /// The need and the seats during each of these troubles, from each instant on at which they change, up to `until`.
    /// The troubles are those of this need and this timeline.
    #[must_use]
    pub fn courses(&self, timeline: &SeatTimeline, troubles: &[Trouble], until: Instant) -> Vec<Vec<NeedStep>> {
        let mut courses = vec![Vec::<NeedStep>::new(); troubles.len()];
        let mut pairs = troubles.iter().zip(&mut courses).peekable();
        for at in self.turns(timeline).into_iter().take_while(|at| *at <= until) {
            while pairs.next_if(|(trouble, _)| trouble.to.is_some_and(|to| to <= at)).is_some() {}
            let Some((trouble, course)) = pairs.peek_mut() else { break };
            let step = NeedStep { at, needed: self.at(at), seats: timeline.seats_at(at) };
            let is_same = |last: &NeedStep| (last.needed, last.seats) == (step.needed, step.seats);
            if at >= trouble.from && !course.last().is_some_and(is_same) {
                course.push(step);
            }
        }
        courses
    }

    /// The instants, from the start on, at which the need, the seats or their certainty change.
    fn turns(&self, timeline: &SeatTimeline) -> BTreeSet<Instant> {
        let seats = timeline.steps().iter().map(|step| step.at);
        let doubts = timeline.doubts().iter().flat_map(|doubt| [Some(doubt.from), doubt.to]).flatten();
        let later = seats.chain(doubts).filter(|at| *at > self.start);
        self.steps.iter().map(|(from, _)| *from).chain(later).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::seats::SeatEntry;
    use proptest::prelude::*;

    fn ms(at: i64) -> Instant {
        Instant::from_epoch_ms(at)
    }

    fn timeline() -> impl Strategy<Value = SeatTimeline> {
        let entry = (0..12_i64, prop::option::weighted(0.9, 0..4_u64))
            .prop_map(|(at, seats)| SeatEntry { start: Some(ms(at)), seats });
        prop::collection::vec(entry, 0..6).prop_map(SeatTimeline::new)
    }

    #[test]
    fn the_need_of_a_timeline_has_a_step_for_each_of_its_changes() {
        let entries = [(2, 5), (4, 1), (6, 3)].map(|(at, seats)| SeatEntry { start: Some(ms(at)), seats: Some(seats) });
        let need = Need::of_timeline(&SeatTimeline::new(entries), ms(2), 2);
        assert_eq!(need.steps(), [(ms(2), 5), (ms(4), 2), (ms(6), 3)]);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4_000))]

        /// Compares the result with a look at every instant.
        #[test]
        fn troubles_agree_with_asking_every_instant(
            new in timeline(), old in timeline(), start in 0..6_i64, length in 0..8_i64,
            least in 0..3_u64, more in prop::collection::vec((0..12_i64, 0..3_u64), 0..3),
        ) {
            let until = start + length;
            let lines = more.iter().map(|(from, seats)| (ms(*from), *seats));
            let need = Need::of_timeline(&old, ms(start), least).plus(lines);
            let needed = |at: i64| {
                let plus: u64 = more.iter().filter(|(from, _)| (*from).max(start) <= at).map(|(_, seats)| *seats).sum();
                old.seats_at(ms(at)).max(least) + plus
            };
            let kind_at = |at: i64| {
                if needed(at) > 0 && !new.is_certain_at(ms(at)) { return Some(TroubleKind::Doubt) }
                (new.seats_at(ms(at)) < needed(at)).then_some(TroubleKind::Short)
            };
            let mut expected = Vec::new();
            let mut at = start;
            while at <= until {
                let Some(kind) = kind_at(at) else { at += 1; continue };
                let end = (at..40).find(|later| kind_at(*later) != Some(kind));
                let short = |at: &i64| needed(*at).saturating_sub(new.seats_at(ms(*at)));
                let within: Vec<_> = (at..end.unwrap_or(40).min(until + 1)).collect();
                let most = within.iter().map(short).max().unwrap();
                let worst = *within.iter().find(|at| short(at) == most).unwrap();
                expected.push(Trouble {
                    kind, from: ms(at), to: end.map(ms), worst: ms(worst),
                    needed: needed(worst), seats: new.seats_at(ms(worst)),
                });
                at = end.unwrap_or(40);
            }
            let troubles = need.troubles(&new, ms(until));
            for (trouble, course) in troubles.iter().zip(need.courses(&new, &troubles, ms(until))) {
                let end = trouble.to.map_or(until, |to| until.min(to.epoch_ms() - 1));
                let mut naive: Vec<NeedStep> = Vec::new();
                for at in trouble.from.epoch_ms()..=end {
                    let step = NeedStep { at: ms(at), needed: needed(at), seats: new.seats_at(ms(at)) };
                    if naive.last().is_none_or(|last| (last.needed, last.seats) != (step.needed, step.seats)) {
                        naive.push(step);
                    }
                }
                prop_assert_eq!(course, naive);
            }
            prop_assert_eq!(troubles, expected);
            let lowest = (start..=until).map(|at| new.seats_at(ms(at))).min().unwrap();
            let first = (start..=until).find(|at| new.seats_at(ms(*at)) == lowest).unwrap();
            prop_assert_eq!(new.lowest(ms(start), ms(until)), (ms(first), lowest));
            prop_assert_eq!(need.first(), (start..40).find(|at| needed(*at) > 0).map(ms));
        }
    }
}
