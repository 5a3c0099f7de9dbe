//! `unknown-member`: a member that nobody documents.

use crate::rules::{Check, Finding, Rule, Subject};
use crate::severity::Severity;
use std::borrow::Cow;
use std::collections::HashMap;

use crate::json::Pointer;
use crate::license::objects;

pub(super) const RULE: Rule = Rule {
    id: "unknown-member",
    severity: Severity::Info,
    waivable: true,
    page: include_str!("../../docs/rules/unknown-member.md"),
    check: Check::License(check),
};

/// One finding a name and place, however many entries have it; its value is never looked at.
fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let mut places: Vec<Place> = Vec::new();
    let mut known: HashMap<(String, String), usize> = HashMap::new();
    objects(subject.document, &mut |pointer, others: &[Cow<'_, str>]| {
        let within = pointer();
        let pattern: String = within.segments().map(|segment| place(&segment)).collect();
        let mut times: HashMap<_, usize> = HashMap::new();
        others.iter().for_each(|key| *times.entry(key).or_default() += 1);
        // One that stands twice is for `repeated-key`.
        for key in others.iter().filter(|key| times.get(key) == Some(&1)) {
            let index = *known.entry((pattern.clone(), key.to_string())).or_insert(places.len());
            match places.get_mut(index) {
                Some(place) => place.count += 1,
                None => places.push(Place { pointer: within.clone().key(key), name: key.to_string(), count: 1 }),
            }
        }
    });
    for Place { pointer, name, count } in places {
        let times =
            if count == 1 { String::new() } else { format!(", here and in {} more places like this", count - 1) };
        let message = format!("the member \"{name}\" is not documented{times}; it is not read");
        findings.push(Finding::general(&RULE, pointer, message));
    }
}

struct Place {
    pointer: Pointer,
    name: String,
    count: usize,
}

/// A segment of a pointer without its number, so that all elements of a list are one place.
fn place(segment: &str) -> String {
    if segment.bytes().all(|byte| byte.is_ascii_digit()) { "/*".to_owned() } else { format!("/{segment}") }
}
