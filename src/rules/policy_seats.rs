//! `policy-seats`: fewer seats than the policy asks for.

use crate::rules::rule::Check;
use crate::rules::{Finding, Rule, Subject};
use crate::severity::Severity;
use crate::time::Instant;

pub(super) const RULE: Rule = Rule {
    id: "policy-seats",
    severity: Severity::Error,
    waivable: true,
    page: include_str!("../../docs/rules/policy-seats.md"),
    check: Check::License(check),
};

/// "the policy asks for 50 seats".
fn asked(minimum: u64) -> String {
    if minimum == 1 { "the policy asks for 1 seat".to_owned() } else { format!("the policy asks for {minimum} seats") }
}

/// Looks at the seats at the as-of and, where the policy names an earliest end, at those up to that end.
fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    for expected in &subject.expect.items {
        let Some(minimum) = expected.minimum_seats.filter(|minimum| *minimum > 0) else { continue };
        if !subject.is_provided(expected.kind) {
            continue;
        }
        let Some(item) = subject.item(expected.kind, &expected.id) else {
            let message = format!("{}: {}, and the license does not have it", expected.id, asked(minimum));
            findings.push(RULE.missing(expected.kind, &expected.id, message).unless("policy-required"));
            continue;
        };
        let until = expected.earliest_end.map_or(subject.as_of, |end| Instant::from_epoch_ms(end.epoch_ms() - 1));
        let Some(at) = item.timeline.first_below(minimum, subject.as_of, until.max(subject.as_of)) else { continue };
        let certain = if item.timeline.is_certain_at(at) { "" } else { " certain" };
        let seats = item.timeline.seats_at(at);
        let message = format!(
            "{}: {}; on {} there are {}{certain}",
            item.id,
            asked(minimum),
            subject.zone.show(at),
            if certain.is_empty() { seats.to_string() } else { "not so many".to_owned() },
        );
        let finding = RULE.about(item, subject.holding(item, at), message);
        findings.push(match at {
            _ if at > subject.as_of && item.timeline.final_end() == Some(at) => finding.at(at).unless("policy-end"),
            _ if at > subject.as_of => finding.at(at),
            // `policy-required` reports an item without any seats.
            _ if subject.certain_seats(item, at) == 0 => finding.unless("policy-required"),
            _ => finding,
        });
    }
}
