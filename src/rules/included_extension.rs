//! `included-extension`: add-on seats of an extension are assigned, and user types in use include it.

use crate::json::Place;
use crate::license::{IncludedExtension, Item, ItemKind, id};
use crate::rules::{Check, Finding, Rule, Subject};
use crate::severity::Severity;

pub(super) const RULE: Rule = Rule {
    id: "included-extension",
    severity: Severity::Info,
    waivable: true,
    page: include_str!("../../docs/rules/included-extension.md"),
    check: Check::License(check),
};

fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let Some(in_use) = subject.in_use else { return };
    let extensions = in_use.usage.in_use().filter(|(kind, ..)| *kind == ItemKind::Extension);
    for (_, extension, assigned) in extensions {
        for item in subject.seated().filter(|item| item.kind == ItemKind::UserType) {
            let Some(place) = included(item, extension) else { continue };
            let Some(members) = in_use.usage.assigned(item.kind, &item.id).filter(|members| *members > 0) else {
                continue;
            };
            let seats =
                if assigned == 1 { "1 add-on seat is".to_owned() } else { format!("{assigned} add-on seats are") };
            let message =
                format!("{extension}: {seats} assigned, and the {members} with {} have it without one", item.id);
            let pointer = item.definition_id().parent().key("extensions").index(place).key("id");
            findings.push(Finding::general(&RULE, pointer, message).of(Some(ItemKind::Extension), Some(extension)));
        }
    }
}

/// Which of the extensions that a user type includes this one is.
fn included(item: &Item<'_>, extension: &str) -> Option<usize> {
    let extensions = item.definition?.user_type()?.extensions.elements();
    let is_it = |place: &Place<_>| {
        place.here().is_some_and(|included: &IncludedExtension<'_>| id(included.id).is_ok_and(|id| id == extension))
    };
    extensions.iter().position(is_it)
}
