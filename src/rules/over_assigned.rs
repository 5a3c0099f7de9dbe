//! `over-assigned`: more seats are assigned today than the license gives.

use crate::rules::rule::Check;
use crate::rules::{Finding, Rule, Subject};
use crate::severity::Severity;
use crate::text::{name, phrase};

pub(super) const RULE: Rule = Rule {
    id: "over-assigned",
    severity: Severity::Error,
    waivable: true,
    page: include_str!("../../docs/rules/over-assigned.md"),
    check: Check::License(check),
};

/// Finds the items that do not fit at the as-of by `fit`: items with fewer seats than are assigned, or with assigned seats
/// that are not certain.
fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let now = subject.as_of;
    for held in subject.held() {
        let (kind, id, assigned) = (held.kind, held.id, &held.text);
        match subject.item(kind, id) {
            Some(item) => {
                if held.seats > subject.certain_seats(item, now) {
                    let given = subject.seats_there(item, now);
                    let locked_out = subject.locked_out(kind, id, item.timeline.is_certain_at(now));
                    let message = phrase![name(id), ": ", assigned, format!(" are assigned, and {given}{locked_out}")];
                    findings.push(RULE.about(item, subject.holding(item, now), message));
                }
            }
            None => {
                let locked_out = subject.locked_out(kind, id, subject.is_absence_certain());
                let what = format!(" are assigned, and the license does not have it{locked_out}");
                let message = phrase![name(id), ": ", assigned, what];
                findings.push(RULE.missing(kind, id, message).unless("vanished-type-in-use"));
            }
        }
    }
}
