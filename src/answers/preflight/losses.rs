//! Losses besides seats: what the old license gives and the new license does not.

use std::collections::{BTreeMap, HashMap};

use crate::answers::preflight::action_value::{ActionItem, Cause, OldThen};
use crate::answers::preflight::item_problems::ItemProblem;
use crate::answers::preflight::old_license::OldLicense;
use crate::answers::preflight::subject::ImportSubject;
use crate::answers::{Comparison, Given, Loss, Side};
use crate::license::ItemKind;
use crate::seats::{SeatTimeline, Span};
use crate::text::{Phrase, name, phrase};
use crate::time::{Instant, Zone};

/// The most losses of an item that are named for one time.
const MOST: usize = 10;

/// All losses up to the last instant looked at. What the old license gives at the import, or gave just before
/// its end, stays needed. A loss of a counted item matters only while somebody has the item, and a loss of any item
/// only while the new license gives seats of it.
pub(super) fn of_losses(subject: &ImportSubject<'_>, old: &Side<'_>, new: &Side<'_>) -> Vec<ItemProblem> {
    let Some(old_license) = &subject.old_license else { return Vec::new() };
    let losses = old_license.compared(old, new, subject.as_of).losses().into_iter();
    let losses = losses.filter(|loss| !matches!(loss.given, Given::Seats | Given::Administrator));
    let losses: Vec<_> = losses.flat_map(|loss| besides_seats(subject, old_license, loss)).collect();
    let of_old_itself = OldItself::new(&Comparison::new(old, new, subject.as_of).losses());
    let of_one_item = losses.chunk_by(|one, next| (one.kind, &one.id) == (next.kind, &next.id));
    of_one_item.flat_map(|losses| of_item(subject, losses, &of_old_itself)).collect()
}

/// The part of a loss of an entitlement that the shortage of seats does not report already. The number of an entitlement usually
/// equals that of its seats, and falls with it.
fn besides_seats(subject: &ImportSubject<'_>, old_license: &OldLicense<'_>, loss: Loss) -> Vec<Loss> {
    let id = loss.id.as_deref().unwrap_or_default();
    let both = subject.item(loss.kind, id).zip(old_license.timeline(loss.kind, id));
    let Some((item, old)) = both.filter(|_| loss.given == Given::Entitlement) else { return vec![loss] };
    let (seats, need) = (&item.timeline, old_license.need(old, subject.as_of));
    let is_within = |at: &Instant| *at > loss.from && loss.to.is_none_or(|to| *at < to);
    let changes = seats.steps().iter().map(|step| step.at).chain(need.steps().iter().map(|(at, _)| *at));
    let mut instants: Vec<_> = changes.filter(is_within).chain([loss.from]).collect();
    instants.sort_unstable();
    let ends = instants.iter().skip(1).map(|at| Some(*at)).chain([loss.to]);
    let mut besides: Vec<Loss> = Vec::new();
    for (from, to) in instants.iter().copied().zip(ends) {
        if (need.at(from), seats.seats_at(from)) == (loss.old, loss.new) {
            continue;
        }
        match besides.last_mut().filter(|last| last.to == Some(from)) {
            Some(last) => last.to = to,
            None => besides.push(Loss { from, to, ..loss.clone() }),
        }
    }
    besides
}

/// A sort of thing of an item: its kind and id, the sort, and the name.
type LostPart = (ItemKind, Option<String>, Given, Option<String>);

/// The times at which the old license itself gives more than the new one, whatever it gives at the import.
struct OldItself(HashMap<LostPart, Vec<Span>>);

impl OldItself {
    fn new(losses: &[Loss]) -> Self {
        let mut spans: HashMap<LostPart, Vec<Span>> = HashMap::new();
        for loss in losses {
            spans.entry(Self::part(loss)).or_default().push((loss.from, loss.to));
        }
        spans.values_mut().for_each(|spans| spans.sort_unstable());
        Self(spans)
    }

    fn part(loss: &Loss) -> LostPart {
        (loss.kind, loss.id.clone(), loss.given, loss.detail.clone())
    }

    /// Whether the old license gives more of what is lost at an instant.
    fn gives_more(&self, loss: &Loss, at: Instant) -> bool {
        let spans = self.0.get(&Self::part(loss)).map(Vec::as_slice).unwrap_or_default();
        let begun = spans.get(..spans.partition_point(|(from, _)| *from <= at)).unwrap_or_default();
        begun.last().is_some_and(|(_, to)| to.is_none_or(|to| at < to))
    }
}

fn of_item(subject: &ImportSubject<'_>, losses: &[Loss], old_itself: &OldItself) -> Vec<ItemProblem> {
    let Some((kind, id)) = losses.first().and_then(|loss| Some((loss.kind, loss.id.as_deref()?))) else {
        return Vec::new();
    };
    let needed = subject.needs.of(kind, id).filter(|needed| needed.counted);
    let since = match needed.map(|needed| needed.need.first()) {
        None => subject.as_of,
        Some(Some(since)) => since,
        Some(None) => return Vec::new(),
    };
    let item = subject.item(kind, id);
    let seats = item.filter(|_| kind != ItemKind::Capability).map(|item| &item.timeline);
    // A part without dates of its own is given while the old license gives seats.
    let old_license = subject.old_license.as_ref();
    let of_old = old_license.and_then(|old_license| Some((old_license, old_license.timeline(kind, id)?)));
    let both = seats.zip(of_old).map(|(seats, (old_license, old))| {
        if old_license.is_always_needed(old, subject.as_of) { seats.clone() } else { old.while_both(seats) }
    });
    let mut each: BTreeMap<(Given, Option<&str>), Vec<&Loss>> = BTreeMap::new();
    for loss in losses {
        each.entry((loss.given, loss.detail.as_deref())).or_default().push(loss);
    }
    let mut lost: BTreeMap<Span, (Vec<Phrase>, OldThen)> = BTreeMap::new();
    for ((given, _), losses) in each {
        let is_dated = matches!(given, Given::Entitlement | Given::App | Given::Capability);
        let while_given = if is_dated { seats } else { both.as_ref() };
        for (span, first, worst) in spans(&losses, while_given, since, subject.until) {
            let (what, old_then) = lost.entry(span).or_default();
            what.push(words(subject.zone, first, worst));
            let gives = old_itself.gives_more(first, span.0);
            *old_then = OldThen { gives: old_then.gives || gives, gives_less: old_then.gives_less || !gives };
        }
    }
    let problem = |((from, to), (mut what, old_then)): (Span, (Vec<Phrase>, OldThen))| {
        // A capability that another reading of the license gives is not known to be lost.
        if kind == ItemKind::Capability && item.is_some_and(|item| !item.timeline.is_certain_at(from)) {
            for what in &mut what {
                *what = phrase!["perhaps ", &*what, ": its dates cannot be read plainly"];
            }
        }
        let more = what.len().saturating_sub(MOST);
        what.truncate(MOST);
        if more > 0 {
            what.push(format!("{more} more").into());
        }
        ItemProblem {
            due: from,
            cause: Cause::Lost,
            reason: None,
            addressee: Cause::Lost.addressee(),
            lines: item.and_then(|item| subject.line_of_step(item, from)).into_iter().collect(),
            replaces: Vec::new(),
            item: Some(ActionItem {
                kind,
                id: id.to_owned(),
                name: subject.name(kind, id),
                what: Some(Phrase::join(what, ", ")),
                assigned: needed.map(|needed| needed.need.at(from)),
                planned: needed.map_or(0, |needed| needed.planned.at(from)),
                old: None,
                old_certain: None,
                seats: None,
                certain: None,
                short: None,
                locked_out: 0,
                locked_out_certainly: 0,
                from,
                to,
                worst_at: from,
                at_first: None,
                then_in_doubt: false,
                course: Vec::new(),
                cost: None,
                parts: None,
                old_then,
            }),
        }
    };
    lost.into_iter().map(problem).collect()
}

/// The times from `since` to `until` at which one part is lost while there are seats, each with the loss at its
/// beginning and the first of its greatest values. A loss that grows worse is one loss.
fn spans<'l>(
    losses: &[&'l Loss],
    seats: Option<&SeatTimeline>,
    since: Instant,
    until: Instant,
) -> Vec<(Span, &'l Loss, &'l Loss)> {
    let mut spans = Vec::new();
    for losses in losses.chunk_by(|one, next| one.to == Some(next.from)) {
        let (Some(first), Some(last)) = (losses.first(), losses.last()) else { continue };
        let (to, mut at) = (last.to, first.from.max(since));
        while at <= until && to.is_none_or(|to| at < to) {
            let Some(from) = seats.map_or(Some(at), |seats| seats.first_with_seats(at, to)) else { break };
            let without = seats.and_then(|seats| seats.end_after(from));
            let end = without.filter(|end| to.is_none_or(|to| *end < to)).or(to);
            if from > until {
                break;
            }
            let skipped = losses.partition_point(|loss| loss.to.is_some_and(|to| to <= from));
            let within = losses.iter().skip(skipped).take_while(|loss| end.is_none_or(|end| loss.from < end));
            let mut within = within.take_while(|loss| loss.from <= until).copied().peekable();
            let begins = within.peek().copied().unwrap_or(first);
            let less = |loss: &Loss| loss.old.saturating_sub(loss.new);
            let worst = within.reduce(|worst, loss| if less(loss) > less(worst) { loss } else { worst });
            spans.push(((from, end), begins, worst.unwrap_or(first)));
            let Some(end) = end else { break };
            at = end;
        }
    }
    spans
}

/// A loss in words: "entitlement networkEditing 20 → 5", "entitlement networkEditing 20 → 5 (20 → 0 from 2027-06-01
/// 00:00)".
fn words(zone: Zone, loss: &Loss, worst: &Loss) -> Phrase {
    let detail = name(loss.detail.as_deref().unwrap_or_default());
    match loss.given {
        Given::Entitlement => {
            let later = format!(" ({} → {} from {})", worst.old, worst.new, zone.show(worst.from));
            let later = if (worst.old, worst.new) == (loss.old, loss.new) { String::new() } else { later };
            phrase!["entitlement ", detail, format!(" {} → {}{later}", loss.old, loss.new)]
        }
        Given::Inclusion => phrase!["the included extension ", detail],
        Given::IncludedEntitlement => phrase!["the included entitlement ", detail],
        Given::App => phrase!["the app ", detail],
        Given::Definition => "its definition".into(),
        Given::Capability | Given::Seats | Given::Administrator => "all of it".into(),
    }
}
