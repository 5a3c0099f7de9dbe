//! `usage-high`: nearly all seats are assigned.

use crate::rules::rule::Check;
use crate::rules::{Finding, Rule, Subject};
use crate::severity::Severity;
use crate::text::{name, phrase};

pub(super) const RULE: Rule = Rule {
    id: "usage-high",
    severity: Severity::Error,
    waivable: true,
    page: include_str!("../../docs/rules/usage-high.md"),
    check: Check::License(check),
};

/// An error from 95 percent of the seats on, a warning from 85, unless the policy says otherwise.
fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    for held in subject.held() {
        let Some(item) = subject.item(held.kind, held.id) else { continue };
        let seats = subject.certain_seats(item, subject.as_of);
        let Some(severity) = subject.expect.thresholds.high_use.level(held.seats, seats) else { continue };
        let (id, assigned) = (held.id, &held.text);
        let message = match seats.checked_sub(held.seats) {
            Some(left) => format!(" of {seats} seats are assigned, {left} left"),
            None if !item.timeline.is_certain_at(subject.as_of) => {
                format!(" are assigned, and {}", subject.seats_there(item, subject.as_of))
            }
            None => format!(" of {seats} seats are assigned"),
        };
        let message = phrase![name(id), ": ", assigned, message];
        let finding = RULE.about(item, subject.holding(item, subject.as_of), message);
        findings.push(finding.severity(severity).unless("over-assigned"));
    }
}
