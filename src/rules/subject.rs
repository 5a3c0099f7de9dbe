//! What rules look at, and the questions that many of them ask.

use super::{Fault, faults};
use crate::administrator::AdministratorList;
use crate::document::{LicenseDocument, count, date};
use crate::item::{Item, ItemKind};
use crate::json::{Place, Pointer};
use crate::policy::{Expected, Policy};
use crate::{Instant, Zone};

/// A license on a day, with all that is known about it.
#[derive(Debug)]
pub struct Subject<'d> {
    /// The document.
    pub document: &'d LicenseDocument<'d>,
    /// Its items.
    pub items: &'d [Item<'d>],
    /// What of it was not plainly read.
    pub faults: Vec<Fault<'d>>,
    /// The instant; time rules speak of what comes after it.
    pub as_of: Instant,
    /// For calendar days and display.
    pub zone: Zone,
    /// The zone, if the user has said which one it is.
    pub local: Option<Zone>,
    /// The administrator list of this license.
    pub administrators: Option<&'d AdministratorList>,
    /// What the site expects.
    pub policy: &'d Policy,
}

/// An entry of which date and count can be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct ReadableEntry {
    pub(super) start: Instant,
    pub(super) seats: u64,
    pub(super) index: usize,
}

impl<'d> Subject<'d> {
    /// A document and its items at an instant.
    #[must_use]
    pub fn new(
        document: &'d LicenseDocument<'d>,
        items: &'d [Item<'d>],
        as_of: Instant,
        local: Option<Zone>,
        administrators: Option<&'d AdministratorList>,
        policy: &'d Policy,
    ) -> Self {
        let zone = local.unwrap_or(Zone::UTC);
        Self { document, items, faults: faults(document), as_of, zone, local, administrators, policy }
    }

    /// The items that have seats.
    pub(super) fn seated(&self) -> impl Iterator<Item = &'d Item<'d>> + Clone {
        self.items.iter().filter(|item| item.kind != ItemKind::Capability)
    }

    pub(super) fn item(&self, kind: ItemKind, id: &str) -> Option<&'d Item<'d>> {
        self.items.iter().find(|item| item.kind == kind && item.id == id)
    }

    /// The item that a pointer into its entry or definition speaks of.
    pub(super) fn item_at(&self, pointer: &Pointer) -> Option<&'d Item<'d>> {
        let segments: Vec<_> = pointer.segments().collect();
        let segments: Vec<_> = segments.iter().map(String::as_str).collect();
        let ["MyEsri", part, list, index, ..] = segments.as_slice() else { return None };
        let index = index.parse::<usize>().ok()?;
        let kind = ItemKind::SEATED.into_iter().find(|kind| kind.list_name() == *list)?;
        let mut items = self.items.iter().filter(|item| item.kind == kind);
        match *part {
            "definitions" => items.find(|item| item.definition_index == Some(index)),
            "provision" => items.find(|item| item.entries.contains(&index)),
            _ => None,
        }
    }

    /// Whether anything is known of the seats of a kind.
    pub(super) fn is_provided(&self, kind: ItemKind) -> bool {
        match kind.entries(&self.document.my_esri) {
            Some(list) => kind != ItemKind::UserType || list.here().is_some(),
            None => kind == ItemKind::Capability,
        }
    }

    /// Seats that are there under every reading; of a capability, 1.
    pub(super) fn certain_seats(&self, item: &Item<'_>, at: Instant) -> u64 {
        if item.timeline.is_certain_at(at) { item.timeline.seats_at(at) } else { 0 }
    }

    pub(super) fn has_seats_from_now_on(&self, item: &Item<'_>) -> bool {
        let timeline = &item.timeline;
        timeline.seats_at(self.as_of) > 0 || timeline.steps().iter().any(|step| step.at > self.as_of && step.seats > 0)
    }

    /// An instant for a message.
    pub(super) fn when(&self, at: Instant) -> String {
        self.zone.show(at)
    }

    /// Ends a message that speaks of an instant at which the item is not certain.
    pub(super) fn doubt(&self, item: &Item<'_>, at: Instant) -> &'static str {
        let until = item.timeline.certain_until(self.as_of);
        if until.is_some_and(|until| until <= at) { "; this is not certain" } else { "" }
    }

    /// The readable entries of an item, in the order of time.
    pub(super) fn readable_entries(&self, item: &Item<'_>) -> Vec<ReadableEntry> {
        let list = item.kind.entries(&self.document.my_esri).map_or(&[][..], Place::elements);
        let readable = item.entries.iter().filter_map(|index| {
            let entry = list.get(*index)?.here()?;
            let (start, seats) = (date(entry.start_date).value()?, count(entry.max_users).value()?);
            Some(ReadableEntry { start, seats, index: *index })
        });
        let mut readable: Vec<_> = readable.collect();
        readable.sort_unstable();
        readable
    }

    /// The date of the entry that makes the step of an item at an instant.
    pub(super) fn date_of_step(&self, item: &Item<'_>, at: Instant) -> Pointer {
        item.date_of_step(&self.document.my_esri, at)
    }

    /// When the seats of an item end for good, if that is after the as-of and plainly said.
    pub(super) fn coming_end(&self, item: &Item<'_>) -> Option<Instant> {
        item.timeline.final_end().filter(|end| *end > self.as_of && self.is_stated(item, *end))
    }

    /// Whether the entries that begin at an instant say plainly how many seats there are; where they do not,
    /// `unreadable-entry` speaks of them.
    pub(super) fn is_stated(&self, item: &Item<'_>, at: Instant) -> bool {
        let list = item.kind.entries(&self.document.my_esri).map_or(&[][..], Place::elements);
        let entries = item.entries.iter().filter_map(|index| list.get(*index)?.here());
        let mut beginning = entries.filter(|entry| date(entry.start_date).value() == Some(at));
        beginning.all(|entry| count(entry.max_users).value().is_some())
    }

    /// Whether nothing of an expected item is there, now or later. Of the rules of a policy one speaks of that.
    pub(super) fn is_absent(&self, expected: &Expected) -> bool {
        self.item(expected.kind, &expected.id).is_none_or(|item| !self.has_seats_from_now_on(item))
    }
}
