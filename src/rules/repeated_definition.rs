//! `repeated-definition`: one id is defined more than once.

use crate::rules::rule::Check;
use crate::rules::{Finding, Rule, Subject};
use crate::severity::Severity;
use std::collections::HashMap;

use crate::json::{Pointer, Raw};
use crate::license::{ItemKind, id};

pub(super) const RULE: Rule = Rule {
    id: "repeated-definition",
    severity: Severity::Warning,
    waivable: true,
    page: include_str!("../../docs/rules/repeated-definition.md"),
    check: Check::License(check),
};

/// One finding for each id, at its second definition.
fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let Some(definitions) = subject.document.my_esri.definitions.here() else { return };
    let user_types = definitions.user_types.elements().iter().map(|place| place.here().map(|one| one.id));
    let app_bundles = definitions.app_bundles.elements().iter().map(|place| place.here().map(|one| one.id));
    repeated(ItemKind::UserType, "id", user_types, findings);
    repeated(ItemKind::AppBundle, "appBundleItemId", app_bundles, findings);
}

fn repeated<'d>(kind: ItemKind, member: &str, ids: impl Iterator<Item = Option<Raw<'d>>>, findings: &mut Vec<Finding>) {
    let mut seen: HashMap<_, usize> = HashMap::new();
    for (index, raw) in ids.enumerate() {
        let Some(Ok(id)) = raw.map(id) else { continue };
        let times = seen.entry(id.clone()).or_default();
        *times += 1;
        if *times == 2 {
            let pointer = Pointer::of(&["MyEsri", "definitions", kind.list_name()]).index(index).key(member);
            let message = format!("{id}: this {} is defined more than once; the first definition is read", kind.noun());
            findings.push(RULE.finding(pointer, message).of(Some(kind), Some(&id)));
        }
    }
}
