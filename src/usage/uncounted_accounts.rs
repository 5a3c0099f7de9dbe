//! Accounts that a source names and that are not counted.

use serde::{Deserialize, Serialize};

use crate::text::{Phrase, name, phrase};

/// Accounts that a source names and that were not counted, for one reason.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct UncountedAccounts {
    /// Why they were not counted.
    pub reason: UncountedReason,
    /// Their user names, sorted.
    pub usernames: Vec<String>,
}

/// Why accounts were not counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum UncountedReason {
    /// They are built-in accounts of the portal. As far as is known they hold no seat.
    BuiltIn,
    /// The user asked to leave them out.
    Excluded,
}

impl UncountedAccounts {
    pub(super) fn new<'n>(reason: UncountedReason, usernames: impl Iterator<Item = &'n String>) -> Option<Self> {
        let usernames: Vec<_> = usernames.cloned().collect();
        (!usernames.is_empty()).then_some(Self { reason, usernames })
    }

    /// "left out as built-in accounts of the portal: esri_nav (as far as is known they hold no seat)". At most `most` accounts
    /// are named, the others are counted.
    #[must_use]
    pub fn words(&self, most: usize) -> Phrase {
        let (reason, known) = match self.reason {
            UncountedReason::BuiltIn => {
                ("as built-in accounts of the portal", " (as far as is known they hold no seat)")
            }
            UncountedReason::Excluded => ("as was asked", ""),
        };
        let named = Phrase::join(self.usernames.iter().take(most).map(|username| name(username)), ", ");
        let more = match self.usernames.len().saturating_sub(most) {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        phrase![format!("left out {reason}: "), named, more, known]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_list_keeps_its_reason_and_a_name_may_hold_a_comma() {
        let names = ["a, b".to_owned(), "c".to_owned(), "d".to_owned()];
        let accounts = UncountedAccounts::new(UncountedReason::BuiltIn, names.iter()).unwrap();
        let known = "(as far as is known they hold no seat)";
        assert_eq!(
            accounts.words(2).as_str(),
            format!("left out as built-in accounts of the portal: a, b, c and 1 more {known}")
        );
        assert_eq!(
            accounts.words(3).as_str(),
            format!("left out as built-in accounts of the portal: a, b, c, d {known}")
        );
        assert_eq!(UncountedAccounts::new(UncountedReason::Excluded, [].iter()), None);
    }
}
