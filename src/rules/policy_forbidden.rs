//! `policy-forbidden`: the license has something that the policy forbids.

use crate::rules::rule::Check;
use crate::rules::{Finding, Rule, Subject};
use crate::severity::Severity;

pub(super) const RULE: Rule = Rule {
    id: "policy-forbidden",
    severity: Severity::Error,
    waivable: true,
    page: include_str!("../../docs/rules/policy-forbidden.md"),
    check: Check::License(check),
};

fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    for expected in subject.expect.items.iter().filter(|expected| expected.forbidden) {
        let item = subject.item(expected.kind, &expected.id);
        if let Some(item) = item.filter(|item| subject.has_seats_from_now_on(item)) {
            let status = item.timeline.status_at(subject.as_of);
            let message = format!("{}: it is forbidden, and it is {status}", item.id);
            findings.push(RULE.about(item, item.first_entry().key("id"), message));
        }
    }
}
