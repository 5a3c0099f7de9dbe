//! `waiver-expired`: a waiver accepts no findings any more.

use crate::rules::rule::Check;
use crate::rules::{Finding, Rule, WaiverUse};
use crate::severity::Severity;
use crate::time::{Instant, Zone};

pub(super) const RULE: Rule = Rule {
    id: "waiver-expired",
    severity: Severity::Error,
    waivable: false,
    page: include_str!("../../docs/rules/waiver-expired.md"),
    check: Check::Waiver(check),
};

fn check(used: &WaiverUse<'_>, as_of: Instant, zone: Zone) -> Option<Finding> {
    let waiver = used.waiver;
    let ended = zone.show_last(waiver.until);
    (!waiver.holds_at(as_of)).then(|| {
        RULE.about_waiver(used, format!("the waiver of {} ended {ended}; its findings count again", waiver.rule))
    })
}
