//! The entries of an item, as far as they can be read.

use crate::json::{JsonKind, Place, Pointer};
use crate::license::{CapabilityEntry, Entry, Item, ItemKind, LicenseDocument, Reading, Unreadable, count, date, id};
use crate::time::Instant;

/// An entry of the item, or an entry without a readable id, which may be one of the item.
pub(super) struct Stated {
    pub(super) pointer: Pointer,
    pub(super) start: Result<Instant, Unreadable>,
    /// The seats of the entry; 1 for a capability.
    pub(super) seats: Result<u64, Unreadable>,
    /// The end of a capability; `None` where none is stated.
    pub(super) end: Option<Result<Instant, Unreadable>>,
    /// Why the entry's id cannot be read; `None` where the entry certainly is one of the item.
    pub(super) without_id: Option<Unreadable>,
}

impl Stated {
    /// The start of the entry; `None` where it cannot be read, or the entry may belong to another item.
    pub(super) fn own_start(&self) -> Option<Instant> {
        self.start.ok().filter(|_| self.without_id.is_none())
    }

    /// The seats by the cautious reading: 0 where they cannot be read.
    pub(super) fn counted(&self) -> u64 {
        self.seats.unwrap_or(0)
    }

    /// Whether the capability exists at an instant, by this entry.
    pub(super) fn is_there(&self, at: Instant) -> bool {
        let ended = match self.end {
            None => false,
            Some(Ok(end)) => end <= at,
            Some(Err(_)) => true,
        };
        self.own_start().is_some_and(|start| start <= at) && !ended
    }
}

/// The entries of an item and those of its kind without a readable id, in the order of time; those without a date last.
pub(super) fn stated(item: &Item<'_>, document: &LicenseDocument<'_>) -> Vec<Stated> {
    let read = StatedEntries::of(item, document);
    let mut stated: Vec<_> = (0..read.len()).filter_map(|index| read.stated(item, index)).collect();
    // The sort is stable: entries at one instant stay in the order of the document.
    stated.sort_by_key(in_time);
    stated
}

/// The entries that certainly belong to the item, in the order of time; those without a date last.
pub(super) fn own(item: &Item<'_>, document: &LicenseDocument<'_>) -> Vec<Stated> {
    let read = StatedEntries::of(item, document);
    let mut stated: Vec<_> = item.entries.iter().filter_map(|index| read.stated(item, *index)).collect();
    stated.sort_by_key(in_time);
    stated
}

fn in_time(entry: &Stated) -> (bool, Option<Instant>) {
    (entry.start.is_err(), entry.start.ok())
}

/// The list in which an item has its entries.
enum StatedEntries<'d> {
    Seats(&'d [Place<Entry<'d>>]),
    Windows(&'d [Place<CapabilityEntry<'d>>]),
}

impl<'d> StatedEntries<'d> {
    fn of(item: &Item<'_>, document: &'d LicenseDocument<'d>) -> Self {
        match item.kind {
            ItemKind::Capability => Self::Windows(document.my_esri.portal_capabilities.elements()),
            kind => Self::Seats(kind.entries(&document.my_esri).map_or(&[][..], Place::elements)),
        }
    }

    fn len(&self) -> usize {
        match self {
            Self::Seats(list) => list.len(),
            Self::Windows(list) => list.len(),
        }
    }

    /// The entry at an index; `None` where it belongs to another item.
    fn stated(&self, item: &Item<'_>, index: usize) -> Option<Stated> {
        match self {
            Self::Seats(list) => seats(item, index, list.get(index)?),
            Self::Windows(list) => window(item, index, list.get(index)?),
        }
    }
}

fn seats(item: &Item<'_>, index: usize, place: &Place<Entry<'_>>) -> Option<Stated> {
    let entry = place.here();
    let without_id = belongs(item, entry.map(|entry| id(entry.id)), kind_of(place))?;
    let missing = Err(Unreadable::Missing);
    Some(Stated {
        pointer: item.entry(index),
        start: entry.map_or(missing, |entry| value(date(entry.start_date))),
        seats: entry.map_or(Err(Unreadable::Missing), |entry| value(count(entry.max_users))),
        end: None,
        without_id,
    })
}

fn window(item: &Item<'_>, index: usize, place: &Place<CapabilityEntry<'_>>) -> Option<Stated> {
    let entry = place.here();
    let without_id = belongs(item, entry.map(|entry| id(entry.id)), kind_of(place))?;
    let end = entry.filter(|entry| !matches!(entry.end_date.kind(), None | Some(JsonKind::Null)));
    Some(Stated {
        pointer: item.entry(index),
        start: entry.map_or(Err(Unreadable::Missing), |entry| value(date(entry.start_date))),
        seats: Ok(1),
        end: end.map(|entry| value(date(entry.end_date))),
        without_id,
    })
}

/// `None` where the entry belongs to another item; else why its id cannot be read, or `Some(None)` where it is the
/// item's.
fn belongs<T: AsRef<str>>(
    item: &Item<'_>,
    id: Option<Result<T, Unreadable>>,
    kind: JsonKind,
) -> Option<Option<Unreadable>> {
    match id {
        Some(Ok(id)) => (id.as_ref() == item.id).then_some(None),
        Some(Err(why)) => Some(Some(why)),
        None => Some(Some(Unreadable::Kind(kind))),
    }
}

/// The JSON kind of the value that stands where an entry is expected.
fn kind_of<T>(place: &Place<T>) -> JsonKind {
    match place {
        Place::Other(kind) => *kind,
        Place::Here(_) => JsonKind::Object,
        Place::Missing => JsonKind::Null,
    }
}

fn value<T>(reading: Reading<T>) -> Result<T, Unreadable> {
    match reading {
        Reading::Plain(value) | Reading::Lenient(value, _) => Ok(value),
        Reading::Unreadable(why) => Err(why),
    }
}
