//! The JSON of `seatline preflight`, version 1. Fields may be added, never changed.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::answers::costs::Seats;
use crate::answers::preflight::action_value::Action;
use crate::answers::schema_name::{self, NamedForm};
use crate::answers::until::UntilIs;
use crate::answers::{Costs, FailureReport, ItemEntries, LaterLine, Origin};
use crate::license::ItemKind;
use crate::seats::{Doubt, Need, SeatTimeline};
use crate::text::Phrase;
use crate::time::{Instant, Period};
use crate::usage::UncountedAccounts;

/// Whether a license may be imported on a day, and what must be done by when.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct PreflightReport {
    /// The name and version of this form: `seatline/preflight/v1`.
    #[cfg_attr(test, schemars(extend("const" = PreflightReport::SCHEMA)))]
    #[serde(deserialize_with = "schema_name::read::<PreflightReport, _>")]
    pub schema: Cow<'static, str>,
    /// The instant of the import.
    pub as_of: Instant,
    /// The last instant that was looked at; null where the license could not be read.
    pub until: Option<Instant>,
    /// Why nothing after `until` was looked at; null where `until` is.
    pub until_is: Option<UntilIs>,
    /// The lead time, an ISO 8601 duration: with an action due within it after the import, the verdict is no-go.
    pub lead: String,
    /// The last instant of the lead time.
    pub lead_end: Option<Instant>,
    /// The license to import; null where it could not be read.
    pub new: Option<Origin>,
    /// The license that the import replaces; null where none was given.
    pub old: Option<PreflightOld>,
    /// The verdict; null where an input could not be read.
    pub verdict: Option<Verdict>,
    /// The verdict in words.
    pub headline: Phrase,
    /// The instant from which on no user type of the license has seats, by the cautious reading; null where there is
    /// none.
    pub license_end: Option<Instant>,
    /// Whether the license ends then by every reading; null where `licenseEnd` is.
    pub license_end_certain: Option<bool>,
    /// The number of members of the organization; null where they were not counted.
    pub members: Option<u64>,
    /// The inputs with the assigned seats.
    pub usage: Vec<String>,
    /// The plan that was added to the assigned seats; null where there is none.
    pub plan: Option<String>,
    /// The lines of the plan that begin after `until` and are therefore not counted.
    pub later_plan: Vec<LaterLine>,
    /// The number of changes of user type after which the members are counted; null where no moves were given.
    pub moved: Option<u64>,
    /// The actions, by date.
    pub actions: Vec<Action>,
    /// The items of the license, of the usage and of the old license.
    pub items: Vec<PreflightItem>,
    /// The costs of the seats of both licenses, and of those that are missing; null without a list of prices.
    pub costs: Option<Costs>,
    /// Clauses about unknown facts: kinds that nobody counted, roles, values that cannot be read.
    pub unknown: Vec<Phrase>,
    /// The accounts that a source names and that were not counted, by reason.
    pub left_out: Vec<UncountedAccounts>,
    /// The inputs that could not be read.
    pub failures: Vec<FailureReport>,
    /// When the license begins and ends, and how far was looked, as clauses of the headline.
    #[serde(skip)]
    pub(crate) end_told: Phrase,
    /// Whether a user type may have seats, at the import or later, that the cautious reading does not count.
    #[serde(skip)]
    pub(crate) has_doubtful_user_types: bool,
    /// Whether something that should be counted was not, or could not be used.
    #[serde(skip)]
    pub(crate) has_count_gaps: bool,
    /// Whether most seats of an item are missing because the license ends.
    #[serde(skip)]
    pub(crate) is_worse_at_end: bool,
}

impl NamedForm for PreflightReport {
    const NAME: &'static str = Self::SCHEMA;
}

impl PreflightReport {
    /// The value of [`Self::schema`].
    pub const SCHEMA: &'static str = "seatline/preflight/v1";

    /// The answer for an input that could not be read.
    #[must_use]
    pub fn unread(as_of: Instant, until: Option<Instant>, lead: Period, failures: Vec<FailureReport>) -> Self {
        Self {
            schema: Self::SCHEMA.into(),
            as_of,
            until,
            until_is: until.map(|_| UntilIs::Given),
            lead: lead.to_string(),
            lead_end: None,
            new: None,
            old: None,
            verdict: None,
            headline: "not known: an input could not be read".into(),
            license_end: None,
            license_end_certain: None,
            members: None,
            usage: Vec::new(),
            plan: None,
            later_plan: Vec::new(),
            moved: None,
            actions: Vec::new(),
            items: Vec::new(),
            costs: None,
            unknown: Vec::new(),
            left_out: Vec::new(),
            failures,
            end_told: Phrase::default(),
            has_doubtful_user_types: false,
            has_count_gaps: false,
            is_worse_at_end: false,
        }
    }
}

/// The verdict on an import.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Verdict {
    /// No action is needed.
    Go,
    /// The first action is due after the lead time.
    GoThenAct,
    /// An action is due before the import or within the lead time.
    NoGo,
}

/// The license that the import replaces.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct PreflightOld {
    /// Where it was read, and its version.
    #[serde(flatten)]
    pub origin: Origin,
    /// The instant from which on no user type of the old license has seats; null where it lies after the as-of or
    /// there is none.
    pub ended: Option<Instant>,
}

impl Verdict {
    /// The word in JSON.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Go => "go",
            Self::GoThenAct => "go-then-act",
            Self::NoGo => "no-go",
        }
    }
}

/// An item on the day of the import.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct PreflightItem {
    /// The kind of the item: user type, app bundle, extension, app or capability.
    pub kind: ItemKind,
    /// The id of the item as it stands in the license, compared byte for byte.
    pub id: String,
    /// The name of the item; null where none is known.
    pub name: Option<String>,
    /// The seats assigned or planned at the import; null where nobody counted.
    pub assigned: Option<u64>,
    /// The number of those seats that are only planned.
    pub planned: u64,
    /// The seats of the old license, with those of the retired ids that this item replaces; null without an old
    /// license, where that does not have the item, and for capabilities.
    pub old: Option<u64>,
    /// Whether every reading of the old license gives the same `old`; null where `old` is.
    pub old_certain: Option<bool>,
    /// The first instant at the import or later at which readings of the old license disagree about the seats; for an
    /// old license that has ended, an instant just before its end. Null where readings always agree, and where `old`
    /// is.
    pub old_certain_until: Option<Instant>,
    /// The retired ids that this item replaces; `assigned` and `old` count them too.
    pub replaces: Vec<ReplacedId>,
    /// The seats of the license at the import; null for capabilities.
    pub new: Option<u64>,
    /// Whether every reading of the license gives the same seats at the import.
    pub certain: bool,
    /// The first instant from the import on at which readings of the license disagree; null where they always agree.
    pub certain_until: Option<Instant>,
    /// The fewest seats from the import to `until`; of a capability 1 while the license gives it.
    pub lowest: Lowest,
    /// Whether no action is about the seats of the item; null where the need is not known: nobody counted, and there
    /// is no old license that states it plainly.
    pub fits: Option<bool>,
    /// The seats over time, for pages on which the reader can choose a day.
    #[serde(skip)]
    pub(crate) timeline: SeatTimeline,
    /// The seats that are needed over time, where that is known.
    #[serde(skip)]
    pub(crate) need: Option<Need>,
    /// When it is not certain how many are needed, since the old license can be read in more than one way.
    #[serde(skip)]
    pub(crate) need_doubts: Vec<Doubt>,
    /// The part of `need` that is what the old license gives, where nobody counted.
    #[serde(skip)]
    pub(crate) old_need: Option<Need>,
    /// The seats of this very id at the import, and in the old license.
    #[serde(skip)]
    pub(in crate::answers) own: Option<(Seats, Option<Seats>)>,
    /// The seats of this very id in the old license over time, where they are stated. For an old license that has
    /// ended, the seats just before its end, for all time.
    #[serde(skip)]
    pub(crate) old_timeline: Option<SeatTimeline>,
    /// The entries that the seats come from, once [`PreflightReport::add_entries`] has added them.
    #[serde(skip)]
    pub(crate) explanation: ItemEntries,
}

/// A retired id that another id replaces.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct ReplacedId {
    /// The retired id.
    pub id: String,
    /// Whether the replacement is inferred and not published.
    pub perhaps: bool,
}

/// The fewest seats of a period.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Lowest {
    /// The first instant with these seats.
    pub at: Instant,
    /// By the cautious reading.
    pub seats: u64,
}
