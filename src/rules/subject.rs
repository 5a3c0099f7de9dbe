//! What rules look at, and the questions that many of them ask.

use std::cell::OnceCell;
use std::collections::{BTreeMap, HashMap};

use crate::expect::{Expectations, Expected};
use crate::json::{JsonKind, Place, Pointer};
use crate::license::{AdministratorList, Fault, Item, ItemKind, LicenseDocument, count, date, faults};
use crate::seats::Step;
use crate::time::{Instant, Zone};
use crate::usage::{Roles, Usage};

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
    pub expect: &'d Expectations,
    /// What is assigned today, where it is known.
    pub in_use: Option<InUse<'d>>,
    /// Only made once an item is asked for.
    by_id: OnceCell<HashMap<(ItemKind, &'d str), &'d Item<'d>>>,
}

/// What is assigned today, and who is an administrator.
#[derive(Clone, Copy, Debug)]
pub struct InUse<'d> {
    /// What is assigned.
    pub usage: &'d Usage,
    /// How the roles of members are read.
    pub roles: Roles<'d>,
}

impl InUse<'_> {
    /// Ends a message about a user type that runs short; nothing for everything else.
    pub(super) fn locked_out(&self, kind: ItemKind, id: &str) -> String {
        if kind != ItemKind::UserType {
            return String::new();
        }
        let locked_out = self.usage.locked_out(id, 0, self.roles);
        let bound = if locked_out.upper_bound { "up to " } else { "" };
        let plural = if locked_out.members == 1 { "" } else { "s" };
        format!(": {bound}{} member{plural} without administrator privileges locked out", locked_out.members)
    }
}

/// For each instant at which entries of an item begin the first of them, and whether all counts there can be read.
#[derive(Debug, Default)]
pub(super) struct Starts(BTreeMap<Instant, (usize, bool)>);

impl Starts {
    /// Whether the step at an instant is plainly said, there or before the next step; where it is not, `unreadable-entry`
    /// speaks of it.
    pub(super) fn are_stated(&self, item: &Item<'_>, at: Instant) -> bool {
        let next = item.timeline.next_change(at).map(|step| step.at);
        let mut holding = self.0.range(at..).take_while(|(start, _)| next.is_none_or(|next| **start < next));
        holding.any(|(_, (_, readable))| *readable)
    }

    /// The date of the first entry that begins at an instant.
    pub(super) fn date(&self, item: &Item<'_>, at: Instant) -> Pointer {
        self.0.get(&at).map_or_else(|| item.first_entry(), |(index, _)| item.entry(*index).key("startDate"))
    }
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
        }
    }

    /// The same with what is assigned today.
    #[must_use]
    pub fn with_usage(self, in_use: Option<InUse<'d>>) -> Self {
        Self { in_use, ..self }
    }

    /// The items that have seats.
    pub(super) fn seated(&self) -> impl Iterator<Item = &'d Item<'d>> + Clone {
        self.items.iter().filter(|item| item.kind != ItemKind::Capability)
    }

    pub(super) fn item(&self, kind: ItemKind, id: &str) -> Option<&'d Item<'d>> {
        let by_id = || self.items.iter().map(|item| ((item.kind, item.id.as_ref()), item)).collect();
        self.by_id.get_or_init(by_id).get(&(kind, id)).copied()
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
            Some(list) => match list {
                Place::Here(_) => true,
                Place::Missing | Place::Other(JsonKind::Null) => kind != ItemKind::UserType,
                Place::Other(_) => false,
            },
            None => kind == ItemKind::Capability,
        }
    }

    /// Seats that are there under every reading; of a capability, 1.
    pub(super) fn certain_seats(&self, item: &Item<'_>, at: Instant) -> u64 {
        item.timeline.certain_seats_at(at)
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

    /// The count that holds for an item at an instant; where there is none, the item.
    pub(super) fn holding(&self, item: &Item<'_>, at: Instant) -> Pointer {
        let step = item.timeline.step_at(at);
        let count = |step: Step| self.date_of_step(item, step.at).parent().key("maxUsers");
        step.map_or_else(|| item.first_entry(), count)
    }

    /// When the seats of an item end for good, if that is after the as-of and plainly said.
    pub(super) fn coming_end(&self, item: &Item<'_>) -> Option<Instant> {
        item.timeline.final_end().filter(|end| *end > self.as_of && self.starts(item).are_stated(item, *end))
    }

    /// The instants at which entries of an item begin.
    pub(super) fn starts(&self, item: &Item<'_>) -> Starts {
        let list = item.kind.entries(&self.document.my_esri).map_or(&[][..], Place::elements);
        let mut starts = Starts::default();
        for index in &item.entries {
            let Some(entry) = list.get(*index).and_then(Place::here) else { continue };
            if let Some(start) = date(entry.start_date).value() {
                let (_, readable) = starts.0.entry(start).or_insert((*index, true));
                *readable &= count(entry.max_users).value().is_some();
            }
        }
        starts
    }

    /// Whether an expected item certainly has no seats at the as-of, or not certainly any.
    pub(super) fn has_none(&self, expected: &Expected) -> bool {
        let item = self.item(expected.kind, &expected.id);
        item.is_none_or(|item| self.certain_seats(item, self.as_of) == 0)
    }

    /// Whether nothing of an expected item is there, now or later. Of the rules of a policy one speaks of that.
    pub(super) fn is_absent(&self, expected: &Expected) -> bool {
        self.item(expected.kind, &expected.id).is_none_or(|item| !self.has_seats_from_now_on(item))
    }
}
