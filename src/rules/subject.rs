//! The input of every rule, with the questions that several rules ask.

use std::cell::OnceCell;
use std::collections::{BTreeMap, HashMap};

use crate::expect::{Expectations, Expected};
use crate::json::{JsonKind, Place, Pointer};
use crate::license::{AdministratorList, Fault, Item, ItemKind, LicenseDocument, Successors, count, date, faults};
use crate::rules::in_use::{HeldSeats, InUse};
use crate::seats::{SeatTimeline, Step};
use crate::time::{Instant, Zone};

/// A license at an instant, with everything that rules may know about it.
#[derive(Debug)]
pub struct Subject<'d> {
    pub document: &'d LicenseDocument<'d>,
    pub items: &'d [Item<'d>],
    /// The values that could not be read plainly.
    pub faults: Vec<Fault<'d>>,
    /// The as-of: rules about time look at what comes after this instant.
    pub as_of: Instant,
    /// The zone of calendar days, and of the dates in messages.
    pub zone: Zone,
    /// The zone, if the user named one.
    pub local: Option<Zone>,
    /// The administrator list of this license.
    pub administrators: Option<&'d AdministratorList>,
    /// The expectations of the site, from its policy.
    pub expect: &'d Expectations,
    /// The seats that are assigned today, where they are known.
    pub in_use: Option<InUse<'d>>,
    /// The items by kind and id; made when a rule first looks for an item.
    by_id: OnceCell<HashMap<(ItemKind, &'d str), &'d Item<'d>>>,
    /// The assigned seats; made when a rule first needs them.
    held: OnceCell<Vec<HeldSeats<'d>>>,
    /// Whether a user type that the license does not name certainly has no seats; found when a rule first asks.
    absence_certain: OnceCell<bool>,
}

/// The dates in the entries of an item: for each instant the first entry with this date, the member that holds it, and
/// whether every count at this instant can be read.
#[derive(Debug, Default)]
pub(super) struct Dates(BTreeMap<Instant, (usize, &'static str, bool)>);

impl Dates {
    /// Whether the step at an instant has a readable count, at this instant or before the next step. If not,
    /// `unreadable-entry` reports it.
    pub(super) fn are_stated(&self, item: &Item<'_>, at: Instant) -> bool {
        let next = item.timeline.next_change(at).map(|step| step.at);
        let mut holding = self.0.range(at..).take_while(|(start, _)| next.is_none_or(|next| **start < next));
        holding.any(|(_, (.., readable))| *readable)
    }

    /// The pointer to the first date with this instant.
    pub(super) fn date(&self, item: &Item<'_>, at: Instant) -> Pointer {
        self.0.get(&at).map_or_else(|| item.first_entry(), |(index, member, _)| item.entry(*index).key(member))
    }

    fn add(&mut self, at: Instant, index: usize, member: &'static str, is_readable: bool) {
        let (.., readable) = self.0.entry(at).or_insert((index, member, true));
        *readable &= is_readable;
    }
}

/// An entry whose date and count can be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct ReadableEntry {
    pub(super) start: Instant,
    pub(super) seats: u64,
    pub(super) index: usize,
}

impl<'d> Subject<'d> {
    /// A document and its items, at the instant `as_of`.
    #[must_use]
    pub fn new(
        document: &'d LicenseDocument<'d>,
        items: &'d [Item<'d>],
        as_of: Instant,
        local: Option<Zone>,
        administrators: Option<&'d AdministratorList>,
        expect: &'d Expectations,
    ) -> Self {
        let zone = local.unwrap_or(Zone::UTC);
        Self {
            document,
            items,
            faults: faults(document),
            as_of,
            zone,
            local,
            administrators,
            expect,
            in_use: None,
            by_id: OnceCell::new(),
            held: OnceCell::new(),
            absence_certain: OnceCell::new(),
        }
    }

    /// Adds the seats that are assigned today.
    #[must_use]
    pub fn with_usage(self, in_use: Option<InUse<'d>>) -> Self {
        Self { in_use, ..self }
    }

    /// The assigned seats of every item; empty if no usage was given.
    pub(super) fn held(&self) -> &[HeldSeats<'d>] {
        let held = || self.in_use.map(|in_use| in_use.held(&Successors::new(self.document, self.items)));
        self.held.get_or_init(|| held().unwrap_or_default())
    }

    /// The end of a message about a user type with too few seats: how many members are locked out. Where the seats are not
    /// certain, they are locked out perhaps.
    pub(super) fn locked_out(&self, kind: ItemKind, id: &str, certain: bool) -> String {
        self.in_use.map_or_else(String::new, |in_use| in_use.locked_out(kind, id, certain))
    }

    /// Whether a user type that the license does not name certainly has no seats: an entry without id may be of it, and of a
    /// list that cannot be read nothing is known.
    pub(super) fn is_absence_certain(&self) -> bool {
        let is_certain = || SeatTimeline::of_unnamed(ItemKind::UserType, self.document).is_certain_at(self.as_of);
        *self.absence_certain.get_or_init(is_certain)
    }

    /// The items that have seats.
    pub(super) fn seated(&self) -> impl Iterator<Item = &'d Item<'d>> + Clone {
        self.items.iter().filter(|item| item.kind != ItemKind::Capability)
    }

    pub(super) fn item(&self, kind: ItemKind, id: &str) -> Option<&'d Item<'d>> {
        let by_id = || self.items.iter().map(|item| ((item.kind, item.id.as_ref()), item)).collect();
        self.by_id.get_or_init(by_id).get(&(kind, id)).copied()
    }

    /// Whether the license states the seats of a kind, even if there are none.
    pub(super) fn is_provided(&self, kind: ItemKind) -> bool {
        match kind.entries(&self.document.my_esri) {
            Some(list) => match list {
                Place::Here(_) => true,
                Place::Missing | Place::Other(JsonKind::Null) => kind != ItemKind::UserType,
                Place::Other(_) => false,
            },
            None => kind == ItemKind::Capability,
        }
    }

    /// The seats that every reading gives; for a capability, 1 while it exists.
    pub(super) fn certain_seats(&self, item: &Item<'_>, at: Instant) -> u64 {
        item.timeline.certain_seats_at(at)
    }

    /// The seats at an instant in words: "there are 60 seats", with the remark that they are not certain where they are not.
    pub(super) fn seats_there(&self, item: &Item<'_>, at: Instant) -> String {
        match (item.timeline.seats_at(at), item.timeline.is_certain_at(at)) {
            (1, true) => "there is 1 seat".to_owned(),
            (seats, true) => format!("there are {seats} seats"),
            (seats, false) => format!("it is not certain how many seats there are ({seats} by the cautious reading)"),
        }
    }

    pub(super) fn has_seats_from_now_on(&self, item: &Item<'_>) -> bool {
        let timeline = &item.timeline;
        timeline.seats_at(self.as_of) > 0 || timeline.steps().iter().any(|step| step.at > self.as_of && step.seats > 0)
    }

    /// An instant in the form for messages.
    pub(super) fn when(&self, at: Instant) -> String {
        self.zone.show(at)
    }

    /// The end of a message about an instant at which the seats of the item are not certain.
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

    /// The pointer to the count that holds for an item at an instant; where there is none, to the item's first entry.
    pub(super) fn holding(&self, item: &Item<'_>, at: Instant) -> Pointer {
        let step = item.timeline.step_at(at);
        let count = |step: Step| self.date_of_step(item, step.at).parent().key("maxUsers");
        step.map_or_else(|| item.first_entry(), count)
    }

    /// The instant at which the seats of an item end for good, if it is after the as-of and can be read.
    pub(super) fn coming_end(&self, item: &Item<'_>) -> Option<Instant> {
        item.timeline.final_end().filter(|end| *end > self.as_of && self.dates(item).are_stated(item, *end))
    }

    /// The dates in the entries of an item.
    pub(super) fn dates(&self, item: &Item<'_>) -> Dates {
        let my_esri = &self.document.my_esri;
        let mut dates = Dates::default();
        let windows = my_esri.portal_capabilities.elements();
        let entries = item.kind.entries(my_esri).map_or(&[][..], Place::elements);
        for index in &item.entries {
            if item.kind == ItemKind::Capability {
                let Some(window) = windows.get(*index).and_then(Place::here) else { continue };
                for (member, raw) in [("endDate", window.end_date), ("startDate", window.start_date)] {
                    date(raw).value().into_iter().for_each(|at| dates.add(at, *index, member, true));
                }
            } else if let Some(entry) = entries.get(*index).and_then(Place::here)
                && let Some(start) = date(entry.start_date).value()
            {
                dates.add(start, *index, "startDate", count(entry.max_users).value().is_some());
            }
        }
        dates
    }

    /// Whether the license gives an expected item neither at the as-of nor later.
    pub(super) fn is_absent(&self, expected: &Expected) -> bool {
        self.item(expected.kind, &expected.id).is_none_or(|item| !self.has_seats_from_now_on(item))
    }
}
