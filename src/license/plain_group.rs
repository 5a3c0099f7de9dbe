//! Some items of one kind in a plain license, with all their entries.

use std::num::NonZero;

use crate::time::Instant;

/// Some items, and the entries of all of them.
#[derive(Default)]
pub(super) struct PlainGroup<'a> {
    pub(super) items: Vec<PlainItem<'a>>,
    pub(super) entries: Vec<PlainEntry>,
}

/// An item.
#[derive(Clone, Copy)]
pub(crate) struct PlainItem<'a> {
    pub(crate) id: &'a str,
    /// The number of its first definition.
    pub(crate) definition: Option<u32>,
    /// Where its id stands first, among all definitions and entries.
    pub(super) mention: u32,
    /// Its first entry in its group, and how many entries it has.
    pub(super) first_entry: u32,
    pub(super) entry_count: u32,
    /// Which group its entries are in.
    pub(super) group: u32,
}

/// An entry: from `start` on there are so many seats.
#[derive(Clone, Copy)]
pub(super) struct PlainEntry {
    /// The number of its item in the group.
    pub(super) item: u32,
    /// Which of the things that entries hold besides seats it holds, counted from 1.
    pub(super) extra: Option<NonZero<u32>>,
    pub(super) start: Instant,
    pub(super) seats: u64,
}

impl<'a> PlainGroup<'a> {
    /// Adds an item, whose id stands first in the definition or entry with this number. `None` where there are too many.
    pub(super) fn begin(&mut self, id: &'a str, mention: u32) -> Option<u32> {
        let number = u32::try_from(self.items.len()).ok()?;
        self.items.push(PlainItem { id, definition: None, mention, first_entry: 0, entry_count: 0, group: 0 });
        Some(number)
    }

    /// Notes that an item has this definition; the first one counts.
    pub(super) fn define(&mut self, item: u32, definition: u32) -> Option<()> {
        self.items.get_mut(usize::try_from(item).ok()?)?.definition.get_or_insert(definition);
        Some(())
    }

    /// Puts the entries of each item together, in the order of their starts. `None` where two entries of an item begin at one
    /// instant.
    pub(super) fn ordered(mut self) -> Option<Self> {
        let key = |entry: &PlainEntry| (entry.item, entry.start);
        if !self.entries.is_sorted_by(|one, next| key(one) < key(next)) {
            self.entries.sort_unstable_by_key(key);
            if !self.entries.is_sorted_by(|one, next| key(one) < key(next)) {
                return None;
            }
        }
        for (number, entry) in (0..).zip(&self.entries) {
            let item = self.items.get_mut(usize::try_from(entry.item).ok()?)?;
            if item.entry_count == 0 {
                item.first_entry = number;
            }
            item.entry_count += 1;
        }
        self.items.shrink_to_fit();
        Some(self)
    }
}
