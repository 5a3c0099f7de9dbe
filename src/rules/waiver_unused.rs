//! `waiver-unused`: a waiver that accepted nothing.

use crate::rules::{Check, Rule, WaiverUse};
use crate::severity::Severity;
use crate::time::{Instant, Zone};

pub(super) const RULE: Rule = Rule {
    id: "waiver-unused",
    severity: Severity::Warning,
    waivable: false,
    page: include_str!("../../docs/rules/waiver-unused.md"),
    check: Check::Waiver(check),
};

/// One that has ended is for `waiver-expired`.
fn check(used: &WaiverUse<'_>, as_of: Instant, _: Zone) -> Option<String> {
    let waiver = used.waiver;
    (waiver.holds_at(as_of) && used.findings == 0)
        .then(|| format!("the waiver of {} accepted nothing: no such finding was made", waiver.rule))
}
