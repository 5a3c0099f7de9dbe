//! Findings of one rule that have one cause are shown together: the cause is what changes at one instant.

use std::collections::HashMap;

use crate::answers::FindingReport;
use crate::answers::check::CheckedFinding;
use crate::severity::Severity;
use crate::text::{Phrase, name, phrase, visible};

/// The most items, and the most different messages, that an annotation names.
const MOST_NAMED: usize = 20;

/// Findings that are shown together, in the order of the document. The block is shown at the place of the first
/// finding.
pub(super) struct Block<'r> {
    pub(super) severity: Severity,
    pub(super) findings: Vec<&'r FindingReport>,
    pub(super) advice: &'r str,
}

impl<'r> Block<'r> {
    /// The first finding, whose place is the block's.
    pub(super) fn first(&self) -> Option<&'r FindingReport> {
        self.findings.first().copied()
    }

    /// The messages of the block in a few lines: "13 items: the seats end 2028-06-30 12:00, in 15 days: creatorUT, …".
    pub(super) fn lines(&self) -> Vec<String> {
        let lines = self.by_words().into_iter().map(|words| {
            let ids: Vec<_> = words.ids().take(MOST_NAMED).map(visible).collect();
            let more = words.findings.len().saturating_sub(MOST_NAMED);
            let more = if more > 0 { format!(" and {more} more") } else { String::new() };
            let ids = if ids.is_empty() { String::new() } else { format!(": {}{more}", ids.join(", ")) };
            format!("{}{ids}", visible(&words.phrase()))
        });
        let mut lines: Vec<_> = lines.collect();
        if lines.len() > MOST_NAMED {
            let more = lines.len() - MOST_NAMED;
            lines.truncate(MOST_NAMED);
            lines.push(format!("and {more} more"));
        }
        lines
    }

    /// The findings, grouped by their messages without the ids: "the seats end 2028-06-30 12:00, in 15 days".
    pub(super) fn by_words(&self) -> Vec<SameWords<'r>> {
        let mut words: Vec<SameWords<'r>> = Vec::new();
        let mut positions = HashMap::new();
        for finding in &self.findings {
            let without_id = finding.id.as_deref().and_then(|id| finding.message.strip_prefix(id)?.strip_prefix(": "));
            let without_id = without_id.unwrap_or(finding.message.as_str());
            let position = *positions.entry(without_id).or_insert(words.len());
            match words.get_mut(position) {
                Some(words) => words.findings.push(finding),
                None => words.push(SameWords { findings: vec![finding] }),
            }
        }
        words
    }
}

/// Findings whose messages differ in nothing but the id of the item.
pub(super) struct SameWords<'r> {
    pub(super) findings: Vec<&'r FindingReport>,
}

impl<'r> SameWords<'r> {
    /// The message for all of them, "13 items: the seats end 2028-06-30 12:00, in 15 days", or that of the only
    /// finding.
    pub(super) fn phrase(&self) -> Phrase {
        match self.findings.as_slice() {
            [] => Phrase::default(),
            [only] => only.message.clone(),
            several @ [first, ..] => {
                let without_id = first.id.as_deref().and_then(|id| first.message.after(id));
                phrase![several.len(), " items: ", without_id.unwrap_or_else(|| first.message.clone())]
            }
        }
    }

    /// The message, and after one for several findings each id.
    pub(super) fn named(&self) -> Vec<Phrase> {
        std::iter::once(self.phrase()).chain(self.ids().map(name)).collect()
    }

    /// The ids of the items, where the phrase does not name them.
    pub(super) fn ids(&self) -> impl Iterator<Item = &'r str> {
        let several = if self.findings.len() > 1 { self.findings.as_slice() } else { &[] };
        several.iter().filter_map(|finding| finding.id.as_deref())
    }
}

/// The findings that no waiver accepts, grouped by rule, instant and severity.
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
