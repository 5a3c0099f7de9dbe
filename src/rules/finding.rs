//! Something true about a license that a user should know.

use crate::expect::Expected;
use crate::json::Pointer;
use crate::license::{Item, ItemKind};
use crate::severity::Severity;

/// What a rule found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The rule.
    pub rule: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// The kind of item it speaks of, if of any.
    pub kind: Option<ItemKind>,
    /// The item it speaks of, if of one.
    pub id: Option<String>,
    /// What is wrong and what follows.
    pub message: String,
    /// The value it speaks of.
    pub pointer: Pointer,
}

impl Finding {
    /// A finding about the document as a whole.
    #[must_use]
    pub fn general(rule: &super::Rule, pointer: Pointer, message: String) -> Self {
        Self { rule: rule.id, severity: rule.severity, kind: None, id: None, message, pointer }
    }

    /// A finding about an item that a policy expects and the document does not have.
    #[must_use]
    pub fn expected(expected: &Expected, rule: &super::Rule, message: String) -> Self {
        Self::missing(expected.kind, &expected.id, rule, message)
    }

    /// A finding about an item that the document does not have.
    #[must_use]
    pub fn missing(kind: ItemKind, id: &str, rule: &super::Rule, message: String) -> Self {
        let general = Self::general(rule, kind.list_pointer(), message);
        Self { kind: Some(kind), id: Some(id.to_owned()), ..general }
    }

    /// A finding about an item.
    #[must_use]
    pub fn about(item: &Item<'_>, rule: &super::Rule, pointer: Pointer, message: String) -> Self {
        Self {
            rule: rule.id,
            severity: rule.severity,
            kind: Some(item.kind),
            id: Some(item.id.clone().into_owned()),
            message,
            pointer,
        }
    }
}
