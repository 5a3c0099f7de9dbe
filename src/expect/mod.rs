//! What a site expects of its licenses, as data. It comes from the policy; rules compare licenses with it.

mod files;

pub use files::Files;

use std::borrow::Cow;
use std::ops::Range;

use crate::license::{ItemKind, Version};
use crate::severity::Severity;
use crate::time::{Instant, Period};

/// What a site expects of a license. The default expects nothing.
#[derive(Clone, Debug, Default)]
pub struct Expectations {
    /// The version of the portal.
    pub portal_version: Option<Version>,
    /// When the rules about dates and use make a finding.
    pub thresholds: Thresholds,
    /// The user type of the initial administrator.
    pub admin: Option<InitialAdministrator>,
    /// The expectations for single items.
    pub items: Vec<Expected>,
}

/// The times and percentages from which on rules make a finding.
#[derive(Clone, Copy, Debug)]
pub struct Thresholds {
    /// An end within this time is an error of `expiring-soon`.
    pub expiring_soon_error: Period,
    /// An end within this time is a warning of `expiring-soon`.
    pub expiring_soon_warning: Period,
    /// A shortage within this time is an error of `over-assigned-later`; a later one is a warning.
    pub over_assigned_later_error: Period,
    /// A waiver that ends within this time is a finding of `waiver-ending`.
    pub waiver_ending: Period,
    /// The shares of assigned seats at which `usage-high` makes a finding.
    pub high_use: UseThresholds,
}

/// The shares of assigned seats that count as high use, in percent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UseThresholds {
    /// The percentage from which on use is a warning.
    pub warning: u8,
    /// The percentage from which on use is an error.
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
    /// The severity of this use; `None` where it is not high.
    #[must_use]
    pub fn level(self, assigned: u64, seats: u64) -> Option<Severity> {
        let reaches =
            |percent: u8| assigned > 0 && u128::from(assigned) * 100 >= u128::from(seats) * u128::from(percent);
        if reaches(self.error) { Some(Severity::Error) } else { reaches(self.warning).then_some(Severity::Warning) }
    }
}

/// The user type of the initial administrator, and the time for which it must be usable.
#[derive(Clone, Debug)]
pub struct InitialAdministrator {
    /// The id of the user type, as it stands in licenses.
    pub user_type: String,
    /// The beginning of that time; `None` for the as-of.
    pub on: Option<Instant>,
    /// The length of that time; `None` for its first instant alone.
    pub lasting: Option<Period>,
}

/// The expectations for an item.
#[derive(Clone, Debug)]
pub struct Expected {
    /// User type, app bundle, extension, app or capability.
    pub kind: ItemKind,
    /// The id of the item as it stands in licenses.
    pub id: String,
    /// The fewest seats that the item must have.
    pub minimum_seats: Option<u64>,
    /// The earliest instant at which the item may end.
    pub earliest_end: Option<Instant>,
    /// Whether the item must have seats.
    pub required: bool,
    /// Whether the item must have no seats.
    pub forbidden: bool,
    /// The files that the expectation applies to; `None` for all.
    pub files: Option<Files>,
}

impl Expectations {
    /// The expectations for a license, by the path of its file from the policy's folder; `None` for standard input.
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

/// Whether an expectation or a waiver for these files (`None` for all) applies to this file.
fn concerns(files: Option<&Files>, path: Option<&str>) -> bool {
    files.is_none_or(|files| path.is_some_and(|path| files.contain(path)))
}

/// Accepts certain findings until an instant.
#[derive(Clone, Debug)]
pub struct Waiver {
    /// The rule whose findings are accepted.
    pub rule: &'static str,
    /// The kind of the items; `None` for every kind.
    pub kind: Option<ItemKind>,
    /// The id of the items; `None` for every id.
    pub id: Option<String>,
    /// The last instant at which the waiver holds.
    pub until: Instant,
    pub reason: String,
    /// The files that the waiver applies to; `None` for all.
    pub files: Option<Files>,
    /// The bytes of the waiver in the text of the policy.
    pub span: Range<usize>,
}

impl Waiver {
    /// Whether the waiver holds at an instant.
    #[must_use]
    pub fn holds_at(&self, at: Instant) -> bool {
        at <= self.until
    }

    /// Whether the waiver applies to a file, by its path from the policy's folder; `None` for standard input.
    #[must_use]
    pub fn concerns(&self, path: Option<&str>) -> bool {
        concerns(self.files.as_ref(), path)
    }
}
