//! Small cases, and the conditions that any plan must meet.

use std::num::NonZeroU64;

use proptest::prelude::*;
use seatline::planner::{Batch, Last, NoOrder, Pool, Transfer, plan};

#[derive(Clone, Debug)]
pub(crate) struct Case {
    pub(crate) pools: Vec<Pool>,
    pub(crate) transfers: Vec<Transfer>,
    pub(crate) batch: u64,
    pub(crate) last: Option<Last>,
}

impl Case {
    /// Free seats of each type at the start, and moves as (from, to, count).
    pub(crate) fn new(free: &[i64], moves: &[(usize, usize, u64)]) -> Self {
        let transfers: Vec<_> = moves.iter().map(|&(from, to, count)| Transfer { from, to, count }).collect();
        let pool = |(index, free): (usize, &i64)| {
            // whoever stays there, so that no type has seats below 0
            let assigned = 10 + transfers.iter().filter(|one| one.from == index).map(|one| one.count).sum::<u64>();
            Pool { seats: assigned.checked_add_signed(*free).unwrap(), assigned }
        };
        let pools = free.iter().enumerate().map(pool).collect();
        Self { pools, transfers, batch: 25, last: None }
    }

    pub(crate) fn last(mut self, from: usize, to: usize) -> Self {
        self.pools[from].assigned += 1;
        self.pools[from].seats += 1;
        self.last = Some(Last { from, to });
        self
    }

    pub(crate) fn plan(&self) -> Result<Vec<Batch>, NoOrder> {
        plan(&self.pools, &self.transfers, NonZeroU64::new(self.batch).unwrap(), self.last)
    }

    pub(crate) fn free(&self) -> Vec<i64> {
        self.pools.iter().map(|pool| pool.seats.cast_signed() - pool.assigned.cast_signed()).collect()
    }

    /// Carries a plan out member by member; the result is its first fault.
    pub(crate) fn fault(&self, batches: &[Batch]) -> Option<String> {
        let mut free = self.free();
        let mut left: Vec<Vec<u64>> = vec![vec![0; free.len()]; free.len()];
        for one in self.transfers.iter().filter(|one| one.from != one.to) {
            left[one.from][one.to] += one.count;
        }
        if let Some(last) = self.last {
            left[last.from][last.to] += 1;
        }
        for (index, batch) in batches.iter().enumerate() {
            let size: u64 = batch.takes.iter().map(|take| take.1).sum();
            if size == 0 || size > self.batch || size != batch.size() || size.cast_signed() > free[batch.to] {
                return Some(format!("batch {index} of {size} finds {} seats", free[batch.to]));
            }
            for (position, (from, count)) in batch.takes.iter().enumerate() {
                if *count == 0 || batch.takes[..position].iter().any(|take| take.0 == *from) {
                    return Some(format!("batch {index} names a type for nothing, or twice"));
                }
                let Some(rest) = left[*from][batch.to].checked_sub(*count) else {
                    return Some(format!("batch {index} takes more than there are"));
                };
                left[*from][batch.to] = rest;
                free[*from] += count.cast_signed();
            }
            free[batch.to] -= size.cast_signed();
        }
        if left.iter().flatten().any(|count| *count > 0) {
            return Some("not all is done".into());
        }
        let end = batches.last().and_then(|batch| Some((batch.takes.last()?.0, batch.to)));
        let is_last = self.last.is_none_or(|last| end == Some((last.from, last.to)));
        (!is_last).then(|| "the last one is not last".into())
    }
}

/// Two to four types, some over-assigned. Mostly no seat is free in the end, since orders fail there.
pub(crate) fn case(most: u64) -> impl Strategy<Value = Case> {
    let count = prop_oneof![3 => Just(0), 2 => Just(1), 2 => 0..=most];
    let end = prop_oneof![6 => Just(0_i64), 2 => Just(1), 1 => Just(-1), 1 => 2..4_i64];
    (2..=4_usize).prop_flat_map(move |types| {
        let counts = prop::collection::vec(count.clone(), types * types);
        let ends = prop::collection::vec(end.clone(), types);
        let last = prop::option::of((0..types, 1..types));
        (Just(types), counts, ends, last, 1..4_u64).prop_map(|(types, counts, ends, last, batch)| {
            let pairs = counts.iter().enumerate().map(|(pair, count)| (pair / types, pair % types, *count));
            let moves: Vec<_> = pairs.filter(|(from, to, _)| from != to).take(8).collect();
            let last = last.map(|(from, by)| (from, (from + by) % types));
            let sum = |index: usize, of: fn(&(usize, usize, u64)) -> usize| {
                moves.iter().filter(|one| of(one) == index).map(|one| one.2.cast_signed()).sum::<i64>()
            };
            let free: Vec<_> =
                (0..types).map(|index| sum(index, |one| one.1) - sum(index, |one| one.0) + ends[index]).collect();
            let case = Case { batch, ..Case::new(&free, &moves) };
            match last {
                Some((from, to)) => case.last(from, to),
                None => case,
            }
        })
    })
}
