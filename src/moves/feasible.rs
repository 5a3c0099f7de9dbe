//! Whether an order exists, decided without trying any.
//!
//! Call a type a *spring* if nobody has to be moved into it, or if it has a free seat once all is done. An order exists
//! exactly when
//!
//! 1. no target ends up with more members than seats, and
//! 2. every target is *fed*: it can be reached from a spring, along moves.
//!
//! Types that are over-assigned at the start change nothing about that; only the seats in the end count.
//!
//! **It is needed.** A target has a seat for whoever comes last, and loses members only from then on: hence 1. For 2, take
//! the targets that are not fed, suppose there is an order, and let `u → v` be the last move into one of them. `u` is not
//! fed either, else `v` were. So `u` is a target, full in the end, and all moves into it are done: from the first of them
//! on it was never over-assigned. This move frees a seat there, and nobody takes it: `u` is not full in the end.
//!
//! **It is enough.** Draw for every target that is no spring one *lifeline*: a move into it, from a type that is fewer moves
//! away from a spring. Make any move that finds a free seat, but lifelines only once nothing else is left to be moved into
//! that type. Suppose it gets stuck. Where somebody still has to come in, no seat is free; since the type fits in the end,
//! at least as many have still to leave as to come, and just as many only if it is full in the end. But over all types as
//! many leave as come. So all these types are full in the end, none is a spring, and the lifeline of each is still to be
//! moved, out of another of them: following lifelines never arrives at a spring, which it must.
//!
//! The seats in the end do not depend on the order, so 1 stays true whatever is moved, and 2 can only be lost at a type
//! whose last lifeline is cut. [`super::greedy`] watches for that.

use std::collections::BTreeSet;

use crate::moves::network::{Count, Network, Node};
use crate::moves::{Last, NoOrder, Obstacle, Pool, Transfer};

/// The moves before the last one, if there is an order.
pub(super) fn network(pools: &[Pool], transfers: &[Transfer], last: Option<Last>) -> Result<Network, NoOrder> {
    let last = last.filter(|last| last.from != last.to);
    let named = last.map(|last| [last.from, last.to]);
    let mut network = Network::new(pools, transfers, named.as_slice().as_flattened());
    let mut obstacles = shortages(&mut network, last);
    obstacles.extend(deadlocks(&network));
    if obstacles.is_empty() {
        return Ok(network);
    }
    let only_for_last = last.is_some_and(|last| {
        let all: Vec<Transfer> =
            transfers.iter().copied().chain([Transfer { from: last.from, to: last.to, count: 1 }]).collect();
        self::network(pools, &all, None).is_ok()
    });
    Err(NoOrder { obstacles, only_for_last })
}

/// The types that end up short of seats. They are given what they lack, so that what else is wrong can be found.
fn shortages(network: &mut Network, last: Option<Last>) -> Vec<Obstacle> {
    let mut obstacles = Vec::new();
    for node in &mut network.nodes {
        let receives_last = last.is_some_and(|last| last.to == node.pool);
        let needed = Count::from(receives_last);
        if node.end >= needed || (node.into == 0 && !receives_last) {
            continue;
        }
        let holds_last = last.is_some_and(|last| last.from == node.pool);
        let short = needed - node.end - Count::from(holds_last);
        if short > 0 {
            obstacles.push(Obstacle::EndsShort { pool: node.pool, short: u64::try_from(short).unwrap_or(u64::MAX) });
        }
        if holds_last {
            obstacles.push(Obstacle::HeldByLast { pool: node.pool });
        }
        node.end = needed;
    }
    obstacles
}

/// The types that are fed: springs, and what can be reached from one along moves.
pub(super) fn fed(pools: &[Pool], transfers: &[Transfer]) -> BTreeSet<usize> {
    let network = Network::new(pools, transfers, &[]);
    let (walked, _) = walked_from_springs(&network);
    let fed = network.nodes.iter().zip(walked.0).filter(|(_, walk)| walk.is_some());
    fed.map(|(node, _)| node.pool).collect()
}

/// What can be reached from springs, and where members of each type are to go.
fn walked_from_springs(network: &Network) -> (Walks, Vec<Vec<usize>>) {
    let nodes = &network.nodes;
    let mut targets = vec![Vec::new(); nodes.len()];
    for (to, node) in nodes.iter().enumerate() {
        for source in &node.sources {
            targets.get_mut(source.node).into_iter().for_each(|list| list.push(to));
        }
    }
    let mut walked = Walks(vec![None; nodes.len()]);
    for (spring, _) in nodes.iter().enumerate().filter(|(_, node)| node.is_spring()) {
        walked.forward(spring, 0, &targets);
    }
    (walked, targets)
}

/// The closed groups among the targets that are not fed: those that all others of them are fed by.
fn deadlocks(network: &Network) -> Vec<Obstacle> {
    let nodes = &network.nodes;
    let (mut walked, targets) = walked_from_springs(network);
    // Each walk takes what can be reached and no earlier one took. One that starts in a closed group takes just that and
    // what lies behind it; one that starts elsewhere can be walked back from, into a later walk.
    let mut starts = Vec::new();
    for start in 0..nodes.len() {
        if walked.forward(start, starts.len() + 1, &targets) {
            starts.push(start);
        }
    }
    let groups = (1..).zip(starts).filter_map(|(walk, start)| walked.closed_group(start, walk, nodes));
    let mut groups: Vec<Vec<&Node>> = groups.collect();
    groups.sort_by_key(|group| group.first().map(|node| node.pool));
    groups.into_iter().map(|group| deadlock(&group)).collect()
}

fn deadlock(group: &[&Node]) -> Obstacle {
    let over = group.iter().filter(|node| node.free < 0);
    Obstacle::Deadlock {
        pools: group.iter().map(|node| node.pool).collect(),
        over_assigned: over.map(|node| node.pool).collect(),
    }
}

/// Which walk took a type.
struct Walks(Vec<Option<usize>>);

impl Walks {
    /// Walks along moves from `start`; `false` if it was taken before.
    fn forward(&mut self, start: usize, walk: usize, targets: &[Vec<usize>]) -> bool {
        let mut open = Vec::new();
        let mut take = |node: usize, open: &mut Vec<usize>| match self.0.get_mut(node) {
            Some(taken @ None) => {
                *taken = Some(walk);
                open.push(node);
                true
            }
            _ => false,
        };
        let is_new = take(start, &mut open);
        while let Some(node) = open.pop() {
            for target in targets.get(node).into_iter().flatten() {
                take(*target, &mut open);
            }
        }
        is_new
    }

    /// All that members come from, and those come from, and so on until `start`, if nothing of it is another walk's.
    fn closed_group<'a>(&self, start: usize, walk: usize, nodes: &'a [Node]) -> Option<Vec<&'a Node>> {
        let mut group = BTreeSet::from([start]);
        let mut open = vec![start];
        while let Some(node) = open.pop().and_then(|node| nodes.get(node)) {
            for source in &node.sources {
                if self.0.get(source.node) != Some(&Some(walk)) {
                    return None;
                }
                if group.insert(source.node) {
                    open.push(source.node);
                }
            }
        }
        Some(group.into_iter().filter_map(|node| nodes.get(node)).collect())
    }
}
