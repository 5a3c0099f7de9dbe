//! `unprovisioned-definition`: defined, but nothing is provided of it.

use super::{Check, Finding, Rule, Severity, Subject};

pub(super) const RULE: Rule = Rule {
    id: "unprovisioned-definition",
    severity: Severity::Info,
    waivable: true,
    page: include_str!("../../docs/rules/unprovisioned-definition.md"),
    check: Check::License(check),
};

fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    for item in subject.seated().filter(|item| item.entries.is_empty() && subject.is_provided(item.kind)) {
        let message = format!("{}: this {} is defined, but there are no entries of it", item.id, item.kind.noun());
        findings.push(Finding::about(item, &RULE, item.definition_id(), message));
    }
}
