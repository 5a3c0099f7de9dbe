//! `unprovisioned-definition`: an item is defined, and no entry provides seats of it.

use std::collections::HashMap;

use crate::license::Item;
use crate::rules::rule::Check;
use crate::rules::{Finding, Rule, Subject};
use crate::severity::Severity;

pub(super) const RULE: Rule = Rule {
    id: "unprovisioned-definition",
    severity: Severity::Info,
    waivable: true,
    page: include_str!("../../docs/rules/unprovisioned-definition.md"),
    check: Check::License(check),
};

/// Where entries without a readable id may belong to the item, nobody knows whether it has entries, and there is no
/// finding.
fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let lower = |item: &Item<'_>| (item.kind, item.id.to_ascii_lowercase());
    let provided = subject.seated().filter(|item| !item.entries.is_empty());
    let provided: HashMap<_, _> = provided.map(|item| (lower(item), item.id.as_ref())).collect();
    let without_entries = subject.seated().filter(|item| item.entries.is_empty() && subject.is_provided(item.kind));
    for item in without_entries.filter(|item| item.timeline.doubts().is_empty()) {
        let message = format!("{}: this {} is defined, but there are no entries of it", item.id, item.kind.noun());
        let mut finding = RULE.about(item, item.definition_id(), message);
        // Entries with this id in another case are probably meant for the item. `unknown-id` then reports the id that
        // is not the known one.
        if let Some(other) = provided.get(&lower(item)) {
            finding = finding.unless("unknown-id").unless_of("unknown-id", other);
        }
        findings.push(finding);
    }
}
