//! The JSON of `seatline preflight`, version 1. Fields may be added, never changed.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::answers::costs::Seats;
use crate::answers::preflight::action_value::Action;
use crate::answers::schema_name::{self, NamedForm};
use crate::answers::until::UntilIs;
use crate::answers::{Costs, FailureReport, ItemEntries, LaterLine};
use crate::license::ItemKind;
use crate::seats::{Doubt, Need, SeatTimeline};
use crate::time::{Instant, Period};
use crate::usage::UncountedAccounts;

/// Whether a license may be imported on a day, and what must be done by when.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct PreflightReport {
    /// `seatline/preflight/v1`.
    #[cfg_attr(test, schemars(extend("const" = PreflightReport::SCHEMA)))]
    #[serde(deserialize_with = "schema_name::read::<PreflightReport, _>")]
    pub schema: Cow<'static, str>,
    /// The instant of the import.
    pub as_of: Instant,
    /// The last instant looked at; null where the license could not be read.
    pub until: Option<Instant>,
    /// Why the look ends there.
    pub until_is: Option<UntilIs>,
    /// An action due within this time after the import is a no-go: an ISO 8601 duration.
    pub lead: String,
    /// The last instant of that time.
    pub lead_end: Option<Instant>,
    /// The license to import; null where it could not be read.
    pub new: Option<PreflightLicense>,
    /// What the import replaces; null where that was not given.
    pub old: Option<PreflightOld>,
    /// The answer; null where an input could not be read.
    pub verdict: Option<Verdict>,
    /// The answer in words.
    pub headline: String,
    /// The instant from which on no user type of the license has seats; null where there is none.
    pub license_end: Option<Instant>,
    /// Members of the organization, where they were counted.
    pub members: Option<u64>,
    /// Where the members were counted.
    pub usage: Vec<String>,
    /// The plan that was added to what is assigned; null where there is none.
    pub plan: Option<String>,
    /// Lines of the plan that begin after `until`, and so are not counted.
    pub later_plan: Vec<LaterLine>,
    /// How many changes of user type the members are counted after; null where no moves were given.
    pub moved: Option<u64>,
    /// What must be done, by date.
    pub actions: Vec<Action>,
    /// Every item of the license, of the members and of what the import replaces.
    pub items: Vec<PreflightItem>,
    /// What the seats cost, of the license and of the old one, and those that lack; null without a list of prices.
    pub costs: Option<Costs>,
    /// What nobody knows: kinds that nobody counted, roles, what cannot be read.
    pub unknown: Vec<String>,
    /// The accounts that a source names and that were not counted, by reason.
    pub left_out: Vec<UncountedAccounts>,
    /// The inputs that could not be read.
    pub failures: Vec<FailureReport>,
    /// When the license ends, and how far was looked where that is less: a clause each, as in the headline.
    #[serde(skip)]
    pub(crate) end_told: String,
    /// Whether a user type perhaps has seats, at the import or later, of which the cautious reading knows nothing.
    #[serde(skip)]
    pub(crate) has_doubtful_user_types: bool,
}

impl NamedForm for PreflightReport {
    const NAME: &'static str = Self::SCHEMA;
}

impl PreflightReport {
    /// The name of this form.
    pub const SCHEMA: &'static str = "seatline/preflight/v1";

    /// The answer where an input could not be read: nobody knows.
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
            headline: "not known: an input could not be read".to_owned(),
            license_end: None,
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
            end_told: String::new(),
            has_doubtful_user_types: false,
        }
    }
}

/// The answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Verdict {
    /// Nothing must be done.
    Go,
    /// Something must be done, later than the lead time.
    GoThenAct,
    /// Something must be done before the import or within the lead time.
    NoGo,
}

/// The license to import.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct PreflightLicense {
    /// Where the document is from: the name of the input, or what an envelope says.
    pub source: String,
    /// The file that was read.
    pub file: String,
    /// Which document of the input, from 0.
    pub document: usize,
    /// When it was fetched, as its envelope says; null where that is not told.
    pub fetched_at: Option<String>,
    /// The version of the file, as it stands there.
    pub version: Option<String>,
}

/// What the import replaces.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct PreflightOld {
    /// Where the document is from: the name of the input, or what an envelope says.
    pub source: String,
    /// The file that was read.
    pub file: String,
    /// Which document of the input, from 0.
    pub document: usize,
    /// When it was fetched, as its envelope says; null where that is not told.
    pub fetched_at: Option<String>,
    /// The version of the license, as it stands there.
    pub version: Option<String>,
    /// From when on none of its user types has seats, where that lies at or before the as-of.
    pub ended: Option<Instant>,
}

impl Verdict {
    /// The word, as in JSON.
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
    /// Whether it is a user type, an app bundle, an extension, an app or a capability.
    pub kind: ItemKind,
    /// The id as it stands in the license, compared byte for byte.
    pub id: String,
    /// Its name, where one is known.
    pub name: Option<String>,
    /// Seats assigned, with those planned by the import; null where nobody counted.
    pub assigned: Option<u64>,
    /// How many of `assigned` are only planned.
    pub planned: u64,
    /// Seats in the old license, with those of retired ids that this one replaces; null where it was not given or does not
    /// have it, and for capabilities.
    pub old: Option<u64>,
    /// Whether `old` is the same under every reading of the old license; null where `old` is.
    pub old_certain: Option<bool>,
    /// The first instant at which readings of what the old license gives differ, at the import or later; of one that has ended,
    /// just before its end. Null where they never do, and where `old` is.
    pub old_certain_until: Option<Instant>,
    /// The retired ids that this one replaces, and that `assigned` and `old` count with it.
    pub replaces: Vec<ReplacedId>,
    /// Seats at the import; null for capabilities.
    pub new: Option<u64>,
    /// Whether it is the same at the import under every reading of what was not plainly read.
    pub certain: bool,
    /// The first instant, from the import on, at which readings differ; null where they never do.
    pub certain_until: Option<Instant>,
    /// The fewest seats from the import to `until`; of a capability 1 while it is there.
    pub lowest: Lowest,
    /// Whether it is in no action for its seats; null where nobody knows how many are needed: where nobody counted them and no old
    /// license tells, or that can be read in more than one way.
    pub fits: Option<bool>,
    /// All of its seats over time, for pages that can be moved to another day.
    #[serde(skip)]
    pub(crate) timeline: SeatTimeline,
    /// The seats that are needed over time, where somebody says so.
    #[serde(skip)]
    pub(crate) need: Option<Need>,
    /// When it is not certain how many are needed, since the old license can be read in more than one way.
    #[serde(skip)]
    pub(crate) need_doubts: Vec<Doubt>,
    /// The seats of this very id at the import, and in the old license.
    #[serde(skip)]
    pub(in crate::answers) own: Option<(Seats, Option<Seats>)>,
    /// The seats of this very id in the old license over all time, where that tells of them; of one that has ended, what it
    /// gave just before, for ever.
    #[serde(skip)]
    pub(crate) old_timeline: Option<SeatTimeline>,
    /// Where the seats come from, once [`PreflightReport::add_entries`] has told.
    #[serde(skip)]
    pub(crate) told: ItemEntries,
}

/// A retired id that another one replaces.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct ReplacedId {
    /// The retired id.
    pub id: String,
    /// Whether it is inferred that it is replaced, and not published.
    pub perhaps: bool,
}

/// The fewest seats.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Lowest {
    /// The first instant with so few.
    pub at: Instant,
    /// How many.
    pub seats: u64,
}
