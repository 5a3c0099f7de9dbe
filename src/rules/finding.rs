//! Something true about a license that a user should know.

use crate::json::Pointer;
use crate::license::ItemKind;
use crate::severity::Severity;
use crate::time::Instant;

/// A finding of a rule, before its line is known.
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
    /// The instant at which seats change or end, where the finding speaks of one: findings of one rule at one instant have
    /// one cause.
    pub at: Option<Instant>,
    /// Whether one line is enough, without the entry and without advice.
    pub is_quiet: bool,
    /// Findings of other rules that say the same: see [`speaking()`](super::speaking()).
    pub(super) told_by: Vec<OtherFinding>,
}

/// A finding of another rule, by what it is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct OtherFinding {
    pub(super) rule: &'static str,
    pub(super) about: About,
}

/// What tells the findings of one rule apart.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum About {
    Item(Option<ItemKind>, Option<String>),
    Value(Pointer),
}

impl Finding {
    /// The same about an item.
    #[must_use]
    pub(super) fn of(self, kind: Option<ItemKind>, id: Option<&str>) -> Self {
        Self { kind, id: id.map(str::to_owned), ..self }
    }

    /// The same with another severity.
    #[must_use]
    pub fn severity(self, severity: Severity) -> Self {
        Self { severity, ..self }
    }

    /// The same at an instant.
    #[must_use]
    pub(super) fn at(self, at: Instant) -> Self {
        Self { at: Some(at), ..self }
    }

    /// The same, left out where a finding of `rule` about the same item counts.
    #[must_use]
    pub(super) fn unless(self, rule: &'static str) -> Self {
        let about = About::Item(self.kind, self.id.clone());
        self.unless_told(rule, about)
    }

    /// The same, left out where a finding of `rule` about another item of the same kind counts.
    #[must_use]
    pub(super) fn unless_of(self, rule: &'static str, id: &str) -> Self {
        let about = About::Item(self.kind, Some(id.to_owned()));
        self.unless_told(rule, about)
    }

    /// The same, left out where a finding of `rule` about a value counts.
    #[must_use]
    pub(super) fn unless_at(self, rule: &'static str, pointer: Pointer) -> Self {
        self.unless_told(rule, About::Value(pointer))
    }

    fn unless_told(mut self, rule: &'static str, about: About) -> Self {
        self.told_by.push(OtherFinding { rule, about });
        self
    }
}
