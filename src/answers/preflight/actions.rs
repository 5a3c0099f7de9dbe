//! Makes actions out of problems: an action has one cause and one due date, and holds all items that share them.

use std::collections::{BTreeMap, BTreeSet};

use crate::answers::preflight::action_value::{Action, ActionItem, Cause};
use crate::answers::preflight::item_problems::ItemProblem;
use crate::answers::preflight::item_words::ItemWords;
use crate::answers::preflight::lines::LineFinder;
use crate::answers::preflight::spare::{Spare, ToSpare};
use crate::answers::preflight::subject::ImportSubject;
use crate::answers::preflight::words;
use crate::license::ItemKind;
use crate::text::Phrase;
use crate::time::Instant;
use crate::usage::LockedOut;

/// Groups problems with one cause and one due date into actions, in the order of time.
pub(super) fn actions(subject: &ImportSubject<'_>, problems: Vec<ItemProblem>) -> Vec<Action> {
    let mut groups: BTreeMap<(Instant, Cause), Vec<ItemProblem>> = BTreeMap::new();
    let mut problems = problems;
    // The order of the license; a stable sort keeps the order of the rest.
    problems.sort_by_cached_key(|problem| {
        problem.item.as_ref().map(|item| (item.kind, subject.position(item.kind, &item.id)))
    });
    for problem in problems {
        groups.entry((problem.due, problem.cause)).or_default().push(problem);
    }
    let mut spare = Spare::new(subject);
    let each = groups.into_iter();
    let mut actions: Vec<_> =
        each.map(|((due, cause), problems)| action(subject, &mut spare, (due, cause), problems)).collect();
    // Among actions with the same due date, those that lock members out come first; a stable sort keeps the order of
    // the rest.
    actions.sort_by_key(|action| (action.due, action.locked_out == 0));
    actions
}

fn action(
    subject: &ImportSubject<'_>,
    spare: &mut Spare,
    (due, cause): (Instant, Cause),
    problems: Vec<ItemProblem>,
) -> Action {
    let mut lines: Vec<_> = problems.iter().flat_map(|problem| problem.lines.iter().copied()).collect();
    lines.sort_unstable();
    lines.dedup();
    let mut reasons: Vec<_> = problems.iter().filter_map(|problem| problem.reason.clone()).collect();
    reasons.dedup();
    let addressee = problems.first().map_or(cause.addressee(), |problem| problem.addressee);
    let replaced: Vec<_> =
        problems.iter().filter_map(|problem| words::replaced(&problem.item.as_ref()?.id, &problem.replaces)).collect();
    let items: Vec<_> = problems.into_iter().filter_map(|problem| problem.item).collect();
    let locked_out = items.iter().map(ActionItem::locks_out).fold(LockedOut::default(), LockedOut::and);
    let of_old = |item: &ActionItem| {
        let ats = [Some(item.from), Some(item.worst_at).filter(|at| *at > item.from)];
        ats.into_iter().flatten().filter_map(|at| subject.line_of_old(item.kind, &item.id, at)).collect::<Vec<_>>()
    };
    let old_lines: BTreeSet<_> = items.iter().flat_map(of_old).collect();
    let old_file = subject.old_lines.as_ref().map_or("", LineFinder::file);
    let new_places = lines.iter().map(|line| format!("{}:{line}", subject.source.name()));
    let places = new_places.chain(old_lines.iter().map(|line| format!("{old_file}:{line}"))).collect();
    let why = || items.iter().find_map(|item| subject.why(item.kind, &item.id, due));
    let why_old = || items.iter().find_map(|item| subject.why_old(item.kind, &item.id, due));
    let mut action = Action {
        due,
        cause,
        is_license_end: subject.is_end(due),
        locked_out: locked_out.at_most(),
        locked_out_is_upper_bound: locked_out.is_upper_bound(),
        locked_out_certainly: locked_out.certainly,
        addressee,
        to_do: Phrase::default(),
        advice: Vec::new(),
        message: Phrase::default(),
        locations: places,
        why: why().or_else(why_old),
        items,
    };
    let last = last_of(subject, &action);
    let end_of_day = subject.zone.day(due).and_then(|day| subject.zone.end_of_day(day)).unwrap_or(due);
    let ToSpare { lasting, compatible, .. } = spare.between(due, last);
    let to_spare = ToSpare { lasting, compatible, ..spare.between(due, last.max(end_of_day)) };
    action.to_do = words::to_do(subject, &action, &reasons, &to_spare);
    action.advice = words::advice(subject, &to_spare, &action);
    let offers_moves = cause == Cause::Shortage
        && !action.is_license_end
        && to_spare.lasting > 0
        && action.items.iter().any(|item| item.kind == ItemKind::UserType);
    if offers_moves && std::mem::replace(&mut spare.was_offered, true) {
        action.advice.push("these are to spare if nobody is moved for what is due before".into());
    }
    action.advice.extend(replaced);
    action.message = words::message(&ItemWords::new(subject), &action);
    action
}

/// The last instant within the time looked at when user types are short of seats because of an action.
fn last_of(subject: &ImportSubject<'_>, action: &Action) -> Instant {
    let user_types = action.items.iter().filter(|item| item.kind == ItemKind::UserType);
    let last = |item: &ActionItem| {
        item.to.map_or(subject.until, |to| Instant::from_epoch_ms(to.epoch_ms() - 1).min(subject.until))
    };
    user_types.map(last).max().unwrap_or(action.due)
}
