//! The seats of each item that are needed from the import on, by members, plan or the old license.

use std::collections::{BTreeMap, HashMap};

use crate::answers::preflight::action_value::NeedParts;
use crate::answers::preflight::old_license::OldLicense;
use crate::answers::preflight::value::ReplacedId;
use crate::license::{Evidence, Item, ItemKind, Share, SuccessorPool, Successors};
use crate::seats::{Need, SeatTimeline};
use crate::time::Instant;
use crate::usage::{Plan, Usage};

/// The seats of an item that are needed.
#[derive(Clone, Debug)]
pub(super) struct Needed {
    pub(super) kind: ItemKind,
    pub(super) id: String,
    pub(super) need: Need,
    /// Whether somebody counted the assigned seats; otherwise the need, or a part of it, is taken from the old license.
    pub(super) counted: bool,
    /// The part of the need that was counted; `None` if the whole need is taken from the old license.
    pub(super) assigned: Option<Need>,
    /// The ids, if some were counted and others were not; else `None`.
    pub(super) parts: Option<NeedParts>,
    /// The part of the need that is only planned.
    pub(super) planned: Need,
    /// The retired ids that are counted here, in the assigned seats or in those of the old license.
    pub(super) replaces: Vec<ReplacedId>,
    /// The retired ids among them that are needed.
    pub(super) needs_of: Vec<ReplacedId>,
    /// The seats of the item and of the retired ids that it replaces, as the old license gives them at the import or
    /// gave them before its end.
    pub(super) old: Option<u64>,
    /// Whether `old` is certain.
    pub(super) old_certain: bool,
    /// The instant from which on the seats of the old license are not certain.
    pub(super) old_certain_until: Option<Instant>,
    /// The seats of the old license over time, of those ids that nobody counted.
    pub(super) uncounted: SeatTimeline,
}

impl Needed {
    /// The seats needed at an instant: those that somebody counted, and those of the old license where nobody did.
    pub(super) fn told(&self, at: Instant) -> (Option<u64>, Option<u64>) {
        let assigned = self.assigned.as_ref().map(|assigned| assigned.at(at));
        let old = (!self.counted).then(|| self.need.at(at).saturating_sub(assigned.unwrap_or(0)));
        (assigned, old)
    }

    /// How many of the assigned seats are only planned at an instant.
    pub(super) fn planned_at(&self, at: Instant) -> u64 {
        if self.assigned.is_some() { self.planned.at(at) } else { 0 }
    }
}

/// The need for every item that somebody counted or that the old license gives.
#[derive(Clone, Debug)]
pub(super) struct Needs {
    /// The needs, in the order of kinds and ids.
    all: Vec<Needed>,
    positions: HashMap<(ItemKind, String), usize>,
}

/// The facts about one id.
struct Known<'r> {
    counted: Option<Need>,
    planned: Option<Need>,
    old: Option<&'r SeatTimeline>,
}

impl Needs {
    /// Collects the needs. The need for a retired extension becomes a need for its successor. Lines of the plan that begin
    /// after `until` are not counted.
    pub(super) fn new(
        successors: &Successors,
        usage: &Usage,
        plan: &Plan,
        old_license: Option<&OldLicense<'_>>,
        given: &[Item<'_>],
        (as_of, until): (Instant, Instant),
    ) -> Self {
        let old: BTreeMap<_, _> = old_license.iter().flat_map(|old_license| &old_license.items).map(by_id).collect();
        let mut planned: BTreeMap<(ItemKind, &str), Vec<_>> = BTreeMap::new();
        for row in &plan.rows {
            let lines = planned.entry((row.kind, row.id.as_str())).or_default();
            let from = row.from.unwrap_or(as_of);
            lines.extend((from <= until).then_some((from, row.count)));
        }
        let mut ids: Vec<(ItemKind, &str)> = usage.in_use().map(|(kind, id, _)| (kind, id)).collect();
        ids.extend(planned.keys().copied());
        ids.extend(old.keys().copied());
        ids.extend(given.iter().map(|item| (item.kind, item.id.as_ref())));
        ids.retain(|(kind, _)| *kind != ItemKind::Capability);
        ids.sort_unstable();
        ids.dedup();
        let each = ids.into_iter().filter_map(|(kind, id)| {
            let planned = planned.get(&(kind, id)).map(|lines| Need::constant(as_of, 0).plus(lines.iter().copied()));
            let counted = usage.assigned(kind, id).map(|assigned| {
                let today = Need::constant(as_of, assigned);
                planned.as_ref().map_or_else(|| today.clone(), |planned| today.and(planned))
            });
            let known = Known { counted, planned, old: old.get(&(kind, id)).map(|item| &item.timeline) };
            (known.counted.is_some() || known.old.is_some()).then_some((kind, id, known))
        });
        let pools = successors.pool(each).into_iter();
        let all: Vec<_> = pools.map(|pool| together(&pool, old_license, as_of)).collect();
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

/// The need for an item: the assigned seats, and the seats of the old license for ids that nobody counted.
fn together(pool: &SuccessorPool<'_, Known<'_>>, old_license: Option<&OldLicense<'_>>, as_of: Instant) -> Needed {
    let shares = || pool.shares.iter().map(|share| &share.value);
    let assigned = shares().filter_map(|known| known.counted.as_ref());
    let assigned = assigned.fold(Need::constant(as_of, 0), |sum, need| sum.and(need));
    let mut need = assigned.clone();
    let uncounted = SeatTimeline::sum(shares().filter(|known| known.counted.is_none()).filter_map(|known| known.old));
    if let Some(old_license) = old_license {
        need = need.and(&old_license.need(&uncounted, as_of));
    }
    let given: Vec<_> = shares().filter_map(|known| known.old).collect();
    let counted = shares().all(|known| known.counted.is_some());
    let assigned = Some(assigned).filter(|assigned| counted || assigned.first().is_some());
    let is_needed = |share: &&Share<'_, Known<'_>>| match &share.value {
        Known { counted: Some(need), .. } => need.first().is_some(),
        Known { old, .. } => old.is_some_and(|old| !old.steps().is_empty()),
    };
    let is_given = |share: &&Share<'_, Known<'_>>| share.value.old.is_some_and(|old| !old.steps().is_empty());
    let replaced_id = |share: &Share<'_, Known<'_>>| {
        let perhaps = share.evidence? == Evidence::Inferred;
        Some(ReplacedId { id: share.id.to_owned(), perhaps })
    };
    let replaces = |is_it: &dyn Fn(&&Share<'_, Known<'_>>) -> bool| {
        pool.shares.iter().filter(is_it).filter_map(replaced_id).collect::<Vec<_>>()
    };
    let ids = |is_counted: bool| {
        let some = pool.shares.iter().filter(is_needed).filter(|share| share.value.counted.is_some() == is_counted);
        some.map(|share| share.id.to_owned()).collect::<Vec<_>>()
    };
    let parts = assigned.is_some() && !counted;
    Needed {
        kind: pool.kind,
        id: pool.id.to_owned(),
        need,
        counted,
        parts: parts.then(|| NeedParts { assigned: ids(true), old: ids(false) }),
        assigned,
        planned: shares()
            .filter_map(|known| known.planned.as_ref())
            .fold(Need::constant(as_of, 0), |sum, one| sum.and(one)),
        replaces: replaces(&|share| is_needed(share) || is_given(share)),
        needs_of: replaces(&is_needed),
        old_certain_until: old_license
            .and_then(|old_license| given.iter().filter_map(|old| old_license.doubt_from(old, as_of)).min()),
        old_certain: old_license.is_none_or(|old_license| given.iter().all(|old| old_license.is_certain(old, as_of))),
        old: old_license
            .filter(|_| !given.is_empty())
            .map(|old_license| old_license.seats(&SeatTimeline::sum(given), as_of)),
        uncounted,
    }
}

fn by_id<'i, 'd>(item: &'i Item<'d>) -> ((ItemKind, &'i str), &'i Item<'d>) {
    ((item.kind, item.id.as_ref()), item)
}
