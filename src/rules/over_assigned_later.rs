//! `over-assigned-later`: what is assigned today fits now, and not later.

use crate::license::{Item, common_end};
use crate::rules::{Check, Finding, Rule, Subject};
use crate::severity::Severity;
use crate::time::Instant;

pub(super) const RULE: Rule = Rule {
    id: "over-assigned-later",
    severity: Severity::Warning,
    waivable: true,
    page: include_str!("../../docs/rules/over-assigned-later.md"),
    check: Check::License(check),
};

/// Where the whole license ends nothing fits any more; of that the rules about ends speak.
fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let Some(in_use) = subject.in_use else { return };
    for (kind, id, assigned) in in_use.usage.in_use() {
        let Some(item) = subject.item(kind, id) else { continue };
        if assigned > subject.certain_seats(item, subject.as_of) {
            continue;
        }
        let Some(at) = item.timeline.first_below(assigned, subject.as_of, Instant::YEAR_10000) else { continue };
        if everything_ends(subject, item, at) {
            continue;
        }
        let certain = if item.timeline.is_certain_at(at) { "" } else { " certain" };
        let message = format!(
            "{id}: from {} on there are {}{certain} seats, and {assigned} are assigned today{}",
            subject.when(at),
            subject.certain_seats(item, at),
            in_use.locked_out(kind, id)
        );
        findings.push(Finding::about(item, &RULE, subject.holding(item, at), message));
    }
}

/// Whether an instant is the item's last, and that of most others, or a day later nothing else is left either.
fn everything_ends(subject: &Subject<'_>, item: &Item<'_>, at: Instant) -> bool {
    let common = common_end(subject.items, subject.as_of, subject.zone);
    if item.timeline.final_end() == Some(at) && common.is_some_and(|end| subject.zone.day(end) == subject.zone.day(at))
    {
        return true;
    }
    let day_later = subject.zone.plus_days(at, 1).unwrap_or(at);
    item.timeline.final_end() == Some(at) && subject.seated().all(|other| other.timeline.seats_at(day_later) == 0)
}
