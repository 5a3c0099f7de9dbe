//! `unknown-member`: a member that is not documented.

use std::borrow::Cow;
use std::collections::HashMap;

use crate::json::Pointer;
use crate::rules::rule::Check;
use crate::rules::{Finding, Rule, Subject};
use crate::severity::Severity;

pub(super) const RULE: Rule = Rule {
    id: "unknown-member",
    severity: Severity::Info,
    waivable: true,
    page: include_str!("../../docs/rules/unknown-member.md"),
    check: Check::License(check),
};

/// One finding for all undocumented members at the root and in `MyEsri`, where license files have some. Elsewhere one
/// finding for each name and place, however many entries have the member. Values are never looked at.
fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let mut groups: Vec<UnknownMembers> = Vec::new();
    let mut known: HashMap<(String, String, bool), usize> = HashMap::new();
    subject.document.objects(&mut |pointer, others: &[Cow<'_, str>]| {
        let within = pointer();
        let pattern: String = within.segments().map(|segment| place(&segment)).collect();
        let is_outside = ["", "/MyEsri"].contains(&pattern.as_str());
        let mut times: HashMap<_, usize> = HashMap::new();
        others.iter().for_each(|key| *times.entry(key).or_default() += 1);
        for key in others {
            // A key that occurs twice in one object is reported once.
            let Some(times) = times.remove(key) else { continue };
            let is_repeated = times > 1;
            let group = if is_outside {
                (String::new(), String::new(), is_repeated)
            } else {
                (pattern.clone(), key.to_string(), is_repeated)
            };
            let index = *known.entry(group).or_insert(groups.len());
            if index == groups.len() {
                groups.push(UnknownMembers {
                    first: within.clone().key(key),
                    names: Vec::new(),
                    places: 0,
                    is_outside,
                    is_repeated,
                });
            }
            if let Some(group) = groups.get_mut(index) {
                group.places += 1;
                let is_first = group.places == 1;
                if is_first || (is_outside && group.names.len() < MOST) {
                    let inside = if pattern.is_empty() || !is_outside { "" } else { " (in MyEsri)" };
                    group.names.push(format!("\"{key}\"{inside}"));
                }
            }
        }
    });
    findings.extend(groups.into_iter().map(UnknownMembers::finding));
}

/// The most names that one finding lists.
const MOST: usize = 20;

/// Undocumented members that share one finding.
struct UnknownMembers {
    /// The pointer to the first of the members.
    first: Pointer,
    names: Vec<String>,
    places: usize,
    /// Whether the members stand at the root or in `MyEsri`, where My Esri puts a signature and the like.
    is_outside: bool,
    is_repeated: bool,
}

impl UnknownMembers {
    fn finding(self) -> Finding {
        let names = self.names.join(", ");
        let finding = if self.is_outside {
            let more = self.places.saturating_sub(self.names.len());
            let more = if more == 0 { String::new() } else { format!(" and {more} more") };
            let message = format!("not documented, and not read: {names}{more}");
            Finding { is_quiet: true, ..RULE.finding(self.first.clone(), message) }
        } else {
            let times = match self.places {
                1 => String::new(),
                places => format!(", here and in {} more places like this", places - 1),
            };
            let message = format!("the member {names} is not documented{times}; it is not read");
            RULE.finding(self.first.clone(), message)
        };
        if self.is_repeated { finding.unless_at("repeated-key", self.first) } else { finding }
    }
}

/// A segment of a pointer; `/*` for a number, so that all elements of a list are one place.
fn place(segment: &str) -> String {
    if segment.bytes().all(|byte| byte.is_ascii_digit()) { "/*".to_owned() } else { format!("/{segment}") }
}

#[cfg(test)]
mod tests {
    use crate::rules::tests::run;
    use crate::rules::unknown_member::RULE;

    #[test]
    fn what_stands_beside_the_license_is_one_line() {
        let text = r#"{"signature": 1, "host": 2, "MyEsri": {"mac": 3, "provision": {"userTypes": [
            {"id": "a", "maxusers": 1}, {"id": "b", "maxusers": 1}]}}}"#;
        assert_eq!(
            run(&RULE, text),
            [
                "/signature: not documented, and not read: \"signature\", \"host\", \"mac\" (in MyEsri)",
                "/MyEsri/provision/userTypes/0/maxusers: the member \"maxusers\" is not documented, here and in 1 more \
                 places like this; it is not read"
            ]
        );
        let many: String = (0..30).map(|number| format!("\"x{number}\": 0, ")).collect();
        let found = run(&RULE, &format!("{{{many}\"MyEsri\": {{\"provision\": {{}}}}}}"));
        assert!(found.len() == 1 && found[0].ends_with("\"x19\" and 10 more"), "{found:?}");
    }
}
