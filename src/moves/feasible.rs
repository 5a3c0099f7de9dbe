//! Decides whether an order exists, without trying any.
//!
//! Call a type a *spring* if nobody has to be moved into it, or if it has a free seat once all is done. An order exists
//! exactly when
//!
//! 1. no target ends up with more members than seats, and
//! 2. every target is *fed*: it can be reached from a spring, along moves.
//!
//! Types that are over-assigned at the start make no difference; only the seats in the end count.
//!
//! **Both conditions are needed.** A target has a seat for the member who comes last, and from then on only loses
//! members: hence 1. For 2, take the targets that are not fed, suppose there is an order, and let `u → v` be the last
//! move into one of them. Then `u` is not fed either, since otherwise `v` would be. So `u` is a target that is full in
//! the end, and all moves into it are done: from the first of these moves on it was never over-assigned. The last move
//! frees a seat of `u`, and nobody takes it: so `u` is not full in the end, a contradiction.
//!
//! **Both together are enough.** Draw for every target that is no spring one *lifeline*: a move into it, from a type
//! that is fewer moves away from a spring. Make any move that finds a free seat, but a lifeline only once no other move
//! into that type is left. Suppose no move can be made although some are left. A type that members still have to enter
//! has no free seat; since it fits in the end, at least as many members have still to leave it as to enter it, and just
//! as many only if it is full in the end. But over all types as many members leave as enter. So all these types are
//! full in the end, none is a spring, and the lifeline of each is still to be moved, out of another of these types.
//! Following lifelines from type to type then never arrives at a spring, which it must.
//!
//! The seats in the end do not depend on the order, so 1 stays true whatever is moved, and 2 can only be lost at a type
//! whose last lifeline is cut. [`super::greedy`] watches for that.

use std::collections::BTreeSet;

use crate::moves::network::{Network, Node, SeatCount};
use crate::moves::{Last, NoOrder, Obstacle, Pool, Transfer};

/// The graph of all moves but that of the last member, if an order exists.
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

/// The obstacles of types that end up short of seats. The missing seats are added to the graph, so that further
/// obstacles can be found.
fn shortages(network: &mut Network, last: Option<Last>) -> Vec<Obstacle> {
    let mut obstacles = Vec::new();
    for node in &mut network.nodes {
        let receives_last = last.is_some_and(|last| last.to == node.pool);
        let needed = SeatCount::from(receives_last);
        if node.end >= needed || (node.into == 0 && !receives_last) {
            continue;
        }
        let holds_last = last.is_some_and(|last| last.from == node.pool);
        let short = needed - node.end - SeatCount::from(holds_last);
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

/// The types that are fed: springs, and types that can be reached from a spring along moves.
pub(super) fn fed(pools: &[Pool], transfers: &[Transfer]) -> BTreeSet<usize> {
    let network = Network::new(pools, transfers, &[]);
    let (walked, _) = walked_from_springs(&network);
    let fed = network.nodes.iter().zip(walked.0).filter(|(_, walk)| walk.is_some());
    fed.map(|(node, _)| node.pool).collect()
}

/// The types that can be reached from springs, and for each type the types that its members are to get.
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

/// The closed groups among the targets that are not fed: the groups that feed all other such targets.
fn deadlocks(network: &Network) -> Vec<Obstacle> {
    let nodes = &network.nodes;
    let (mut walked, targets) = walked_from_springs(network);
    // Each walk takes the types that it can reach and that no earlier walk took. A walk that starts in a closed group
    // takes that group and the types behind it. From a walk that starts elsewhere, members lead back into a later walk.
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

/// For each type the number of the walk that took it.
struct Walks(Vec<Option<usize>>);

impl Walks {
    /// Walks along moves from `start`; returns `false` if an earlier walk took `start`.
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

    /// The types that lead to `start`, over any number of moves; `None` if another walk took one of them.
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
