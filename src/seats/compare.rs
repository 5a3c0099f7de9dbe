//! Comparisons of two timelines.

use crate::seats::{SeatTimeline, Step};
use crate::time::Instant;

/// A period in which one timeline gives fewer seats than another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shortfall {
    /// The first instant of the period.
    pub from: Instant,
    /// The first instant after the period; `None` where it never ends.
    pub to: Option<Instant>,
    pub old: u64,
    pub new: u64,
}

/// The periods, from `since` on, in which `new` gives fewer seats than `old`; one period for each pair of counts.
#[must_use]
pub fn shortfalls(old: &SeatTimeline, new: &SeatTimeline, since: Instant) -> Vec<Shortfall> {
    let later = old.steps().iter().chain(new.steps()).map(|step| step.at).filter(|at| *at > since);
    let mut instants: Vec<_> = std::iter::once(since).chain(later).collect();
    instants.sort_unstable();
    instants.dedup();
    let mut shortfalls: Vec<Shortfall> = Vec::new();
    for at in instants {
        let (before, after) = (old.seats_at(at), new.seats_at(at));
        if let Some(last) = shortfalls.last_mut().filter(|last| last.to.is_none()) {
            if (last.old, last.new) == (before, after) {
                continue;
            }
            last.to = Some(at);
        }
        if after < before {
            shortfalls.push(Shortfall { from: at, to: None, old: before, new: after });
        }
    }
    shortfalls
}

/// A timeline that is 1 while at least one of the timelines has seats, else 0.
#[must_use]
pub fn any_active<'t>(timelines: impl Iterator<Item = &'t SeatTimeline>) -> SeatTimeline {
    let mut turns: Vec<(Instant, bool)> = Vec::new();
    for timeline in timelines {
        let mut active = false;
        for Step { at, seats } in timeline.steps() {
            if (*seats > 0) != active {
                active = !active;
                turns.push((*at, active));
            }
        }
    }
    turns.sort_unstable();
    let mut count = 0_usize;
    let mut any = SeatTimeline::default();
    for turns in turns.chunk_by(|one, next| one.0 == next.0) {
        for (_, begins) in turns {
            count = if *begins { count + 1 } else { count.saturating_sub(1) };
        }
        if let Some((at, _)) = turns.first() {
            any.step(*at, u64::from(count > 0));
        }
    }
    any
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::seats::SeatEntry;
    use proptest::prelude::*;

    fn timeline() -> impl Strategy<Value = SeatTimeline> {
        let entry = (0..10_i64, 0..4_u64)
            .prop_map(|(at, seats)| SeatEntry { start: Some(Instant::from_epoch_ms(at)), seats: Some(seats) });
        prop::collection::vec(entry, 0..6).prop_map(SeatTimeline::new)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]

        #[test]
        fn shortfalls_agree_with_asking_every_instant(old in timeline(), new in timeline(), since in -1..11_i64) {
            let found = shortfalls(&old, &new, Instant::from_epoch_ms(since));
            for now in (since..12).map(Instant::from_epoch_ms) {
                let expected = (new.seats_at(now) < old.seats_at(now)).then(|| (old.seats_at(now), new.seats_at(now)));
                let holding: Vec<_> = found
                    .iter()
                    .filter(|one| one.from <= now && one.to.is_none_or(|to| now < to))
                    .map(|one| (one.old, one.new))
                    .collect();
                prop_assert_eq!(holding, Vec::from_iter(expected));
            }
            for pair in found.windows(2) {
                prop_assert!(pair[0].to.is_some_and(|to| to <= pair[1].from));
            }
        }

        #[test]
        fn any_active_agrees_with_asking_each(timelines in prop::collection::vec(timeline(), 0..4)) {
            let any = any_active(timelines.iter());
            for now in (-1..12).map(Instant::from_epoch_ms) {
                let expected = timelines.iter().any(|timeline| timeline.seats_at(now) > 0);
                prop_assert_eq!(any.seats_at(now) == 1, expected);
            }
        }
    }
}
