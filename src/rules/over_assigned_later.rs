//! `over-assigned-later`: the seats that are assigned today suffice now, and not later.

use crate::license::{Horizon, Item};
use crate::rules::in_use::HeldSeats;
use crate::rules::rule::Check;
use crate::rules::{Finding, Rule, Subject};
use crate::seats::Need;
use crate::severity::Severity;
use crate::text::{name, phrase};
use crate::time::Instant;

pub(super) const RULE: Rule = Rule {
    id: "over-assigned-later",
    severity: Severity::Error,
    waivable: true,
    page: include_str!("../../docs/rules/over-assigned-later.md"),
    check: Check::License(check),
};

/// One finding for each period with too few seats, at its beginning: an error up to 30 days ahead, a warning beyond,
/// unless the policy says otherwise. The end of the whole license is no finding of this rule.
fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    if subject.in_use.is_none() {
        return;
    }
    let horizon = Horizon::new(subject.items, subject.as_of, subject.zone);
    for held in subject.held() {
        let Some(item) = subject.item(held.kind, held.id) else { continue };
        let silent = |at: Instant| horizon.is_license_end(&item.timeline, at);
        for (from, to) in shortages(subject, held, item) {
            if from > subject.as_of {
                findings.extend((!silent(from)).then(|| finding(subject, held, item, from)));
                continue;
            }
            // The shortage exists already, and `over-assigned` reports it; this looks for a greater shortage later.
            if let Some(at) = first_worse(item, subject.as_of, to).filter(|at| !silent(*at)) {
                findings.push(finding(subject, held, item, at).unless("over-assigned"));
            }
        }
    }
}

/// The periods from the as-of on with fewer certain seats than are assigned: the first instant, and the first instant
/// after it.
fn shortages(subject: &Subject<'_>, held: &HeldSeats<'_>, item: &Item<'_>) -> Vec<(Instant, Option<Instant>)> {
    let need = Need::constant(subject.as_of, held.seats);
    let mut times: Vec<(Instant, Option<Instant>)> = Vec::new();
    for trouble in need.troubles(&item.timeline, Instant::END_OF_CALENDAR) {
        match times.last_mut() {
            // A period of too few seats and a period of uncertain seats that touch are one period.
            Some((_, to)) if *to == Some(trouble.from) => *to = trouble.to,
            _ => times.push((trouble.from, trouble.to)),
        }
    }
    times
}

/// The first instant, after a shortage began and before it ends, at which the shortage is greater. If the seats are not certain
/// at the beginning, it may also be the first instant at which too few of them are certain.
fn first_worse(item: &Item<'_>, from: Instant, to: Option<Instant>) -> Option<Instant> {
    let (timeline, now) = (&item.timeline, item.timeline.seats_at(from));
    let (first, last) = (just(from, 1), just(to.unwrap_or(Instant::END_OF_CALENDAR), -1));
    if timeline.is_certain_at(from) {
        return timeline.first_below(now, first, last);
    }
    let ends = timeline.doubts().iter().filter_map(|doubt| doubt.to);
    let turns = timeline.steps().iter().map(|step| step.at).chain(ends).filter(|at| (first..=last).contains(at));
    turns.filter(|at| timeline.is_certain_at(*at) || timeline.seats_at(*at) < now).min()
}

fn just(at: Instant, ms: i64) -> Instant {
    Instant::from_epoch_ms(at.epoch_ms().saturating_add(ms))
}

fn finding(subject: &Subject<'_>, held: &HeldSeats<'_>, item: &Item<'_>, at: Instant) -> Finding {
    let locked_out = subject.locked_out(held.kind, held.id, item.timeline.is_certain_at(at));
    let given = format!(": from {} on {}, and ", subject.when(at), subject.seats_there(item, at));
    let message = phrase![name(&item.id), given, &held.text, " are assigned today", locked_out];
    let near = subject.expect.thresholds.over_assigned_later_error.after(subject.as_of, subject.zone);
    let severity = if at <= near { Severity::Error } else { Severity::Warning };
    RULE.about(item, subject.holding(item, at), message).severity(severity).at(at)
}
