//! `policy-required`: something that the policy requires is not there.

use crate::license::ItemKind;
use crate::rules::rule::Check;
use crate::rules::{Finding, Rule, Subject};
use crate::severity::Severity;

pub(super) const RULE: Rule = Rule {
    id: "policy-required",
    severity: Severity::Error,
    waivable: true,
    page: include_str!("../../docs/rules/policy-required.md"),
    check: Check::License(check),
};

fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    for expected in
        subject.expect.items.iter().filter(|expected| expected.required && subject.is_provided(expected.kind))
    {
        let Some(item) = subject.item(expected.kind, &expected.id) else {
            let message = format!("{}: it is required, and the license does not have it", expected.id);
            findings.push(RULE.missing(expected.kind, &expected.id, message));
            continue;
        };
        if subject.certain_seats(item, subject.as_of) == 0 {
            let status = item.timeline.status_at(subject.as_of);
            let lacks = match (item.kind, item.timeline.is_certain_at(subject.as_of)) {
                (ItemKind::Capability, true) => "it is not there",
                (ItemKind::Capability, false) => "it is not certainly there",
                (_, true) => "it has no seats",
                (_, false) => "it has no certain seats",
            };
            let on = subject.zone.show(subject.as_of);
            let message = format!("{}: it is required, but {lacks} on {on} (status: {status})", item.id);
            findings.push(RULE.about(item, item.first_entry(), message));
        }
    }
}
