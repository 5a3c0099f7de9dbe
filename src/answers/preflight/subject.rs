//! A license on the day of its import, with all that is known about the day.

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::HashMap;

use crate::answers::preflight::needs::Needed;
use crate::answers::preflight::replaced::Replaced;
use crate::answers::until::UntilIs;
use crate::answers::words::end_shown;
use crate::json::{Locator, Pointer};
use crate::license::catalog::known_as;
use crate::license::{
    Administrator, AdministratorList, Compatible, Horizon, HorizonReason, Item, ItemKind, LicenseDocument, Version,
};
use crate::seats::{SeatTimeline, Trouble};
use crate::source::Source;
use crate::time::{Instant, Zone};
use crate::usage::{Roles, Usage};

/// A license on the day of its import.
pub(super) struct Subject<'q> {
    pub(super) as_of: Instant,
    pub(super) zone: Zone,
    /// The last instant looked at.
    pub(super) until: Instant,
    pub(super) until_is: UntilIs,
    /// The last instant of the lead time.
    pub(super) lead_end: Instant,
    pub(super) horizon: Horizon,
    pub(super) source: &'q Source,
    pub(super) document: &'q LicenseDocument<'q>,
    pub(super) locator: RefCell<Locator<'q>>,
    pub(super) items: Vec<Item<'q>>,
    /// Where each item stands in `items`.
    pub(super) positions: HashMap<(ItemKind, String), usize>,
    pub(super) usage: &'q Usage,
    pub(super) roles: Roles<'q>,
    pub(super) administrators: Option<&'q AdministratorList>,
    pub(super) replaced: Option<Replaced<'q>>,
}

impl<'q> Subject<'q> {
    pub(super) fn item(&self, kind: ItemKind, id: &str) -> Option<&Item<'q>> {
        self.positions.get(&(kind, id.to_owned())).and_then(|position| self.items.get(*position))
    }

    /// Where an item stands in the license; those that it does not have come last.
    pub(super) fn position(&self, kind: ItemKind, id: &str) -> usize {
        self.positions.get(&(kind, id.to_owned())).copied().unwrap_or(usize::MAX)
    }

    /// The seats of an item; where the license does not have it, an entry without id may still be of it.
    pub(super) fn timeline<'i>(&self, kind: ItemKind, item: Option<&'i Item<'q>>) -> Cow<'i, SeatTimeline> {
        match item {
            Some(item) => Cow::Borrowed(&item.timeline),
            None => Cow::Owned(SeatTimeline::of_unnamed(kind, self.document)),
        }
    }

    /// The document's name of an item, else that of the license it replaces, else the published one.
    pub(super) fn name(&self, kind: ItemKind, id: &str) -> Option<String> {
        let version = self.document.my_esri.version.as_written();
        let version: Option<Version> = version.and_then(|version| version.parse().ok());
        let own = |item: &Item<'q>| item.definition.and_then(|definition| definition.name()).map(Cow::into_owned);
        let replaced = self.replaced.iter().flat_map(|replaced| &replaced.items);
        let old = || replaced.clone().find(|item| item.kind == kind && item.id == id).and_then(own);
        self.item(kind, id).and_then(own).or_else(old).or_else(|| known_as(kind, id, version).map(str::to_owned))
    }

    pub(super) fn compatible(&self, id: &str) -> Compatible {
        Administrator::of(id, self.administrators).compatible
    }

    /// Members that a trouble of a user type locks out. Where nobody counted, as many as the old license has seats for.
    pub(super) fn locked_out(&self, needed: &Needed, trouble: Trouble) -> (u64, bool) {
        if !needed.counted {
            return (trouble.needed, true);
        }
        let today = self.usage.assigned(needed.kind, &needed.id).unwrap_or(0);
        let locked_out = self.usage.locked_out(&needed.id, trouble.needed.saturating_sub(today), self.roles);
        (locked_out.members, locked_out.upper_bound || trouble.short() == 0)
    }

    /// The line of the entry that makes the step which holds at an instant; of an item without one, its first entry.
    pub(super) fn line_of_step(&self, item: &Item<'_>, at: Instant) -> Option<usize> {
        let pointer = match item.timeline.step_at(at) {
            Some(step) => item.date_of_step(&self.document.my_esri, step.at),
            None => item.first_entry(),
        };
        self.line(&pointer)
    }

    /// The lines of all entries of an item.
    pub(super) fn lines_in_doubt(&self, item: &Item<'_>) -> Vec<usize> {
        item.entries.iter().filter_map(|index| self.line(&item.entry(*index))).collect()
    }

    fn line(&self, pointer: &Pointer) -> Option<usize> {
        let span = self.locator.try_borrow_mut().ok()?.span(pointer);
        Some(self.source.position(span.start).line)
    }

    /// When everything the import replaces has ended, where that is before the import.
    pub(super) fn replaced_end(&self) -> Option<Instant> {
        self.replaced.as_ref().and_then(|replaced| replaced.ended)
    }

    /// "; the license ends for everybody on …, in …".
    pub(super) fn end_of_license(&self) -> String {
        let zone = self.zone;
        let doubt = match self.horizon.reason {
            HorizonReason::NotCertain(..) => " (not certain)",
            _ => "",
        };
        match (self.horizon.license_end, &self.horizon.reason) {
            (Some(end), _) => {
                let (on, left) = (end_shown(zone, end), zone.span(self.as_of, end));
                format!("; the license ends for everybody on {on}, in {left}{doubt}")
            }
            (None, HorizonReason::NoEnd(id)) => format!("; no end of the license is stated ({id} goes on)"),
            (None, _) => "; no user type of the license has seats, now or later".to_owned(),
        }
    }
}
