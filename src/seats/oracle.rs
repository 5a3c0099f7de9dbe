//! Compares the timeline with two slow readings of the same words: one looks at every instant anew, the other tries
//! every meaning of what cannot be read.

use std::collections::BTreeSet;

use proptest::prelude::*;

use crate::seats::{SeatEntry, SeatTimeline, Status, Strays};
use crate::time::Instant;

fn at(ms: i64) -> Instant {
    Instant::from_epoch_ms(ms)
}

/// The cautious reading: of the latest entries not after `now` the one with the fewest seats.
fn naive_seats(entries: &[SeatEntry], now: Instant) -> u64 {
    let latest = entries.iter().filter_map(|entry| entry.start).filter(|start| *start <= now).max();
    let there = entries.iter().filter(|entry| entry.start.is_some() && entry.start == latest);
    there.map(|entry| entry.seats.unwrap_or(0)).min().unwrap_or(0)
}

fn naive_status(entries: &[SeatEntry], now: i64, horizon: i64) -> Status {
    let some = |mut times: std::ops::RangeInclusive<i64>| times.any(|time| naive_seats(entries, at(time)) > 0);
    match (naive_seats(entries, at(now)) > 0, some(-1..=now), some(now..=horizon)) {
        (true, ..) => Status::Active,
        (false, false, true) => Status::Upcoming,
        (false, true, true) => Status::Lapsed,
        (false, true, false) => Status::Expired,
        (false, false, false) => Status::Empty,
    }
}

const HORIZON: i64 = 12;

fn seats() -> impl Strategy<Value = u64> {
    prop_oneof![4 => 0..4_u64, 1 => Just(crate::license::MAX_SEATS)]
}

prop_compose! {
    fn readable_entry()(start in 0..HORIZON, seats in seats()) -> SeatEntry {
        SeatEntry { start: Some(at(start)), seats: Some(seats) }
    }
}

prop_compose! {
    fn dated_entry()(start in 0..HORIZON, seats in prop::option::weighted(0.9, seats())) -> SeatEntry {
        SeatEntry { start: Some(at(start)), seats }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn steps_agree_with_asking_every_instant(entries in prop::collection::vec(dated_entry(), 0..9)) {
        let timeline = SeatTimeline::new(entries.iter().copied());
        let mut expected = Vec::new();
        for now in -1..=HORIZON {
            let seats = naive_seats(&entries, at(now));
            prop_assert_eq!(timeline.seats_at(at(now)), seats);
            if seats != naive_seats(&entries, at(now - 1)) {
                expected.push((at(now), seats));
            }
        }
        let steps: Vec<_> = timeline.steps().iter().map(|step| (step.at, step.seats)).collect();
        prop_assert_eq!(&steps, &expected);
        for now in -1..=HORIZON {
            let later = || expected.iter().filter(|(start, _)| *start > at(now));
            let next = timeline.next_change(at(now)).map(|step| (step.at, step.seats));
            prop_assert_eq!(next, later().next().copied());
            prop_assert_eq!(timeline.end_after(at(now)), later().find(|step| step.1 == 0).map(|step| step.0));
            let since = expected.iter().rfind(|(start, _)| *start <= at(now)).map(|step| step.0);
            prop_assert_eq!(timeline.step_at(at(now)).map(|step| step.at), since);
            prop_assert_eq!(timeline.status_at(at(now)), naive_status(&entries, now, HORIZON));
        }
    }

    #[test]
    fn ends_gaps_and_lows_agree_with_asking_every_instant(
        entries in prop::collection::vec(dated_entry(), 0..9), cap in seats(), from in -1..HORIZON, length in 0..HORIZON
    ) {
        let timeline = SeatTimeline::new(entries.iter().copied());
        let some = |now: i64| timeline.seats_at(at(now)) > 0;
        let last = (0..=HORIZON).rfind(|now| some(*now));
        prop_assert_eq!(timeline.final_end(), last.filter(|last| *last < HORIZON).map(|last| at(last + 1)));

        let first = (0..=HORIZON).find(|now| some(*now));
        let gap = |now: i64| !some(now) && first < Some(now) && Some(now) < last;
        let begins = (0..HORIZON).filter(|now| gap(*now) && !gap(now - 1));
        let expected: Vec<_> =
            begins.map(|from| (at(from), at((from..).find(|now| !gap(*now)).unwrap()))).collect();
        prop_assert_eq!(timeline.gaps().map(|gap| (gap.from, gap.to)).collect::<Vec<_>>(), expected);

        let until = from + length;
        let low = |now: &i64| timeline.seats_at(at(*now)) < cap || !timeline.is_certain_at(at(*now));
        prop_assert_eq!(timeline.first_below(cap, at(from), at(until)), (from..=until).find(low).map(at));

        prop_assert!(timeline.doubts().windows(2).all(|pair| pair[0].to.is_some_and(|to| to < pair[1].from)));
    }

    #[test]
    fn order_does_not_matter(
        (entries, shuffled) in prop::collection::vec(dated_entry(), 0..9)
            .prop_flat_map(|entries| (Just(entries.clone()), Just(entries).prop_shuffle()))
    ) {
        prop_assert_eq!(SeatTimeline::new(entries), SeatTimeline::new(shuffled));
    }

    #[test]
    fn a_repeated_entry_and_a_leading_zero_change_nothing(
        entries in prop::collection::vec(readable_entry(), 1..6), again in any::<prop::sample::Index>()
    ) {
        let timeline = SeatTimeline::new(entries.iter().copied());
        let repeated = *again.get(&entries);
        let zero = SeatEntry { start: Some(at(-5)), seats: Some(0) };
        prop_assert_eq!(&SeatTimeline::new(entries.iter().copied().chain([repeated])), &timeline);
        prop_assert_eq!(&SeatTimeline::new(entries.iter().copied().chain([zero])), &timeline);
    }
}

/// The counts that an unreadable count may be: those in use, and one that is not.
const ANY_COUNT: [u64; 3] = [0, 1, 7];
const LAST: i64 = 3;

prop_compose! {
    fn faulty_entry()(
        start in prop::option::weighted(0.7, 0..=LAST), seats in prop::option::weighted(0.8, 0..2_u64)
    ) -> SeatEntry {
        SeatEntry { start: start.map(at), seats }
    }
}

/// Every meaning of an entry: its possible starts, each with its possible seats.
fn meanings(entry: &SeatEntry) -> Vec<(i64, u64)> {
    let starts = entry.start.map_or_else(|| (-1..=LAST + 2).collect(), |start| vec![start.epoch_ms()]);
    let counts = entry.seats.map_or_else(|| ANY_COUNT.to_vec(), |seats| vec![seats]);
    starts.iter().flat_map(|start| counts.iter().map(|count| (*start, *count))).collect()
}

/// Adds to `seen[now]` every number of seats that the entries can mean at `now`; `chosen` are the meanings chosen so
/// far.
fn enumerate(rest: &[(SeatEntry, bool)], chosen: &mut Vec<(i64, u64)>, seen: &mut [BTreeSet<u64>]) {
    let Some(((entry, stray), rest)) = rest.split_first() else {
        for (now, seen) in (-1..).zip(seen) {
            let latest = chosen.iter().map(|(start, _)| *start).filter(|start| *start <= now).max();
            let there: BTreeSet<_> =
                chosen.iter().filter(|(start, _)| Some(*start) == latest).map(|(_, count)| *count).collect();
            match there.len() {
                0 => seen.extend([0]),
                1 => seen.extend(there),
                _ => seen.extend(ANY_COUNT),
            }
        }
        return;
    };
    if *stray {
        enumerate(rest, chosen, seen);
    }
    for meaning in meanings(entry) {
        chosen.push(meaning);
        enumerate(rest, chosen, seen);
        chosen.pop();
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn certain_is_what_every_reading_agrees_on(
        own in prop::collection::vec(faulty_entry(), 0..4), strays in prop::collection::vec(faulty_entry(), 0..3)
    ) {
        let unreadable = |entry: &&SeatEntry| entry.start.is_none();
        prop_assume!(own.iter().chain(&strays).filter(unreadable).count() < 4);
        let timeline = SeatTimeline::with_strays(own.iter().copied(), &Strays::new(strays.iter().copied()), &mut 0);
        let mut seen = vec![BTreeSet::new(); usize::try_from(LAST + 3).unwrap()];
        let entries: Vec<_> =
            own.iter().map(|entry| (*entry, false)).chain(strays.iter().map(|entry| (*entry, true))).collect();
        enumerate(&entries, &mut Vec::new(), &mut seen);
        for (now, seats) in (-1..).zip(&seen) {
            prop_assert_eq!(timeline.is_certain_at(at(now)), seats.len() == 1, "{} {:?} {:?}", now, seats, timeline);
            let differ = (now..).zip(seen.iter().skip(usize::try_from(now + 1).unwrap()));
            let first = differ.into_iter().find(|(_, seats)| seats.len() > 1).map(|(time, _)| at(time));
            prop_assert_eq!(timeline.certain_until(at(now)), first);
            prop_assert!(seats.contains(&timeline.seats_at(at(now))), "the cautious reading is one of them");
            let sure = if seats.len() == 1 { timeline.seats_at(at(now)) } else { 0 };
            prop_assert_eq!(timeline.certain_seats_at(at(now)), sure);
            prop_assert_eq!(timeline.certain().seats_at(at(now)), sure);
        }
    }
}

#[test]
fn nothing_known_is_certain_at_no_time() {
    let timeline = SeatTimeline::unknown();
    assert_eq!(timeline.certain_until(at(5)), Some(at(5)));
    assert_eq!(timeline.seats_at(at(5)), 0);
}
