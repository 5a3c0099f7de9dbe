//! `no-seats`: there are entries, but at no time any seats.

use crate::rules::rule::Check;
use crate::rules::{Finding, Rule, Subject};
use crate::severity::Severity;

pub(super) const RULE: Rule = Rule {
    id: "no-seats",
    severity: Severity::Info,
    waivable: true,
    page: include_str!("../../docs/rules/no-seats.md"),
    check: Check::License(check),
};

fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    for item in subject.seated().filter(|item| !item.entries.is_empty()) {
        if item.timeline.steps().is_empty() && item.timeline.doubts().is_empty() {
            let message = format!("{}: it never has seats", item.id);
            findings.push(RULE.about(item, item.first_entry().key("maxUsers"), message));
        }
    }
}
