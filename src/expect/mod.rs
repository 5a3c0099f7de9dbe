//! What a site expects of its licenses, as data. It comes from the policy file; the rules compare licenses with it.

mod files;

pub use files::Files;

use std::borrow::Cow;
use std::ops::Range;

use crate::license::{ItemKind, Version};
use crate::severity::Severity;
use crate::time::{Instant, Period};

/// What a site expects of a license. The default asks for nothing.
#[derive(Clone, Debug, Default)]
pub struct Expectations {
    /// The version of the portal.
    pub portal_version: Option<Version>,
    /// When an end becomes a finding.
    pub thresholds: Thresholds,
    /// The user type of the initial administrator.
    pub admin: Option<InitialAdministrator>,
    /// What is expected of items.
    pub items: Vec<Expected>,
}

/// How near an end must be.
#[derive(Clone, Copy, Debug)]
pub struct Thresholds {
    /// `expiring-soon` is an error.
    pub expiring_soon_error: Period,
    /// `expiring-soon` is a warning.
    pub expiring_soon_warning: Period,
    /// `over-assigned-later` is an error; beyond it is a warning.
    pub over_assigned_later_error: Period,
    /// `waiver-ending` speaks.
    pub waiver_ending: Period,
    /// `usage-high` is a warning or an error.
    pub high_use: UseThresholds,
}

/// How much of the seats must be assigned for use to be high, in percent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UseThresholds {
    /// From here on it is a warning.
    pub warning: u8,
    /// From here on it is an error.
    pub error: u8,
}

impl Default for Thresholds {
    fn default() -> Self {
        Self {
            expiring_soon_error: Period::days(30),
            expiring_soon_warning: Period::days(90),
            over_assigned_later_error: Period::days(30),
            waiver_ending: Period::days(14),
            high_use: UseThresholds::default(),
        }
    }
}

impl Default for UseThresholds {
    fn default() -> Self {
        Self { warning: 85, error: 95 }
    }
}

impl UseThresholds {
    /// How bad it is that so many of so many seats are assigned; `None` where it is not.
    #[must_use]
    pub fn level(self, assigned: u64, seats: u64) -> Option<Severity> {
        let reaches =
            |percent: u8| assigned > 0 && u128::from(assigned) * 100 >= u128::from(seats) * u128::from(percent);
        if reaches(self.error) { Some(Severity::Error) } else { reaches(self.warning).then_some(Severity::Warning) }
    }
}

/// The user type of the initial administrator, and when it is needed.
#[derive(Clone, Debug)]
pub struct InitialAdministrator {
    /// The id of the user type.
    pub user_type: String,
    /// From when on; the as-of where it is not said.
    pub on: Option<Instant>,
    /// For how long.
    pub lasting: Option<Period>,
}

/// What is expected of an item.
#[derive(Clone, Debug)]
pub struct Expected {
    /// Whether it is a user type, an app bundle, an extension, an app or a capability.
    pub kind: ItemKind,
    /// The id as it stands in licenses.
    pub id: String,
    /// The fewest seats.
    pub minimum_seats: Option<u64>,
    /// The earliest end.
    pub earliest_end: Option<Instant>,
    /// It must be there.
    pub required: bool,
    /// It must not be there.
    pub forbidden: bool,
    /// For which files; `None` is for all.
    pub files: Option<Files>,
}

impl Expectations {
    /// What is expected of a license in a file, by its path from the folder of the policy; `None` for standard input.
    #[must_use]
    pub fn of_file(&self, path: Option<&str>) -> Cow<'_, Self> {
        let holds = |expected: &Expected| concerns(expected.files.as_ref(), path);
        if self.items.iter().all(holds) {
            return Cow::Borrowed(self);
        }
        let items = self.items.iter().filter(|expected| holds(expected)).cloned().collect();
        Cow::Owned(Self { items, thresholds: self.thresholds, admin: self.admin.clone(), ..*self })
    }
}

/// Whether something that is said of some files, or of all, is said of this one.
fn concerns(files: Option<&Files>, path: Option<&str>) -> bool {
    files.is_none_or(|files| path.is_some_and(|path| files.contain(path)))
}

/// A finding that is known and accepted until an instant.
#[derive(Clone, Debug)]
pub struct Waiver {
    /// The rule.
    pub rule: &'static str,
    /// The kind of item; `None` for any.
    pub kind: Option<ItemKind>,
    /// The item; `None` for any.
    pub id: Option<String>,
    /// The last instant at which it holds.
    pub until: Instant,
    /// Why, for people.
    pub reason: String,
    /// For which files; `None` is for all.
    pub files: Option<Files>,
    /// Its bytes in the text of the policy.
    pub span: Range<usize>,
}

impl Waiver {
    /// Whether it holds at an instant.
    #[must_use]
    pub fn holds_at(&self, at: Instant) -> bool {
        at <= self.until
    }

    /// Whether it is about a file, by its path from the folder of the policy; `None` for standard input.
    #[must_use]
    pub fn concerns(&self, path: Option<&str>) -> bool {
        concerns(self.files.as_ref(), path)
    }

    /// Whether it speaks of findings of this rule about this item.
    #[must_use]
    pub fn covers(&self, rule: &str, kind: Option<ItemKind>, id: Option<&str>) -> bool {
        self.rule == rule
            && (self.kind.is_none() || self.kind == kind)
            && (self.id.is_none() || self.id.as_deref() == id)
    }
}
