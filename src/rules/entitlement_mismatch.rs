//! `entitlement-mismatch`: `num` of an entitlement is not `maxUsers` of its entry.

use crate::json::Place;
use crate::license::{ItemKind, count};
use crate::rules::rule::Check;
use crate::rules::{Finding, Rule, Subject};
use crate::severity::Severity;

pub(super) const RULE: Rule = Rule {
    id: "entitlement-mismatch",
    severity: Severity::Warning,
    waivable: true,
    page: include_str!("../../docs/rules/entitlement-mismatch.md"),
    check: Check::License(check),
};

fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    for item in subject.items.iter().filter(|item| item.kind == ItemKind::Extension) {
        let Some(list) = item.kind.entries(&subject.document.my_esri) else { continue };
        for index in &item.entries {
            let Some(entry) = list.elements().get(*index).and_then(Place::here) else { continue };
            let Some(seats) = count(entry.max_users).value() else { continue };
            let odd = entry.entitlements.elements().iter().enumerate().find_map(|(nth, entitlement)| {
                let num = count(entitlement.here()?.num).value()?;
                (num != seats).then_some((nth, num))
            });
            if let Some((nth, num)) = odd {
                let pointer = item.entry(*index).key("entitlements").index(nth).key("num");
                let message = format!("{}: the entitlement says {num} and the entry {seats} seats", item.id);
                findings.push(RULE.about(item, pointer, message));
            }
        }
    }
}
