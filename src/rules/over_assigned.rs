//! `over-assigned`: more is assigned today than there are seats.

use crate::rules::{Check, Finding, Rule, Subject};
use crate::severity::Severity;

pub(super) const RULE: Rule = Rule {
    id: "over-assigned",
    severity: Severity::Error,
    waivable: true,
    page: include_str!("../../docs/rules/over-assigned.md"),
    check: Check::License(check),
};

fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let Some(in_use) = subject.in_use else { return };
    for (kind, id, assigned) in in_use.usage.in_use() {
        match subject.item(kind, id) {
            Some(item) => {
                let seats = subject.certain_seats(item, subject.as_of);
                if assigned > seats {
                    let certain = if item.timeline.is_certain_at(subject.as_of) { "" } else { " certain" };
                    let locked_out = in_use.locked_out(kind, id);
                    let message =
                        format!("{id}: {assigned} are assigned, and there are {seats}{certain} seats{locked_out}");
                    findings.push(Finding::about(item, &RULE, subject.holding(item, subject.as_of), message));
                }
            }
            None => {
                let locked_out = in_use.locked_out(kind, id);
                let message = format!("{id}: {assigned} are assigned, and the license does not have it{locked_out}");
                findings.push(Finding::missing(kind, id, &RULE, message).unless("vanished-type-in-use"));
            }
        }
    }
}
