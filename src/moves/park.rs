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

use crate::moves::network::SeatCount;
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
pub enum OrderStep {
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
) -> Result<Vec<OrderStep>, NoOrder> {
    let mut state = OrderSoFar { pools: pools.to_vec(), transfers: transfers.to_vec(), steps: Vec::new() };
    let mut first = None;
    loop {
        let none = match plan(&state.pools, &state.transfers, batch, last) {
            Ok(batches) => {
                state.steps.extend(batches.into_iter().map(OrderStep::Move));
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
struct OrderSoFar {
    pools: Vec<Pool>,
    transfers: Vec<Transfer>,
    steps: Vec<OrderStep>,
}

impl OrderSoFar {
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
        self.steps.extend(waiting.chunks(size).map(|chunk| OrderStep::Park(chunk.to_vec())));
        (!waiting.is_empty()).then_some(())
    }

    fn free(&self, pool: usize) -> SeatCount {
        self.pools.get(pool).map_or(0, |pool| SeatCount::from(pool.seats) - SeatCount::from(pool.assigned))
    }

    fn carry_out(&mut self, step: Batch) {
        for (from, count) in &step.takes {
            self.take(*from, step.to, *count);
            self.change(step.to, i64::try_from(*count).unwrap_or(i64::MAX));
        }
        self.steps.push(OrderStep::Move(step));
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
mod tests;
