//! The old license, as far as its seats are concerned.

use std::collections::HashMap;

use crate::answers::preflight::value::PreflightOld;
use crate::answers::{Comparison, Origin, Side};
use crate::license::{Item, ItemKind};
use crate::seats::{Doubt, Need, SeatTimeline};
use crate::time::Instant;

/// The license that the import replaces, or what a portal states of it.
#[derive(Clone, Debug)]
pub(super) struct OldLicense<'o> {
    /// The items of the license, capabilities among them.
    pub(super) items: Vec<Item<'o>>,
    /// The index of each item in `items`.
    positions: HashMap<(ItemKind, String), usize>,
    /// The kinds whose seats are stated: in a license document those that can be read, in a license resource those
    /// that it lists.
    stated: Vec<ItemKind>,
    /// The instant from which on no user type has seats, where it lies at or before the import.
    pub(super) ended: Option<Instant>,
    /// For a license that has ended, the last instant before the first of the ends that make its end. The seats of
    /// that instant are needed.
    last: Option<Instant>,
    /// Whether the license has ended by every reading; its later seats then do not matter.
    surely: bool,
    /// The seats that entries without id may give to any item of a kind, and those that an unreadable list may give.
    unnamed: Vec<(ItemKind, SeatTimeline)>,
    /// Whether it is a license document, which states every kind.
    pub(super) is_document: bool,
    described: PreflightOld,
}

impl<'o> OldLicense<'o> {
    pub(super) fn new(old: &Side<'o>, as_of: Instant) -> Self {
        let items = old.items().to_vec();
        let ended = ended(&items, as_of);
        let last = ended.map(|end| last_before(&items, end));
        let positions = items.iter().enumerate();
        let positions = positions.map(|(index, item)| ((item.kind, item.id.clone().into_owned()), index)).collect();
        let unnamed = old.license().into_iter().flat_map(|license| {
            ItemKind::SEATED.map(|kind| (kind, SeatTimeline::of_unnamed(kind, license))).into_iter()
        });
        Self {
            unnamed: unnamed.filter(|(_, timeline)| !timeline.doubts().is_empty()).collect(),
            positions,
            stated: ItemKind::SEATED.into_iter().filter(|kind| old.tells(*kind)).collect(),
            ended,
            last,
            surely: old.ended_by(as_of).is_some(),
            is_document: old.license().is_some(),
            described: PreflightOld {
                origin: Origin::new(old.source(), old.place(), old.version().map(str::to_owned)),
                ended,
            },
            items,
        }
    }

    /// The instant whose seats stay needed.
    pub(super) fn kept(&self, as_of: Instant) -> Instant {
        self.last.unwrap_or(as_of)
    }

    pub(super) fn described(&self) -> PreflightOld {
        self.described.clone()
    }

    /// Whether the seats of a kind are stated.
    pub(super) fn tells(&self, kind: ItemKind) -> bool {
        self.stated.contains(&kind)
    }

    pub(super) fn item(&self, kind: ItemKind, id: &str) -> Option<&Item<'o>> {
        self.positions.get(&(kind, id.to_owned())).and_then(|position| self.items.get(*position))
    }

    pub(super) fn timeline(&self, kind: ItemKind, id: &str) -> Option<&SeatTimeline> {
        self.item(kind, id).map(|item| &item.timeline)
    }

    /// The seats that it may give to any item of a kind; `None` where every entry names its item.
    pub(super) fn unnamed(&self, kind: ItemKind) -> Option<&SeatTimeline> {
        self.unnamed.iter().find(|(other, _)| *other == kind).map(|(_, timeline)| timeline)
    }

    /// The seats of an item that are needed where nobody counted: those at the import or at a later instant,
    /// whichever are more. Where the license has ended, those that it gave before.
    pub(super) fn need(&self, timeline: &SeatTimeline, as_of: Instant) -> Need {
        let least = timeline.seats_at(self.kept(as_of));
        if self.is_over() { Need::constant(as_of, least) } else { Need::of_timeline(timeline, as_of, least) }
    }

    /// The comparison of both licenses from the import on.
    pub(super) fn compared<'c, 'd>(&self, old: &'c Side<'d>, new: &'c Side<'d>, as_of: Instant) -> Comparison<'c, 'd> {
        let comparison = Comparison::new(old, new, as_of);
        if self.is_over() { comparison.giving(self.kept(as_of)) } else { comparison.keeping(self.kept(as_of)) }
    }

    /// Whether an item is needed at every time after the import; otherwise only while the old license gives seats of it.
    pub(super) fn is_always_needed(&self, timeline: &SeatTimeline, as_of: Instant) -> bool {
        timeline.seats_at(self.kept(as_of)) > 0
    }

    /// The first instant at which readings disagree about an item, of the instants that matter: the import or the
    /// end, and later.
    pub(super) fn doubt_from(&self, timeline: &SeatTimeline, as_of: Instant) -> Option<Instant> {
        let kept = self.kept(as_of);
        match timeline.is_certain_at(kept) {
            false => Some(kept),
            true => timeline.certain_until(as_of).filter(|_| !self.is_over()),
        }
    }

    /// Whether readings disagree about the seats of an item that are needed.
    pub(super) fn is_doubtful(&self, timeline: &SeatTimeline, as_of: Instant, until: Instant) -> bool {
        self.doubt_from(timeline, as_of).is_some_and(|doubt| doubt <= until)
    }

    /// Whether readings agree about the seats of an item at the import, or before the end.
    pub(super) fn is_certain(&self, timeline: &SeatTimeline, as_of: Instant) -> bool {
        timeline.is_certain_at(self.kept(as_of))
    }

    /// Whether readings agree about the seats of an item that are needed at an instant, where nobody counted.
    pub(super) fn is_need_certain(&self, timeline: &SeatTimeline, as_of: Instant, at: Instant) -> bool {
        self.is_certain(timeline, as_of) && (self.is_over() || timeline.is_certain_at(at))
    }

    /// The periods in which that can be read in more than one way.
    pub(super) fn need_doubts(&self, timeline: &SeatTimeline, as_of: Instant) -> Vec<Doubt> {
        match (self.is_certain(timeline, as_of), self.is_over()) {
            (false, _) => vec![Doubt { from: as_of, to: None }],
            (true, true) => Vec::new(),
            (true, false) => {
                timeline.doubts().iter().filter(|doubt| doubt.to.is_none_or(|to| to > as_of)).copied().collect()
            }
        }
    }

    /// Whether only the seats before the end are needed.
    fn is_over(&self) -> bool {
        self.last.is_some() && self.surely
    }

    /// The seats of an item at the import, or before the end.
    pub(super) fn seats(&self, timeline: &SeatTimeline, as_of: Instant) -> u64 {
        timeline.seats_at(self.kept(as_of))
    }
}

/// The instant from which on no user type has seats, where it lies at or before `as_of` and some had seats before.
fn ended(items: &[Item<'_>], as_of: Instant) -> Option<Instant> {
    let user_types = items.iter().filter(|item| item.kind == ItemKind::UserType && !item.timeline.steps().is_empty());
    let mut last = None;
    for item in user_types {
        last = last.max(Some(item.timeline.final_end()?));
    }
    last.filter(|end| *end <= as_of)
}

/// The last instant before the first of the ends that make the license end at `end`: the ends of items of any kind,
/// less than 24 hours before.
fn last_before(items: &[Item<'_>], end: Instant) -> Instant {
    const DAY_MS: i64 = 24 * 3_600_000;
    let with_it = |own: &Instant| *own <= end && end.epoch_ms() - own.epoch_ms() < DAY_MS;
    let first = items.iter().filter_map(|item| item.timeline.final_end()).filter(with_it).min().unwrap_or(end);
    Instant::from_epoch_ms(first.epoch_ms() - 1)
}
