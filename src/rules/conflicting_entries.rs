//! `conflicting-entries`: one id, one instant, different counts.

use crate::rules::rule::Check;
use crate::rules::{Finding, Rule, Subject};
use crate::severity::Severity;

pub(super) const RULE: Rule = Rule {
    id: "conflicting-entries",
    severity: Severity::Error,
    waivable: false,
    page: include_str!("../../docs/rules/conflicting-entries.md"),
    check: Check::License(check),
};

/// One finding for each instant, at the first entry whose count differs from that of the entry before it.
fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    for item in subject.items.iter().filter(|item| item.entries.len() > 1) {
        for group in subject.readable_entries(item).chunk_by(|one, next| one.start == next.start) {
            let mut group = group.to_vec();
            group.sort_by_key(|entry| entry.index);
            let odd = group.windows(2).find_map(|pair| match pair {
                [one, next] if one.seats != next.seats => Some(next),
                _ => None,
            });
            let Some(odd) = odd else { continue };
            let (start, index) = (odd.start, odd.index);
            let mut counts: Vec<_> = group.iter().map(|entry| entry.seats).collect();
            counts.sort_unstable();
            counts.dedup();
            let least = counts.first().copied().unwrap_or(0);
            // Ten counts show the conflict as well as thousands.
            let more = if counts.len() > 10 { " or more" } else { "" };
            let counts: Vec<_> = counts.iter().take(10).map(ToString::to_string).collect();
            let message = format!(
                "{}: from {start} on there are {}{more} seats; the fewest, {least}, are read",
                item.id,
                counts.join(" or ")
            );
            let pointer = item.entry(index).key("maxUsers");
            findings.push(RULE.about(item, pointer, message));
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::conflicting_entries::RULE;
    use crate::rules::tests::run;

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
