//! An item in OLD and in NEW, and how much NEW must give of it.

use std::collections::HashMap;

use crate::answers::diff::extras::{Extras, common_span};
use crate::answers::diff::kept::Kept;
use crate::answers::diff::side::Side;
use crate::license::{Evidence, Item, ItemKind, Successor, Successors};
use crate::seats::SeatTimeline;
use crate::time::Instant;

/// An id of one kind, with its item in OLD and its item in NEW.
pub(super) struct Pair<'c, 'd> {
    pub(super) kind: ItemKind,
    pub(super) id: &'c str,
    pub(super) old: Option<&'c Item<'d>>,
    pub(super) new: Option<&'c Item<'d>>,
    /// The extension of NEW that takes the place of this retired extension: NEW must give there what OLD gives here.
    pub(super) successor: Option<Successor>,
    /// The retired extensions of OLD whose place this extension takes.
    pub(super) replaces: Vec<(&'c Item<'d>, Evidence)>,
    pub(super) old_extras: Extras,
    pub(super) new_extras: Extras,
}

impl<'c, 'd> Pair<'c, 'd> {
    /// All pairs by kind: the items of OLD in their order, then those that only NEW has.
    pub(super) fn all(old: &'c Side<'d>, new: &'c Side<'d>, successors: Option<&Successors>) -> Vec<Self> {
        let key = |item: &'c Item<'d>| (item.kind, item.id.as_ref());
        let new_items: HashMap<_, _> = new.items.iter().map(|item| (key(item), item)).collect();
        let old_ids: HashMap<_, _> = old.items.iter().map(|item| (key(item), item)).collect();
        let mut replaces: HashMap<_, Vec<_>> = HashMap::new();
        let successor = |item: &'c Item<'d>| successors.and_then(|all| all.of(item.kind, &item.id));
        for item in &old.items {
            if let Some(successor) = successor(item) {
                replaces.entry((item.kind, successor.id)).or_default().push((item, successor.evidence));
            }
        }
        let added = new.items.iter().filter(|item| !old_ids.contains_key(&key(item)));
        let sides = old.items.iter().map(|item| (Some(item), new_items.get(&key(item)).copied()));
        let mut pairs: Vec<_> = sides
            .chain(added.map(|item| (None, Some(item))))
            .filter_map(|(old_item, new_item)| {
                let item = old_item.or(new_item)?;
                Some(Self {
                    kind: item.kind,
                    id: item.id.as_ref(),
                    old: old_item,
                    new: new_item,
                    successor: old_item.and_then(successor),
                    replaces: replaces.remove(&key(item)).unwrap_or_default(),
                    old_extras: Extras::new(old_item, old.license()),
                    new_extras: Extras::new(new_item, new.license()),
                })
            })
            .collect();
        // The sort is stable: it keeps the order within a kind.
        pairs.sort_by_key(|pair| pair.kind);
        pairs
    }

    /// The seats in OLD over time.
    pub(super) fn before(&self) -> SeatTimeline {
        self.old.map_or_else(SeatTimeline::default, |item| item.timeline.clone())
    }

    /// The seats in NEW over time.
    pub(super) fn after(&self) -> SeatTimeline {
        self.new.map_or_else(SeatTimeline::default, |item| item.timeline.clone())
    }

    /// The seats that NEW must have of this item: the seats that OLD gives of the item and of the retired extensions
    /// that it replaces. None where a successor replaces the item.
    pub(super) fn needed(&self) -> SeatTimeline {
        let own = self.old.filter(|_| self.successor.is_none());
        let all: Vec<_> = own.into_iter().chain(self.replaces.iter().map(|(item, _)| *item)).collect();
        SeatTimeline::sum(all.into_iter().map(|item| &item.timeline))
    }

    /// The span of [`common_span`] for this item. With `kept`, the seats that OLD gives at that instant count as needed
    /// later.
    pub(super) fn common_span(&self, since: Instant, kept: Option<Kept>) -> Option<(Instant, Option<Instant>)> {
        let before = self.before();
        let before = kept.map_or_else(|| before.clone(), |kept| kept.needed(&before));
        common_span(&before, &self.after(), since)
    }
}
