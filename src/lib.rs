//! What an ArcGIS Enterprise portal license gives, on any day, before anyone imports it.
//!
//! A [`Source`] holds the text of a file; [`Source::documents`] finds the documents in it. Each question about a license is a
//! value such as [`ReportQuestion`], each answer a value such as [`Report`], whose JSON is that of the command of the same
//! name: it is written with [`serde::Serialize`] and read back with [`serde::Deserialize`]. What the answers are made of
//! stands in [`parts`].
//!
//! | question | answer |
//! |---|---|
//! | how many seats can be used, of what, on a day? | [`Report`] |
//! | what changes when? | [`TimelineReport`] |
//! | which user types can the initial administrator have? | [`AdminsReport`] |
//! | is anything wrong, by the rules and by a policy? | [`CheckReport`] |
//! | what does a new license give less than an old one? | [`DiffReport`] |
//! | do the members, or a plan, fit? | [`FitReport`] |
//! | may a license be imported on a day? | [`PreflightReport`] |
//! | where does a number of seats come from? | [`WhyReport`] |
//! | in which order can members change user type? | [`MovesReport`], and [`planner`] for counts alone |
//!
//! ```
//! use seatline::{Instant, Item, Source};
//!
//! let source = Source::decode("license.json", std::fs::read("samples/portal-10.8.json")?)?;
//! let license = source.license()?;
//! let day = Instant::from_epoch_ms(1_546_300_800_000); // 2019-01-01
//! let items = Item::all(&license);
//! let creator = items.iter().find(|item| item.id == "creatorUT").ok_or("no Creator")?;
//! assert_eq!(creator.timeline.seats_at(day), 200);
//! assert_eq!(creator.timeline.end_after(day).map(|end| end.to_string()), Some("2020-10-20T20:23:14Z".into()));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! Features: `portal` asks a portal for these documents and changes user types there; `cli`, the default, is the program.
//! Without default features the library needs no network, no terminal and no runtime.

#![cfg_attr(
    not(feature = "cli"),
    allow(dead_code, unused_imports, reason = "only the program shows answers to people")
)]

// The map of the house. A room uses only the rooms above it.
//
// | room | content |
// |---|---|
// | [`severity`], [`text`], [`json`], [`time`] | what all others use: text that is safe to show, JSON members as they stand, instants and zones |
// | [`seats`] | seats over time, and where they are not certain |
// | [`license`] | the document, its items, what was not plainly read, and what is published about ids |
// | [`source`] | from the bytes of files and folders to documents, each of a known kind |
// | [`expect`] | what a site expects of its licenses, as data |
// | [`usage`] | how many seats are assigned, to whom, and what is planned |
// | [`prices`] | what a seat costs, from when on |
// | [`moves`] | an order of changes of user types, or why there is none |
// | [`rules`] | findings: what is worth saying about a license |
// | [`layout`] | tables, CSV, carets; knows nothing of licenses |
// | [`policy`] | from `seatline.toml` to expectations, levels and waivers |
// | [`answers`] | a folder for each question: its value, how it is made, what it looks like |
// | [`portal`] | a portal's address and credentials, its documents, and changes of user types |
// | [`cli`] | the command line; clock, environment, terminal and stdout are touched here and nowhere else |

mod answers;
#[cfg(feature = "cli")]
#[doc(hidden)]
pub mod cli;
mod expect;
mod json;
mod layout;
mod license;
mod moves;
mod policy;
#[cfg(feature = "portal")]
pub mod portal;
mod prices;
mod rules;
mod seats;
mod severity;
mod source;
mod text;
mod time;
mod usage;

pub use answers::{
    AdminsQuestion, AdminsReport, CheckReport, Checker, DiffQuestion, DiffReport, FitQuestion, FitReport,
    MovesQuestion, MovesReport, PreflightQuestion, PreflightReport, Report, ReportQuestion, Side, TimelineQuestion,
    TimelineReport, WhyQuestion, WhyReport,
};
pub use license::{AdministratorList, Item, ItemKind, LicenseDocument};
pub use policy::Policy;
pub use prices::Prices;
pub use seats::SeatTimeline;
pub use severity::Severity;
pub use source::{Document, DocumentPlace, Failure, License, Source};
pub use time::{Instant, Period, Zone};
pub use usage::{Plan, Roles, Usage, UsageReader};

/// What the questions, the answers and the documents are made of.
pub mod parts {
    pub use crate::answers::{
        Action, ActionItem, Addressee, AdminUserType, AdminsLicense, AppliedReport, AskedReport, CapabilitiesChange,
        Cause, Change, CheckedFinding, CheckedLicense, Comparison, Cost, CostSum, CostSums, Costs, DiffAdministrator,
        DiffFall, DiffFinding, DiffGap, DiffItem, DiffSide, DiffSum, ElsewhereReport, Entitlement, ExtraChange,
        ExtraLoss, FailureReport, Filter, FindingReport, FitItem, GapReport, Given, Included, ItemCosts, ItemReport,
        JoinedReport, LaterLine, LaterShortage, LicenseReport, Location, Loss, Lost, Lowest, Misfit, MisfitItem,
        MostShort, MoveBatch, MovedType, NoSuchItem, Origin, ParkedReport, PolicyReport, PreflightItem, PreflightOld,
        Presence, Reason, RefusedReport, Renamed, Replaced, ReplacedId, Replacement, ShortAtFirst, ShortCost,
        ShortStep, Shortage, SideDocument, Summary, TimelineItem, TimelineLicense, TimelineStep, UnitPrice, UntilIs,
        Verdict, WaitingAdvice, WaitingReport, Waived, WhyEntry,
    };
    pub use crate::expect::UseThresholds;
    pub use crate::json::{Pointer, Position};
    pub use crate::license::{Administrator, AdministratorObstacle, Basis, Compatible};
    pub use crate::moves::{Move, MoveProblem, MoveProblemCode, Moved, NotMoved, Wanted};
    pub use crate::policy::PolicyError;
    pub use crate::prices::{Amount, Price, PricePeriod};
    pub use crate::rules::InUse;
    pub use crate::seats::{SeatEntry, Status, Step};
    pub use crate::source::{DocumentKind, Documents, Envelope, FailureCode, Found, PortalError};
    pub use crate::text::Phrase;
    pub use crate::time::{ParsePeriodError, UnknownZone, when::Clock};
    pub use crate::usage::{
        BuiltInAccount, Contents, GivenUsage, Installed, InstalledItem, LeftOut, LockedOut, Member, Planned,
        Privileges, UncountedAccounts, UncountedReason, UnknownRole,
    };
}

/// An order of changes of user types, from counts alone: [`plan`](planner::plan).
pub mod planner {
    pub use crate::moves::{BATCH, Batch, Last, NoOrder, Obstacle, Pool, Transfer, plan};
}

/// What the tests look at and nobody else needs; it may change at any time.
#[doc(hidden)]
pub mod for_tests {
    pub use crate::answers::{
        Page, WaivedResults, admins_table, check_gitlab, check_sarif, diff_table, fit_table, moves_csv, moves_table,
        moves_undo, why_table,
    };
    pub use crate::layout::Dialect;
}
