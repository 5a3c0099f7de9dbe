//! The policy, `seatline.toml`: what a site expects of its licenses.

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

/// A policy that is sound. The default policy expects nothing and changes nothing.
#[derive(Clone, Debug, Default)]
pub struct Policy {
    /// What the policy expects of a license.
    pub(crate) expectations: Expectations,
    /// The rules whose severity the policy changes; `None` is "allow".
    pub(crate) levels: BTreeMap<&'static str, Option<Severity>>,
    pub(crate) waivers: Vec<Waiver>,
    /// The folder of the policy, from which the globs of `files` start.
    pub(crate) place: Folder,
}

impl Policy {
    /// The finding with the severity that the policy gives its rule; `None` where the policy allows it.
    #[must_use]
    pub(crate) fn leveled(&self, finding: Finding) -> Option<Finding> {
        match self.levels.get(finding.rule) {
            Some(level) => level.map(|severity| finding.severity(severity)),
            None => Some(finding),
        }
    }
}
