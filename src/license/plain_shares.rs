//! Finds the items of one kind where a plain license has many of them.
//!
//! Looking up one id after the other among hundreds of thousands means to wait for memory each time. So ids are first dealt out
//! to shares by their hashes. A share is small enough for the caches of a processor, and several processors work at the same time,
//! each on shares of its own.

use std::hash::BuildHasher;
use std::num::NonZero;
use std::sync::{Mutex, PoisonError};
use std::thread::{self, Builder};

use hashbrown::{DefaultHashBuilder, HashTable};

use crate::license::plain_group::{PlainEntry, PlainGroup};
use crate::license::plain_items::PlainItems;
use crate::time::Instant;

/// The definitions and entries of one kind. All of an id are in one share.
pub(super) struct PlainShares<'a> {
    /// One, and once there are many definitions and entries, [`SHARES`].
    shares: Vec<PlainShare<'a>>,
    /// How many definitions and entries there are.
    mentions: u32,
    hasher: DefaultHashBuilder,
}

/// Some ids, in their order.
#[derive(Default)]
struct PlainShare<'a> {
    definitions: Vec<DefinedId<'a>>,
    entries: Vec<EntryOfId<'a>>,
}

/// An id, how many definitions and entries stand before, and the number of its definition.
#[derive(Clone, Copy)]
struct DefinedId<'a> {
    id: &'a str,
    mention: u32,
    definition: u32,
}

/// An id and its entry, whose `item` is here how many definitions and entries stand before.
#[derive(Clone, Copy)]
struct EntryOfId<'a> {
    id: &'a str,
    entry: PlainEntry,
}

/// From so many definitions and entries on there are several shares.
const MANY: u32 = 1 << 13;
const SHARES: usize = 64;
/// More processors than this would wait for memory, and for each other.
const THREADS: usize = 4;

impl<'a> PlainShares<'a> {
    /// The items of a group, whose mentions are numbered by items. More definitions and entries may follow.
    pub(super) fn of(group: PlainGroup<'a>) -> Option<Self> {
        let mut share = PlainShare::default();
        for (mention, item) in (0..).zip(&group.items) {
            share.definitions.extend(item.definition.map(|definition| DefinedId { id: item.id, mention, definition }));
        }
        for entry in group.entries {
            let id = group.items.get(usize::try_from(entry.item).ok()?)?.id;
            share.entries.push(EntryOfId { id, entry });
        }
        let mentions = u32::try_from(group.items.len()).ok()?;
        Some(Self { shares: vec![share], mentions, hasher: DefaultHashBuilder::default() })
    }

    /// Adds a definition of an id. `None` where there are too many of them.
    pub(super) fn define(&mut self, id: &'a str, definition: u32) -> Option<()> {
        let mention = self.next()?;
        self.share(id)?.definitions.push(DefinedId { id, mention, definition });
        Some(())
    }

    /// Adds an entry of an id. `None` where there are too many of them.
    pub(super) fn add(&mut self, id: &'a str, start: Instant, seats: u64, extra: Option<NonZero<u32>>) -> Option<()> {
        let item = self.next()?;
        self.share(id)?.entries.push(EntryOfId { id, entry: PlainEntry { item, extra, start, seats } });
        Some(())
    }

    /// The number of the next definition or entry.
    fn next(&mut self) -> Option<u32> {
        let number = self.mentions;
        self.mentions = number.checked_add(1)?;
        if number == MANY {
            let before = std::mem::take(&mut self.shares);
            self.shares.resize_with(SHARES, PlainShare::default);
            for share in before {
                for defined in share.definitions {
                    self.share(defined.id)?.definitions.push(defined);
                }
                for entry in share.entries {
                    self.share(entry.id)?.entries.push(entry);
                }
            }
        }
        Some(number)
    }

    fn share(&mut self, id: &str) -> Option<&mut PlainShare<'a>> {
        if self.shares.len() == 1 {
            return self.shares.first_mut();
        }
        // The table of a share uses the lowest and the highest bits.
        let hash = self.hasher.hash_one(id) >> 32;
        self.shares.get_mut(usize::try_from(hash).ok()? % SHARES)
    }

    /// The items. `None` where two entries of an item begin at one instant.
    pub(super) fn items(self) -> Option<PlainItems<'a>> {
        let Self { shares, mentions, hasher } = self;
        let threads = if shares.len() == 1 { 1 } else { thread::available_parallelism().map_or(1, NonZero::get) };
        let groups: Vec<_> = shares.iter().map(|_| Mutex::new(None)).collect();
        let work = Mutex::new(shares.into_iter().zip(&groups));
        let next = || work.lock().unwrap_or_else(PoisonError::into_inner).next();
        let worker = || {
            while let Some((share, group)) = next() {
                *group.lock().unwrap_or_else(PoisonError::into_inner) = share.group(&hasher);
            }
        };
        thread::scope(|scope| {
            // Where the system gives no more threads, this one does all of it.
            (1..threads.min(THREADS)).for_each(|_| drop(Builder::new().spawn_scoped(scope, worker)));
            worker();
        });
        drop(work);
        let group = |group: Mutex<_>| group.into_inner().unwrap_or_else(PoisonError::into_inner);
        let groups = groups.into_iter().map(group).collect::<Option<_>>()?;
        PlainItems::of(groups, usize::try_from(mentions).ok()?)
    }
}

impl<'a> PlainShare<'a> {
    /// The items of these ids. `None` where two entries of an item begin at one instant.
    fn group(self, hasher: &DefaultHashBuilder) -> Option<PlainGroup<'a>> {
        let mut group = PlainGroup { entries: Vec::with_capacity(self.entries.len()), ..PlainGroup::default() };
        // The numbers of the items with the hashes of their ids.
        let mut numbers: HashTable<(u64, u32)> = HashTable::new();
        let mut item = |group: &mut PlainGroup<'a>, id: &'a str, mention: u32| {
            let hash = hasher.hash_one(id);
            let has_id = |number: u32| {
                let item = usize::try_from(number).ok().and_then(|number| group.items.get(number));
                item.is_some_and(|item| item.id == id)
            };
            if let Some((_, number)) = numbers.find(hash, |(other, number)| *other == hash && has_id(*number)) {
                return Some(*number);
            }
            let number = group.begin(id, mention)?;
            numbers.insert_unique(hash, (hash, number), |(hash, _)| *hash);
            Some(number)
        };
        for DefinedId { id, mention, definition } in self.definitions {
            let item = item(&mut group, id, mention)?;
            group.define(item, definition)?;
        }
        for EntryOfId { id, entry } in self.entries {
            let item = item(&mut group, id, entry.item)?;
            group.entries.push(PlainEntry { item, ..entry });
        }
        group.ordered()
    }
}
