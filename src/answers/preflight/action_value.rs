//! An action of `seatline preflight` in JSON: what must be done by one date for one cause.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::answers::ShortCost;
use crate::license::ItemKind;
use crate::text::Phrase;
use crate::time::Instant;
use crate::usage::LockedOut;

/// Why an action is needed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Cause {
    /// There are fewer seats than are assigned or, where nobody counted, fewer than the old license gives.
    Shortage,
    /// No user type that is compatible with the Administrator role certainly has seats.
    NoAdministrator,
    /// It is not certain how many of the needed seats there are.
    Unreadable,
    /// The old license gives something other than seats that the new one does not.
    Lost,
    /// The license does not meet the policy.
    Policy,
    /// The policy does not accept the version of the license.
    Version,
}

impl Cause {
    /// Who can act on most causes of this sort.
    pub(super) const fn addressee(self) -> Addressee {
        match self {
            Self::Shortage | Self::NoAdministrator => Addressee::Purchasing,
            Self::Unreadable | Self::Lost => Addressee::Esri,
            Self::Version | Self::Policy => Addressee::Administrators,
        }
    }

    /// The word for the cause in every output.
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

/// The people who can do what an action asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Addressee {
    /// The people who buy seats and renew licenses.
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

/// An action: what must be done by one date for one cause.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Action {
    /// The first instant of the trouble.
    pub due: Instant,
    /// The cause of the trouble.
    pub cause: Cause,
    /// The items that the action is about.
    pub items: Vec<ActionItem>,
    /// Whether the license ends for everybody at `due`, or begins to end. The license that follows must then give the
    /// missing seats.
    pub is_license_end: bool,
    /// Members without administrator privileges who are locked out, of all items: those of each at its worst instant.
    pub locked_out: u64,
    /// Whether fewer members may be locked out, because the roles of some are not known, or the shortage is not certain.
    pub locked_out_is_upper_bound: bool,
    /// How many of `lockedOut` are certainly locked out.
    pub locked_out_certainly: u64,
    /// The people who can do it.
    pub addressee: Addressee,
    /// What to do, and whom the trouble hits otherwise.
    pub to_do: Phrase,
    /// Further advice.
    pub advice: Vec<Phrase>,
    /// By when, what to do, whom the trouble hits, and why, in one sentence.
    pub message: Phrase,
    /// The lines that show the cause, as `file:line`: of the license, and of the old license for items that only that
    /// one has.
    pub locations: Vec<String>,
    /// The command that shows where the seats of the first item come from; it names the old license where only that
    /// one has the item. Null where neither has it.
    pub why: Option<String>,
}

/// An item that an action is about, with the seats that are short and how many there are.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct ActionItem {
    /// The kind of the item: user type, app bundle, extension, app or capability.
    pub kind: ItemKind,
    /// The id of the item as it stands in the license, compared byte for byte.
    pub id: String,
    /// The name of the item; null where none is known.
    pub name: Option<String>,
    /// The part of the item that the action is about; null where it is about the seats.
    pub what: Option<Phrase>,
    /// The seats assigned or planned at the worst instant; null where nobody counted.
    pub assigned: Option<u64>,
    /// The number of those seats that are only planned.
    pub planned: u64,
    /// The seats that the old license gives or gave; null where somebody counted. Where only some of the retired ids that the
    /// item replaces were counted, or only the item itself, `assigned` and `old` are both there, and their sum is needed.
    pub old: Option<u64>,
    /// Whether every reading of the old license gives the same `old`; null where `old` is.
    pub old_certain: Option<bool>,
    /// The seats that are certain at the worst instant; null where the action is not about seats.
    pub seats: Option<u64>,
    /// Whether every reading of the license gives the same `seats`; null where `seats` is.
    pub certain: Option<bool>,
    /// The seats that are missing at the worst instant; null where the action is not about seats.
    pub short: Option<u64>,
    /// The number of members locked out, without administrators.
    pub locked_out: u64,
    /// How many of them are certainly locked out: none where it is not certain that seats are missing.
    pub locked_out_certainly: u64,
    /// The first instant of the trouble.
    pub from: Instant,
    /// The first instant after the trouble; null where it does not end.
    pub to: Option<Instant>,
    /// Whether it is not certain from `to` on how many seats there are: an `unreadable` action begins then.
    pub then_in_doubt: bool,
    /// The worst instant, the first of several, to which `assigned`, `old`, `seats`, `short` and `cost` belong. The
    /// same as `from` where the action is not about seats.
    pub worst_at: Instant,
    /// The numbers at `from`; null where `from` is the worst instant.
    pub at_first: Option<ShortAtFirst>,
    /// The missing seats while the trouble lasts, from each instant on at which their number changes, up to `until`;
    /// empty where seats are not concerned.
    pub course: Vec<ShortStep>,
    /// The cost of the missing seats; null without a list of prices, and where the item has no price.
    pub cost: Option<ShortCost>,
    /// The ids that `assigned` and `old` are about, where both are needed.
    #[serde(skip)]
    pub(crate) parts: Option<NeedParts>,
    /// Whether the old license still gives at `from` what is lost.
    #[serde(skip)]
    pub(crate) old_then: OldThen,
}

/// The ids that are added up to the need for an item, if some of them were counted and others are taken from the old license.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct NeedParts {
    /// The ids that somebody counted.
    pub(crate) assigned: Vec<String>,
    /// The ids whose need is what the old license gives.
    pub(crate) old: Vec<String>,
}

/// How much of what the old license gives at the import it still gives when the loss begins.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct OldThen {
    /// Whether it still gives a part of what is lost.
    pub(crate) gives: bool,
    /// Whether the old license itself gives less by then; neither license then gives this part.
    pub(crate) gives_less: bool,
}

/// An item of an action at the first instant of a trouble that grows worse later.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct ShortAtFirst {
    /// The seats assigned or planned at that instant; null where nobody counted.
    pub assigned: Option<u64>,
    /// The number of those seats that are only planned.
    pub planned: u64,
    /// The seats that the old license gives or gave; null where somebody counted.
    pub old: Option<u64>,
    /// Whether every reading of the old license gives the same `old`; null where `old` is.
    pub old_certain: Option<bool>,
    /// The seats that are certain at that instant.
    pub seats: u64,
    /// The seats that are missing at that instant.
    pub short: u64,
    /// The number of members locked out at that instant, without administrators.
    pub locked_out: u64,
    /// How many of them are certainly locked out.
    pub locked_out_certainly: u64,
}

/// The seats of an item that are missing from an instant on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct ShortStep {
    /// The first instant.
    pub at: Instant,
    /// Seats assigned from then on, with those planned by then; null where nobody counted.
    pub assigned: Option<u64>,
    /// How many of `assigned` are only planned.
    pub planned: u64,
    /// Seats that the old license gives or gave, where nobody counted.
    pub old: Option<u64>,
    /// The certain seats.
    pub seats: u64,
    /// The missing seats.
    pub short: u64,
    /// The number of members locked out, without administrators.
    pub locked_out: u64,
    /// How many of them are certainly locked out.
    pub locked_out_certainly: u64,
}

impl ShortStep {
    /// The members who are locked out at that time.
    pub(super) fn locks_out(&self) -> LockedOut {
        LockedOut::of_counts(self.locked_out, self.locked_out_certainly)
    }
}

impl ActionItem {
    /// The members that it locks out at its worst instant.
    pub(super) fn locks_out(&self) -> LockedOut {
        LockedOut::of_counts(self.locked_out, self.locked_out_certainly)
    }

    /// The members that it locks out as the trouble begins.
    pub(super) fn locks_out_at_first(&self) -> LockedOut {
        self.at_first
            .map_or(self.locks_out(), |first| LockedOut::of_counts(first.locked_out, first.locked_out_certainly))
    }

    /// The most members that it locks out at one time.
    pub(super) fn locks_out_at_most(&self) -> LockedOut {
        let times = self.course.iter().map(ShortStep::locks_out).chain([self.locks_out_at_first(), self.locks_out()]);
        times.max_by_key(|number| (number.at_most(), number.certainly)).unwrap_or_default()
    }
}
