//! `capability-expired`: a capability has ended.

use crate::license::ItemKind;
use crate::rules::rule::Check;
use crate::rules::{Finding, Rule, Subject};
use crate::seats::Status;
use crate::severity::Severity;

pub(super) const RULE: Rule = Rule {
    id: "capability-expired",
    severity: Severity::Warning,
    waivable: true,
    page: include_str!("../../docs/rules/capability-expired.md"),
    check: Check::License(check),
};

fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let capabilities = subject.items.iter().filter(|item| item.kind == ItemKind::Capability);
    for item in capabilities.filter(|item| item.timeline.status_at(subject.as_of) == Status::Expired) {
        let Some(end) = item.timeline.final_end() else { continue };
        let message = format!("{}: expired {}{}", item.id, subject.when(end), subject.doubt(item, subject.as_of));
        findings.push(RULE.about(item, subject.date_of_step(item, end), message).at(end));
    }
}
