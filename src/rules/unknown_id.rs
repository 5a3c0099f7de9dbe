//! `unknown-id`: an id that is nearly the same as a published id.

use crate::license::catalog::near_known_id;
use crate::rules::rule::Check;
use crate::rules::{Finding, Rule, Subject};
use crate::severity::Severity;

pub(super) const RULE: Rule = Rule {
    id: "unknown-id",
    severity: Severity::Warning,
    waivable: true,
    page: include_str!("../../docs/rules/unknown-id.md"),
    check: Check::License(check),
};

/// An id is near if it differs by one edit or by case. An id that is just unknown is no finding.
fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    for item in subject.items {
        if let Some(known) = near_known_id(item.kind, &item.id) {
            let pointer = if item.entries.is_empty() { item.definition_id() } else { item.first_entry().key("id") };
            let message = format!("{}: no such {} is known; did you mean {known}?", item.id, item.kind.noun());
            findings.push(RULE.about(item, pointer, message));
        }
    }
}
