//! `policy-end`: the seats end before the policy allows.

use crate::json::Pointer;
use crate::license::{Item, ItemKind};
use crate::rules::{Check, Finding, Rule, Subject};
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
        // Of what is not there at all another rule speaks, if it is asked for otherwise.
        if subject.is_absent(expected) && (expected.required || expected.minimum_seats > Some(0)) {
            continue;
        }
        let asked = format!("the earliest end allowed is {}", subject.zone.show(earliest));
        let Some(item) = subject.item(expected.kind, &expected.id) else {
            let message = format!("{}: {asked}, and the license does not have it", expected.id);
            findings.push(Finding::expected(expected, &RULE, message));
            continue;
        };
        if let Some((what, pointer)) = too_early(subject, item, earliest) {
            findings.push(Finding::about(item, &RULE, pointer, format!("{}: {what}; {asked}", item.id)));
        }
    }
}

/// How an item ends too early, and what says so.
fn too_early(subject: &Subject<'_>, item: &Item<'_>, earliest: Instant) -> Option<(String, Pointer)> {
    let what = if item.kind == ItemKind::Capability { "it ends" } else { "the seats end" };
    match item.timeline.final_end() {
        Some(end) if end < earliest => Some((format!("{what} {}", subject.when(end)), subject.date_of_step(item, end))),
        None if item.timeline.steps().is_empty() => Some(("there is none at any time".to_owned(), item.first_entry())),
        _ => {
            let until = item.timeline.certain_until(subject.as_of).filter(|until| *until < earliest)?;
            Some((format!("it is not certain from {} on", subject.when(until)), item.first_entry()))
        }
    }
}
