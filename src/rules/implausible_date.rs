//! `implausible-date`: a date before 1999, after 9999, or written out in digits.

use crate::license::{FaultKind, Unreadable};
use crate::rules::rule::Check;
use crate::rules::{Finding, Rule, Subject};
use crate::severity::Severity;
use crate::time::likely;

pub(super) const RULE: Rule = Rule {
    id: "implausible-date",
    severity: Severity::Error,
    waivable: false,
    page: include_str!("../../docs/rules/implausible-date.md"),
    check: Check::License(check),
};

fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    for fault in &subject.faults {
        let FaultKind::Unreadable(Unreadable::OutsideCalendar(ms), consequence) = &fault.trouble else { continue };
        let suggestion = ms.and_then(likely).map_or_else(String::new, |(instant, unit)| {
            format!("; read as {unit} it is {instant}, which is {} in milliseconds", instant.epoch_ms())
        });
        let ms = ms.map_or_else(|| "is a number that".to_owned(), |ms| ms.to_string());
        let (item, member) = (fault.named(), fault.member);
        let message =
            format!("{item}{member} {ms} is no plausible date in epoch milliseconds{suggestion}; {consequence}");
        findings.push(RULE.finding(fault.pointer(), message).of(fault.kind, fault.id.as_deref()));
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::implausible_date::RULE;
    use crate::rules::tests::run;

    #[test]
    fn suggests_what_was_meant() {
        let text = r#"{"MyEsri": {"provision": {"userTypes": [
            {"id": "creatorUT", "maxUsers": 5, "startDate": 1542672000}]}}}"#;
        assert_eq!(
            run(&RULE, text),
            ["/MyEsri/provision/userTypes/0/startDate: creatorUT: startDate 1542672000 is no plausible date in \
              epoch milliseconds; read as seconds it is 2018-11-20T00:00:00Z, which is 1542672000000 in milliseconds; \
              it makes no step"]
        );
        assert_eq!(run(&RULE, &text.replace("1542672000", "1542672000000")), [""; 0]);
    }
}
