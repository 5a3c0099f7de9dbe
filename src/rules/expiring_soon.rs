//! `expiring-soon`: the seats of an item, or a capability, end soon and do not come back.

use crate::license::ItemKind;
use crate::rules::rule::Check;
use crate::rules::{Finding, Rule, Subject};
use crate::severity::Severity;

pub(super) const RULE: Rule = Rule {
    id: "expiring-soon",
    severity: Severity::Error,
    waivable: true,
    page: include_str!("../../docs/rules/expiring-soon.md"),
    check: Check::License(check),
};

/// An error up to 30 days before the end, a warning up to 90, unless the policy says otherwise.
fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let thresholds = &subject.expect.thresholds;
    let error = thresholds.expiring_soon_error.after(subject.as_of, subject.zone);
    let warning = thresholds.expiring_soon_warning.after(subject.as_of, subject.zone);
    for item in subject.items {
        let Some(end) = subject.coming_end(item) else { continue };
        let severity = match end {
            _ if end <= error => Severity::Error,
            _ if end <= warning => Severity::Warning,
            _ => continue,
        };
        let what = if item.kind == ItemKind::Capability { "it ends" } else { "the seats end" };
        let (when, left) = (subject.when(end), subject.zone.span(subject.as_of, end));
        let message = format!("{}: {what} {when}, in {left}{}", item.id, subject.doubt(item, end));
        let pointer = subject.date_of_step(item, end);
        findings.push(RULE.about(item, pointer, message).severity(severity).at(end));
    }
}
