//! An order where full user types exchange members: one member of each such group waits in a third user type meanwhile.
//!
//! A closed group (see [`super::feasible`]) has no order, since nobody comes into it from outside, and all of its types
//! are full in the end. Let one of its members, who is to go from `u` to `v` within the group, wait in a type `p`
//! outside the group. Then `v` gets a member from `p`. If `p` is fed, `v` is fed too, and with `v` the whole group,
//! which is connected; the seats in the end are the same. So by the theorem an order exists.
//!
//! **No other way exists.** While all moves into a closed group come from the group, the last of these moves leaves a
//! free seat that nobody takes, and then the group is not full in the end. So a waiting member must come back into the
//! group, and the type to wait in must be fed from outside. One waiting member for each group is therefore needed, and
//! enough.
//!
//! **When members wait.** The type to wait in needs a free seat at that moment. The moves that need nobody to wait have
//! an order. In this order the type has a free seat just before the first move into it; or, if there is no such move,
//! at the end or never.

use std::collections::BTreeSet;
use std::num::NonZeroU64;

use crate::moves::network::SeatCount;
use crate::moves::{Batch, Last, NoOrder, Obstacle, Pool, Transfer, feasible, plan};

/// The user type in which members may wait, and which members may.
#[derive(Clone, Copy)]
pub struct Park<'p> {
    /// The index of the user type to wait in.
    pub pool: usize,
    /// Whether a member who is to go from one user type (the first index) to another (the second) may wait.
    pub may: &'p dyn Fn(usize, usize) -> bool,
}

/// What one request does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OrderStep {
    /// Members get the user type that they are to have.
    Move(Batch),
    /// Members get the user type to wait in. Each pair is a member: the index of the user type that the member has, and
    /// of the one that the member is to have. Later moves take these members from the user type to wait in.
    Park(Vec<(usize, usize)>),
}

/// Plans like [`plan`]; where no order exists, it lets members wait in a third user type.
///
/// # Errors
/// Where no order exists with waiting members either: the obstacles to an order without them.
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

/// The part of an order that is planned so far, and the counts after it.
struct OrderSoFar {
    pools: Vec<Pool>,
    transfers: Vec<Transfer>,
    steps: Vec<OrderStep>,
}

impl OrderSoFar {
    /// Lets one member of each closed group wait, for as many groups as there are free seats; `None` where no member
    /// may wait.
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

    /// Takes `count` members who are to go from one user type to another out of the first.
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
