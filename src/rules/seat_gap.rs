//! `seat-gap`: an item has seats, then none, then seats again; or a capability is missing for a while.

use crate::license::ItemKind;
use crate::rules::rule::Check;
use crate::rules::{Finding, Rule, Subject};
use crate::severity::Severity;

pub(super) const RULE: Rule = Rule {
    id: "seat-gap",
    severity: Severity::Error,
    waivable: true,
    page: include_str!("../../docs/rules/seat-gap.md"),
    check: Check::License(check),
};

/// Only gaps that end after the as-of are findings.
fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    for item in subject.items {
        let mut gaps = item.timeline.gaps().filter(|gap| gap.to > subject.as_of).peekable();
        if gaps.peek().is_none() {
            continue;
        }
        let dates = subject.dates(item);
        let nothing = if item.kind == ItemKind::Capability { "it is not there" } else { "no seats" };
        for gap in gaps.filter(|gap| dates.are_stated(item, gap.from)) {
            let message = format!(
                "{}: {nothing} from {} to {} ({}){}",
                item.id,
                subject.when(gap.from),
                subject.when(gap.to),
                subject.zone.span(gap.from, gap.to),
                subject.doubt(item, gap.to)
            );
            findings.push(RULE.about(item, dates.date(item, gap.from), message).at(gap.from));
        }
    }
}
