//! `conflicting-entries`: one id, one instant, different counts.

use super::{Check, Finding, Rule, Severity, Subject};
use crate::document::{count, date};

pub(super) const RULE: Rule = Rule {
    id: "conflicting-entries",
    severity: Severity::Error,
    waivable: false,
    page: include_str!("../../docs/rules/conflicting-entries.md"),
    check: Check::License(check),
};

/// One finding an instant, at the first entry that says something else than the one before it.
fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    for item in subject.items.iter().filter(|item| item.entries.len() > 1) {
        let Some(list) = item.kind.entries(&subject.document.my_esri) else { continue };
        let readable = item.entries.iter().filter_map(|index| {
            let entry = list.elements().get(*index)?.here()?;
            Some((date(entry.start_date).value()?, *index, count(entry.max_users).value()?))
        });
        let mut readable: Vec<_> = readable.collect();
        readable.sort_unstable();
        for group in readable.chunk_by(|one, next| one.0 == next.0) {
            let odd = group.windows(2).find_map(|pair| match pair {
                [(_, _, seats), (_, index, next)] if seats != next => Some(*index),
                _ => None,
            });
            let (Some(index), Some((start, ..))) = (odd, group.first()) else { continue };
            let mut counts: Vec<_> = group.iter().map(|(.., seats)| *seats).collect();
            counts.sort_unstable();
            counts.dedup();
            let least = counts.first().copied().unwrap_or(0);
            // A few tell it as well as thousands.
            let more = if counts.len() > 10 { " or more" } else { "" };
            let counts: Vec<_> = counts.iter().take(10).map(ToString::to_string).collect();
            let message = format!(
                "{}: from {start} on there are {}{more} seats; the fewest, {least}, are read",
                item.id,
                counts.join(" or ")
            );
            let pointer = item.kind.list_pointer().index(index).key("maxUsers");
            findings.push(Finding::about(item, &RULE, pointer, message));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::run;
    use super::RULE;

    #[test]
    fn one_finding_an_instant() {
        let text = r#"{"MyEsri": {"provision": {"userTypes": [
            {"id": "a", "maxUsers": 5, "startDate": 1542672000000},
            {"id": "b", "maxUsers": 7, "startDate": 1542672000000},
            {"id": "a", "maxUsers": 3, "startDate": 1542672000000},
            {"id": "a", "maxUsers": 5, "startDate": 1542672000000}]}}}"#;
        assert_eq!(
            run(&RULE, text),
            ["/MyEsri/provision/userTypes/2/maxUsers: a: from 2018-11-20T00:00:00Z on there are 3 or 5 seats; the \
              fewest, 3, are read"]
        );
        assert_eq!(run(&RULE, &text.replace("\"maxUsers\": 3", "\"maxUsers\": 5")), [""; 0]);
    }
}
