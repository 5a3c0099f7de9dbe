//! How many seats of each item are needed from the import on, and who says so.

use std::collections::{BTreeMap, HashMap};

use crate::answers::preflight::replaced::Replaced;
use crate::license::{Evidence, Item, ItemKind, Pool, Share, Successors};
use crate::seats::{Need, SeatTimeline};
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
    /// What the old license gives at the import, or gave before it ended: of the item and of retired ids that it replaces.
    pub(super) old: Option<u64>,
}

/// What is needed of every item that somebody counted or that the old license gives.
#[derive(Clone, Debug)]
pub(super) struct Needs {
    /// In the order of kinds and ids.
    all: Vec<Needed>,
    positions: HashMap<(ItemKind, String), usize>,
}

/// What is known of one id.
struct Known<'r> {
    counted: Option<Need>,
    old: Option<&'r SeatTimeline>,
}

impl Needs {
    /// What belongs to a retired extension is needed of its successor.
    pub(super) fn new(
        successors: &Successors,
        usage: &Usage,
        plan: &Plan,
        replaced: Option<&Replaced<'_>>,
        given: &[Item<'_>],
        as_of: Instant,
    ) -> Self {
        let old: BTreeMap<_, _> = replaced.iter().flat_map(|replaced| &replaced.items).map(by_id).collect();
        let mut planned: BTreeMap<(ItemKind, &str), Vec<_>> = BTreeMap::new();
        for row in &plan.rows {
            let line = (row.from.unwrap_or(as_of), row.count);
            planned.entry((row.kind, row.id.as_str())).or_default().push(line);
        }
        let mut ids: Vec<(ItemKind, &str)> = usage.in_use().map(|(kind, id, _)| (kind, id)).collect();
        ids.extend(planned.keys().copied());
        ids.extend(old.keys().copied());
        ids.extend(given.iter().map(|item| (item.kind, item.id.as_ref())));
        ids.retain(|(kind, _)| *kind != ItemKind::Capability);
        ids.sort_unstable();
        ids.dedup();
        let each = ids.into_iter().filter_map(|(kind, id)| {
            let lines = planned.get(&(kind, id)).into_iter().flatten().copied();
            let counted = usage.assigned(kind, id).map(|assigned| Need::constant(as_of, assigned).plus(lines));
            let known = Known { counted, old: old.get(&(kind, id)).map(|item| &item.timeline) };
            (known.counted.is_some() || known.old.is_some()).then_some((kind, id, known))
        });
        let pools = successors.pool(each).into_iter();
        let all: Vec<_> = pools.map(|pool| together(&pool, replaced, as_of)).collect();
        let positions = all.iter().enumerate().map(|(at, one)| ((one.kind, one.id.clone()), at)).collect();
        Self { all, positions }
    }

    pub(super) fn all(&self) -> &[Needed] {
        &self.all
    }

    pub(super) fn of(&self, kind: ItemKind, id: &str) -> Option<&Needed> {
        self.positions.get(&(kind, id.to_owned())).and_then(|position| self.all.get(*position))
    }
}

/// What is needed of an item: what is assigned, and what the old license gives of ids that nobody counted.
fn together(pool: &Pool<'_, Known<'_>>, replaced: Option<&Replaced<'_>>, as_of: Instant) -> Needed {
    let shares = || pool.shares.iter().map(|share| &share.value);
    let assigned = shares().filter_map(|known| known.counted.as_ref());
    let mut need = assigned.fold(Need::constant(as_of, 0), |sum, need| sum.and(need));
    let uncounted = SeatTimeline::sum(shares().filter(|known| known.counted.is_none()).filter_map(|known| known.old));
    if let Some(replaced) = replaced {
        need = need.and(&replaced.need(&uncounted, as_of));
    }
    let given: Vec<_> = shares().filter_map(|known| known.old).collect();
    let is_inferred = |share: &Share<'_, Known<'_>>| {
        let Known { counted, old } = &share.value;
        let is_needed = match counted {
            Some(need) => need.first().is_some(),
            None => old.is_some_and(|old| !old.steps().is_empty()),
        };
        share.evidence == Some(Evidence::Inferred) && is_needed
    };
    Needed {
        kind: pool.kind,
        id: pool.id.to_owned(),
        need,
        counted: shares().all(|known| known.counted.is_some()),
        perhaps: pool.shares.iter().any(is_inferred),
        old: replaced.filter(|_| !given.is_empty()).map(|replaced| replaced.seats(&SeatTimeline::sum(given), as_of)),
    }
}

fn by_id<'i, 'd>(item: &'i Item<'d>) -> ((ItemKind, &'i str), &'i Item<'d>) {
    ((item.kind, item.id.as_ref()), item)
}
