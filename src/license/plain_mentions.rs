//! Finds the items of one kind in a plain license, as its definitions and entries are read.

use std::num::NonZero;

use crate::license::plain_group::{PlainEntry, PlainGroup};
use crate::license::plain_items::PlainItems;
use crate::license::plain_shares::PlainShares;
use crate::time::Instant;

/// What a license says of the items of one kind, so far.
#[derive(Default)]
pub(super) struct PlainMentions<'a> {
    /// All items, while they are few.
    few: PlainGroup<'a>,
    /// The number of the item that was mentioned last.
    last: usize,
    /// All items, once they are more.
    many: Option<PlainShares<'a>>,
}

/// Up to so many ids are compared one after the other, which is faster than hashing.
const FEW: usize = 16;

impl<'a> PlainMentions<'a> {
    /// Adds a definition of an id; the first one counts. `None` where there are too many of them.
    pub(super) fn define(&mut self, id: &'a str, definition: usize) -> Option<()> {
        let definition = u32::try_from(definition).ok()?;
        match self.few(id)? {
            Some(item) => self.few.define(item, definition),
            None => self.many.as_mut()?.define(id, definition),
        }
    }

    /// Adds an entry of an id. `None` where there are too many of them.
    #[inline]
    pub(super) fn add(&mut self, id: &'a str, start: Instant, seats: u64, extra: Option<NonZero<u32>>) -> Option<()> {
        match self.few(id)? {
            Some(item) => {
                self.few.entries.push(PlainEntry { item, extra, start, seats });
                Some(())
            }
            None => self.many.as_mut()?.add(id, start, seats, extra),
        }
    }

    /// The items. `None` where two entries of an item begin at one instant.
    pub(super) fn items(self) -> Option<PlainItems<'a>> {
        match self.many {
            Some(many) => many.items(),
            None => self.few.ordered().map(PlainItems::of_one),
        }
    }

    /// The number of the item with an id, which is added where there is none; `Some(None)` where the items are no longer few.
    #[inline]
    fn few(&mut self, id: &'a str) -> Option<Option<u32>> {
        if self.many.is_some() {
            return Some(None);
        }
        let items = &self.few.items;
        let is_it = |number: usize| items.get(number).is_some_and(|item| item.id == id);
        // Entries stand mostly together with the others of their id, or in the order of the ids.
        let guess = [self.last, self.last + 1].into_iter().find(|number| is_it(*number));
        self.last = guess.or_else(|| items.iter().position(|item| item.id == id)).unwrap_or(items.len());
        if self.last < items.len() {
            return u32::try_from(self.last).ok().map(Some);
        }
        if items.len() == FEW {
            self.many = Some(PlainShares::of(std::mem::take(&mut self.few))?);
            return Some(None);
        }
        let mention = u32::try_from(items.len()).ok()?;
        self.few.begin(id, mention).map(Some)
    }
}

#[cfg(test)]
mod tests;
