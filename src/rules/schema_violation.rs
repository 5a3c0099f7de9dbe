//! `schema-violation`: the document differs from its schema, and no other rule reports the difference.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use crate::json::Pointer;
use crate::license::{Fault, Item, ItemKind};
use crate::rules::rule::Check;
use crate::rules::{Finding, Rule, Subject};
use crate::severity::Severity;

pub(super) const RULE: Rule = Rule {
    id: "schema-violation",
    severity: Severity::Error,
    waivable: true,
    page: include_str!("../../docs/rules/schema-violation.md"),
    check: Check::License(check),
};

/// The document is compared with the schema only if some member does not have its documented form.
fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    if subject.document.is_as_documented() {
        return;
    }
    let spoken: HashSet<_> = subject.faults.iter().map(Fault::pointer).collect();
    let inside = |pointer: &Pointer| pointer.ancestors().any(|ancestor| spoken.contains(&ancestor));
    let above: HashSet<_> = spoken.iter().flat_map(Pointer::ancestors).collect();
    let owners = Owners::new(subject);
    for (pointer, message) in violations(&subject.document.to_value()) {
        if !inside(&pointer) && !above.contains(&pointer) {
            let item = owners.of(&pointer);
            let (kind, id) = (item.map(|item| item.kind), item.map(|item| item.id.as_ref()));
            let of = id.map_or_else(String::new, |id| format!("{id}: "));
            let member = member(&pointer);
            let message = format!("{of}{member}: {message}");
            findings.push(RULE.finding(pointer, message).of(kind, id));
        }
    }
}

/// The item that each entry and each definition belongs to.
struct Owners<'d>(HashMap<(ItemKind, PathPart, usize), &'d Item<'d>>);

#[derive(PartialEq, Eq, Hash)]
enum PathPart {
    Definitions,
    Provision,
}

impl<'d> Owners<'d> {
    fn new(subject: &Subject<'d>) -> Self {
        let mut owners = HashMap::new();
        for item in subject.seated() {
            owners.extend(item.entries.iter().map(|index| ((item.kind, PathPart::Provision, *index), item)));
            owners.extend(item.definition_index.map(|index| ((item.kind, PathPart::Definitions, index), item)));
        }
        Self(owners)
    }

    fn of(&self, pointer: &Pointer) -> Option<&'d Item<'d>> {
        let segments: Vec<_> = pointer.segments().collect();
        let segments: Vec<_> = segments.iter().map(String::as_str).collect();
        let ["MyEsri", part, list, index, ..] = segments.as_slice() else { return None };
        let part = match *part {
            "definitions" => PathPart::Definitions,
            "provision" => PathPart::Provision,
            _ => return None,
        };
        let kind = ItemKind::SEATED.into_iter().find(|kind| kind.list_name() == *list)?;
        self.0.get(&(kind, part, index.parse().ok()?)).copied()
    }
}

/// The last name of a pointer with the numbers after it: `entitlements[0]`.
fn member(pointer: &Pointer) -> String {
    let mut member = String::new();
    for segment in pointer.segments() {
        if segment.bytes().all(|byte| byte.is_ascii_digit()) {
            member.push_str(&format!("[{segment}]"));
        } else {
            member = segment;
        }
    }
    member
}

/// The violations of the license schema, without any value of the document.
fn violations(value: &serde_json::Value) -> Vec<(Pointer, String)> {
    static VALIDATOR: LazyLock<Option<jsonschema::Validator>> = LazyLock::new(|| {
        let schema = serde_json::from_str(include_str!("../../docs/schema/license.schema.json")).ok()?;
        jsonschema::validator_for(&schema).ok()
    });
    let errors = VALIDATOR.iter().flat_map(|validator| validator.iter_errors(value));
    errors
        .map(|error| {
            let pointer = Pointer::parse(error.instance_path().as_str());
            let message = error.masked_with("the value").to_string();
            // A message that names keywords of the schema would help nobody.
            let plain = !message.contains("schemas listed");
            (pointer, if plain { message } else { "the value is not as documented".to_owned() })
        })
        .collect()
}
