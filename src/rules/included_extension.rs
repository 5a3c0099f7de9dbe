//! `included-extension`: add-on seats of an extension are assigned, and user types in use include it.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use crate::license::{Item, ItemKind, id};
use crate::rules::rule::Check;
use crate::rules::{Finding, Rule, Subject};
use crate::severity::Severity;
use crate::text::{name, phrase};

pub(super) const RULE: Rule = Rule {
    id: "included-extension",
    severity: Severity::Info,
    waivable: true,
    page: include_str!("../../docs/rules/included-extension.md"),
    check: Check::License(check),
};

fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let Some(in_use) = subject.in_use else { return };
    let mut including: HashMap<Cow<'_, str>, Vec<Including<'_>>> = HashMap::new();
    for item in subject.items.iter().filter(|item| item.kind == ItemKind::UserType) {
        let members = in_use.usage.assigned(item.kind, &item.id).unwrap_or(0);
        if members > 0 {
            for (place, extension) in included(item) {
                including.entry(extension).or_default().push(Including { item, members, place });
            }
        }
    }
    let extensions = in_use.usage.in_use().filter(|(kind, ..)| *kind == ItemKind::Extension);
    for (kind, extension, assigned) in extensions {
        for Including { item, members, place } in including.get(extension).into_iter().flatten() {
            let seats =
                if assigned == 1 { "1 add-on seat is".to_owned() } else { format!("{assigned} add-on seats are") };
            let what = format!(": {seats} assigned, and the {members} with ");
            let message = phrase![name(extension), what, name(&item.id), " have it without one"];
            let pointer = item.definition_id().parent().key("extensions").index(*place).key("id");
            findings.push(RULE.finding(pointer, message).of(Some(kind), Some(extension)));
        }
    }
}

/// A user type in use that includes an extension.
struct Including<'d> {
    item: &'d Item<'d>,
    members: u64,
    /// The index of the extension in the definition's list.
    place: usize,
}

/// The extensions that a user type includes, each once, with its index in the definition's list.
fn included<'d>(item: &'d Item<'d>) -> impl Iterator<Item = (usize, Cow<'d, str>)> {
    let definition = item.definition.and_then(|definition| definition.user_type());
    let extensions = definition.map_or(&[][..], |definition| definition.extensions.elements());
    let ids =
        extensions.iter().enumerate().filter_map(|(place, extension)| Some((place, id(extension.here()?.id).ok()?)));
    let mut seen = HashSet::new();
    ids.filter(move |(_, id)| seen.insert(id.clone()))
}
