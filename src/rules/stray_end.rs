//! `stray-end`: the seats of an item end on another day than those of most items.

use crate::license::common_end;
use crate::rules::rule::Check;
use crate::rules::{Finding, Rule, Subject};
use crate::severity::Severity;

pub(super) const RULE: Rule = Rule {
    id: "stray-end",
    severity: Severity::Warning,
    waivable: true,
    page: include_str!("../../docs/rules/stray-end.md"),
    check: Check::License(check),
};

fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let Some(common) = common_end(subject.items, subject.as_of, subject.zone) else { return };
    for item in subject.seated() {
        let Some(end) = subject.coming_end(item) else { continue };
        let days = subject.zone.days_between(common, end);
        if days == 0 {
            continue;
        }
        let unit = if days.abs() == 1 { "day" } else { "days" };
        let message = format!(
            "{}: the seats end {}, {} {unit} {} than most{}",
            item.id,
            subject.when(end),
            days.abs(),
            if days < 0 { "earlier" } else { "later" },
            subject.doubt(item, end)
        );
        findings.push(RULE.about(item, subject.date_of_step(item, end), message).at(end));
    }
}
