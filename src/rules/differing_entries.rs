//! `differing-entries`: equal entries with different entitlements or apps.

use crate::rules::rule::Check;
use crate::rules::{Finding, Rule, Subject};
use crate::severity::Severity;

pub(super) const RULE: Rule = Rule {
    id: "differing-entries",
    severity: Severity::Warning,
    waivable: true,
    page: include_str!("../../docs/rules/differing-entries.md"),
    check: Check::License(check),
};

/// One finding for each instant, at the first of its entries.
fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    for item in subject.seated().filter(|item| item.entries.len() > 1) {
        let holdings = item.holdings(&subject.document.my_esri);
        let mut differing = holdings.iter().filter(|holding| !holding.agree()).peekable();
        if differing.peek().is_none() {
            continue;
        }
        let dates = subject.dates(item);
        for holding in differing {
            let message = format!(
                "{}: the entries from {} on have the same count and different entitlements or apps; what all of them have \
                 is read",
                item.id, holding.from
            );
            findings.push(RULE.about(item, dates.date(item, holding.from).parent(), message));
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::differing_entries::RULE;
    use crate::rules::tests::run;

    #[test]
    fn equal_entries_that_say_the_same_are_quiet() {
        let text = r#"{"MyEsri": {"provision": {"userTypes": [], "extensions": [
            {"id": "e", "maxUsers": 5, "startDate": 1542672000000, "entitlements": [{"num": 5, "apiName": "x"}]},
            {"id": "e", "maxUsers": 5, "startDate": 1542672000000, "entitlements": [{"num": 2, "apiName": "x"}]}]}}}"#;
        assert_eq!(
            run(&RULE, text),
            [
                "/MyEsri/provision/extensions/0: e: the entries from 2018-11-20T00:00:00Z on have the same count and different \
              entitlements or apps; what all of them have is read"
            ]
        );
        assert_eq!(run(&RULE, &text.replace("\"num\": 2", "\"num\": 5")), [""; 0]);
    }
}
