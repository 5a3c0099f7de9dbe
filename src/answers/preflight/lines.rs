//! The lines of the license that show the cause of an action.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use crate::json::{Locator, Place, Pointer};
use crate::license::{Entry, Item, ItemKind, LicenseDocument, count, date, id};
use crate::source::{License, Source};
use crate::time::Instant;

/// The most lines that are named for an item.
const MOST: usize = 20;

/// Finds lines of a license.
pub(super) struct LineFinder<'q> {
    source: &'q Source,
    document: &'q LicenseDocument<'q>,
    locator: RefCell<Locator<'q>>,
    /// The entries of the items that were asked for so far, by the first entry of each.
    entries: RefCell<HashMap<(ItemKind, usize), Rc<DatedEntries>>>,
    /// The entries without a readable id, by kind.
    without_id: RefCell<HashMap<ItemKind, Rc<DatedEntries>>>,
}

/// Entries by date.
#[derive(Default)]
struct DatedEntries {
    /// The date of each entry, its index in the list of its kind, and its seats if they can be read; in the order of
    /// time.
    dated: Vec<(Instant, usize, Option<u64>)>,
    undated: Vec<usize>,
}

impl<'q> LineFinder<'q> {
    pub(super) fn new(license: License<'q>) -> Self {
        let License { source, place, document } = license;
        let locator = Locator::new(source.text(), place.span.clone());
        let (entries, without_id) = (RefCell::default(), RefCell::default());
        Self { source, document, locator: RefCell::new(locator), entries, without_id }
    }

    pub(super) fn file(&self) -> &'q str {
        self.source.name()
    }

    pub(super) fn of(&self, pointer: &Pointer) -> Option<usize> {
        let span = self.locator.try_borrow_mut().ok()?.span(pointer);
        Some(self.source.position(span.start).line)
    }

    /// The line of the entry that holds at an instant. Without such an entry it is the line of the item's first entry
    /// or its definition; for a capability, the line of the date at which the capability begins or ends.
    pub(super) fn of_step(&self, item: &Item<'_>, at: Instant) -> Option<usize> {
        let Some(step) = item.timeline.step_at(at) else { return self.of(&item.first_entry()) };
        if item.kind == ItemKind::Capability {
            return self.of(&item.date_of_step(&self.document.my_esri, step.at));
        }
        let entries = self.entries(item);
        let first = entries.dated.partition_point(|(start, ..)| *start < step.at);
        match entries.dated.get(first).filter(|(start, ..)| *start == step.at) {
            Some((_, index, _)) => self.of(&item.entry(*index).key("startDate")),
            None => self.of(&item.first_entry()),
        }
    }

    /// The lines that put the seats of an item in doubt at an instant: entries of one date that disagree or cannot be
    /// read, entries without a date, and entries without id, which may belong to any item.
    pub(super) fn in_doubt(&self, kind: ItemKind, item: Option<&Item<'_>>, at: Instant) -> Vec<usize> {
        let own = item.map(|item| self.entries(item)).unwrap_or_default();
        let holding = holding(&own.dated, at);
        let since = holding.first().map(|(start, ..)| *start);
        let agree =
            holding.iter().all(|(.., seats)| seats.is_some() && Some(*seats) == holding.first().map(|one| one.2));
        let disagreeing = holding.iter().filter(|_| !agree).map(|(_, index, _)| *index);
        let strays = self.without_id(kind);
        let before = strays.dated.partition_point(|(start, ..)| since.is_some_and(|since| *start < since));
        let strays_then = strays.dated.iter().skip(before).take_while(|(start, ..)| *start <= at);
        let strays_then = strays_then.map(|(_, index, _)| *index).chain(strays.undated.iter().copied());
        let all = disagreeing.chain(own.undated.iter().copied()).chain(strays_then);
        let pointers: Vec<_> = all.take(MOST).map(|index| kind.list_pointer().index(index)).collect();
        // The whole list is unreadable.
        let pointers = if pointers.is_empty() { vec![kind.list_pointer()] } else { pointers };
        pointers.iter().filter_map(|pointer| self.of(pointer)).collect()
    }

    fn entries(&self, item: &Item<'_>) -> Rc<DatedEntries> {
        let Some(first) = item.entries.first() else { return Rc::default() };
        let Ok(mut known) = self.entries.try_borrow_mut() else { return Rc::default() };
        let read = || Rc::new(DatedEntries::new(self.list(item.kind), item.entries.iter().copied()));
        Rc::clone(known.entry((item.kind, *first)).or_insert_with(read))
    }

    fn without_id(&self, kind: ItemKind) -> Rc<DatedEntries> {
        let Ok(mut known) = self.without_id.try_borrow_mut() else { return Rc::default() };
        let list = self.list(kind);
        let is_stray = |place: &Place<Entry<'_>>| place.here().is_none_or(|entry| id(entry.id).is_err());
        let strays = || list.iter().enumerate().filter(|(_, place)| is_stray(place)).map(|(index, _)| index);
        Rc::clone(known.entry(kind).or_insert_with(|| Rc::new(DatedEntries::new(list, strays()))))
    }

    fn list(&self, kind: ItemKind) -> &'q [Place<Entry<'q>>] {
        kind.entries(&self.document.my_esri).map_or(&[][..], Place::elements)
    }
}

impl DatedEntries {
    fn new(list: &[Place<Entry<'_>>], indices: impl Iterator<Item = usize>) -> Self {
        let mut entries = Self::default();
        for index in indices {
            let entry = list.get(index).and_then(Place::here);
            match entry.and_then(|entry| date(entry.start_date).value()) {
                Some(start) => {
                    entries.dated.push((start, index, entry.and_then(|entry| count(entry.max_users).value())));
                }
                None => entries.undated.push(index),
            }
        }
        entries.dated.sort_unstable_by_key(|(start, index, _)| (*start, *index));
        entries
    }
}

/// The latest entries that have begun by an instant.
fn holding(dated: &[(Instant, usize, Option<u64>)], at: Instant) -> &[(Instant, usize, Option<u64>)] {
    let end = dated.partition_point(|(start, ..)| *start <= at);
    let begun = dated.get(..end).unwrap_or_default();
    let Some((latest, ..)) = begun.last() else { return &[] };
    begun.get(begun.partition_point(|(start, ..)| start < latest)..).unwrap_or_default()
}
