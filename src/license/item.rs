//! Items, each made from the entries and the definition of one id.

use std::borrow::Cow;
use std::collections::HashMap;
use std::hash::BuildHasher;
use std::sync::OnceLock;

use hashbrown::{DefaultHashBuilder, HashTable};

use crate::json::{JsonKind, Place};
use crate::license::definition::{Definition, definitions};
use crate::license::{CapabilityEntry, Entry, ItemKind, LicenseDocument, MyEsri, Reading, count, date, id};
use crate::seats::{SeatEntry, SeatTimeline, StrayWindows, Strays, Window, WindowEnd, windows};
use crate::time::Instant;

/// An id of one kind, with what the document defines and provides of it.
#[derive(Clone, Debug)]
pub struct Item<'d> {
    /// User type, app bundle, extension, app or capability.
    pub kind: ItemKind,
    /// The id, compared byte for byte.
    pub id: Cow<'d, str>,
    /// The first definition of the id; `None` where the document has none.
    pub(crate) definition: Option<Definition<'d>>,
    /// The index of the definition in the list of its kind.
    pub(crate) definition_index: Option<usize>,
    /// The indices of the item's entries in the list of its kind.
    pub(crate) entries: Vec<usize>,
    /// The places of the dates in the entries; looked up when a date is first asked for.
    pub(crate) dates: OnceLock<StatedDates>,
    /// The seats over time; for a capability, 1 while it exists.
    pub timeline: SeatTimeline,
}

/// For each date, the first entry that has it, and the member that holds it.
pub(crate) type StatedDates = HashMap<Instant, (usize, &'static str)>;

impl<'d> Item<'d> {
    /// The items of a document, by kind; within a kind the defined items first, then the others in the order of their
    /// first entries.
    #[must_use]
    pub fn all(document: &'d LicenseDocument<'d>) -> Vec<Self> {
        Self::all_with_entries(document).0
    }

    /// The same, and whether all their entries are plain: every id, count and date has its documented form, and no two entries
    /// of an item begin at one instant.
    pub(super) fn all_with_entries(document: &'d LicenseDocument<'d>) -> (Vec<Self>, bool) {
        let mut items = Vec::new();
        let is_plain = Self::each_with_entries(document, &mut |item| items.push(item));
        (items, is_plain)
    }

    /// The same, item by item.
    pub(super) fn each_with_entries(document: &'d LicenseDocument<'d>, each: &mut dyn FnMut(Self)) -> bool {
        let mut is_plain = true;
        for kind in ItemKind::SEATED {
            seated(kind, &document.my_esri, each, &mut is_plain);
        }
        capabilities(&document.my_esri, each, &mut is_plain);
        is_plain
    }
}

impl SeatTimeline {
    /// The seats of an item that the document does not name: none. They are not certain if an entry without id may belong to the
    /// item, or if the provision cannot be read.
    #[must_use]
    pub(crate) fn of_unnamed(kind: ItemKind, document: &LicenseDocument<'_>) -> Self {
        match provided(kind, &document.my_esri) {
            Provided::Unknown => Self::unknown(),
            Provided::Entries(entries) => {
                let strays =
                    entries.iter().map(Place::here).filter(|entry| entry.is_none_or(|entry| id(entry.id).is_err()));
                Self::with_strays([], &Strays::new(strays.map(seat_entry)), &mut 0)
            }
        }
    }
}

/// Whether a document states the seats of a kind, even if there are none.
#[must_use]
pub(crate) fn tells_seats(kind: ItemKind, document: &LicenseDocument<'_>) -> bool {
    matches!(provided(kind, &document.my_esri), Provided::Entries(_))
}

/// The entries of a kind, or that they cannot be read.
enum Provided<'d> {
    Entries(&'d [Place<Entry<'d>>]),
    Unknown,
}

fn provided<'d>(kind: ItemKind, my_esri: &'d MyEsri<'d>) -> Provided<'d> {
    match kind.entries(my_esri) {
        Some(Place::Here(entries)) => Provided::Entries(entries),
        // A license must provide user types; extensions, apps and app bundles may be missing.
        Some(_) if kind != ItemKind::UserType => Provided::Entries(&[]),
        _ => Provided::Unknown,
    }
}

fn seated<'d>(kind: ItemKind, my_esri: &'d MyEsri<'d>, each: &mut dyn FnMut(Item<'d>), is_plain: &mut bool) {
    let mut group = ItemGroup::new(kind);
    for (index, definition) in definitions(kind, my_esri) {
        if let Ok(id) = id(definition.id()) {
            group.define(id, index, definition);
        }
    }
    let Provided::Entries(entries) = provided(kind, my_esri) else {
        *is_plain = false;
        return group.give(each, |_| SeatTimeline::unknown());
    };
    let mut strays = Vec::new();
    for (index, entry) in entries.iter().enumerate() {
        match entry.here().map(|entry| id(entry.id)) {
            Some(Ok(id)) => group.add(id, index),
            _ => strays.push(seat_entry(entry.here())),
        }
    }
    *is_plain &= strays.is_empty();
    let strays = Strays::new(strays);
    group.give(each, |own| {
        let mut instants = 0;
        let read = own.iter().filter_map(|index| entries.get(*index)).map(|entry| {
            let (entry, has_plain_form) = read_seats(entry.here());
            *is_plain &= has_plain_form;
            entry
        });
        let timeline = SeatTimeline::with_strays(read, &strays, &mut instants);
        *is_plain &= instants == own.len();
        timeline
    });
}

fn seat_entry(entry: Option<&Entry<'_>>) -> SeatEntry {
    read_seats(entry).0
}

/// The content of an entry, and whether it has the documented form.
fn read_seats(entry: Option<&Entry<'_>>) -> (SeatEntry, bool) {
    let Some(entry) = entry else { return (SeatEntry { start: None, seats: None }, false) };
    let (start, seats) = (date(entry.start_date), count(entry.max_users));
    let has_plain_form = matches!((start, seats), (Reading::Plain(_), Reading::Plain(_)));
    (SeatEntry { start: start.value(), seats: seats.value() }, has_plain_form)
}

fn capabilities<'d>(my_esri: &'d MyEsri<'d>, each: &mut dyn FnMut(Item<'d>), is_plain: &mut bool) {
    let mut group = ItemGroup::new(ItemKind::Capability);
    let entries = my_esri.portal_capabilities.elements();
    let mut strays = Vec::new();
    for (index, entry) in entries.iter().enumerate() {
        match entry.here().map(|entry| id(entry.id)) {
            Some(Ok(id)) => group.add(id, index),
            _ => strays.push(window(entry.here())),
        }
        *is_plain &= entry.here().is_some_and(has_plain_dates);
    }
    *is_plain &= strays.is_empty();
    let strays = StrayWindows::new(&strays);
    group.give(each, |own| {
        let own = own.iter().filter_map(|index| entries.get(*index)).map(|entry| window(entry.here()));
        windows(&own.collect::<Vec<_>>(), &strays)
    });
}

fn has_plain_dates(entry: &CapabilityEntry<'_>) -> bool {
    let is_open = matches!(entry.end_date.kind(), None | Some(JsonKind::Null));
    let is_plain = |raw| matches!(date(raw), Reading::Plain(_));
    is_plain(entry.start_date) && (is_open || is_plain(entry.end_date))
}

fn window(entry: Option<&CapabilityEntry<'_>>) -> Window {
    let Some(entry) = entry else {
        return Window { start: None, end: WindowEnd::Unreadable };
    };
    let end = match (entry.end_date.kind(), date(entry.end_date)) {
        (None | Some(JsonKind::Null), _) => WindowEnd::Open,
        (_, Reading::Plain(end) | Reading::Lenient(end, _)) => WindowEnd::At(end),
        (_, Reading::Unreadable(_)) => WindowEnd::Unreadable,
    };
    Window { start: date(entry.start_date).value(), end }
}

/// A definition, and its index in the list of its kind.
type IndexedDefinition<'d> = (usize, Definition<'d>);

/// The ids of one kind, while their entries are collected.
struct ItemGroup<'d> {
    kind: ItemKind,
    /// Each with its definition, in the order of the items.
    ids: Vec<(Cow<'d, str>, Option<IndexedDefinition<'d>>)>,
    /// Where each id stands among them, by its hash.
    positions: HashTable<usize>,
    hasher: DefaultHashBuilder,
    /// The entries of all ids: the position of the id, and the index of the entry.
    entries: Vec<(usize, usize)>,
}

impl<'d> ItemGroup<'d> {
    fn new(kind: ItemKind) -> Self {
        let (positions, hasher) = (HashTable::new(), DefaultHashBuilder::default());
        Self { kind, ids: Vec::new(), positions, hasher, entries: Vec::new() }
    }

    fn position(&mut self, id: Cow<'d, str>) -> usize {
        let Self { ids, positions, hasher, .. } = self;
        let has_id = |position: &usize| ids.get(*position).is_some_and(|(known, _)| *known == id);
        let hash_of = |position: &usize| hasher.hash_one(ids.get(*position).map_or("", |(known, _)| known.as_ref()));
        let position = *positions.entry(hasher.hash_one(id.as_ref()), has_id, hash_of).or_insert(ids.len()).get();
        if position == ids.len() {
            ids.push((id, None));
        }
        position
    }

    /// Adds a definition of an id; the first one counts.
    fn define(&mut self, id: Cow<'d, str>, index: usize, definition: Definition<'d>) {
        let position = self.position(id);
        if let Some((_, known)) = self.ids.get_mut(position) {
            known.get_or_insert((index, definition));
        }
    }

    fn add(&mut self, id: Cow<'d, str>, index: usize) {
        let position = self.position(id);
        self.entries.push((position, index));
    }

    /// Gives the items, one after the other.
    fn give(mut self, each: &mut dyn FnMut(Item<'d>), mut timeline: impl FnMut(&[usize]) -> SeatTimeline) {
        self.entries.sort_unstable();
        let mut left = self.entries.iter().peekable();
        for (position, (id, definition)) in self.ids.into_iter().enumerate() {
            let mut entries = Vec::new();
            while let Some((_, index)) = left.next_if(|(of, _)| *of == position) {
                entries.push(*index);
            }
            each(Item {
                kind: self.kind,
                id,
                definition: definition.map(|(_, definition)| definition),
                definition_index: definition.map(|(index, _)| index),
                timeline: timeline(&entries),
                entries,
                dates: OnceLock::new(),
            });
        }
    }
}

/// The ids of the user types that have seats at an instant.
pub(crate) fn user_types_with_seats<'i>(items: &'i [Item<'_>], at: Instant) -> impl Iterator<Item = &'i str> {
    let with_seats = move |item: &&Item<'_>| item.kind == ItemKind::UserType && item.timeline.seats_at(at) > 0;
    items.iter().filter(with_seats).map(|item| item.id.as_ref())
}
