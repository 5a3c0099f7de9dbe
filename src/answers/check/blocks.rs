//! Findings of one rule with one cause: what changes at the same instant is said together.

use std::collections::HashMap;

use crate::answers::FindingReport;
use crate::answers::check::CheckedFinding;
use crate::severity::Severity;

/// Findings that are shown together, in the order of the document.
pub(super) struct Block<'r> {
    pub(super) severity: Severity,
    pub(super) findings: Vec<&'r FindingReport>,
    pub(super) advice: &'r str,
}

impl<'r> Block<'r> {
    /// The first of them: where the block is shown.
    pub(super) fn first(&self) -> Option<&'r FindingReport> {
        self.findings.first().copied()
    }

    /// The findings by what they say after their ids: "the seats end 2028-06-30 12:00, in 15 days".
    pub(super) fn by_words(&self) -> Vec<Words<'r>> {
        let mut words: Vec<Words<'r>> = Vec::new();
        let mut positions = HashMap::new();
        for finding in &self.findings {
            let said = finding.id.as_deref().and_then(|id| finding.message.strip_prefix(id)?.strip_prefix(": "));
            let said = said.unwrap_or(&finding.message);
            let position = *positions.entry(said).or_insert(words.len());
            match words.get_mut(position) {
                Some(words) => words.findings.push(finding),
                None => words.push(Words { said, findings: vec![finding] }),
            }
        }
        words
    }
}

/// Findings that say the same of several items.
pub(super) struct Words<'r> {
    pub(super) said: &'r str,
    pub(super) findings: Vec<&'r FindingReport>,
}

impl<'r> Words<'r> {
    /// "13 items: the seats end 2028-06-30 12:00, in 15 days", or the message of the only one.
    pub(super) fn phrase(&self) -> String {
        match self.findings.as_slice() {
            [only] => only.message.clone(),
            several => format!("{} items: {}", several.len(), self.said),
        }
    }

    /// The items, where the phrase does not name them.
    pub(super) fn ids(&self) -> impl Iterator<Item = &'r str> {
        let several = if self.findings.len() > 1 { self.findings.as_slice() } else { &[] };
        several.iter().filter_map(|finding| finding.id.as_deref())
    }
}

/// The findings that no waiver accepts, put together.
pub(super) fn blocks(findings: &[CheckedFinding]) -> Vec<Block<'_>> {
    let mut blocks: Vec<Block<'_>> = Vec::new();
    let mut positions = HashMap::new();
    for CheckedFinding { finding, advice, .. } in findings.iter().filter(|finding| finding.waived.is_none()) {
        let position = match finding.at {
            Some(at) => *positions.entry((&finding.rule, at, finding.severity)).or_insert(blocks.len()),
            None => blocks.len(),
        };
        match blocks.get_mut(position) {
            Some(block) => block.findings.push(finding),
            None => blocks.push(Block { severity: finding.severity, findings: vec![finding], advice }),
        }
    }
    blocks
}
