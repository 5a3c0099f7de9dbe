//! `vanished-type-in-use`: members hold a user type that the license does not have.

use crate::license::{ItemKind, Version, retirement};
use crate::rules::rule::Check;
use crate::rules::{Finding, Rule, Subject};
use crate::severity::Severity;

pub(super) const RULE: Rule = Rule {
    id: "vanished-type-in-use",
    severity: Severity::Error,
    waivable: true,
    page: include_str!("../../docs/rules/vanished-type-in-use.md"),
    check: Check::License(check),
};

fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let Some(in_use) = subject.in_use else { return };
    let version = subject.document.my_esri.version.as_written().and_then(|text| text.parse::<Version>().ok());
    for (kind, id, assigned) in in_use.usage.in_use().filter(|(kind, ..)| *kind == ItemKind::UserType) {
        if subject.item(kind, id).is_none() {
            let retired = retirement(kind, id).filter(|retired| version.is_none_or(|now| now >= retired.since));
            let hint = retired.map_or_else(String::new, |retired| format!("; perhaps {}", retired.note));
            let members = if assigned == 1 { "1 member holds".to_owned() } else { format!("{assigned} members hold") };
            let locked_out = in_use.locked_out(kind, id, subject.is_absence_certain());
            let message = format!("{id}: {members} this user type, and the license does not have it{locked_out}{hint}");
            findings.push(RULE.missing(kind, id, message));
        }
    }
}
