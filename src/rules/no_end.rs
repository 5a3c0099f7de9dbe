//! `no-end`: no end is stated.

use super::{Check, Finding, Rule, Severity, Subject};

pub(super) const RULE: Rule = Rule {
    id: "no-end",
    severity: Severity::Info,
    waivable: true,
    page: include_str!("../../docs/rules/no-end.md"),
    check: Check::License(check),
};

fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    for item in subject.seated() {
        let Some(last) = item.timeline.steps().last().filter(|last| last.seats > 0) else { continue };
        let message =
            format!("{}: no end is stated of its {} seats{}", item.id, last.seats, subject.doubt(item, last.at));
        findings.push(Finding::about(item, &RULE, subject.date_of_step(item, last.at), message));
    }
}
