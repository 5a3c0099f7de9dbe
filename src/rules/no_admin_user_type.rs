//! `no-admin-user-type`: no user type is certainly usable for an administrator.

use crate::license::{Administrator, Compatible, Item, ItemKind, usable_administrator_types};
use crate::rules::rule::Check;
use crate::rules::{Finding, Rule, Subject};
use crate::severity::Severity;
use crate::text::{Phrase, name, phrase};

pub(super) const RULE: Rule = Rule {
    id: "no-admin-user-type",
    severity: Severity::Error,
    waivable: true,
    page: include_str!("../../docs/rules/no-admin-user-type.md"),
    check: Check::License(check),
};

/// Where the list of user types cannot be read, `unreadable-entry` reports that instead.
fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    if !subject.is_provided(ItemKind::UserType) {
        return;
    }
    let with_seats = || {
        let user_types = subject.items.iter().filter(|item| item.kind == ItemKind::UserType);
        user_types.filter(|item| subject.certain_seats(item, subject.as_of) > 0)
    };
    let compatible = |item: &Item<'_>| Administrator::of(&item.id, subject.administrators).compatible;
    if usable_administrator_types(subject.items, subject.administrators, subject.as_of).next().is_some() {
        return;
    }
    let unknown: Vec<_> =
        with_seats().filter(|item| compatible(item) == Compatible::Unknown).map(|item| item.id.as_ref()).collect();
    let doubtful = subject.items.iter().filter(|item| {
        item.kind == ItemKind::UserType
            && compatible(item) == Compatible::Yes
            && !item.timeline.is_certain_at(subject.as_of)
    });
    let doubtful: Vec<_> = doubtful.map(|item| item.id.as_ref()).collect();
    let mut hint = Phrase::default();
    if !doubtful.is_empty() {
        hint.push(phrase!["; the seats of ", some(&doubtful), " are not certain"]);
    }
    if !unknown.is_empty() {
        hint.push(phrase!["; compatibility is not known of ", some(&unknown)]);
    }
    let on = subject.zone.show(subject.as_of);
    let message = format!("on {on} no user type that is compatible with the Administrator role certainly has seats");
    let pointer = ItemKind::UserType.list_pointer();
    findings.push(RULE.finding(pointer, phrase![message, hint]).of(Some(ItemKind::UserType), None));
}

/// The first ten ids, and how many more there are.
fn some(ids: &[&str]) -> Phrase {
    let more = if ids.len() > 10 { format!(" and {} more", ids.len() - 10) } else { String::new() };
    phrase![Phrase::join(ids.iter().take(10).copied().map(name), ", "), more]
}
