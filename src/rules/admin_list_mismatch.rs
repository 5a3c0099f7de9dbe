//! `admin-list-mismatch`: the administrator list belongs to another license.

use crate::json::Pointer;
use crate::license::ItemKind;
use crate::rules::rule::Check;
use crate::rules::{Finding, Rule, Subject};
use crate::severity::Severity;

pub(super) const RULE: Rule = Rule {
    id: "admin-list-mismatch",
    severity: Severity::Warning,
    waivable: true,
    page: include_str!("../../docs/rules/admin-list-mismatch.md"),
    check: Check::License(check),
};

fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let Some(list) = subject.administrators else { return };
    for id in list.foreign_to(subject.items) {
        let pointer = Pointer::of(&["MyEsri", "definitions", "userTypes"]);
        let message = format!(
            "{id}: the administrator list names this user type, and the license neither defines nor provides it; the list \
             probably belongs to another license"
        );
        findings.push(RULE.finding(pointer, message).of(Some(ItemKind::UserType), Some(id)));
    }
}
