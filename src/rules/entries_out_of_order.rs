//! `entries-out-of-order`: the entries of an id are not in the order of their dates.

use crate::rules::rule::Check;
use crate::rules::{Finding, Rule, Subject};
use crate::severity::Severity;

pub(super) const RULE: Rule = Rule {
    id: "entries-out-of-order",
    severity: Severity::Info,
    waivable: true,
    page: include_str!("../../docs/rules/entries-out-of-order.md"),
    check: Check::License(check),
};

/// One finding for each item, at the first entry that begins before the entry above it.
fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    for item in subject.seated() {
        let mut entries = subject.readable_entries(item);
        entries.sort_by_key(|entry| entry.index);
        let odd = entries.windows(2).find_map(|pair| match pair {
            [one, next] if next.start < one.start => Some((one, next)),
            _ => None,
        });
        if let Some((one, next)) = odd {
            let message = format!("{}: the entry from {} stands after the one from {}", item.id, next.start, one.start);
            findings.push(RULE.about(item, item.entry(next.index).key("startDate"), message));
        }
    }
}
