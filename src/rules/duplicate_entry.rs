//! `duplicate-entry`: one id, one instant, the same count, twice.

use crate::rules::rule::Check;
use crate::rules::{Finding, Rule, Subject};
use crate::severity::Severity;

pub(super) const RULE: Rule = Rule {
    id: "duplicate-entry",
    severity: Severity::Info,
    waivable: true,
    page: include_str!("../../docs/rules/duplicate-entry.md"),
    check: Check::License(check),
};

/// One finding for each instant, at its second entry. Where the counts differ as well, `conflicting-entries` reports it
/// instead.
fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    for item in subject.seated() {
        for group in subject.readable_entries(item).chunk_by(|one, next| one.start == next.start) {
            if group.first().map(|one| one.seats) != group.last().map(|one| one.seats) {
                continue;
            }
            let again = group.windows(2).find_map(|pair| match pair {
                [one, next] if one.seats == next.seats => Some(next),
                _ => None,
            });
            if let Some(again) = again {
                let message = format!("{}: {} seats from {} on stand here again", item.id, again.seats, again.start);
                findings.push(RULE.about(item, item.entry(again.index), message));
            }
        }
    }
}
