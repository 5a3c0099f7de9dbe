//! `midnight-expiry`: the seats end at 00:00 UTC, a day early by local date west of Greenwich.

use crate::rules::rule::Check;
use crate::rules::{Finding, Rule, Subject};
use crate::severity::Severity;
use crate::time::Zone;

pub(super) const RULE: Rule = Rule {
    id: "midnight-expiry",
    severity: Severity::Warning,
    waivable: true,
    page: include_str!("../../docs/rules/midnight-expiry.md"),
    check: Check::License(check),
};

/// Source: Esri Technical Support article 000036234. Where the user named a zone in which the end is on the same day,
/// there is no finding.
fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    const DAY: i64 = 86_400_000;
    for item in subject.seated() {
        let Some(end) = subject.coming_end(item) else { continue };
        if end.epoch_ms().rem_euclid(DAY) != 0 {
            continue;
        }
        let what = match subject.local.map(|zone| (zone, zone.day(end))) {
            Some((_, day)) if day == Zone::UTC.day(end) => continue,
            Some((zone, Some(day))) => format!("in {zone} already on {day}"),
            _ => "west of Greenwich a day early by local date".to_owned(),
        };
        let message = format!("{}: the seats end at {end}, {what}{}", item.id, subject.doubt(item, end));
        findings.push(RULE.about(item, subject.date_of_step(item, end), message).at(end));
    }
}
