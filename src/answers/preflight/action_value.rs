//! The JSON of an action of `seatline preflight`: what must be done by one date for one cause.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::answers::ShortCost;
use crate::license::ItemKind;
use crate::time::Instant;
use crate::usage::LockedOut;

/// Why something must be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Cause {
    /// Fewer seats than are assigned or, where nobody counted, than the old license gives.
    Shortage,
    /// No compatible user type has seats for an administrator.
    NoAdministrator,
    /// Seats that are needed are in doubt.
    Unreadable,
    /// Something besides seats that the old license gives is not in the new one.
    Lost,
    /// The policy is not met.
    Policy,
    /// The policy does not allow this version.
    Version,
}

impl Cause {
    /// Who can mend it in most cases.
    pub(super) const fn addressee(self) -> Addressee {
        match self {
            Self::Shortage | Self::NoAdministrator => Addressee::Purchasing,
            Self::Unreadable | Self::Lost | Self::Version => Addressee::Esri,
            Self::Policy => Addressee::Administrators,
        }
    }

    /// The word, as in every output.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Shortage => "shortage",
            Self::NoAdministrator => "no-administrator",
            Self::Unreadable => "unreadable",
            Self::Lost => "lost",
            Self::Policy => "policy",
            Self::Version => "version",
        }
    }
}

/// Who can do what an action asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Addressee {
    /// Who buys seats and renews licenses.
    Purchasing,
    /// Esri, who made the license.
    Esri,
    /// The administrators of the portal.
    Administrators,
}

impl fmt::Display for Cause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// What must be done by one date for one cause.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Action {
    /// The first instant of the trouble.
    pub due: Instant,
    /// Why.
    pub cause: Cause,
    /// The items concerned.
    pub items: Vec<ActionItem>,
    /// Whether the license ends for everybody then, or begins to: what lacks is what the license that follows must give.
    pub is_license_end: bool,
    /// Members without administrator privileges who are locked out, of all items: those of each at its worst instant.
    pub locked_out: u64,
    /// Whether there may be fewer: the role of some of them is not known, or it is not certain that seats lack.
    pub locked_out_is_upper_bound: bool,
    /// How many of `lockedOut` are certainly locked out.
    pub locked_out_certainly: u64,
    /// Who can do it.
    pub addressee: Addressee,
    /// What to do, and who is hit otherwise.
    pub to_do: String,
    /// What else helps.
    pub advice: Vec<String>,
    /// By when, what to do, who is hit, and why.
    pub message: String,
    /// The lines that say so, `file:line`: of the license, and of the old one for items that only that has.
    pub locations: Vec<String>,
    /// The command that shows where the seats of the first item come from: those of the old license where only that has it;
    /// null where neither does.
    pub why: Option<String>,
}

/// An item of an action.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct ActionItem {
    /// Whether it is a user type, an app bundle, an extension, an app or a capability.
    pub kind: ItemKind,
    /// The id as it stands in the license, compared byte for byte.
    pub id: String,
    /// Its name, where one is known.
    pub name: Option<String>,
    /// What of it is concerned, where it is not its seats.
    pub what: Option<String>,
    /// Seats assigned at the worst instant, with those planned by then; null where nobody counted.
    pub assigned: Option<u64>,
    /// How many of `assigned` are only planned.
    pub planned: u64,
    /// Seats that the old license gives or gave, where nobody counted.
    pub old: Option<u64>,
    /// Whether `old` is the same under every reading of the old license; null where `old` is.
    pub old_certain: Option<bool>,
    /// Seats to rely on at the worst instant; null where seats are not concerned.
    pub seats: Option<u64>,
    /// Whether `seats` are the same under every reading; null where `seats` is.
    pub certain: Option<bool>,
    /// Seats lacking at the worst instant.
    pub short: Option<u64>,
    /// Members without administrator privileges who are locked out.
    pub locked_out: u64,
    /// How many of them are certainly locked out: none where it is not certain that seats lack.
    pub locked_out_certainly: u64,
    /// The first instant of the trouble.
    pub from: Instant,
    /// The first instant after it; null where it does not end.
    pub to: Option<Instant>,
    /// The worst instant, of several the first: what `assigned`, `old`, `seats`, `short` and `cost` are of. Where seats do not
    /// lack it is `from`.
    pub worst_at: Instant,
    /// What is so at `from`; null where that is the worst instant already.
    pub at_first: Option<LackAtFirst>,
    /// What lacks while the trouble lasts, from each instant on at which it changes, up to `until`; empty where seats are not
    /// concerned.
    pub course: Vec<LackStep>,
    /// What the seats that lack cost; null without a list of prices, and where they have no price.
    pub cost: Option<ShortCost>,
}

/// An item of an action at the first instant of its trouble, which grows worse later.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct LackAtFirst {
    /// Seats assigned then, with those planned by then; null where nobody counted.
    pub assigned: Option<u64>,
    /// How many of `assigned` are only planned.
    pub planned: u64,
    /// Seats that the old license gives or gave, where nobody counted.
    pub old: Option<u64>,
    /// Whether `old` is the same under every reading of the old license; null where `old` is.
    pub old_certain: Option<bool>,
    /// Seats to rely on then.
    pub seats: u64,
    /// Seats lacking then.
    pub short: u64,
    /// Members without administrator privileges who are locked out then.
    pub locked_out: u64,
    /// How many of them are certainly locked out.
    pub locked_out_certainly: u64,
}

/// What lacks of an item from an instant on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct LackStep {
    /// The first instant.
    pub at: Instant,
    /// Seats assigned from then on, with those planned by then; null where nobody counted.
    pub assigned: Option<u64>,
    /// How many of `assigned` are only planned.
    pub planned: u64,
    /// Seats that the old license gives or gave, where nobody counted.
    pub old: Option<u64>,
    /// Seats to rely on.
    pub seats: u64,
    /// Seats lacking.
    pub short: u64,
}

impl ActionItem {
    /// The members that it locks out at its worst instant.
    pub(super) fn locks_out(&self) -> LockedOut {
        LockedOut::told(self.locked_out, self.locked_out_certainly)
    }

    /// The members that it locks out as the trouble begins.
    pub(super) fn locks_out_at_first(&self) -> LockedOut {
        self.at_first.map_or(self.locks_out(), |first| LockedOut::told(first.locked_out, first.locked_out_certainly))
    }

    /// The most members that it locks out of these two times.
    pub(super) fn locks_out_at_most(&self) -> LockedOut {
        let (first, worst) = (self.locks_out_at_first(), self.locks_out());
        if first.at_most() > worst.at_most() { first } else { worst }
    }
}
