//! The answers. Each is a folder with the value, the code that makes the value, and its formats.

pub mod admins;
mod calendar;
pub mod check;
mod costs;
pub mod diff;
mod filter;
mod finding;
pub mod fit;
mod html;
pub mod moves;
mod origin;
mod outlook;
mod page;
mod phrase;
pub mod preflight;
pub mod report;
mod rows;
mod schema_name;
pub mod timeline;
mod until;
pub mod why;
mod words;
mod workbook;

pub use admins::{AdminUserType, AdminsLicense, AdminsQuestion, AdminsReport, admins_markdown, admins_table, reason};
pub use calendar::Calendar;
pub use check::{
    CheckReport, CheckedFinding, CheckedLicense, Checker, PolicyReport, Summary, Waived, WaivedResults, check_azure,
    check_github, check_github_summary, check_gitlab, check_junit, check_markdown, check_sarif, check_text,
    sarif_left_out,
};
pub(crate) use costs::costs_in_words;
pub use costs::{Cost, CostSum, CostSums, Costs, ItemCosts, ShortCost, UnitPrice};
pub use diff::{
    CapabilitiesChange, Comparison, DiffAdministrator, DiffFall, DiffFinding, DiffGap, DiffItem, DiffQuestion,
    DiffReport, DiffSide, DiffSum, ExtraChange, ExtraLoss, Given, Loss, Lost, Presence, Reason, Renamed, Replacement,
    Side, SideDocument, diff_csv, diff_html, diff_markdown, diff_table,
};
pub use filter::{Filter, IdSearch, UnknownId};
pub use finding::{FailureReport, FindingReport, Location, findings};
pub use fit::{
    FitItem, FitQuestion, FitReport, LaterLine, LaterShortage, Misfit, MisfitItem, MostShort, Replaced, Shortage,
    fit_csv, fit_html, fit_markdown, fit_table,
};
pub use moves::{
    AppliedReport, AskedReport, ElsewhereReport, JoinedReport, MoveBatch, MovedType, MovesQuestion, MovesReport,
    ParkedReport, RefusedReport, WaitingAdvice, WaitingReport, moves_csv, moves_markdown, moves_python, moves_table,
    moves_undo,
};
#[cfg(feature = "cli")]
pub(crate) use moves::{have_new_type, left_meanwhile};
pub use origin::Origin;
pub use page::Page;
pub use preflight::{
    Action, ActionItem, Addressee, Cause, Lowest, PreflightItem, PreflightOld, PreflightQuestion, PreflightReport,
    ReplacedId, ShortAtFirst, ShortStep, Verdict, preflight_csv, preflight_github, preflight_html, preflight_ics,
    preflight_mail, preflight_markdown, preflight_table,
};
pub use report::{
    Change, Entitlement, Included, ItemReport, LicenseReport, Report, ReportQuestion, report_html, report_markdown,
    report_table,
};
pub use rows::{RowForm, Rows};
pub use timeline::{
    By, GapReport, TimelineItem, TimelineLicense, TimelineQuestion, TimelineReport, TimelineStep, timeline_html,
    timeline_ics, timeline_markdown, timeline_table,
};
pub use until::UntilIs;
pub use why::{ItemEntries, NoSuchItem, WhyEntry, WhyQuestion, WhyReport, why_markdown, why_table};

pub(crate) use diff::diff_xlsx;
pub(crate) use fit::fit_xlsx;
pub(crate) use preflight::preflight_xlsx;
#[cfg(feature = "cli")]
pub(crate) use report::{PlainReport, PlainRows};
pub(crate) use report::{ReportParts, report_xlsx};
pub(crate) use timeline::timeline_xlsx;

#[cfg(test)]
mod schema;
