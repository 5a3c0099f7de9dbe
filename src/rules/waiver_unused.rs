//! `waiver-unused`: a waiver accepted no finding in this run.

use crate::rules::rule::Check;
use crate::rules::{Finding, Rule, WaiverUse};
use crate::severity::Severity;
use crate::time::{Instant, Zone};

pub(super) const RULE: Rule = Rule {
    id: "waiver-unused",
    severity: Severity::Warning,
    waivable: false,
    page: include_str!("../../docs/rules/waiver-unused.md"),
    check: Check::Waiver(check),
};

fn check(used: &WaiverUse<'_>, as_of: Instant, _: Zone) -> Option<Finding> {
    let waiver = used.waiver;
    let why = if waiver.holds_at(as_of) { "no such finding was made" } else { "it has ended" };
    (used.findings == 0 && used.has_files).then(|| {
        let message = format!("the waiver of {} accepted nothing: {why}", waiver.rule);
        RULE.about_waiver(used, message).unless_at("waiver-expired", used.pointer.clone())
    })
}
