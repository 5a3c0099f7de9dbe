//! The items of one kind in a plain license.

use std::hash::BuildHasher;

use hashbrown::{DefaultHashBuilder, HashTable};

use crate::seats::SeatTimeline;
use crate::time::Instant;

/// The items of one kind, with their entries: the defined ones first, then the others in the order of their first entries.
#[derive(Default)]
pub(crate) struct PlainItems<'a> {
    items: Vec<PlainItem<'a>>,
    entries: Vec<PlainEntry>,
    /// The number of the item that the last entry belongs to.
    last: usize,
    /// The numbers of the items by the hashes of their ids, once there are more than a few.
    numbers: HashTable<usize>,
    hasher: DefaultHashBuilder,
}

/// An item. Its entries are a chain.
pub(crate) struct PlainItem<'a> {
    pub(crate) id: &'a str,
    /// The number of its first definition.
    pub(crate) definition: Option<u32>,
    first_entry: Option<u32>,
    last_entry: u32,
    /// Whether each entry begins after the one before it.
    is_ascending: bool,
}

/// An entry: from `start` on there are so many seats.
#[derive(Clone, Copy)]
struct PlainEntry {
    start: Instant,
    seats: u64,
    /// What the entry holds besides seats, by its number.
    extra: Option<u32>,
    next: Option<u32>,
}

/// The timeline of one item after the other.
#[derive(Default)]
pub(crate) struct PlainTimeline {
    pub(crate) timeline: SeatTimeline,
    sorted: Vec<(Instant, u64, Option<u32>)>,
}

impl<'a> PlainItems<'a> {
    pub(crate) fn items(&self) -> &[PlainItem<'a>] {
        &self.items
    }

    /// Adds a definition of an id; the first one counts. `None` where there are too many of them.
    pub(crate) fn define(&mut self, id: &'a str, definition: usize) -> Option<()> {
        let definition = u32::try_from(definition).ok()?;
        self.item(id)?.definition.get_or_insert(definition);
        Some(())
    }

    /// Adds an entry of an id. `None` where there are too many of them.
    pub(crate) fn add(&mut self, id: &'a str, start: Instant, seats: u64, extra: Option<u32>) -> Option<()> {
        let number = u32::try_from(self.entries.len()).ok()?;
        let item = self.item(id)?;
        let before = item.first_entry.is_some().then_some(item.last_entry);
        item.first_entry.get_or_insert(number);
        item.last_entry = number;
        if let Some(before) = before {
            let before = self.entries.get_mut(usize::try_from(before).ok()?)?;
            before.next = Some(number);
            let is_after = before.start < start;
            self.items.get_mut(self.last)?.is_ascending &= is_after;
        }
        self.entries.push(PlainEntry { start, seats, extra, next: None });
        Some(())
    }

    /// Whether no two entries of an item begin at one instant.
    pub(crate) fn are_at_different_instants(&self) -> bool {
        let mut starts = Vec::new();
        self.items.iter().filter(|item| !item.is_ascending).all(|item| {
            starts.clear();
            starts.extend(self.entries_of(item).map(|entry| entry.start));
            starts.sort_unstable();
            starts.windows(2).all(|pair| pair.first() != pair.last())
        })
    }

    /// Makes the timeline of an item, and gives the number of what the entry holds besides that counts at an instant.
    pub(crate) fn timeline(&self, item: &PlainItem<'a>, at: Instant, into: &mut PlainTimeline) -> Option<u32> {
        let PlainTimeline { timeline, sorted } = into;
        let mut extra = None;
        let mut hold = |start: Instant, own: Option<u32>| {
            if start <= at {
                extra = own;
            }
        };
        if item.is_ascending {
            timeline.refill(self.entries_of(item).map(|entry| {
                hold(entry.start, entry.extra);
                (entry.start, entry.seats)
            }));
        } else {
            sorted.clear();
            sorted.extend(self.entries_of(item).map(|entry| (entry.start, entry.seats, entry.extra)));
            sorted.sort_unstable_by_key(|(start, ..)| *start);
            timeline.refill(sorted.iter().map(|(start, seats, extra)| {
                hold(*start, *extra);
                (*start, *seats)
            }));
        }
        extra
    }

    fn entries_of(&self, item: &PlainItem<'a>) -> impl Iterator<Item = PlainEntry> {
        let entry = |number: u32| self.entries.get(usize::try_from(number).ok()?).copied();
        std::iter::successors(item.first_entry.and_then(entry), move |before| before.next.and_then(entry))
    }

    /// The item with an id, which is added where there is none.
    fn item(&mut self, id: &'a str) -> Option<&mut PlainItem<'a>> {
        self.last = self.number(id);
        if self.last == self.items.len() {
            self.items.push(PlainItem { id, definition: None, first_entry: None, last_entry: 0, is_ascending: true });
        }
        self.items.get_mut(self.last)
    }

    /// The number of the item with an id, or the number that it will have.
    fn number(&mut self, id: &'a str) -> usize {
        /// Up to so many ids are compared one after the other, which is faster than hashing.
        const FEW: usize = 16;
        let Self { items, numbers, hasher, .. } = self;
        // Entries stand mostly together with the others of their id, or in the order of the ids.
        for guess in [self.last, self.last + 1] {
            if items.get(guess).is_some_and(|item| item.id == id) {
                return guess;
            }
        }
        if items.len() <= FEW {
            return items.iter().position(|item| item.id == id).unwrap_or(items.len());
        }
        let is_it = |number: &usize, id: &str| items.get(*number).is_some_and(|item| item.id == id);
        let hash_of = |number: &usize| hasher.hash_one(items.get(*number).map_or("", |item| item.id));
        for number in numbers.len()..items.len() {
            numbers.insert_unique(hash_of(&number), number, hash_of);
        }
        numbers.find(hasher.hash_one(id), |number| is_it(number, id)).copied().unwrap_or(items.len())
    }
}
