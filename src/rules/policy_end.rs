//! `policy-end`: the seats end before the date that the policy asks for.

use crate::json::Pointer;
use crate::license::{Item, ItemKind};
use crate::rules::rule::Check;
use crate::rules::{Finding, Rule, Subject};
use crate::severity::Severity;
use crate::time::Instant;

pub(super) const RULE: Rule = Rule {
    id: "policy-end",
    severity: Severity::Error,
    waivable: true,
    page: include_str!("../../docs/rules/policy-end.md"),
    check: Check::License(check),
};

fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    for expected in subject.expect.items.iter().filter(|expected| subject.is_provided(expected.kind)) {
        let Some(earliest) = expected.earliest_end else { continue };
        let asked = format!("the earliest end allowed is {}", subject.zone.show(earliest));
        let finding = match subject.item(expected.kind, &expected.id) {
            Some(item) => too_early(subject, item, earliest).map(|Early { what, pointer, at }| {
                let message = format!("{}: {what}; {asked}", item.id);
                Finding { at, ..RULE.about(item, pointer, message) }
            }),
            None => {
                let message = format!("{}: {asked}, and the license does not have it", expected.id);
                Some(RULE.missing(expected.kind, &expected.id, message))
            }
        };
        // `policy-required` and `policy-seats` report an item without any seats.
        let is_absent = subject.is_absent(expected);
        findings.extend(finding.map(|finding| match is_absent {
            true => finding.unless("policy-required").unless("policy-seats"),
            false => finding,
        }));
    }
}

/// An end before the date that the policy asks for.
struct Early {
    what: String,
    pointer: Pointer,
    at: Option<Instant>,
}

/// How an item ends too early, in words, with the pointer to the end; `None` where it does not.
fn too_early(subject: &Subject<'_>, item: &Item<'_>, earliest: Instant) -> Option<Early> {
    let ends = if item.kind == ItemKind::Capability { "it ends" } else { "the seats end" };
    match item.timeline.final_end() {
        Some(end) if end < earliest => Some(Early {
            what: format!("{ends} {}{}", subject.when(end), subject.doubt(item, end)),
            pointer: subject.date_of_step(item, end),
            at: Some(end),
        }),
        None if item.timeline.steps().is_empty() => {
            Some(Early { what: "there is none at any time".to_owned(), pointer: item.first_entry(), at: None })
        }
        _ => {
            let until = item.timeline.certain_until(subject.as_of).filter(|until| *until < earliest)?;
            let what = format!("it is not certain from {} on", subject.when(until));
            Some(Early { what, pointer: item.first_entry(), at: None })
        }
    }
}
