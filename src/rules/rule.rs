//! What a rule is.

use crate::expect::Waiver;
use crate::rules::{Finding, Subject};
use crate::severity::Severity;
use crate::time::{Instant, Period, Zone};

/// Something that is checked.
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    /// Names the problem: `conflicting-entries`.
    pub id: &'static str,
    /// How bad it is unless a policy says otherwise.
    pub severity: Severity,
    /// Whether a waiver may accept its findings. What cannot be read plainly cannot be waived: nobody knows what it means.
    pub waivable: bool,
    /// Its page, in Markdown.
    pub page: &'static str,
    pub(super) check: Check,
}

/// What a rule looks at.
#[derive(Clone, Copy, Debug)]
pub(super) enum Check {
    /// A license.
    License(fn(&Subject<'_>, &mut Vec<Finding>)),
    /// What became of a waiver, once all licenses are checked.
    Waiver(fn(&WaiverUse<'_>, Instant, Zone) -> Option<String>),
}

/// What became of a waiver.
#[derive(Clone, Copy, Debug)]
pub struct WaiverUse<'p> {
    /// The waiver.
    pub waiver: &'p Waiver,
    /// How many findings it accepted.
    pub findings: usize,
    /// How near its end must be to be told.
    pub ending: Period,
}

impl Rule {
    /// All that this rule finds in a license, in no particular order.
    #[must_use]
    pub fn findings(&self, subject: &Subject<'_>) -> Vec<Finding> {
        let mut findings = Vec::new();
        if let Check::License(check) = self.check {
            check(subject, &mut findings);
        }
        findings
    }

    /// What this rule has to say of a waiver.
    #[must_use]
    pub fn of_waiver(&self, used: &WaiverUse<'_>, as_of: Instant, zone: Zone) -> Option<String> {
        match self.check {
            Check::License(_) => None,
            Check::Waiver(check) => check(used, as_of, zone),
        }
    }

    /// Whether its severity is no policy's to change: of what cannot be read plainly nobody knows what it means.
    #[must_use]
    pub fn settled(&self) -> bool {
        !self.waivable && matches!(self.check, Check::License(_))
    }

    /// What to do, in one sentence: the first one of that part of the page.
    #[must_use]
    pub fn advice(&self) -> String {
        let part = self.page.split("**What to do.**").nth(1).unwrap_or_default().trim_start();
        let paragraph = part.split("\n\n").next().unwrap_or_default().replace('\n', " ");
        let end = paragraph.find(". ").map_or(paragraph.len(), |at| at + 1);
        paragraph.get(..end).unwrap_or_default().trim_end().to_owned()
    }

    /// What it checks, in one paragraph: the first one of the page.
    #[must_use]
    pub fn summary(&self) -> String {
        self.page.split("\n\n").nth(1).unwrap_or_default().replace('\n', " ").trim_end().to_owned()
    }
}
