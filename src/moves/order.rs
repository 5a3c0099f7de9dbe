//! The batches of an order, as few as the two plans give.

use std::collections::BTreeMap;
use std::num::NonZeroU64;

use crate::moves::greedy::{Aim, Greedy};
use crate::moves::network::{Network, SeatCount};
use crate::moves::{Batch, Last};

/// The shorter of two plans, with the last member at its end.
pub(super) fn order(network: &Network, batch: NonZeroU64, last: Option<Last>) -> Vec<Batch> {
    let plan = |aim| {
        let mut greedy = Greedy::new(network.clone(), SeatCount::from(batch.get()), aim);
        let plan: Vec<Batch> = greedy.by_ref().collect();
        debug_assert!(greedy.is_done(), "an order exists, and no batch may end it: {network:?}");
        match last {
            Some(last) => with_last(plan, network, batch, last),
            None => plan,
        }
    };
    let whole = plan(Aim::WholeBatches);
    if whole.len() <= fewest(network, batch, last) {
        return whole;
    }
    let together = plan(Aim::Together);
    if together.len() < whole.len() { together } else { whole }
}

/// The number of batches that would be needed if every user type had unlimited seats. No plan has fewer.
pub(super) fn fewest(network: &Network, batch: NonZeroU64, last: Option<Last>) -> usize {
    let batch = SeatCount::from(batch.get());
    let into = network.nodes.iter().map(|node| {
        let receives_last = last.is_some_and(|last| last.to == node.pool);
        (node.into + SeatCount::from(receives_last) + batch - 1) / batch
    });
    usize::try_from(into.sum::<SeatCount>()).unwrap_or(usize::MAX)
}

/// Adds the last member to a batch into the same user type, if that batch has room and can be moved to the end; else as
/// another batch.
fn with_last(mut plan: Vec<Batch>, network: &Network, batch: NonZeroU64, last: Last) -> Vec<Batch> {
    let joined = plan.iter().rposition(|step| step.to == last.to && step.size() < batch.get());
    let mut end = Batch { to: last.to, takes: Vec::new() };
    if let Some(index) = joined {
        let step = plan.remove(index);
        if has_seats(&plan, network) {
            end = step;
        } else {
            plan.insert(index, step);
        }
    }
    let beside = end.takes.iter().position(|(from, _)| *from == last.from).map(|index| end.takes.remove(index));
    end.takes.push((last.from, beside.map_or(0, |(_, count)| count) + 1));
    plan.push(end);
    plan
}

/// Whether there is a free seat for every member of every batch.
fn has_seats(plan: &[Batch], network: &Network) -> bool {
    let mut free: BTreeMap<usize, SeatCount> = network.nodes.iter().map(|node| (node.pool, node.free)).collect();
    plan.iter().all(|batch| {
        for (from, count) in &batch.takes {
            *free.entry(*from).or_default() += SeatCount::from(*count);
        }
        let target = free.entry(batch.to).or_default();
        *target -= SeatCount::from(batch.size());
        *target >= 0
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::moves::{BATCH, Pool, Transfer};

    #[test]
    fn each_user_type_needs_its_own_requests() {
        let pools = [Pool::default(); 4];
        let transfer = |to, count| Transfer { from: 3, to, count };
        let network = Network::new(&pools, &[transfer(0, 25), transfer(1, 26), transfer(2, 1)], &[3, 0]);
        let fewest = |last| fewest(&network, BATCH, last);
        assert_eq!(fewest(None), 4);
        // The last member needs a request of their own only where the others fill theirs.
        assert_eq!([0, 1, 2].map(|to| fewest(Some(Last { from: 3, to }))), [5, 4, 4]);
    }
}
