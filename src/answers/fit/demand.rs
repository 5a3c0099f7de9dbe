//! How many seats of each item are needed over time: those assigned today, and those that the plan adds.

use std::collections::{BTreeSet, HashMap, HashSet};

use crate::answers::fit::value::Replaced;
use crate::license::{Evidence, Item, ItemKind, SuccessorPool, Successors};
use crate::seats::Need;
use crate::time::Instant;
use crate::usage::{Plan, Planned, Usage};

/// The seats of an item that are needed. Seats of a retired extension count as needed of its successor.
pub(super) struct Demand<'q> {
    pub(super) kind: ItemKind,
    pub(super) id: &'q str,
    /// The seats assigned today; `None` where nobody counted.
    pub(super) today: Option<u64>,
    /// Seats that the plan adds.
    pub(super) planned: u64,
    /// The seats needed over time: those assigned today and those that the plan adds.
    pub(super) need: Need,
    pub(super) replaces: Vec<Replaced>,
}

/// For one id: the seats assigned today, and for each line of the plan its first instant and the seats it adds.
type IdDemand = (Option<u64>, Vec<(Instant, u64)>);

/// Every item of the license that has seats, in the license's order, then every other item that is assigned or planned.
pub(super) fn demands<'q>(
    items: &'q [Item<'_>],
    successors: &Successors,
    usage: &'q Usage,
    plan: &'q [Planned],
    as_of: Instant,
) -> Vec<Demand<'q>> {
    let mut lines: HashMap<(ItemKind, &str), Vec<(Instant, u64)>> = HashMap::new();
    for row in plan {
        let from = row.from.unwrap_or(as_of).max(as_of);
        lines.entry((row.kind, row.id.as_str())).or_default().push((from, row.count));
    }
    let seated = items.iter().filter(|item| item.kind != ItemKind::Capability);
    let own: Vec<_> = seated.map(|item| (item.kind, item.id.as_ref())).collect();
    let known: HashSet<_> = own.iter().copied().collect();
    let in_use = usage.in_use().map(|(kind, id, _)| (kind, id));
    let others: BTreeSet<_> = in_use.chain(lines.keys().copied()).filter(|one| !known.contains(one)).collect();
    let each = own.into_iter().chain(others).map(|(kind, id)| {
        let lines = lines.get(&(kind, id)).cloned().unwrap_or_default();
        (kind, id, (usage.assigned(kind, id), lines))
    });
    let mut demands: Vec<_> = successors.pool(each).into_iter().map(|pool| demand(pool, as_of)).collect();
    // The sort is stable: it keeps the order within a kind.
    demands.sort_by_key(|demand| demand.kind);
    demands
}

fn demand(pool: SuccessorPool<'_, IdDemand>, as_of: Instant) -> Demand<'_> {
    let counted = pool.shares.iter().filter_map(|share| share.value.0);
    let today = counted.reduce(u64::saturating_add);
    let lines: Vec<_> = pool.shares.iter().flat_map(|share| share.value.1.iter().copied()).collect();
    let planned = sum(lines.iter());
    let need = Need::constant(as_of, today.unwrap_or(0)).plus(lines.iter().copied());
    let replaces = pool.shares.iter().filter_map(|share| {
        let (today, lines) = &share.value;
        let now = sum(lines.iter().filter(|(from, _)| *from <= as_of));
        let assigned = today.unwrap_or(0).saturating_add(now);
        let perhaps = share.evidence? == Evidence::Inferred;
        Some(Replaced { id: share.id.to_owned(), assigned, perhaps })
    });
    Demand { kind: pool.kind, id: pool.id, today, planned, need, replaces: replaces.collect() }
}

fn sum<'l>(lines: impl Iterator<Item = &'l (Instant, u64)>) -> u64 {
    lines.fold(0, |sum, (_, count)| sum.saturating_add(*count))
}

/// Splits a plan into the lines that count up to `until` and the lines that begin later, the latter in the order of
/// time. Lines that add nothing are left out.
pub(super) fn split(plan: &Plan, until: Instant) -> (Vec<Planned>, Vec<Planned>) {
    let rows = plan.rows.iter().filter(|row| row.count > 0).cloned();
    let (now, mut later): (Vec<_>, Vec<_>) = rows.partition(|row| row.from.is_none_or(|from| from <= until));
    later.sort_by(|one, other| {
        (one.from, one.kind, &one.id, one.count).cmp(&(other.from, other.kind, &other.id, other.count))
    });
    (now, later)
}
