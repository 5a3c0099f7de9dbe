//! `admin-type-unusable`: the initial administrator cannot have the policy's user type.

use crate::expect::InitialAdministrator;
use crate::license::{Administrator, Compatible, ItemKind};
use crate::rules::rule::Check;
use crate::rules::{Finding, Rule, Subject};
use crate::severity::Severity;
use crate::text::{Phrase, name, phrase};
use crate::time::Instant;

pub(super) const RULE: Rule = Rule {
    id: "admin-type-unusable",
    severity: Severity::Error,
    waivable: true,
    page: include_str!("../../docs/rules/admin-type-unusable.md"),
    check: Check::License(check),
};

fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let Some(admin) = &subject.expect.admin else { return };
    let Some(why) = obstacle(subject, admin) else { return };
    let item = subject.item(ItemKind::UserType, &admin.user_type);
    let pointer = item.map_or_else(|| ItemKind::UserType.list_pointer(), |item| item.first_entry());
    let message = phrase![name(&admin.user_type), ": it cannot be the initial administrator's user type: ", why];
    findings.push(RULE.finding(pointer, message).of(Some(ItemKind::UserType), Some(&admin.user_type)));
}

fn obstacle(subject: &Subject<'_>, admin: &InitialAdministrator) -> Option<Phrase> {
    let Some(item) = subject.item(ItemKind::UserType, &admin.user_type) else {
        let mut user_types = subject.items.iter().filter(|item| item.kind == ItemKind::UserType);
        let like = user_types.find(|item| item.id.eq_ignore_ascii_case(&admin.user_type));
        return Some(match like {
            Some(like) => phrase!["the license has ", name(&like.id), ", and the case counts"],
            None => "the license does not have it".into(),
        });
    };
    match Administrator::of(&item.id, subject.administrators).compatible {
        Compatible::Yes => {}
        Compatible::No => {
            return Some("it is not compatible with the Administrator role, as far as is published or listed".into());
        }
        Compatible::Unknown => {
            return Some("nobody says whether it is compatible (give the administrator list)".into());
        }
    }
    // The part of the window before the as-of does not matter any more. `lasting` gives the first instant after the
    // window.
    let on = admin.on.unwrap_or(subject.as_of);
    let last = |end: Instant| Instant::from_epoch_ms(end.epoch_ms() - 1).max(on);
    let until = admin.lasting.map_or(on, |lasting| last(lasting.after(on, subject.zone)));
    let from = on.max(subject.as_of);
    if until < from {
        return None;
    }
    let without = item.timeline.first_below(1, from, until)?;
    let what = if item.timeline.is_certain_at(without) { "there are no seats" } else { "the seats are not certain" };
    Some(phrase![what, " on ", subject.zone.show(without)])
}
