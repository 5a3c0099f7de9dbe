//! `policy-end`: the seats end before the policy allows.

use super::{Check, Finding, Rule, Severity, Subject};
use crate::item::ItemKind;

pub(super) const RULE: Rule = Rule {
    id: "policy-end",
    severity: Severity::Error,
    waivable: true,
    page: include_str!("../../docs/rules/policy-end.md"),
    check: Check::License(check),
};

fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    for expected in &subject.policy.items {
        let Some(earliest) = expected.earliest_end else { continue };
        // Of what is not there at all another rule speaks, if it is asked for otherwise.
        if subject.is_absent(expected) && (expected.required || expected.minimum_seats > Some(0)) {
            continue;
        }
        let asked = format!("they must not end before {}", subject.zone.show(earliest));
        let Some(item) = subject.item(expected.kind, &expected.id) else {
            let message = format!("{}: {asked}, and the license does not have it", expected.id);
            findings.push(Finding::expected(expected, &RULE, message));
            continue;
        };
        let noun = if item.kind == ItemKind::Capability { "it" } else { "the seats" };
        let asked = asked.replace("they", if item.kind == ItemKind::Capability { "it" } else { "they" });
        let (end, pointer) = match item.timeline.final_end() {
            Some(end) if end < earliest => {
                (format!("{noun} ends {}", subject.when(end)), subject.date_of_step(item, end))
            }
            None if item.timeline.steps().is_empty() => ("there are none at any time".to_owned(), item.first_entry()),
            _ => match item.timeline.certain_until(subject.as_of).filter(|until| *until < earliest) {
                Some(until) => (format!("it is not certain from {} on", subject.zone.show(until)), item.first_entry()),
                None => continue,
            },
        };
        let end = if item.kind == ItemKind::Capability { end } else { end.replace("seats ends", "seats end") };
        findings.push(Finding::about(item, &RULE, pointer, format!("{}: {end}; {asked}", item.id)));
    }
}
