//! An order where full user types exchange members: one of each such group waits in a third type meanwhile.
//!
//! A closed group (see [`super::feasible`]) has no order since nobody comes into it from outside, and all of it is full in the
//! end. Let one of its members, who is to go from `u` to `v` within the group, wait in a type `p` outside. Then `v` gets a
//! member from `p`. If `p` is fed, so is `v`, and with it the whole group, which is connected; the seats in the end are the same.
//! By the theorem there an order exists.
//!
//! **Nothing less will do.** While all moves into a closed group come from the group, the last of them leaves a seat free there
//! that nobody takes, and then the group is not full in the end. Whoever waits must therefore come back into the group, and
//! the type to wait in must be fed from outside. So one waiting member for each group is needed, and enough.
//!
//! **When.** The type to wait in needs a free seat at that moment. What can be moved without anybody waiting has an order. In it
//! the type has a free seat right before the first move into it, or else, where there is none, at its end or never.

use std::collections::BTreeSet;
use std::num::NonZeroU64;

use crate::moves::network::Count;
use crate::moves::{Batch, Last, NoOrder, Obstacle, Pool, Transfer, feasible, plan};

/// Where members may wait, and who.
#[derive(Clone, Copy)]
pub struct Park<'p> {
    /// The index of the type.
    pub pool: usize,
    /// Whether one of those who are to go from one type to another may wait.
    pub may: &'p dyn Fn(usize, usize) -> bool,
}

/// A step of an order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// Members get the type they are to have.
    Move(Batch),
    /// Members get the type to wait in. Each is told by the type they hold and the one they are to have; later they come from
    /// the type they wait in.
    Park(Vec<(usize, usize)>),
}

/// As [`plan`], where members may wait in a third type if there is no other order.
///
/// # Errors
/// If there is no order with that either: what stands in the way without it.
pub fn plan_with_park(
    pools: &[Pool],
    transfers: &[Transfer],
    batch: NonZeroU64,
    last: Option<Last>,
    park: Park<'_>,
) -> Result<Vec<Step>, NoOrder> {
    let mut state = State { pools: pools.to_vec(), transfers: transfers.to_vec(), steps: Vec::new() };
    let mut first = None;
    loop {
        let none = match plan(&state.pools, &state.transfers, batch, last) {
            Ok(batches) => {
                state.steps.extend(batches.into_iter().map(Step::Move));
                return Ok(state.steps);
            }
            Err(none) => none,
        };
        let waits = state.park(&none, batch, park);
        let none = first.get_or_insert(none);
        if waits.is_none() {
            return Err(none.clone());
        }
    }
}

/// How far an order has come.
struct State {
    pools: Vec<Pool>,
    transfers: Vec<Transfer>,
    steps: Vec<Step>,
}

impl State {
    /// Has one member of each closed group wait, as many as there is room for; `None` where that is impossible.
    fn park(&mut self, none: &NoOrder, batch: NonZeroU64, park: Park<'_>) -> Option<()> {
        let groups: Option<Vec<&[usize]>> = none
            .obstacles
            .iter()
            .map(|obstacle| match obstacle {
                Obstacle::Deadlock { pools, .. } => Some(pools.as_slice()),
                _ => None,
            })
            .collect();
        let fed = feasible::fed(&self.pools, &self.transfers);
        let before: Vec<_> = self.transfers.iter().copied().filter(|transfer| fed.contains(&transfer.to)).collect();
        for step in plan(&self.pools, &before, batch, None).ok()? {
            if self.free(park.pool) > 0 {
                break;
            }
            self.carry_out(step);
        }
        let room = usize::try_from(self.free(park.pool).max(0)).unwrap_or(usize::MAX);
        let mut waiting = Vec::new();
        for group in groups?.into_iter().take(room) {
            let group: BTreeSet<usize> = group.iter().copied().collect();
            let within = |one: &&Transfer| group.contains(&one.from) && group.contains(&one.to) && one.from != one.to;
            let mut all = self.transfers.iter().filter(within).filter(|one| one.count > 0);
            let one = all.find(|one| (park.may)(one.from, one.to)).filter(|_| !group.contains(&park.pool))?;
            waiting.push((one.from, one.to));
        }
        for (from, to) in &waiting {
            self.take(*from, *to, 1);
            self.change(park.pool, 1);
            self.transfers.push(Transfer { from: park.pool, to: *to, count: 1 });
        }
        let size = usize::try_from(batch.get()).unwrap_or(usize::MAX);
        self.steps.extend(waiting.chunks(size).map(|chunk| Step::Park(chunk.to_vec())));
        (!waiting.is_empty()).then_some(())
    }

    fn free(&self, pool: usize) -> Count {
        self.pools.get(pool).map_or(0, |pool| Count::from(pool.seats) - Count::from(pool.assigned))
    }

    fn carry_out(&mut self, step: Batch) {
        for (from, count) in &step.takes {
            self.take(*from, step.to, *count);
            self.change(step.to, i64::try_from(*count).unwrap_or(i64::MAX));
        }
        self.steps.push(Step::Move(step));
    }

    /// Takes members who are to go from one type to another out of the first.
    fn take(&mut self, from: usize, to: usize, mut count: u64) {
        self.change(from, -i64::try_from(count).unwrap_or(i64::MAX));
        for transfer in self.transfers.iter_mut().filter(|one| one.from == from && one.to == to) {
            let taken = transfer.count.min(count);
            transfer.count -= taken;
            count -= taken;
        }
    }

    fn change(&mut self, pool: usize, by: i64) {
        if let Some(pool) = self.pools.get_mut(pool) {
            pool.assigned = pool.assigned.saturating_add_signed(by);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;
    use crate::moves::BATCH;

    const TYPES: usize = 4;

    /// Where everybody is: how many hold each type, who has still to go, and for which type others wait.
    #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
    struct Position {
        held: Vec<u64>,
        left: BTreeMap<(usize, usize), u64>,
        waiting: BTreeMap<usize, u64>,
    }

    impl Position {
        fn new(pools: &[Pool], transfers: &[Transfer]) -> Self {
            let left = transfers.iter().filter(|one| one.count > 0 && one.from != one.to);
            Self {
                held: pools.iter().map(|pool| pool.assigned).collect(),
                left: left.map(|one| ((one.from, one.to), one.count)).collect(),
                waiting: BTreeMap::new(),
            }
        }

        fn is_done(&self) -> bool {
            self.left.is_empty() && self.waiting.is_empty()
        }

        /// Everything that one member can do next.
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

    /// Whether there is an order, by trying all of them.
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

    /// Whether an order can be carried out, step by step, and leaves nobody behind.
    fn works(pools: &[Pool], transfers: &[Transfer], park: usize, steps: &[Step]) -> bool {
        let mut position = Position::new(pools, transfers);
        for step in steps {
            let takes: Vec<(usize, usize, u64, Option<usize>)> = match step {
                Step::Move(batch) => batch.takes.iter().map(|(from, count)| (*from, batch.to, *count, None)).collect(),
                Step::Park(waiting) => waiting.iter().map(|(from, to)| (*from, park, 1, Some(*to))).collect(),
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
        assert_eq!(steps[0], Step::Park(vec![(0, 1)]));
        assert!(works(&pools, &swap, 2, &steps), "{steps:?}");
        // Nobody may wait, or there is no seat to wait on.
        assert!(plan_with_park(&pools, &swap, BATCH, None, Park { pool: 2, may: &|_, _| false }).is_err());
        let full = [(2, 2), (2, 2), (4, 4)].map(|(seats, assigned)| Pool { seats, assigned });
        assert!(plan_with_park(&full, &swap, BATCH, None, park).is_err());
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
                // Few of the pairs, or everything is a knot.
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
                let waits = |step: &Step| matches!(step, Step::Park(_));
                prop_assert!(plan(&pools, &transfers, BATCH, None).is_err() || !steps.iter().any(waits));
            }
        }
    }
}
