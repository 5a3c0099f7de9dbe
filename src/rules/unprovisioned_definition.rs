//! `unprovisioned-definition`: defined, but nothing is provided of it.

use std::collections::HashSet;

use crate::rules::{Check, Finding, Rule, Subject};
use crate::severity::Severity;

pub(super) const RULE: Rule = Rule {
    id: "unprovisioned-definition",
    severity: Severity::Info,
    waivable: true,
    page: include_str!("../../docs/rules/unprovisioned-definition.md"),
    check: Check::License(check),
};

/// An entry under another case is for `unknown-id`, and one without id may belong here.
fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let provided = subject.seated().filter(|item| !item.entries.is_empty());
    let provided: HashSet<_> = provided.map(|item| (item.kind, item.id.to_ascii_lowercase())).collect();
    for item in subject.seated().filter(|item| item.entries.is_empty() && subject.is_provided(item.kind)) {
        let other_case = provided.contains(&(item.kind, item.id.to_ascii_lowercase()));
        if other_case || !item.timeline.doubts().is_empty() {
            continue;
        }
        let message = format!("{}: this {} is defined, but there are no entries of it", item.id, item.kind.noun());
        findings.push(Finding::about(item, &RULE, item.definition_id(), message));
    }
}
