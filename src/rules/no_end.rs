//! `no-end`: no end is stated.

use std::collections::HashSet;

use crate::license::FaultKind;
use crate::rules::rule::Check;
use crate::rules::{Finding, Rule, Subject};
use crate::severity::Severity;

pub(super) const RULE: Rule = Rule {
    id: "no-end",
    severity: Severity::Info,
    waivable: true,
    page: include_str!("../../docs/rules/no-end.md"),
    check: Check::License(check),
};

fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    // An entry with an unreadable date may be the end, so its item gets no finding.
    let faults = subject.faults.iter().filter(|fault| fault.member == "startDate");
    let undated: HashSet<_> = faults
        .filter(|fault| matches!(fault.trouble, FaultKind::Unreadable(..)))
        .filter_map(|fault| Some((fault.kind?, fault.id.as_deref()?)))
        .collect();
    for item in subject.seated().filter(|item| !undated.contains(&(item.kind, item.id.as_ref()))) {
        let Some(last) = item.timeline.steps().last().filter(|last| last.seats > 0) else { continue };
        let certain = item.timeline.certain_until(subject.as_of).is_none();
        let doubt = if certain { "" } else { "; this is not certain" };
        let message = match last.seats {
            1 => format!("{}: its 1 seat has no stated end{doubt}", item.id),
            seats => format!("{}: its {seats} seats have no stated end{doubt}", item.id),
        };
        findings.push(RULE.about(item, subject.date_of_step(item, last.at), message));
    }
}
