//! `over-assigned`: more seats are assigned today than the license gives.

use crate::rules::rule::Check;
use crate::rules::{Finding, Rule, Subject};
use crate::severity::Severity;

pub(super) const RULE: Rule = Rule {
    id: "over-assigned",
    severity: Severity::Error,
    waivable: true,
    page: include_str!("../../docs/rules/over-assigned.md"),
    check: Check::License(check),
};

fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    for held in subject.held() {
        let (kind, id, assigned) = (held.kind, held.id, &held.text);
        let locked_out = subject.locked_out(kind, id);
        match subject.item(kind, id) {
            Some(item) => {
                let seats = subject.certain_seats(item, subject.as_of);
                if held.seats > seats {
                    let certain = if item.timeline.is_certain_at(subject.as_of) { "" } else { " certain" };
                    let message =
                        format!("{id}: {assigned} are assigned, and there are {seats}{certain} seats{locked_out}");
                    findings.push(RULE.about(item, subject.holding(item, subject.as_of), message));
                }
            }
            None => {
                let message = format!("{id}: {assigned} are assigned, and the license does not have it{locked_out}");
                findings.push(RULE.missing(kind, id, message).unless("vanished-type-in-use"));
            }
        }
    }
}
