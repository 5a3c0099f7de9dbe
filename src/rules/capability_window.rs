//! `capability-window`: a capability ends before it begins.

use crate::json::Place;
use crate::license::{ItemKind, date};
use crate::rules::rule::Check;
use crate::rules::{Finding, Rule, Subject};
use crate::severity::Severity;

pub(super) const RULE: Rule = Rule {
    id: "capability-window",
    severity: Severity::Error,
    waivable: true,
    page: include_str!("../../docs/rules/capability-window.md"),
    check: Check::License(check),
};

fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let entries = subject.document.my_esri.portal_capabilities.elements();
    for item in subject.items.iter().filter(|item| item.kind == ItemKind::Capability) {
        for index in &item.entries {
            let Some(entry) = entries.get(*index).and_then(Place::here) else { continue };
            let (Some(start), Some(end)) = (date(entry.start_date).value(), date(entry.end_date).value()) else {
                continue;
            };
            if end <= start {
                let message =
                    format!("{}: it ends {end}, and begins {start}; there is no time in which it is there", item.id);
                findings.push(RULE.about(item, item.entry(*index).key("endDate"), message));
            }
        }
    }
}
