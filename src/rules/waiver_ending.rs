//! `waiver-ending`: a waiver will soon accept no more findings.

use crate::rules::rule::Check;
use crate::rules::{Finding, Rule, WaiverUse};
use crate::severity::Severity;
use crate::time::{Instant, Zone};

pub(super) const RULE: Rule = Rule {
    id: "waiver-ending",
    severity: Severity::Info,
    waivable: false,
    page: include_str!("../../docs/rules/waiver-ending.md"),
    check: Check::Waiver(check),
};

/// Only a waiver that accepted a finding in this run is reported.
fn check(used: &WaiverUse<'_>, as_of: Instant, zone: Zone) -> Option<Finding> {
    let waiver = used.waiver;
    let soon = used.ending.after(as_of, zone);
    (waiver.holds_at(as_of) && used.findings > 0 && waiver.until <= soon).then(|| {
        let left = zone.span(as_of, waiver.until);
        RULE.about_waiver(
            used,
            format!("the waiver of {} ends {}, in {left}", waiver.rule, zone.show_last(waiver.until)),
        )
    })
}
