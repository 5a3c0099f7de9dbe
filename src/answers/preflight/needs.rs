//! How many seats of each item are needed from the import on, and who says so.

use std::collections::BTreeMap;

use crate::answers::preflight::replaced::Replaced;
use crate::license::{Item, ItemKind, Successors};
use crate::seats::Need;
use crate::time::Instant;
use crate::usage::{Plan, Usage};

/// The seats of one item that are needed.
#[derive(Clone, Debug)]
pub(super) struct Needed {
    pub(super) kind: ItemKind,
    pub(super) id: String,
    pub(super) need: Need,
    /// Whether somebody counted what is assigned; otherwise the old license tells.
    pub(super) counted: bool,
    /// Whether part of it belongs to a retired id that this one perhaps replaces.
    pub(super) perhaps: bool,
}

/// What is needed of every item that somebody counted or that the old license gives, in the order of kinds and ids. What
/// belongs to a retired extension is needed of its successor.
pub(super) fn needed(
    successors: &Successors,
    usage: &Usage,
    plan: &Plan,
    replaced: Option<&Replaced<'_>>,
    given: &[Item<'_>],
    as_of: Instant,
) -> Vec<Needed> {
    let old: BTreeMap<_, _> = replaced.iter().flat_map(|replaced| &replaced.items).map(by_id).collect();
    let planned: BTreeMap<(ItemKind, &str), Vec<_>> = plan.rows.iter().fold(BTreeMap::new(), |mut rows, row| {
        rows.entry((row.kind, row.id.as_str())).or_insert_with(Vec::new).push(row);
        rows
    });
    let mut ids: Vec<(ItemKind, &str)> = usage.in_use().map(|(kind, id, _)| (kind, id)).collect();
    ids.extend(planned.keys().copied());
    ids.extend(old.keys().copied());
    ids.extend(given.iter().map(|item| (item.kind, item.id.as_ref())));
    ids.retain(|(kind, _)| *kind != ItemKind::Capability);
    ids.sort_unstable();
    ids.dedup();
    let each = ids.into_iter().filter_map(|(kind, id)| {
        let share = match usage.assigned(kind, id) {
            Some(assigned) => {
                let rows = planned.get(&(kind, id)).into_iter().flatten();
                let today = Need::constant(as_of, assigned);
                (today.plus(rows.map(|row| (row.from.unwrap_or(as_of), row.count))), true)
            }
            None => (replaced?.need(&old.get(&(kind, id))?.timeline, as_of), false),
        };
        Some((kind, id, share))
    });
    let pools = successors.pool(each);
    let needed = pools.into_iter().map(|pool| {
        let perhaps = pool.is_inferred();
        let counted = pool.shares.iter().all(|share| share.value.1);
        let none = Need::constant(as_of, 0);
        let need = pool.shares.iter().fold(none, |sum, share| sum.and(&share.value.0));
        Needed { kind: pool.kind, id: pool.id.to_owned(), need, counted, perhaps }
    });
    needed.collect()
}

fn by_id<'i, 'd>(item: &'i Item<'d>) -> ((ItemKind, &'i str), &'i Item<'d>) {
    ((item.kind, item.id.as_ref()), item)
}
