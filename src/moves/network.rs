//! The moves that remain, as a graph: user types are nodes, and every node knows the moves into it.

use std::collections::{BTreeMap, BTreeSet};

use crate::moves::{Pool, Transfer};

/// A number of members or seats. Sums of 64-bit counts fit in it, and free seats may be below zero.
pub(super) type SeatCount = i128;

/// The graph of the moves that remain.
#[derive(Clone, Debug)]
pub(super) struct Network {
    /// The user types that the moves name, sorted by the index of their pools.
    pub(super) nodes: Vec<Node>,
}

/// A user type, with the moves into it that remain.
#[derive(Clone, Debug)]
pub(super) struct Node {
    /// The index of the user type's pool.
    pub(super) pool: usize,
    /// Seats less members now; below zero where the user type is over-assigned.
    pub(super) free: SeatCount,
    /// Seats less members after the last move. It does not depend on the order of the moves.
    pub(super) end: SeatCount,
    /// The members who remain to be moved into this user type.
    pub(super) into: SeatCount,
    /// The types that these members come from, sorted by the index of their pools. Types whose members have all moved
    /// stay in the list.
    pub(super) sources: Vec<Inflow>,
}

/// The moves from one user type into another.
#[derive(Clone, Copy, Debug)]
pub(super) struct Inflow {
    /// The node that the members come from.
    pub(super) node: usize,
    /// How many members remain to be moved.
    pub(super) left: SeatCount,
}

impl Node {
    /// Whether the node is a spring (see [`super::feasible`]): nobody remains to be moved into it, or it has a free
    /// seat in the end.
    pub(super) fn is_spring(&self) -> bool {
        self.into == 0 || self.end > 0
    }

    /// The types from which members remain to be moved into this one.
    pub(super) fn open_sources(&self) -> impl Iterator<Item = Inflow> {
        self.sources.iter().copied().filter(|source| source.left > 0)
    }
}

impl Network {
    /// The graph of the types in `transfers` and in `also`. A move from a type to itself is left out.
    pub(super) fn new(pools: &[Pool], transfers: &[Transfer], also: &[usize]) -> Self {
        let mut counts = BTreeMap::<(usize, usize), SeatCount>::new();
        for transfer in transfers.iter().filter(|transfer| transfer.from != transfer.to && transfer.count > 0) {
            *counts.entry((transfer.to, transfer.from)).or_default() += SeatCount::from(transfer.count);
        }
        let named = counts.keys().flat_map(|(to, from)| [*to, *from]).chain(also.iter().copied());
        let named: BTreeSet<usize> = named.collect();
        let position: BTreeMap<usize, usize> = named.iter().enumerate().map(|(node, pool)| (*pool, node)).collect();
        let mut nodes: Vec<Node> = named.iter().map(|pool| Node::new(*pool, pools.get(*pool))).collect();
        for ((to, from), count) in counts {
            let (Some(&to), Some(&from)) = (position.get(&to), position.get(&from)) else { continue };
            if let Some(target) = nodes.get_mut(to) {
                target.end -= count;
                target.into += count;
                target.sources.push(Inflow { node: from, left: count });
            }
            if let Some(source) = nodes.get_mut(from) {
                source.end += count;
            }
        }
        Self { nodes }
    }

    /// Whether `node` is fed from a spring (see [`super::feasible`]) by the remaining moves, leaving out those through
    /// `without`.
    pub(super) fn is_fed(&self, node: usize, without: usize) -> bool {
        let is_spring = |node: usize| self.nodes.get(node).is_some_and(Node::is_spring);
        if is_spring(node) {
            return true;
        }
        let mut seen = BTreeSet::from([node, without]);
        let mut open = vec![node];
        while let Some(node) = open.pop().and_then(|node| self.nodes.get(node)) {
            if node.open_sources().any(|source| source.node != without && is_spring(source.node)) {
                return true;
            }
            open.extend(node.open_sources().map(|source| source.node).filter(|source| seen.insert(*source)));
        }
        false
    }
}

impl Node {
    fn new(pool: usize, seats: Option<&Pool>) -> Self {
        let free = seats.map_or(0, |pool| SeatCount::from(pool.seats) - SeatCount::from(pool.assigned));
        Self { pool, free, end: free, into: 0, sources: Vec::new() }
    }
}
