//! `lenient-value`: a number written as a string or a float, or a date after 2100.

use crate::license::{FaultKind, Leniency};
use crate::rules::rule::Check;
use crate::rules::{Finding, Rule, Subject};
use crate::severity::Severity;

pub(super) const RULE: Rule = Rule {
    id: "lenient-value",
    severity: Severity::Info,
    waivable: true,
    page: include_str!("../../docs/rules/lenient-value.md"),
    check: Check::License(check),
};

fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    for fault in &subject.faults {
        let FaultKind::Lenient(leniency, value) = &fault.trouble else { continue };
        let of = fault.id.as_ref().map_or_else(String::new, |id| format!("{id}: "));
        let message = match leniency {
            Leniency::Distant => {
                format!("{of}{} is {value}: it is read as it stands, and may mean that there is no end", fault.member)
            }
            written => format!("{of}{} is written as {written}; it is read as {value}", fault.member),
        };
        findings.push(RULE.finding(fault.pointer(), message).of(fault.kind, fault.id.as_deref()));
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::lenient_value::RULE;
    use crate::rules::tests::run;

    #[test]
    fn says_how_it_was_read() {
        let text = r#"{"MyEsri": {"provision": {"apps": [
            {"id": "tracker", "maxUsers": "5", "startDate": 1542672000000.0}]}}}"#;
        assert_eq!(
            run(&RULE, text),
            [
                "/MyEsri/provision/apps/0/maxUsers: tracker: maxUsers is written as a string; it is read as 5",
                "/MyEsri/provision/apps/0/startDate: tracker: startDate is written as a float; it is read as \
                 2018-11-20T00:00:00Z"
            ]
        );
        assert_eq!(run(&RULE, &text.replace("\"5\"", "5").replace("000.0", "000")), [""; 0]);
        assert_eq!(
            run(&RULE, &text.replace("\"5\"", "5").replace("1542672000000.0", "32503680000000")),
            [
                "/MyEsri/provision/apps/0/startDate: tracker: startDate is 3000-01-01T00:00:00Z: it is read as it stands, and \
              may mean that there is no end"
            ]
        );
    }
}
