//! What a site expects of its licenses, from `seatline.toml`.

mod error;
mod parse;
pub(crate) mod raw;
mod starter;

pub use error::PolicyError;
pub use starter::starter;

use std::collections::BTreeMap;

use crate::expect::{Expectations, Waiver};
use crate::rules::Finding;
use crate::severity::Severity;
use crate::source::Folder;

/// A policy that has been found sound. The default one asks for nothing and changes nothing.
#[derive(Clone, Debug, Default)]
pub struct Policy {
    /// The expectations that a license is held to.
    pub(crate) expectations: Expectations,
    /// Severities of rules that are not the default ones; `None` is "allow".
    pub(crate) levels: BTreeMap<&'static str, Option<Severity>>,
    /// Findings that are known and accepted for a while.
    pub(crate) waivers: Vec<Waiver>,
    /// The folder of the policy: the globs of `files` are relative to it.
    pub(crate) place: Folder,
}

impl Policy {
    /// A finding at the level that the policy gives its rule; `None` where the rule is allowed.
    #[must_use]
    pub(crate) fn leveled(&self, finding: Finding) -> Option<Finding> {
        match self.levels.get(finding.rule) {
            Some(level) => level.map(|severity| finding.severity(severity)),
            None => Some(finding),
        }
    }
}
