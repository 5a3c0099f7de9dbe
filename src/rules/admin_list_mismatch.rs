//! `admin-list-mismatch`: the administrator list belongs to another license.

use crate::rules::rule::Check;
use crate::rules::{Finding, Rule, Subject};
use crate::severity::Severity;
use std::collections::HashSet;

use crate::json::Pointer;
use crate::license::ItemKind;

pub(super) const RULE: Rule = Rule {
    id: "admin-list-mismatch",
    severity: Severity::Warning,
    waivable: true,
    page: include_str!("../../docs/rules/admin-list-mismatch.md"),
    check: Check::License(check),
};

/// The license neither defines the user type nor gives seats of it.
fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let Some(list) = subject.administrators else { return };
    let user_types = subject.items.iter().filter(|item| item.kind == ItemKind::UserType);
    let here = user_types.filter(|item| item.definition.is_some() || !item.timeline.steps().is_empty());
    let here: HashSet<_> = here.map(|item| item.id.as_ref()).collect();
    for id in list.ids() {
        if !here.contains(id) {
            let pointer = Pointer::of(&["MyEsri", "definitions", "userTypes"]);
            let message =
                format!("{id}: the administrator list names this user type, and the license does not define it");
            findings.push(RULE.finding(pointer, message).of(Some(ItemKind::UserType), Some(id)));
        }
    }
}
