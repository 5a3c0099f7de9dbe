//! A finding: something true about a license that a user should know.

use crate::json::Pointer;
use crate::license::ItemKind;
use crate::severity::Severity;
use crate::text::Phrase;
use crate::time::Instant;

/// A finding of a rule, before its line in the file is looked up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Such as `seat-gap`.
    pub rule: &'static str,
    /// The severity: error, warning or information.
    pub severity: Severity,
    /// The kind of the item that the finding is about; `None` where it is about none.
    pub kind: Option<ItemKind>,
    /// The id of the item that the finding is about; `None` where it is about none.
    pub id: Option<String>,
    /// What is wrong and what follows.
    pub message: Phrase,
    /// The pointer to the value that the finding is about.
    pub pointer: Pointer,
    /// The instant at which seats change or end; `None` where the finding is about no instant. Findings of one rule at
    /// one instant have one cause.
    pub at: Option<Instant>,
    /// Whether the finding is shown on one line, without the entry and without advice.
    pub is_quiet: bool,
    /// The findings of other rules that make this one unnecessary: see [`speaking()`](super::speaking()).
    pub(super) left_to: Vec<OtherFinding>,
}

/// A finding of another rule, named by what it is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct OtherFinding {
    pub(super) rule: &'static str,
    pub(super) about: About,
}

/// What a finding is about; it tells the findings of one rule apart.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum About {
    Item(Option<ItemKind>, Option<String>),
    Value(Pointer),
}

impl Finding {
    /// Makes the finding one about an item.
    #[must_use]
    pub(super) fn of(self, kind: Option<ItemKind>, id: Option<&str>) -> Self {
        let message = self.message.led_by(id.unwrap_or_default());
        Self { kind, id: id.map(str::to_owned), message, ..self }
    }

    /// Gives the finding another severity.
    #[must_use]
    pub fn severity(self, severity: Severity) -> Self {
        Self { severity, ..self }
    }

    /// Makes the finding one about an instant.
    #[must_use]
    pub(super) fn at(self, at: Instant) -> Self {
        Self { at: Some(at), ..self }
    }

    /// Leaves the finding out where a finding of `rule` about the same item counts.
    #[must_use]
    pub(super) fn unless(self, rule: &'static str) -> Self {
        let about = About::Item(self.kind, self.id.clone());
        self.leave_to(rule, about)
    }

    /// Leaves the finding out where a finding of `rule` about another item of the same kind counts.
    #[must_use]
    pub(super) fn unless_of(self, rule: &'static str, id: &str) -> Self {
        let about = About::Item(self.kind, Some(id.to_owned()));
        self.leave_to(rule, about)
    }

    /// Leaves the finding out where a finding of `rule` about the value at `pointer` counts.
    #[must_use]
    pub(super) fn unless_at(self, rule: &'static str, pointer: Pointer) -> Self {
        self.leave_to(rule, About::Value(pointer))
    }

    fn leave_to(mut self, rule: &'static str, about: About) -> Self {
        self.left_to.push(OtherFinding { rule, about });
        self
    }
}
