//! A license on the day of its import, with all that is known about that day.

use std::borrow::Cow;
use std::collections::HashMap;

use crate::answers::preflight::lines::LineFinder;
use crate::answers::preflight::needs::{Needed, Needs};
use crate::answers::preflight::old_license::OldLicense;
use crate::answers::until::UntilIs;
use crate::answers::words::why_command;
use crate::license::catalog::known_as;
use crate::license::{
    Administrator, AdministratorList, Compatible, Horizon, HorizonReason, Item, ItemKind, LicenseDocument, Version,
};
use crate::seats::{SeatTimeline, Trouble, TroubleKind};
use crate::source::Source;
use crate::text::{Phrase, name, phrase};
use crate::time::{Instant, Zone};
use crate::usage::{LockedOut, Roles, Usage};

/// The most user types that are named as those that put the license's end in doubt.
const MOST_DOUBTFUL: usize = 3;

/// A license on the day of its import.
pub(super) struct ImportSubject<'q> {
    pub(super) as_of: Instant,
    pub(super) zone: Zone,
    /// The last instant that is looked at.
    pub(super) until: Instant,
    pub(super) until_is: UntilIs,
    /// The last instant of the lead time.
    pub(super) lead_end: Instant,
    pub(super) horizon: Horizon,
    /// The instant from which on no user type has seats by any reading; `None` where there is none.
    pub(super) latest_end: Option<Instant>,
    pub(super) source: &'q Source,
    pub(super) document: &'q LicenseDocument<'q>,
    pub(super) lines: LineFinder<'q>,
    /// Finds lines of the old license, where that is a license document.
    pub(super) old_lines: Option<LineFinder<'q>>,
    pub(super) items: Vec<Item<'q>>,
    /// The index of each item in `items`.
    pub(super) positions: HashMap<(ItemKind, String), usize>,
    /// By kind, the seats that an item may have which the license does not name.
    pub(super) unnamed: HashMap<ItemKind, SeatTimeline>,
    /// The need for every item.
    pub(super) needs: Needs,
    pub(super) usage: &'q Usage,
    /// Whether `usage` is counted after moves.
    pub(super) after_moves: bool,
    pub(super) roles: Roles<'q>,
    pub(super) administrators: Option<&'q AdministratorList>,
    /// Whether the administrator list probably belongs to another license.
    pub(super) has_foreign_list: bool,
    pub(super) old_license: Option<OldLicense<'q>>,
}

impl<'q> ImportSubject<'q> {
    pub(super) fn item(&self, kind: ItemKind, id: &str) -> Option<&Item<'q>> {
        self.positions.get(&(kind, id.to_owned())).and_then(|position| self.items.get(*position))
    }

    /// The position of an item in the license; items that it does not have come last.
    pub(super) fn position(&self, kind: ItemKind, id: &str) -> usize {
        self.positions.get(&(kind, id.to_owned())).copied().unwrap_or(usize::MAX)
    }

    /// The seats of an item. An item that the license does not have may still have those of an entry without id.
    pub(super) fn timeline<'i>(&'i self, kind: ItemKind, item: Option<&'i Item<'q>>) -> Cow<'i, SeatTimeline> {
        match item.map(|item| &item.timeline).or_else(|| self.unnamed.get(&kind)) {
            Some(timeline) => Cow::Borrowed(timeline),
            None => Cow::Owned(SeatTimeline::default()),
        }
    }

    /// The line of the entry that holds at an instant.
    pub(super) fn line_of_step(&self, item: &Item<'_>, at: Instant) -> Option<usize> {
        self.lines.of_step(item, at)
    }

    /// The name of an item in the document, else in the old license, else the published name.
    pub(super) fn name(&self, kind: ItemKind, id: &str) -> Option<String> {
        let version = self.document.my_esri.version.as_written();
        let version: Option<Version> = version.and_then(|version| version.parse().ok());
        let own = |item: &Item<'q>| item.definition.and_then(|definition| definition.name()).map(Cow::into_owned);
        let old = || self.old_license.as_ref()?.item(kind, id).and_then(own);
        self.item(kind, id).and_then(own).or_else(old).or_else(|| known_as(kind, id, version).map(str::to_owned))
    }

    /// The line of the old license that makes an item needed at an instant, where the new license does not have the item.
    pub(super) fn line_of_old(&self, kind: ItemKind, id: &str, at: Instant) -> Option<usize> {
        let (item, at) = self.only_in_old(kind, id, at)?;
        self.old_lines.as_ref()?.of_step(item, at)
    }

    /// An item that only the old license has. The instant is that at which the old license gives what is needed at `at`.
    fn only_in_old(&self, kind: ItemKind, id: &str, at: Instant) -> Option<(&Item<'q>, Instant)> {
        let old_license = self.old_license.as_ref().filter(|_| self.item(kind, id).is_none())?;
        let item = old_license.item(kind, id)?;
        let kept = old_license.kept(self.as_of);
        let is_more_then = item.timeline.seats_at(at) > item.timeline.seats_at(kept);
        Some((item, if is_more_then { at } else { kept }))
    }

    /// The `why` command for an item that only the old license has.
    pub(super) fn why_old(&self, kind: ItemKind, id: &str, at: Instant) -> Option<String> {
        let (_, at) = self.only_in_old(kind, id, at)?;
        let old_license = self.old_license.as_ref()?;
        let ambiguous = ItemKind::ALL.into_iter().any(|other| other != kind && old_license.item(other, id).is_some());
        why_command(id, ambiguous.then_some(kind), self.old_lines.as_ref()?.file(), at)
    }

    /// The `why` command for an item; `None` where the license does not have the item, or was not read from a file.
    pub(super) fn why(&self, kind: ItemKind, id: &str, at: Instant) -> Option<String> {
        self.item(kind, id)?;
        let ambiguous = ItemKind::ALL.into_iter().any(|other| other != kind && self.item(other, id).is_some());
        let kind = ambiguous.then_some(kind);
        why_command(id, kind, self.source.name(), at)
    }

    pub(super) fn compatible(&self, id: &str) -> Compatible {
        Administrator::of(id, self.administrators).compatible
    }

    /// Whether the need for an item at an instant is certain, where nobody counted and the old license gives it.
    pub(super) fn old_certain(&self, needed: &Needed, at: Instant) -> Option<bool> {
        let old_license = self.old_license.as_ref().filter(|_| !needed.counted)?;
        Some(old_license.is_need_certain(&needed.uncounted, self.as_of, at))
    }

    /// Members that a trouble of a user type locks out at its worst instant. Where nobody counted, perhaps as many as the old
    /// license has seats for.
    pub(super) fn locked_out(&self, needed: &Needed, trouble: Trouble) -> LockedOut {
        if needed.kind != ItemKind::UserType {
            return LockedOut::default();
        }
        if !needed.counted {
            return LockedOut { certainly: 0, perhaps: trouble.needed };
        }
        let today = self.usage.assigned(needed.kind, &needed.id).unwrap_or(0);
        let planned = trouble.needed.saturating_sub(today);
        self.usage.locked_out(&needed.id, planned, trouble.kind == TroubleKind::Short, self.roles)
    }

    /// Whether the license certainly ends for everybody at an instant, or begins to end.
    pub(super) fn is_end(&self, at: Instant) -> bool {
        match (&self.horizon.reason, self.horizon.license_end) {
            (HorizonReason::LicenseEnds(first), Some(end)) => (*first..=end).contains(&at),
            _ => self.latest_end == Some(at),
        }
    }

    /// Whether a user type may have seats, now or later, that the cautious reading does not count.
    pub(super) fn has_doubtful_user_types(&self) -> bool {
        let user_types = self.items.iter().filter(|item| item.kind == ItemKind::UserType).map(|item| &item.timeline);
        let mut all = user_types.chain(self.unnamed.get(&ItemKind::UserType));
        all.any(|timeline| timeline.certain_until(self.as_of).is_some())
    }

    /// The instant at which the old license ended, if that lies before the import.
    pub(super) fn old_end(&self) -> Option<Instant> {
        self.old_license.as_ref().and_then(|old_license| old_license.ended)
    }

    /// The clause "; from the import to … no user type of the license has seats"; empty if one has seats, or may have some.
    pub(super) fn begin_of_seats(&self) -> String {
        let user_types = self.items.iter().filter(|item| item.kind == ItemKind::UserType).map(|item| &item.timeline);
        let all = user_types.chain(self.unnamed.get(&ItemKind::UserType));
        let has_some =
            |timeline: &SeatTimeline| timeline.seats_at(self.as_of) > 0 || !timeline.is_certain_at(self.as_of);
        if all.clone().any(has_some) {
            return String::new();
        }
        let step = |timeline: &SeatTimeline| timeline.next_change(self.as_of).map(|step| step.at);
        let first =
            all.filter_map(|timeline| step(timeline).into_iter().chain(timeline.certain_until(self.as_of)).min());
        first.min().map_or_else(String::new, |first| {
            format!("; from the import to {} no user type of the license has seats", self.zone.show(first))
        })
    }

    /// The clause "; the license ends for everybody on …, in …".
    pub(super) fn end_of_license(&self) -> Phrase {
        let (zone, reason) = (self.zone, &self.horizon.reason);
        let within = |at: Instant| format!("{}, in {}", zone.show(at), zone.span(self.as_of, at));
        match (self.horizon.license_end, reason) {
            (Some(end), _) if end > Instant::YEAR_2100 => {
                phrase!["; no end of the license is stated, perhaps perpetual (", zone.show(end), ")"]
            }
            (Some(end), HorizonReason::LicenseEnds(first)) if *first < end => {
                let begins = format!("; the license begins to end on {}; it ends for everybody on ", within(*first));
                phrase![begins, within(end), self.doubt_of(end)]
            }
            (Some(end), _) => phrase!["; the license ends for everybody on ", within(end), self.doubt_of(end)],
            (None, HorizonReason::NoEnd(id)) => {
                phrase!["; no end of the license is stated, perhaps perpetual (", name(id), " goes on)"]
            }
            (None, _) if self.has_doubtful_user_types() => {
                "; what the license gives of user types, now or later, is not certain".into()
            }
            (None, HorizonReason::NoSeats(Some(ended))) => {
                phrase!["; the license ended for everybody on ", zone.show(*ended)]
            }
            (None, _) => "; no user type of the license has seats, now or later".into(),
        }
    }

    /// " (not certain: …)" where by another reading the license ends later than at `end`; nothing where it does not.
    fn doubt_of(&self, end: Instant) -> Phrase {
        if self.latest_end == Some(end) {
            return Phrase::default();
        }
        // First the user types from which the date comes, then those that may have seats after it.
        let user_types = self.items.iter().filter(|item| item.kind == ItemKind::UserType);
        let mut doubtful: Vec<_> = user_types.filter(|item| item.timeline.certain_until(end).is_some()).collect();
        doubtful.sort_by_key(|item| (item.timeline.final_end() != Some(end), &item.id));
        let why = match doubtful.as_slice() {
            // Seats and end of every type that the license names are certain.
            [] => "an entry without id may be of a further user type".into(),
            ids => {
                let mut named: Vec<_> = ids.iter().take(MOST_DOUBTFUL).map(|item| name(&item.id)).collect();
                let more = ids.len().saturating_sub(MOST_DOUBTFUL);
                named.extend((more > 0).then(|| format!("{more} more").into()));
                phrase![Phrase::list(named), " can be read in more than one way"]
            }
        };
        let latest = self.latest_end.map(|at| format!("; at the latest on {}", self.zone.show(at)));
        phrase![" (not certain: ", why, latest.unwrap_or_default(), ")"]
    }
}
