//! `retired-id`: an id that newer portals perhaps no longer know.

use crate::license::retirement;
use crate::rules::rule::Check;
use crate::rules::{Finding, Rule, Subject};
use crate::severity::Severity;

pub(super) const RULE: Rule = Rule {
    id: "retired-id",
    severity: Severity::Info,
    waivable: true,
    page: include_str!("../../docs/rules/retired-id.md"),
    check: Check::License(check),
};

/// Findings are made only where the policy names the version of the portal.
fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let Some(portal) = subject.expect.portal_version else { return };
    for item in subject.seated().filter(|item| subject.has_seats_from_now_on(item)) {
        let Some(retired) = retirement(item.kind, &item.id).filter(|retired| retired.since <= portal) else {
            continue;
        };
        let message = format!("{}: from {} on this is perhaps no more; {}", item.id, retired.since, retired.note);
        findings.push(RULE.about(item, item.first_entry().key("id"), message));
    }
}
