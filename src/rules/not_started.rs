//! `not-started`: there are no seats yet.

use crate::rules::rule::Check;
use crate::rules::{Finding, Rule, Subject};
use crate::seats::Status;
use crate::severity::Severity;

pub(super) const RULE: Rule = Rule {
    id: "not-started",
    severity: Severity::Info,
    waivable: true,
    page: include_str!("../../docs/rules/not-started.md"),
    check: Check::License(check),
};

fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    for item in subject.seated().filter(|item| item.timeline.status_at(subject.as_of) == Status::Upcoming) {
        let Some(start) = item.timeline.next_change(subject.as_of) else { continue };
        let (seats, doubt) = (start.seats, subject.doubt(item, start.at));
        let message = format!("{}: no seats before {}; then {seats}{doubt}", item.id, subject.when(start.at));
        findings.push(RULE.about(item, subject.date_of_step(item, start.at), message).at(start.at));
    }
}
