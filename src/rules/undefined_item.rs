//! `undefined-item`: seats of a user type or app bundle that the document does not define.

use crate::license::{Item, ItemKind};
use crate::rules::rule::Check;
use crate::rules::{Finding, Rule, Subject};
use crate::severity::Severity;

pub(super) const RULE: Rule = Rule {
    id: "undefined-item",
    severity: Severity::Warning,
    waivable: true,
    page: include_str!("../../docs/rules/undefined-item.md"),
    check: Check::License(check),
};

fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let defined = |item: &&Item<'_>| matches!(item.kind, ItemKind::UserType | ItemKind::AppBundle);
    // A license without any list of definitions gets no finding for each item.
    let listed = |kind: ItemKind| {
        let definitions = subject.document.my_esri.definitions.here();
        definitions.is_some_and(|definitions| match kind {
            ItemKind::AppBundle => definitions.app_bundles.here().is_some(),
            _ => definitions.user_types.here().is_some(),
        })
    };
    for item in subject.items.iter().filter(defined).filter(|item| listed(item.kind)) {
        let some = item.timeline.steps().iter().any(|step| step.seats > 0);
        if some && item.definition.is_none() {
            let message = format!("{}: there are seats of this {}, but no definition", item.id, item.kind.noun());
            let finding = RULE.about(item, item.first_entry().key("id"), message);
            // `unknown-id` reports an id that is probably a misspelt one.
            findings.push(finding.unless("unknown-id"));
        }
    }
}
