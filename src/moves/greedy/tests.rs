use std::collections::BTreeMap;
use std::num::NonZeroU64;

use super::*;
use crate::moves::feasible;
use crate::moves::order::{fewest, order};
use crate::moves::{Pool, Transfer};

/// Random numbers that are the same on every machine.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % limit
    }
}

/// Moves among three to seven user types, of which most are full in the end.
fn transfers(numbers: &mut Numbers) -> (Vec<Pool>, Vec<Transfer>) {
    let types = 3 + usize::try_from(numbers.below(5)).unwrap();
    let mut transfers = Vec::new();
    for (from, to) in (0..types).flat_map(|from| (0..types).map(move |to| (from, to))) {
        let count = if numbers.below(2) == 0 { 0 } else { numbers.below(12) };
        if from != to && count > 0 {
            transfers.push(Transfer { from, to, count });
        }
    }
    let sum = |of: &dyn Fn(&Transfer) -> bool| transfers.iter().filter(|one| of(one)).map(|one| one.count).sum::<u64>();
    let pools = (0..types).map(|pool| {
        let (leaving, coming) = (sum(&|one| one.from == pool), sum(&|one| one.to == pool));
        let stay = numbers.below(4);
        let spare = if numbers.below(3) == 0 { numbers.below(5) } else { 0 };
        Pool { seats: stay + coming + spare, assigned: stay + leaving }
    });
    (pools.collect(), transfers)
}

/// The networks of these moves that have an order, each with a size of batches.
fn networks(count: usize) -> Vec<(Network, SeatCount)> {
    let mut numbers = Numbers(1);
    let mut networks = Vec::new();
    while networks.len() < count {
        let (pools, transfers) = transfers(&mut numbers);
        let batch = [2, 4, 6, 10][usize::try_from(numbers.below(4)).unwrap()];
        let network = feasible::network(&pools, &transfers, None).ok().filter(|network| !network.nodes.is_empty());
        networks.extend(network.map(|network| (network, batch)));
    }
    networks
}

fn requests(network: &Network, batch: SeatCount, aim: Aim) -> usize {
    let mut plan = Greedy::new(network.clone(), batch, aim);
    assert!(!plan.is_done(), "there are moves: {network:?}");
    let count = plan.by_ref().count();
    assert!(plan.is_done(), "an order exists: {network:?}");
    count
}

/// Each sign by which batches are compared saves requests. Whoever changes one sees here what it costs, or saves.
#[test]
fn random_orders_need_as_many_requests_as_they_did() {
    let mut sums = BTreeMap::new();
    for (network, batch) in networks(1_000) {
        let both = [Aim::WholeBatches, Aim::Together].map(|aim| requests(&network, batch, aim));
        let [whole, together] = sums.entry(batch).or_insert([0; 2]);
        *whole += both[0];
        *together += both[1];
        let size = NonZeroU64::new(u64::try_from(batch).unwrap()).unwrap();
        let order = order(&network, size, None);
        assert_eq!(order.len(), both[0].min(both[1]), "the shorter of two plans: {network:?}");
        assert!(fewest(&network, size, None) <= order.len(), "no plan has fewer: {network:?}");
    }
    let known = [(2, [8_527, 8_571]), (4, [4_909, 5_041]), (6, [4_262, 4_364]), (10, [3_332, 3_411])];
    assert_eq!(sums, BTreeMap::from(known), "by the size of batches, with each aim");
}
