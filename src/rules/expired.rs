//! `expired`: the seats of an item have ended for good.

use crate::license::ItemKind;
use crate::rules::rule::Check;
use crate::rules::{Finding, Rule, Subject};
use crate::seats::Status;
use crate::severity::Severity;

pub(super) const RULE: Rule = Rule {
    id: "expired",
    severity: Severity::Error,
    waivable: true,
    page: include_str!("../../docs/rules/expired.md"),
    check: Check::License(check),
};

/// An error where no item of this kind has seats at the as-of, else information.
fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let active = subject.seated().filter(|item| item.timeline.status_at(subject.as_of) == Status::Active);
    let active: Vec<_> =
        ItemKind::SEATED.into_iter().filter(|kind| active.clone().any(|item| item.kind == *kind)).collect();
    for item in subject.seated().filter(|item| item.timeline.status_at(subject.as_of) == Status::Expired) {
        let Some(end) = item.timeline.final_end().filter(|end| subject.dates(item).are_stated(item, *end)) else {
            continue;
        };
        let severity = if active.contains(&item.kind) { Severity::Info } else { Severity::Error };
        let message = format!("{}: expired {}{}", item.id, subject.when(end), subject.doubt(item, subject.as_of));
        let pointer = subject.date_of_step(item, end);
        findings.push(RULE.about(item, pointer, message).severity(severity).at(end));
    }
}
