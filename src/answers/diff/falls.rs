//! The instants at which NEW itself gives less than before, and whether OLD and NEW look swapped.

use crate::answers::diff::pair::Pair;
use crate::answers::diff::side::Side;
use crate::answers::diff::value::DiffFall;
use crate::license::{Horizon, Item, ItemKind};
use crate::seats::SeatTimeline;
use crate::time::{Instant, Zone};

/// Every fall within NEW after the as-of, in the order of time. The end of the whole license is no fall.
pub(super) fn falls(new: &Side<'_>, as_of: Instant, zone: Zone) -> Vec<DiffFall> {
    let horizon = Horizon::new(&new.items, as_of, zone);
    let mut falls: Vec<_> = new.items.iter().flat_map(|item| falls_of(item, as_of, &horizon)).collect();
    // The sort is stable: falls at one instant stay in the order of the items.
    falls.sort_by_key(|fall| (fall.at, fall.kind));
    falls
}

fn falls_of(item: &Item<'_>, as_of: Instant, horizon: &Horizon) -> Vec<DiffFall> {
    let (timeline, seated) = (&item.timeline, item.kind != ItemKind::Capability);
    let certain_until = timeline.certain_until(as_of);
    let ends_with_license =
        |at: Instant| horizon.license_end.is_some_and(|end| end <= at) || horizon.is_license_end(timeline, at);
    let pairs = timeline.steps().windows(2).filter_map(|pair| match pair {
        [before, after] if after.seats < before.seats && after.at > as_of => Some((before.seats, *after)),
        _ => None,
    });
    let falls = pairs.filter(|(_, step)| !ends_with_license(step.at));
    falls
        .map(|(before, step)| DiffFall {
            at: step.at,
            kind: item.kind,
            id: item.id.clone().into_owned(),
            before: seated.then_some(before),
            after: seated.then_some(step.seats),
            certain: certain_until.is_none_or(|until| step.at < until),
        })
        .collect()
}

/// Whether OLD and NEW were probably given in the wrong order: every item of NEW ends before OLD begins to differ from
/// it or to give anything, and OLD goes on after that.
pub(super) fn look_swapped(pairs: &[Pair<'_, '_>], as_of: Instant) -> bool {
    let timelines: Vec<_> = pairs.iter().map(|pair| (pair.before(), pair.after())).collect();
    let ends: Option<Vec<_>> =
        timelines.iter().filter(|(_, new)| !new.steps().is_empty()).map(|(_, new)| new.final_end()).collect();
    let Some(end) = ends.and_then(|ends| ends.into_iter().max()) else { return false };
    let from = end.max(as_of);
    let goes_on = timelines.iter().any(|(old, _)| old.first_with_seats(from, None).is_some());
    let is_same = |(old, new): &(SeatTimeline, SeatTimeline)| steps(old, as_of, end) == steps(new, as_of, end);
    let is_none = |(old, _): &(SeatTimeline, SeatTimeline)| old.first_with_seats(as_of, Some(from)).is_none();
    goes_on && (end <= as_of || timelines.iter().all(is_same) || timelines.iter().all(is_none))
}

/// The seats at `from`, and every step after `from` and before `to`.
fn steps(timeline: &SeatTimeline, from: Instant, to: Instant) -> (u64, Vec<(Instant, u64)>) {
    let steps = timeline.steps().iter().filter(|step| from < step.at && step.at < to);
    (timeline.seats_at(from), steps.map(|step| (step.at, step.seats)).collect())
}
