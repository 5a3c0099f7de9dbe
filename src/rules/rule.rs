//! The parts of a rule, and how findings are made.

use std::borrow::Cow;

use crate::expect::Waiver;
use crate::json::Pointer;
use crate::license::{Item, ItemKind};
use crate::rules::{Finding, Subject};
use crate::severity::Severity;
use crate::text::Phrase;
use crate::time::{Instant, Period, Zone};

/// A rule: what it checks, and the page that explains it.
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    /// The name of the problem: `conflicting-entries`.
    pub id: &'static str,
    /// The severity of its findings, unless a policy says otherwise.
    pub severity: Severity,
    /// Whether a waiver may accept its findings. Findings about unreadable values cannot be waived, since nobody knows
    /// what such a value means.
    pub waivable: bool,
    /// The page of the rule, in Markdown, as it is in the repository.
    pub(super) page: &'static str,
    pub(super) check: Check,
}

/// What a rule checks.
#[derive(Clone, Copy, Debug)]
pub(super) enum Check {
    /// It checks a license.
    License(fn(&Subject<'_>, &mut Vec<Finding>)),
    /// It checks how a waiver was used, after all licenses are checked.
    Waiver(fn(&WaiverUse<'_>, Instant, Zone) -> Option<Finding>),
}

/// How a waiver was used in this run.
#[derive(Clone, Copy, Debug)]
pub struct WaiverUse<'p> {
    pub waiver: &'p Waiver,
    /// How many findings the waiver accepted.
    pub findings: usize,
    /// A waiver that ends within this period is reported.
    pub ending: Period,
    /// Whether the waiver's `files` match an input of this run.
    pub has_files: bool,
    /// The pointer to the waiver in the policy.
    pub pointer: &'p Pointer,
}

impl Rule {
    /// A finding about the document as a whole.
    pub(super) fn finding(&self, pointer: Pointer, message: impl Into<Phrase>) -> Finding {
        Finding {
            rule: self.id,
            severity: self.severity,
            kind: None,
            id: None,
            message: message.into(),
            pointer,
            at: None,
            is_quiet: false,
            left_to: Vec::new(),
        }
    }

    /// A finding about an item.
    pub(super) fn about(&self, item: &Item<'_>, pointer: Pointer, message: impl Into<Phrase>) -> Finding {
        self.finding(pointer, message).of(Some(item.kind), Some(&item.id))
    }

    /// A finding about an item that the document does not have.
    pub(super) fn missing(&self, kind: ItemKind, id: &str, message: impl Into<Phrase>) -> Finding {
        self.finding(kind.list_pointer(), message).of(Some(kind), Some(id))
    }

    /// A finding about a waiver; its pointer is into the policy.
    pub(super) fn about_waiver(&self, used: &WaiverUse<'_>, message: impl Into<Phrase>) -> Finding {
        self.finding(used.pointer.clone(), message).of(used.waiver.kind, used.waiver.id.as_deref())
    }

    /// The findings of this rule about a license, in no particular order.
    #[must_use]
    pub fn findings(&self, subject: &Subject<'_>) -> Vec<Finding> {
        let mut findings = Vec::new();
        if let Check::License(check) = self.check {
            check(subject, &mut findings);
        }
        findings
    }

    /// The finding of this rule about a waiver; `None` where there is none.
    #[must_use]
    pub fn of_waiver(&self, used: &WaiverUse<'_>, as_of: Instant, zone: Zone) -> Option<Finding> {
        match self.check {
            Check::License(_) => None,
            Check::Waiver(check) => check(used, as_of, zone),
        }
    }

    /// Whether no policy may change the severity: nobody knows what an unreadable value means.
    #[must_use]
    pub fn is_always_error(&self) -> bool {
        !self.waivable && matches!(self.check, Check::License(_))
    }

    /// The page of the rule, in Markdown.
    #[must_use]
    pub fn page(&self) -> Cow<'static, str> {
        // A checkout may have CRLF at the ends of lines.
        if self.page.contains('\r') { self.page.replace("\r\n", "\n").into() } else { self.page.into() }
    }

    /// The advice in one sentence: the first sentence of that section of the page.
    #[must_use]
    pub fn advice(&self) -> String {
        let page = self.page();
        let part = page.split("**What to do.**").nth(1).unwrap_or_default().trim_start();
        let paragraph = part.split("\n\n").next().unwrap_or_default().replace('\n', " ");
        let end = paragraph.find(". ").map_or(paragraph.len(), |at| at + 1);
        paragraph.get(..end).unwrap_or_default().trim_end().to_owned()
    }

    /// What the rule checks, in one paragraph: the first paragraph of the page.
    #[must_use]
    pub fn summary(&self) -> String {
        self.page().split("\n\n").nth(1).unwrap_or_default().replace('\n', " ").trim_end().to_owned()
    }
}
