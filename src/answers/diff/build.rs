//! Builds the members of the report about one item, from the item in OLD and in NEW.

use std::borrow::Cow;

use crate::answers::diff::extras::Extra;
use crate::answers::diff::given::Given;
use crate::answers::diff::item::{
    DiffAdministrator, DiffGap, DiffItem, ExtraChange, ExtraLoss, Lost, Presence, Renamed, Replacement,
};
use crate::answers::diff::loss::{Comparison, Loss};
use crate::answers::diff::pair::Pair;
use crate::answers::{ItemEntries, TimelineStep};
use crate::license::catalog::known_as;
use crate::license::{Item, ItemKind, Version, retirement};
use crate::seats::SeatTimeline;
use crate::time::{Instant, Zone};

/// The report's item for a pair, and the losses of this item.
pub(super) fn item(comparison: &Comparison<'_, '_>, pair: &Pair<'_, '_>, losses: &[Loss], zone: Zone) -> DiffItem {
    let as_of = comparison.as_of;
    let (before, after) = (pair.before(), pair.after());
    let seated = pair.kind != ItemKind::Capability;
    let seats = |timeline: &SeatTimeline| seated.then(|| timeline.seats_at(as_of));
    let (old, new) = (seats(&before), seats(&after));
    let (old_name, new_name) = (name(pair.old), name(pair.new));
    let renamed = old_name.clone().zip(new_name.clone()).filter(|(old, new)| old != new);
    let version: Option<Version> = comparison.new.version.as_deref().and_then(|version| version.parse().ok());
    let retired = retirement(pair.kind, pair.id).filter(|it| version.is_some_and(|version| it.since <= version));
    let (old_end, new_end) = (before.final_end(), after.final_end());
    let count = |count: u64| seated.then_some(count);
    let of_seats = losses.iter().filter(|loss| matches!(loss.given, Given::Seats | Given::Capability));
    let of_extras = losses.iter().filter(|loss| !matches!(loss.given, Given::Seats | Given::Capability));
    let of_inclusions = losses.iter().filter(|loss| loss.given == Given::Inclusion);
    let mut item = DiffItem {
        kind: pair.kind,
        id: pair.id.to_owned(),
        name: new_name.or(old_name),
        known_as: known_as(pair.kind, pair.id, version).map(str::to_owned),
        presence: match (pair.old, pair.new) {
            (Some(_), None) => Presence::Removed,
            (None, _) => Presence::Added,
            (Some(_), Some(_)) => Presence::Both,
        },
        changed: false,
        old,
        new,
        delta: old.zip(new).map(|(old, new)| signed(new) - signed(old)),
        old_active: before.seats_at(as_of) > 0,
        new_active: after.seats_at(as_of) > 0,
        old_steps: later_steps(&before, as_of, seated),
        new_steps: later_steps(&after, as_of, seated),
        lost: of_seats
            .map(|loss| Lost { from: loss.from, to: loss.to, old: count(loss.old), new: count(loss.new) })
            .collect(),
        extras: extra_changes(comparison, pair),
        extras_lost: of_extras.cloned().map(ExtraLoss::from).collect(),
        old_end,
        old_no_end: comparison.old.has_no_end(pair.kind, pair.id),
        new_end,
        end_days: old_end.zip(new_end).map(|(old, new)| zone.days_between(old, new)),
        gap: gap(&before, &after, as_of, zone),
        renamed: renamed.map(|(old, new)| Renamed { old, new }),
        replaced_by: pair.successor.map(|successor| Replacement::new(successor.id, successor.evidence)),
        replaces: pair.replaces.iter().map(|(item, evidence)| Replacement::new(&item.id, *evidence)).collect(),
        retired: retired.filter(|_| pair.new.is_none()).map(|retired| retired.note.to_owned()),
        administrator: (pair.kind == ItemKind::UserType).then(|| DiffAdministrator {
            old: comparison.old.administrator(pair.id),
            new: comparison.new.administrator(pair.id),
        }),
        includes_lost: of_inclusions.filter_map(|loss| loss.detail.clone()).collect(),
        old_certain_until: before.certain_until(as_of),
        new_certain_until: after.certain_until(as_of),
        old_timeline: before.clone(),
        new_timeline: after.clone(),
        explanation: ItemEntries::default(),
    };
    item.changed = is_changed(&item);
    item
}

/// Whether an item that OLD or NEW gives, at the as-of or later, differs between them.
fn is_changed(item: &DiffItem) -> bool {
    let gives = |active: bool, steps: &[TimelineStep]| active || steps.iter().any(|step| step.active);
    let is_given = gives(item.old_active, &item.old_steps) || gives(item.new_active, &item.new_steps);
    let names = |administrator: &DiffAdministrator| administrator.old.compatible != administrator.new.compatible;
    let seats = (item.old, item.old_active, &item.old_steps) != (item.new, item.new_active, &item.new_steps)
        || item.old_certain_until != item.new_certain_until;
    seats
        || (is_given
            && (!item.extras.is_empty()
                || item.renamed.is_some()
                || item.presence != Presence::Both
                || item.administrator.as_ref().is_some_and(names)))
}

fn name(item: Option<&Item<'_>>) -> Option<String> {
    item?.definition?.name().map(Cow::into_owned)
}

fn later_steps(timeline: &SeatTimeline, as_of: Instant, seated: bool) -> Vec<TimelineStep> {
    let certain_until = timeline.certain_until(as_of);
    let later = timeline.steps().iter().filter(|step| step.at > as_of);
    later
        .map(|step| TimelineStep {
            at: step.at,
            seats: seated.then_some(step.seats),
            active: step.seats > 0,
            certain: certain_until.is_none_or(|until| step.at < until),
        })
        .collect()
}

/// The gap between the terms. If OLD's term ended before the as-of, the gap begins at that end; NEW's begins at the
/// as-of at the earliest.
fn gap(before: &SeatTimeline, after: &SeatTimeline, as_of: Instant, zone: Zone) -> Option<DiffGap> {
    let from = before.end_after(as_of).or_else(|| before.final_end().filter(|end| *end <= as_of))?;
    let without = from.max(as_of);
    let next = after.next_change(without).filter(|_| after.seats_at(without) == 0)?;
    Some(DiffGap { from, to: next.at, days: zone.days_between(from, next.at) })
}

/// The differences besides seats, while both licenses have seats of the item.
fn extra_changes(comparison: &Comparison<'_, '_>, pair: &Pair<'_, '_>) -> Vec<ExtraChange> {
    let (old, new) = (&pair.old_extras, &pair.new_extras);
    let (before, after) = (pair.before(), pair.after());
    let both = before.while_both(&after);
    let first = both.first_with_seats(comparison.as_of, None);
    let Some(first) = first.filter(|_| comparison.old.license().is_some()) else { return Vec::new() };
    let differing = old.always.symmetric_difference(&new.always).filter(|extra| {
        let extension = Extra::inclusion(extra.extension.as_str());
        // The entitlements of an included extension are compared only where both licenses include the extension.
        extra.given != Given::IncludedEntitlement
            || (old.always.contains(&extension) && new.always.contains(&extension))
    });
    let always = differing.map(|extra| ExtraChange {
        given: extra.given,
        detail: extra.detail(),
        from: first,
        old: u64::from(old.always.contains(extra)),
        new: u64::from(new.always.contains(extra)),
        replaced_by: comparison.replacement(pair, extra),
    });
    let none = SeatTimeline::default();
    let over_time =
        old.over_time.keys().chain(new.over_time.keys().filter(|extra| !old.over_time.contains_key(*extra)));
    let over_time = over_time.filter_map(|extra| {
        let [one, other] = [old, new].map(|side| side.over_time.get(extra).unwrap_or(&none));
        let from = first_difference(one, other, &both, comparison.as_of)?;
        let (old, new) = (one.seats_at(from), other.seats_at(from));
        // The number of an entitlement mostly equals that of the seats; where it does, telling the seats is enough.
        let is_told = extra.given == Given::Entitlement && (old, new) == (before.seats_at(from), after.seats_at(from));
        let change = ExtraChange { given: extra.given, detail: extra.detail(), from, old, new, replaced_by: None };
        (!is_told).then_some(change)
    });
    always.chain(over_time).collect()
}

/// The first instant, from the as-of on, at which `one` and `other` differ and `both` has seats.
fn first_difference(one: &SeatTimeline, other: &SeatTimeline, both: &SeatTimeline, as_of: Instant) -> Option<Instant> {
    let later = one.steps().iter().chain(other.steps()).map(|step| step.at).filter(|at| *at > as_of);
    let mut instants: Vec<_> = later.chain([as_of]).collect();
    instants.sort_unstable();
    let ends = instants.iter().skip(1).map(|at| Some(*at)).chain([None]);
    let spans = instants.iter().zip(ends).filter(|(at, _)| one.seats_at(**at) != other.seats_at(**at));
    spans.into_iter().find_map(|(from, to)| both.first_with_seats(*from, to))
}

impl From<Loss> for ExtraLoss {
    fn from(loss: Loss) -> Self {
        let Loss { given, detail, from, to, old, new, .. } = loss;
        Self { given, detail, from, to, old, new }
    }
}

/// Converts a count. No count exceeds 2^53 - 1, so every count fits.
pub(super) fn signed(seats: u64) -> i64 {
    i64::try_from(seats).unwrap_or(i64::MAX)
}
