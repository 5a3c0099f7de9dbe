//! The JSON of `seatline preflight`, version 1. Fields may be added, never changed.

use std::borrow::Cow;
use std::fmt;

use serde::{Deserialize, Serialize};

use crate::answers::costs::Seats;
use crate::answers::schema_name::{self, NamedForm};
use crate::answers::until::UntilIs;
use crate::answers::{Costs, FailureReport, ItemEntries, LaterLine, ShortCost};
use crate::license::ItemKind;
use crate::seats::{Need, SeatTimeline};
use crate::time::{Instant, Period};

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
    /// The accounts that were not counted, and why: a sentence for each reason.
    pub left_out: Vec<String>,
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
    /// Members without administrator privileges who are locked out, of all items.
    pub locked_out: u64,
    /// Whether there may be fewer: the role of some of them is not known.
    pub locked_out_is_upper_bound: bool,
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
    /// The first instant of the trouble.
    pub from: Instant,
    /// The first instant after it; null where it does not end.
    pub to: Option<Instant>,
    /// The worst instant, of several the first: what `assigned`, `old`, `seats`, `short` and `cost` are of. Where seats do not
    /// lack it is `from`.
    pub worst_at: Instant,
    /// What is so at `from`; null where that is the worst instant already.
    pub at_first: Option<LackAtFirst>,
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
