//! `repeated-key`: a member that is not read appears twice. A document in which a member that is read appears twice is refused
//! before any rule runs.

use std::borrow::Cow;
use std::collections::HashSet;

use crate::rules::rule::Check;
use crate::rules::{Finding, Rule, Subject};
use crate::severity::Severity;

pub(super) const RULE: Rule = Rule {
    id: "repeated-key",
    severity: Severity::Warning,
    waivable: true,
    page: include_str!("../../docs/rules/repeated-key.md"),
    check: Check::License(check),
};

fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    subject.document.objects(&mut |pointer, others: &[Cow<'_, str>]| {
        let mut seen = HashSet::new();
        let mut reported = HashSet::new();
        for key in others {
            if !seen.insert(key) && reported.insert(key) {
                let message = format!("the member \"{key}\" stands here more than once; seatline reads none of them");
                findings.push(RULE.finding(pointer().key(key), message));
            }
        }
    });
}

#[cfg(test)]
mod tests {
    use crate::rules::repeated_key::RULE;
    use crate::rules::tests::run;

    #[test]
    fn unread_members_are_noticed_wherever_they_stand() {
        let text = r#"{"x": 1, "x": 2, "MyEsri": {"provision": {"userTypes": [{"y": 1, "y": 1, "y": 1}]}}}"#;
        assert_eq!(
            run(&RULE, text),
            [
                "/x: the member \"x\" stands here more than once; seatline reads none of them",
                "/MyEsri/provision/userTypes/0/y: the member \"y\" stands here more than once; seatline reads none of \
                 them"
            ]
        );
        assert_eq!(run(&RULE, r#"{"x": 1, "MyEsri": {"x": 1}}"#), [""; 0]);
    }
}
