//! `usage-high`: nearly all seats are assigned.

use crate::rules::{Check, Finding, Rule, Subject};
use crate::severity::Severity;

pub(super) const RULE: Rule = Rule {
    id: "usage-high",
    severity: Severity::Error,
    waivable: true,
    page: include_str!("../../docs/rules/usage-high.md"),
    check: Check::License(check),
};

/// An error from 95 percent on, a warning from 85, unless the policy says otherwise.
fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let Some(in_use) = subject.in_use else { return };
    for (kind, id, assigned) in in_use.usage.in_use() {
        let Some(item) = subject.item(kind, id) else { continue };
        let seats = subject.certain_seats(item, subject.as_of);
        let Some(severity) = subject.expect.thresholds.high_use.level(assigned, seats) else { continue };
        let message = match seats.checked_sub(assigned) {
            Some(left) => format!("{id}: {assigned} of {seats} seats are assigned, {left} left"),
            None => format!("{id}: {assigned} are assigned, {} more than there are seats", assigned - seats),
        };
        let finding = Finding::about(item, &RULE, subject.holding(item, subject.as_of), message);
        findings.push(finding.severity(severity).unless("over-assigned"));
    }
}
