//! Where two findings tell the user the same thing, one is left out, as long as the other counts.
//!
//! Every rule makes all its findings. Where a finding of another rule says the same, the rule names that finding with
//! `Finding::unless`. What is left out is decided here and nowhere else, after levels and waivers are known.
//!
//! Findings of `unreadable-entry`, `implausible-date` and `conflicting-entries` always count, since no policy can lower
//! or waive them. Other rules simply make no finding about what these report.

use std::collections::{HashMap, HashSet};

use crate::rules::finding::About;
use crate::rules::{self, Finding};
use crate::severity::Severity;

/// Leaves out a finding if another finding, which it names in `left_to`, counts: it is not waived, and at least as severe by the
/// policy. A waived finding always stays, so that the user sees that it is waived.
#[must_use]
pub fn speaking(findings: Vec<Finding>, is_waived: impl Fn(&Finding) -> bool) -> Vec<Finding> {
    let mut counting: HashMap<(&str, About), Severity> = HashMap::new();
    let named: HashSet<_> = findings.iter().flat_map(|finding| &finding.left_to).map(|other| other.rule).collect();
    debug_assert!(named.iter().all(|rule| rules::find(rule).is_some()), "one of {named:?} is no rule");
    for finding in findings.iter().filter(|finding| named.contains(finding.rule) && !is_waived(finding)) {
        let item = About::Item(finding.kind, finding.id.clone());
        for about in [item, About::Value(finding.pointer.clone())] {
            let worst = counting.entry((finding.rule, about)).or_insert(finding.severity);
            *worst = finding.severity.max(*worst);
        }
    }
    let is_covered = |finding: &Finding| {
        let mut left_to = finding.left_to.iter();
        left_to.any(|other| {
            counting.get(&(other.rule, other.about.clone())).is_some_and(|worst| *worst >= finding.severity)
        })
    };
    let kept: Vec<_> = findings.iter().map(|finding| !is_covered(finding) || is_waived(finding)).collect();
    findings.into_iter().zip(kept).filter(|(_, kept)| *kept).map(|(finding, _)| finding).collect()
}
