//! `unreadable-entry`: an entry that does not have its documented form and can mean anything.

use crate::license::{Fault, FaultKind, Unreadable};
use crate::rules::rule::Check;
use crate::rules::{Finding, Rule, Subject};
use crate::severity::Severity;

pub(super) const RULE: Rule = Rule {
    id: "unreadable-entry",
    severity: Severity::Error,
    waivable: false,
    page: include_str!("../../docs/rules/unreadable-entry.md"),
    check: Check::License(check),
};

/// One finding for each entry, however much of it cannot be read. A date outside the calendar is a finding of
/// `implausible-date`.
fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let unreadable: Vec<_> = subject.faults.iter().filter(|fault| is_unreadable(fault)).collect();
    for faults in unreadable.chunk_by(|one, next| one.within == next.within) {
        let Some(first) = faults.first() else { continue };
        let mut causes = Vec::new();
        let mut consequences = Vec::new();
        for fault in faults {
            if let FaultKind::Unreadable(why, consequence) = &fault.trouble {
                causes.push(format!("{} {why}", fault.what));
                // An entry that belongs to no item makes no step, so one consequence is enough.
                if !consequences.contains(consequence) && (fault.id.is_some() || consequences.is_empty()) {
                    consequences.push(consequence.clone());
                }
            }
        }
        let item = first.named();
        let message = format!("{item}{}; {}", causes.join(" and "), consequences.join(", and "));
        findings.push(RULE.finding(first.pointer(), message).of(first.kind, first.id.as_deref()));
    }
}

fn is_unreadable(fault: &Fault<'_>) -> bool {
    match &fault.trouble {
        FaultKind::Unreadable(why, _) => !matches!(why, Unreadable::OutsideCalendar(_)),
        FaultKind::Lenient(..) => false,
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::tests::run;
    use crate::rules::unreadable_entry::RULE;

    fn entry(members: &str) -> Vec<String> {
        run(&RULE, &format!(r#"{{"MyEsri": {{"provision": {{"userTypes": [{members}]}}}}}}"#))
    }

    #[test]
    fn says_what_and_where_and_what_follows() {
        assert_eq!(
            entry(r#"{"id": "creatorUT", "maxUsers": -5, "startDate": 1542672000000}"#),
            ["/MyEsri/provision/userTypes/0/maxUsers: creatorUT: maxUsers is negative; it counts as 0 seats from \
              2018-11-20T00:00:00Z"]
        );
        assert_eq!(
            entry("null"),
            [
                "/MyEsri/provision/userTypes/0: user type: this entry is null; at any time any user type may have any number of \
              seats"
            ]
        );
    }

    #[test]
    fn one_entry_one_finding() {
        assert_eq!(
            entry("{}"),
            ["/MyEsri/provision/userTypes/0/id: user type: id is missing and maxUsers is missing and startDate is \
              missing; at any time any user type may have any number of seats"]
        );
    }

    #[test]
    fn an_absent_list_is_only_an_error_where_it_must_be() {
        assert_eq!(run(&RULE, r#"{"MyEsri": {"provision": {"userTypes": [], "apps": null}}}"#), [""; 0]);
        assert_eq!(run(&RULE, r#"{"MyEsri": {"provision": {"userTypes": [], "apps": {}}}}"#).len(), 1);
        assert_eq!(run(&RULE, r#"{"MyEsri": {"provision": {"apps": []}}}"#).len(), 1);
        assert_eq!(run(&RULE, r#"{"MyEsri": {}}"#).len(), 1);
    }

    #[test]
    fn quiet_on_lenient_values_and_dates_outside_the_calendar() {
        assert_eq!(entry(r#"{"id": "a", "maxUsers": "5", "startDate": 1542672000}"#), [""; 0]);
    }
}
