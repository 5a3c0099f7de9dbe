//! What is worth saying of a license. One rule, one file, one page under `docs/rules`.
//!
//! A rule is a pure function of a [`Subject`]; it points at what it speaks of by pointer, and knows no line, no format
//! and no exit code.

mod conflicting_entries;
mod faults;
mod finding;
mod implausible_date;
mod lenient_value;
mod repeated_key;
mod unreadable_entry;

pub use faults::{Fault, Trouble, faults};
pub use finding::{Finding, Severity};

use crate::document::LicenseDocument;
use crate::item::Item;

/// What rules look at.
#[derive(Debug)]
pub struct Subject<'d> {
    /// The document.
    pub document: &'d LicenseDocument<'d>,
    /// Its items.
    pub items: &'d [Item<'d>],
    /// What of it was not plainly read.
    pub faults: Vec<Fault<'d>>,
}

impl<'d> Subject<'d> {
    /// A document and its items.
    #[must_use]
    pub fn new(document: &'d LicenseDocument<'d>, items: &'d [Item<'d>]) -> Self {
        Self { document, items, faults: faults(document) }
    }
}

/// Something that is checked.
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    /// Names the problem: `conflicting-entries`.
    pub id: &'static str,
    /// How bad it is unless a policy says otherwise.
    pub severity: Severity,
    /// Its page, in Markdown.
    pub page: &'static str,
    check: fn(&Subject<'_>, &mut Vec<Finding>),
}

impl Rule {
    /// All that this rule finds, in the order of the document.
    #[must_use]
    pub fn findings(&self, subject: &Subject<'_>) -> Vec<Finding> {
        let mut findings = Vec::new();
        (self.check)(subject, &mut findings);
        findings
    }
}

/// The rules about reading: what the document says in more ways than one, or in none.
pub const READING: [Rule; 5] = [
    unreadable_entry::RULE,
    implausible_date::RULE,
    conflicting_entries::RULE,
    lenient_value::RULE,
    repeated_key::RULE,
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Source;

    /// The findings of one rule on a text, as `pointer: message`.
    pub(super) fn run(rule: &Rule, text: &str) -> Vec<String> {
        let source = Source::from_text("test", text);
        let document = source.license().unwrap();
        let items = Item::all(&document);
        let findings = rule.findings(&Subject::new(&document, &items));
        findings.iter().map(|finding| format!("{}: {}", finding.pointer, finding.message)).collect()
    }

    #[test]
    fn every_page_begins_with_the_name_of_its_rule() {
        for rule in READING {
            assert!(rule.page.starts_with(&format!("# {}\n", rule.id)), "{}", rule.id);
        }
    }
}
