//! The shortage of several items together: at its beginning, as it grows, and the instant from which fewer seats are enough.

use std::collections::BTreeMap;

use crate::answers::preflight::action_value::{ActionItem, ShortStep};
use crate::time::{Instant, Zone};
use crate::usage::LockedOut;

/// The most days that are named on which more seats must be there.
pub(super) const MOST_RISES: usize = 3;

/// The seats that an action asks for.
pub(super) struct Growth {
    /// The seats that are missing on the first day.
    pub(super) first: u64,
    /// The seats to get before the license ends: the sum of the largest shortage of each item.
    pub(super) most: u64,
    /// Later dates by which more seats must be got, and how many in all.
    rises: Vec<(Instant, u64)>,
    /// Whether as many are missing together at the last of these instants.
    at_once: bool,
    /// The first instant at which more seats are missing because the license ends, or begins to end.
    license_end: Option<Instant>,
    /// From when on less suffices for good, as far as was looked.
    later: Option<Later>,
}

/// A time for which fewer seats suffice.
#[derive(Clone, Copy)]
struct Later {
    at: Instant,
    /// The most seats that are missing then.
    seats: u64,
    /// Whether as many are missing all the time.
    is_even: bool,
}

impl Growth {
    /// `is_end` is whether the license ends at an instant, or begins to end.
    pub(super) fn of(items: &[&ActionItem], until: Instant, is_end: impl Fn(Instant) -> bool) -> Self {
        let sum =
            |number: &dyn Fn(&ActionItem) -> u64| items.iter().map(|item| number(item)).fold(0, u64::saturating_add);
        let first = sum(&short_at_first);
        let mut more: BTreeMap<Instant, u64> = BTreeMap::new();
        for item in items {
            let mut before = short_at_first(item);
            for step in rises(item) {
                let sum = more.entry(step.at).or_default();
                *sum = sum.saturating_add(step.short - before);
                before = step.short;
            }
        }
        let license_end = more.keys().copied().find(|at| is_end(*at));
        let before_end = more.iter().take_while(|(at, _)| license_end.is_none_or(|end| **at < end));
        let rises: Vec<_> = before_end
            .scan(first, |most, (at, seats)| {
                *most = most.saturating_add(*seats);
                Some((*at, *most))
            })
            .collect();
        let most = rises.last().map_or(first, |(_, most)| *most);
        let at_once = rises.last().is_none_or(|(at, most)| sum(&|item| most_from(item, *at..=*at)) >= *most);
        let later = items.iter().filter_map(|item| eased_at(item, until));
        let later = later.filter(|at| rises.last().is_none_or(|(by, _)| at > by) && license_end.is_none()).min();
        let later = later.map(|at| Later {
            at,
            seats: sum(&|item| most_from(item, at..=until)),
            is_even: items.iter().all(|item| !changes_after(item, at, until)),
        });
        Self { first, most, rises, at_once, license_end, later }
    }

    /// Whether the words say something besides the seats of the first day.
    pub(super) const fn is_told(&self) -> bool {
        !self.rises.is_empty() || self.later.is_some() || self.license_end.is_some()
    }

    /// Whether less suffices later, and not nothing.
    pub(super) fn eases(&self) -> bool {
        self.later.is_some_and(|later| later.seats > 0)
    }

    /// ", 9 by 2027-03-01 00:00, 20 in all by 2027-06-01 00:00", " until 2026-12-20 00:00 and 5 from then on".
    pub(super) fn words(&self, zone: Zone) -> String {
        let mut words = self.rise_words(zone);
        if let Some(Later { at, seats, is_even }) = self.later {
            let at = zone.show(at);
            let at_most = if is_even { "" } else { "at most " };
            words.push_str(&match (self.rises.is_empty(), seats) {
                (true, 0) => format!(" until {at}"),
                (true, seats) => format!(" until {at} and {at_most}{seats} from then on"),
                (false, 0) => format!(", until {at}"),
                (false, seats) => format!(" and {at_most}{seats} from {at} on"),
            });
        }
        if let Some(end) = self.license_end {
            words.push_str(&format!(", and import the license that follows before this one ends ({})", zone.show(end)));
        }
        words
    }

    fn rise_words(&self, zone: Zone) -> String {
        let Some(((last, most), before)) = self.rises.split_last() else { return String::new() };
        let is_cut = before.len() >= MOST_RISES;
        let named = before.get(..MOST_RISES - 1).filter(|_| is_cut).unwrap_or(before);
        let named: String = named.iter().map(|(at, seats)| format!(", {seats} by {}", zone.show(*at))).collect();
        let more = if is_cut { ", and so on" } else { "" };
        let apart = if self.at_once { "" } else { " (not all at once: see each)" };
        format!("{named}{more}, {most} in all by {}{apart}", zone.show(*last))
    }
}

/// The members whom several items lock out: at the beginning of the shortage, and, if more are locked out later, the most of them
/// with the day.
pub(super) fn locked_out(items: &[ActionItem]) -> (LockedOut, Option<(LockedOut, Instant)>) {
    let sum = |of: fn(&ActionItem) -> LockedOut| items.iter().map(of).fold(LockedOut::default(), LockedOut::and);
    let most_at = |item: &ActionItem| {
        let most = item.locks_out_at_most();
        let grows = item.locks_out_at_first().at_most() < most.at_most();
        let step = item.course.iter().find(|step| step.locks_out() == most);
        grows.then(|| step.map_or(item.worst_at, |step| step.at))
    };
    let by = items.iter().filter_map(most_at).max();
    (sum(ActionItem::locks_out_at_first), by.map(|by| (sum(ActionItem::locks_out_at_most), by)))
}

/// The times of the course, after the first, at which more seats of an item are missing than ever before.
pub(super) fn rises(item: &ActionItem) -> impl Iterator<Item = ShortStep> + '_ {
    let mut most = short_at_first(item);
    item.course.iter().copied().filter(move |step| {
        let is_more = step.short > most;
        most = most.max(step.short);
        is_more
    })
}

/// The instant from which the shortage is smaller than at its worst, and the largest shortage after it; `None` if it stays at its
/// worst, or ends.
pub(super) fn eased(item: &ActionItem) -> Option<(Instant, ShortStep)> {
    let rest = after_worst(item);
    let most = rest.iter().copied().reduce(|most, next| if next.short > most.short { next } else { most })?;
    Some((rest.first()?.at, most))
}

/// Whether as many are missing at all times of the rest.
pub(super) fn is_even(item: &ActionItem) -> bool {
    after_worst(item).windows(2).all(|pair| matches!(pair, [one, other] if one.short == other.short))
}

/// The missing seats after the last time at which as many are missing as at the worst instant.
fn after_worst(item: &ActionItem) -> &[ShortStep] {
    let last = item.course.iter().rposition(|step| Some(step.short) == item.short);
    last.and_then(|last| item.course.get(last + 1..)).unwrap_or_default()
}

/// From when on fewer seats are missing than at the worst, or certainly none.
fn eased_at(item: &ActionItem, until: Instant) -> Option<Instant> {
    after_worst(item).first().map(|step| step.at).or(certain_end(item).filter(|to| *to <= until))
}

/// The first instant after the trouble, unless the seats are then in doubt.
fn certain_end(item: &ActionItem) -> Option<Instant> {
    item.to.filter(|_| !item.then_in_doubt)
}

/// Whether another number is missing at a later time.
fn changes_after(item: &ActionItem, at: Instant, until: Instant) -> bool {
    let is_later = |other: Instant| other > at && other <= until;
    let is_change = |pair: &[ShortStep]| matches!(pair, [one, other] if is_later(other.at) && one.short != other.short);
    let changes = item.course.windows(2).any(is_change);
    changes || certain_end(item).is_some_and(is_later)
}

fn short_at_first(item: &ActionItem) -> u64 {
    item.at_first.map_or(item.short.unwrap_or(0), |first| first.short)
}

/// The largest shortage at one of these instants. If it is not certain that the shortage ends, it is taken to go on.
fn most_from(item: &ActionItem, time: std::ops::RangeInclusive<Instant>) -> u64 {
    if certain_end(item).is_some_and(|to| to <= *time.start()) {
        return 0;
    }
    let begun = item.course.partition_point(|step| step.at <= *time.start());
    let during = item.course.get(begun.saturating_sub(1)..).unwrap_or_default();
    during.iter().take_while(|step| step.at <= *time.end()).map(|step| step.short).max().unwrap_or(0)
}
