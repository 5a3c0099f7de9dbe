//! Whether the shortage of several items together grows worse, and by when.

use crate::answers::preflight::action_value::ActionItem;
use crate::answers::preflight::subject::ImportSubject;
use crate::seats::{Lack, Trouble};
use crate::time::{Instant, Zone};

/// How a sum over items develops.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Growth {
    /// The sum does not grow.
    None,
    /// The sum reaches this number on a day that is the worst of every item.
    By(u64, Instant),
    /// The sum grows, and no day is the worst of every item.
    Apart,
}

/// Functions that give a number of an item: as the trouble begins, at its worst instant, and at any instant.
pub(super) struct PerItem<'c> {
    pub(super) at_first: &'c dyn Fn(&ActionItem) -> u64,
    pub(super) most: &'c dyn Fn(&ActionItem) -> u64,
    pub(super) at: &'c dyn Fn(&ActionItem, Instant) -> u64,
}

impl Growth {
    pub(super) fn of(items: &[&ActionItem], counted: &PerItem<'_>) -> Self {
        let grows = |item: &&&ActionItem| (counted.at_first)(item) < (counted.most)(item);
        let mut days = items.iter().filter(grows).map(|item| item.worst_at);
        let Some(day) = days.next() else { return Self::None };
        let is_worst_of_all =
            days.all(|other| other == day) && items.iter().all(|item| (counted.at)(item, day) == (counted.most)(item));
        match is_worst_of_all {
            true => Self::By(items.iter().map(|item| (counted.most)(item)).fold(0, u64::saturating_add), day),
            false => Self::Apart,
        }
    }

    /// The growth in words: ", 20 by 2027-06-01 00:00".
    pub(super) fn words(self, zone: Zone) -> String {
        match self {
            Self::None => String::new(),
            Self::By(most, day) => format!(", {most} by {}", zone.show(day)),
            Self::Apart => ", more later (see each)".to_owned(),
        }
    }
}

/// The seats of an item that lack at an instant, and the number of members locked out then.
pub(super) fn lack_at(subject: &ImportSubject<'_>, item: &ActionItem, at: Instant) -> (u64, u64) {
    let lasts = item.to.is_none_or(|to| at < to);
    let Some(needed) = subject.needs.of(item.kind, &item.id).filter(|_| lasts) else { return (0, 0) };
    let seats = subject.timeline(item.kind, subject.item(item.kind, &item.id)).seats_at(at);
    let needed_then = needed.need.at(at);
    let (from, to) = (item.from, item.to);
    let trouble = Trouble { lack: Lack::Short, from, to, worst: at, needed: needed_then, seats };
    (trouble.short(), subject.locked_out(needed, trouble).0)
}
