//! Timelines made from other timelines.

use crate::seats::SeatTimeline;
use crate::time::Instant;

impl SeatTimeline {
    /// The sum of several timelines. The sum is not certain wherever one of them is not.
    #[must_use]
    pub(crate) fn sum<'t>(timelines: impl IntoIterator<Item = &'t Self>) -> Self {
        let (mut changes, mut doubts) = (Vec::new(), Vec::new());
        for timeline in timelines {
            let mut before = 0;
            for step in timeline.steps() {
                changes.push((step.at, i128::from(step.seats) - i128::from(before)));
                before = step.seats;
            }
            doubts.extend_from_slice(timeline.doubts());
        }
        changes.sort_unstable();
        let (mut sum, mut seats) = (Self::default(), 0_i128);
        for group in changes.chunk_by(|one, next| one.0 == next.0) {
            seats += group.iter().map(|(_, change)| change).sum::<i128>();
            if let Some((at, _)) = group.first() {
                sum.step(*at, u64::try_from(seats).unwrap_or(u64::MAX));
            }
        }
        doubts.sort_unstable_by_key(|doubt| doubt.from);
        for doubt in doubts {
            match sum.doubts.last_mut() {
                Some(last) if last.to.is_none_or(|to| to >= doubt.from) => last.to = later(last.to, doubt.to),
                _ => sum.doubts.push(doubt),
            }
        }
        sum
    }

    /// This timeline with at least `seats` seats at all times.
    #[must_use]
    pub(crate) fn at_least(&self, seats: u64) -> Self {
        let mut raised = Self { steps: Vec::new(), doubts: self.doubts.clone() };
        raised.step(Instant::MIN, seats);
        for step in &self.steps {
            raised.step(step.at, step.seats.max(seats));
        }
        raised
    }

    /// A timeline that is 1 while both timelines have seats, else 0.
    #[must_use]
    pub(crate) fn while_both(&self, other: &Self) -> Self {
        let mut turns: Vec<_> = self.steps.iter().chain(&other.steps).map(|step| step.at).collect();
        turns.sort_unstable();
        let mut both = Self::default();
        for at in turns {
            both.step(at, u64::from(self.seats_at(at) > 0 && other.seats_at(at) > 0));
        }
        both
    }

    /// The first instant with seats, from `from` on and before `to`.
    #[must_use]
    pub(crate) fn first_with_seats(&self, from: Instant, to: Option<Instant>) -> Option<Instant> {
        if self.seats_at(from) > 0 {
            return Some(from);
        }
        let next = self.after(from).iter().find(|step| step.seats > 0)?.at;
        to.is_none_or(|to| next < to).then_some(next)
    }
}

fn later(one: Option<Instant>, other: Option<Instant>) -> Option<Instant> {
    one.zip(other).map(|(one, other)| one.max(other))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::seats::{Doubt, SeatEntry};
    use proptest::prelude::*;

    fn at(ms: i64) -> Instant {
        Instant::from_epoch_ms(ms)
    }

    fn timeline() -> impl Strategy<Value = SeatTimeline> {
        let entry = (0..10_i64, prop::option::weighted(0.8, 0..4_u64));
        let entry = entry.prop_map(|(start, seats)| SeatEntry { start: Some(at(start)), seats });
        prop::collection::vec(entry, 0..6).prop_map(SeatTimeline::new)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]

        #[test]
        fn they_agree_with_asking_every_instant(
            timelines in prop::collection::vec(timeline(), 0..4), least in 0..4_u64, from in -1..11_i64, to in -1..12_i64
        ) {
            let sum = SeatTimeline::sum(&timelines);
            for now in (-1..12).map(at) {
                prop_assert_eq!(sum.seats_at(now), timelines.iter().map(|one| one.seats_at(now)).sum::<u64>());
                prop_assert_eq!(sum.is_certain_at(now), timelines.iter().all(|one| one.is_certain_at(now)));
                prop_assert_eq!(sum.at_least(least).seats_at(now), sum.seats_at(now).max(least));
                if let [one, other, ..] = timelines.as_slice() {
                    let both = one.seats_at(now) > 0 && other.seats_at(now) > 0;
                    prop_assert_eq!(one.while_both(other).seats_at(now), u64::from(both));
                }
            }
            prop_assert!(sum.steps().windows(2).all(|pair| pair[0].at < pair[1].at && pair[0].seats != pair[1].seats));
            let doubts: &[Doubt] = sum.doubts();
            prop_assert!(doubts.windows(2).all(|pair| pair[0].to.is_some_and(|to| to < pair[1].from)));
            let expected = (from..to.max(from + 1)).map(at).find(|now| sum.seats_at(*now) > 0);
            prop_assert_eq!(sum.first_with_seats(at(from), Some(at(to.max(from + 1)))), expected);
        }
    }
}
