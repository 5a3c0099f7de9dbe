//! `waiver-expired`: a waiver that accepts nothing any more.

use crate::rules::{Check, Rule, WaiverUse};
use crate::severity::Severity;
use crate::time::{Instant, Zone};

pub(super) const RULE: Rule = Rule {
    id: "waiver-expired",
    severity: Severity::Error,
    waivable: false,
    page: include_str!("../../docs/rules/waiver-expired.md"),
    check: Check::Waiver(check),
};

fn check(used: &WaiverUse<'_>, as_of: Instant, zone: Zone) -> Option<String> {
    let waiver = used.waiver;
    (!waiver.holds_at(as_of)).then(|| {
        format!("the waiver of {} ended {}; its findings count again", waiver.rule, zone.show_last(waiver.until))
    })
}
