//! The items of one kind in a plain license.

use std::num::NonZero;

use crate::license::plain_group::{PlainEntry, PlainGroup, PlainItem};
use crate::seats::SeatTimeline;
use crate::time::Instant;

/// The items of one kind, with their entries: the defined ones first, then the others in the order of their first entries.
#[derive(Default)]
pub(crate) struct PlainItems<'a> {
    items: Vec<PlainItem<'a>>,
    /// The entries of the items, in groups. Those of one item stand together, in the order of their starts.
    entries: Vec<Vec<PlainEntry>>,
}

impl<'a> PlainItems<'a> {
    /// The items of one group, whose order is that of the items.
    pub(super) fn of_one(group: PlainGroup<'a>) -> Self {
        Self { items: group.items, entries: vec![group.entries] }
    }

    /// The items of several groups, whose ids stand in so many definitions and entries.
    pub(super) fn of(groups: Vec<PlainGroup<'a>>, mentions: usize) -> Option<Self> {
        // Where the item of each first mention stands: the group, counted from 1, and the number in it.
        let mut order = vec![(0_u32, 0_u32); mentions];
        for (group, PlainGroup { items, .. }) in (1..).zip(&groups) {
            for (number, item) in (0..).zip(items) {
                *order.get_mut(usize::try_from(item.mention).ok()?)? = (group, number);
            }
        }
        let mut items = Vec::with_capacity(groups.iter().map(|group| group.items.len()).sum());
        for (group, number) in order {
            if let Some(group) = group.checked_sub(1) {
                let found = groups.get(usize::try_from(group).ok()?)?.items.get(usize::try_from(number).ok()?)?;
                items.push(PlainItem { group, ..*found });
            }
        }
        Some(Self { items, entries: groups.into_iter().map(|group| group.entries).collect() })
    }

    pub(crate) fn items(&self) -> &[PlainItem<'a>] {
        &self.items
    }

    /// Makes the timeline of an item. Says which of the things that entries hold besides seats counts at an instant, counted from 1.
    pub(crate) fn timeline(&self, item: &PlainItem<'a>, at: Instant, into: &mut SeatTimeline) -> Option<NonZero<u32>> {
        let entries = self.entries_of(item).unwrap_or_default();
        into.refill(entries.iter().map(|entry| (entry.start, entry.seats)));
        entries.iter().take_while(|entry| entry.start <= at).last()?.extra
    }

    fn entries_of(&self, item: &PlainItem<'a>) -> Option<&[PlainEntry]> {
        let group = self.entries.get(usize::try_from(item.group).ok()?)?;
        group.get(usize::try_from(item.first_entry).ok()?..)?.get(..usize::try_from(item.entry_count).ok()?)
    }
}
