use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;
use crate::moves::BATCH;

const TYPES: usize = 4;

/// A state between two moves: how many members have each type, who has still to be moved, and which type waiting
/// members will get.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Position {
    held: Vec<u64>,
    left: BTreeMap<(usize, usize), u64>,
    waiting: BTreeMap<usize, u64>,
}

impl Position {
    fn new(pools: &[Pool], transfers: &[Transfer]) -> Self {
        let mut left = BTreeMap::new();
        for one in transfers.iter().filter(|one| one.count > 0 && one.from != one.to) {
            *left.entry((one.from, one.to)).or_default() += one.count;
        }
        Self { held: pools.iter().map(|pool| pool.assigned).collect(), left, waiting: BTreeMap::new() }
    }

    fn is_done(&self) -> bool {
        self.left.is_empty() && self.waiting.is_empty()
    }

    /// Every state that the move of one member leads to.
    fn next(&self, pools: &[Pool], park: usize, may: &dyn Fn(usize, usize) -> bool) -> Vec<Self> {
        let is_free = |pool: usize| self.held[pool] < pools[pool].seats;
        let mut all = Vec::new();
        let mut go = |from: usize, to: usize, change: &dyn Fn(&mut Self)| {
            if is_free(to) {
                let mut next = self.clone();
                next.held[from] -= 1;
                next.held[to] += 1;
                change(&mut next);
                next.left.retain(|_, count| *count > 0);
                next.waiting.retain(|_, count| *count > 0);
                all.push(next);
            }
        };
        for (from, to) in self.left.keys().copied() {
            go(from, to, &|next| *next.left.get_mut(&(from, to)).unwrap() -= 1);
            if may(from, to) && from != park && to != park {
                go(from, park, &|next| {
                    *next.left.get_mut(&(from, to)).unwrap() -= 1;
                    *next.waiting.entry(to).or_default() += 1;
                });
            }
        }
        for to in self.waiting.keys().copied() {
            go(park, to, &|next| *next.waiting.get_mut(&to).unwrap() -= 1);
        }
        all
    }
}

/// Whether an order exists, by trying every order.
fn exists(pools: &[Pool], transfers: &[Transfer], park: usize, may: &dyn Fn(usize, usize) -> bool) -> bool {
    let mut open = vec![Position::new(pools, transfers)];
    let mut seen = BTreeSet::new();
    while let Some(position) = open.pop() {
        if position.is_done() {
            return true;
        }
        if seen.insert(position.clone()) {
            open.extend(position.next(pools, park, may));
        }
    }
    false
}

/// Whether an order can be carried out, step by step, and moves every member.
fn works(pools: &[Pool], transfers: &[Transfer], park: usize, steps: &[OrderStep]) -> bool {
    let mut position = Position::new(pools, transfers);
    for step in steps {
        let takes: Vec<(usize, usize, u64, Option<usize>)> = match step {
            OrderStep::Move(batch) => batch.takes.iter().map(|(from, count)| (*from, batch.to, *count, None)).collect(),
            OrderStep::Park(waiting) => waiting.iter().map(|(from, to)| (*from, park, 1, Some(*to))).collect(),
        };
        let target = takes[0].1;
        let count: u64 = takes.iter().map(|take| take.2).sum();
        if position.held[target] + count > pools[target].seats {
            return false;
        }
        for (from, to, count, waits_for) in takes {
            position.held[from] -= count;
            position.held[to] += count;
            match waits_for {
                Some(target) => {
                    *position.left.get_mut(&(from, target)).unwrap() -= count;
                    *position.waiting.entry(target).or_default() += count;
                }
                None => {
                    let own = position.left.get(&(from, to)).copied().unwrap_or(0).min(count);
                    if own > 0 {
                        *position.left.get_mut(&(from, to)).unwrap() -= own;
                    }
                    if count > own {
                        assert_eq!(from, park);
                        *position.waiting.get_mut(&to).unwrap() -= count - own;
                    }
                }
            }
        }
        position.left.retain(|_, count| *count > 0);
        position.waiting.retain(|_, count| *count > 0);
    }
    position.is_done()
}

#[test]
fn two_full_types_swap_by_way_of_a_third() {
    let pools = [(2, 2), (2, 2), (5, 4)].map(|(seats, assigned)| Pool { seats, assigned });
    let swap = [Transfer { from: 0, to: 1, count: 2 }, Transfer { from: 1, to: 0, count: 2 }];
    let park = Park { pool: 2, may: &|_, _| true };
    let steps = plan_with_park(&pools, &swap, BATCH, None, park).unwrap();
    assert_eq!(steps[0], OrderStep::Park(vec![(0, 1)]));
    assert!(works(&pools, &swap, 2, &steps), "{steps:?}");
    // No order exists where nobody may wait, or where there is no free seat to wait in.
    assert!(plan_with_park(&pools, &swap, BATCH, None, Park { pool: 2, may: &|_, _| false }).is_err());
    let full = [(2, 2), (2, 2), (4, 4)].map(|(seats, assigned)| Pool { seats, assigned });
    assert!(plan_with_park(&full, &swap, BATCH, None, park).is_err());
}

#[test]
fn only_a_member_of_the_group_waits() {
    let pools = [(2, 3), (2, 2), (5, 4), (6, 4)].map(|(seats, assigned)| Pool { seats, assigned });
    let transfer = |from, to, count| Transfer { from, to, count };
    // Nobody goes from 1 to 0 by the first line, and whoever goes to 3 leaves the group.
    let transfers = [transfer(1, 0, 0), transfer(0, 3, 1), transfer(0, 1, 1), transfer(1, 0, 1)];
    let steps = plan_with_park(&pools, &transfers, BATCH, None, Park { pool: 2, may: &|_, _| true }).unwrap();
    assert!(works(&pools, &transfers, 2, &steps), "{steps:?}");
    let waiting: Vec<_> = steps.iter().filter(|step| matches!(step, OrderStep::Park(_))).collect();
    assert_eq!(waiting, [&OrderStep::Park(vec![(0, 1)])]);
}

#[test]
fn a_member_waits_before_the_last_seat_to_wait_in_is_taken() {
    let pools = [(1, 1), (1, 1), (5, 4), (1, 1)].map(|(seats, assigned)| Pool { seats, assigned });
    let transfers = [(0, 1), (1, 0), (3, 2)].map(|(from, to)| Transfer { from, to, count: 1 });
    let steps = plan_with_park(&pools, &transfers, BATCH, None, Park { pool: 2, may: &|_, _| true }).unwrap();
    assert!(works(&pools, &transfers, 2, &steps), "{steps:?}");
}

#[test]
fn moves_between_two_types_may_come_in_several_parts() {
    let pools = [(2, 2), (2, 2), (5, 4)].map(|(seats, assigned)| Pool { seats, assigned });
    let transfers = [(0, 1, 1), (0, 1, 1), (1, 0, 2)].map(|(from, to, count)| Transfer { from, to, count });
    let steps = plan_with_park(&pools, &transfers, BATCH, None, Park { pool: 2, may: &|_, _| true }).unwrap();
    assert!(works(&pools, &transfers, 2, &steps), "{steps:?}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4000))]

    #[test]
    fn there_is_an_order_exactly_if_one_is_found(
        pools in prop::collection::vec((0..4_u64, 0..3_i64), TYPES),
        counts in prop::collection::vec(0..3_u64, TYPES * TYPES),
        park in 0..TYPES,
        may in prop::collection::vec(any::<bool>(), TYPES * TYPES),
    ) {
        let mut transfers = Vec::new();
        let mut leaving = [0; TYPES];
        for (index, count) in counts.iter().enumerate() {
            let (from, to) = (index / TYPES, index % TYPES);
            // Every third pair is left out: with all pairs, hardly any case has an order.
            if from != to && *count > 0 && index % 3 != 0 {
                transfers.push(Transfer { from, to, count: *count });
                leaving[from] += count;
            }
        }
        let pools: Vec<Pool> = pools
            .iter()
            .zip(leaving)
            .map(|((more, spare), leaving)| {
                let assigned = leaving + more;
                Pool { seats: assigned.saturating_add_signed(spare - 1), assigned }
            })
            .collect();
        let may = |from: usize, to: usize| may[from * TYPES + to];
        let found = plan_with_park(&pools, &transfers, BATCH, None, Park { pool: park, may: &may });
        prop_assert_eq!(found.is_ok(), exists(&pools, &transfers, park, &may), "{:?} {:?}", pools, transfers);
        if let Ok(steps) = found {
            prop_assert!(works(&pools, &transfers, park, &steps), "{steps:?}");
            let waits = |step: &OrderStep| matches!(step, OrderStep::Park(_));
            prop_assert!(plan(&pools, &transfers, BATCH, None).is_err() || !steps.iter().any(waits));
        }
    }
}
