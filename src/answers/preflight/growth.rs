//! What lacks of several items together: as it begins, whether it grows worse, and from when on less suffices.

use crate::answers::preflight::action_value::{ActionItem, LackStep};
use crate::time::{Instant, Zone};
use crate::usage::LockedOut;

/// The seats that an action asks for.
pub(super) struct Growth {
    /// Those that lack on the first day.
    pub(super) first: u64,
    /// Those that must be got in all: of each item those that lack at its worst.
    pub(super) most: u64,
    /// By when so many, where it is more than on the first day; and whether so many lack at one time.
    by: Option<(Instant, bool)>,
    /// From when on less suffices for good, as far as was looked, and how much.
    later: Option<(Instant, u64)>,
}

impl Growth {
    pub(super) fn of(items: &[&ActionItem], until: Instant) -> Self {
        let sum =
            |number: &dyn Fn(&ActionItem) -> u64| items.iter().map(|item| number(item)).fold(0, u64::saturating_add);
        let growing = items.iter().filter(|item| short_at_first(item) < item.short.unwrap_or(0));
        let by = growing.map(|item| item.worst_at).max();
        let is_worst = |item: &ActionItem, at: Instant| most_from(item, at..=at) == item.short.unwrap_or(0);
        let later = items.iter().filter_map(|item| eased_at(item, until));
        let later = later.filter(|at| by.is_none_or(|by| *at > by)).min();
        Self {
            first: sum(&short_at_first),
            most: sum(&|item| item.short.unwrap_or(0)),
            by: by.map(|by| (by, items.iter().all(|item| is_worst(item, by)))),
            later: later.map(|at| (at, sum(&|item| most_from(item, at..=until)))),
        }
    }

    /// Whether something is said besides the seats of the first day.
    pub(super) const fn is_told(&self) -> bool {
        self.by.is_some() || self.later.is_some()
    }

    /// Whether less suffices later, and not nothing.
    pub(super) fn eases(&self) -> bool {
        self.later.is_some_and(|(_, seats)| seats > 0)
    }

    /// ", 20 in all by 2027-06-01 00:00", " until 2026-12-20 00:00 and 5 from then on".
    pub(super) fn words(&self, zone: Zone) -> String {
        let grows = self.by.map(|(day, at_once)| {
            let apart = if at_once { "" } else { " (not all at once: see each)" };
            format!(", {} in all by {}{apart}", self.most, zone.show(day))
        });
        let later = self.later.map(|(at, seats)| match (grows.is_some(), seats) {
            (false, 0) => format!(" until {}", zone.show(at)),
            (false, seats) => format!(" until {} and {seats} from then on", zone.show(at)),
            (true, 0) => format!(", until {}", zone.show(at)),
            (true, seats) => format!(" and {seats} from {} on", zone.show(at)),
        });
        grows.unwrap_or_default() + &later.unwrap_or_default()
    }
}

/// The members that several items lock out together: as it begins, and all that ever are, with the day by which.
pub(super) fn locked_out(items: &[ActionItem]) -> (LockedOut, Option<(LockedOut, Instant)>) {
    let sum = |of: fn(&ActionItem) -> LockedOut| items.iter().map(of).fold(LockedOut::default(), LockedOut::and);
    let grows = |item: &&ActionItem| item.locks_out_at_first().at_most() < item.locks_out().at_most();
    let by = items.iter().filter(grows).map(|item| item.worst_at).max();
    (sum(ActionItem::locks_out_at_first), by.map(|by| (sum(ActionItem::locks_out_at_most), by)))
}

/// From when on fewer seats of an item lack than at its worst, as far as was looked, and the time of the rest at which most
/// do; `None` where they never do, or none lack then.
pub(super) fn eased(item: &ActionItem) -> Option<(Instant, LackStep)> {
    let rest = after_worst(item);
    let most = rest.iter().copied().reduce(|most, next| if next.short > most.short { next } else { most })?;
    Some((rest.first()?.at, most))
}

/// Whether as many lack at all times of the rest.
pub(super) fn is_even(item: &ActionItem) -> bool {
    after_worst(item).windows(2).all(|pair| matches!(pair, [one, other] if one.short == other.short))
}

/// What lacks after the last time at which as many lack as at the worst instant.
fn after_worst(item: &ActionItem) -> &[LackStep] {
    let last = item.course.iter().rposition(|step| Some(step.short) == item.short);
    last.and_then(|last| item.course.get(last + 1..)).unwrap_or_default()
}

/// From when on fewer seats lack than at the worst, or none.
fn eased_at(item: &ActionItem, until: Instant) -> Option<Instant> {
    let ends = item.to.filter(|to| *to <= until);
    after_worst(item).first().map(|step| step.at).or(ends)
}

fn short_at_first(item: &ActionItem) -> u64 {
    item.at_first.map_or(item.short.unwrap_or(0), |first| first.short)
}

/// The most that lacks at one time of these.
fn most_from(item: &ActionItem, time: std::ops::RangeInclusive<Instant>) -> u64 {
    if item.to.is_some_and(|to| to <= *time.start()) {
        return 0;
    }
    let begun = item.course.partition_point(|step| step.at <= *time.start());
    let during = item.course.get(begun.saturating_sub(1)..).unwrap_or_default();
    during.iter().take_while(|step| step.at <= *time.end()).map(|step| step.short).max().unwrap_or(0)
}
