//! `far-date`: a date after 2100, which is perhaps how somebody writes "never".

use crate::license::Trouble;
use crate::rules::rule::Check;
use crate::rules::{Finding, Rule, Subject};
use crate::severity::Severity;

pub(super) const RULE: Rule = Rule {
    id: "far-date",
    severity: Severity::Info,
    waivable: true,
    page: include_str!("../../docs/rules/far-date.md"),
    check: Check::License(check),
};

/// It is read as it stands.
fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    for fault in &subject.faults {
        let Trouble::Far(at) = fault.trouble else { continue };
        let of = fault.id.as_ref().map_or_else(String::new, |id| format!("{id}: "));
        let message =
            format!("{of}{} is after 2100: {at}; it is read as it stands, and perhaps means \"never\"", fault.member);
        findings.push(RULE.finding(fault.pointer(), message).of(fault.kind, fault.id.as_deref()));
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::far_date::RULE;
    use crate::rules::tests::run;

    #[test]
    fn an_end_in_the_year_3000_is_told() {
        let text = r#"{"MyEsri": {"provision": {"apps": [
            {"id": "tracker", "maxUsers": 0, "startDate": 32503680000000}]}}}"#;
        assert_eq!(
            run(&RULE, text),
            [
                "/MyEsri/provision/apps/0/startDate: tracker: startDate is after 2100: 3000-01-01T00:00:00Z; it is read as it \
              stands, and perhaps means \"never\""
            ]
        );
        assert_eq!(run(&RULE, &text.replace("32503680000000", "4102444800000")), [""; 0]);
        assert_eq!(run(&RULE, &text.replace("32503680000000", "\"4102444800001\"")).len(), 1);
    }
}
