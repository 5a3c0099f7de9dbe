//! The answers: each a folder with its value, how it is made, and what it looks like.

pub mod admins;
pub mod check;
pub mod diff;
mod filter;
mod finding;
pub mod fit;
pub mod moves;
mod page;
mod phrase;
pub mod preflight;
pub mod report;
pub mod timeline;
mod until;
pub mod why;
mod words;

pub use admins::{
    AdminUserType, AdminsLicense, AdminsReport, admins_csv, admins_jsonl, admins_markdown, admins_table, pick, reason,
};
pub use check::{
    CheckReport, CheckedFinding, CheckedLicense, Checker, PolicyReport, Summary, Waived, check_github, check_jsonl,
    check_junit, check_markdown, check_sarif, check_text,
};
pub use diff::{
    CapabilitiesChange, Comparison, DiffAdministrator, DiffFall, DiffFinding, DiffGap, DiffItem, DiffQuestion,
    DiffReport, DiffSide, DiffSum, ExtraChange, ExtraLoss, Given, Loss, Lost, Presence, Reason, Renamed, Replacement,
    Side, SideDocument, diff_csv, diff_markdown, diff_table,
};
pub use filter::Filter;
pub use finding::{FailureReport, FindingReport, Location, findings};
pub use fit::{
    FitItem, FitQuestion, FitReport, LaterLine, Misfit, MisfitItem, Replaced, Shortage, fit_csv, fit_markdown,
    fit_table,
};
pub use moves::{
    AppliedReport, ElsewhereReport, MoveBatch, MovedType, MovesQuestion, MovesReport, moves_csv, moves_markdown,
    moves_python, moves_table, moves_undo,
};
pub use page::Page;
pub use preflight::{
    Action, ActionItem, Cause, Lowest, PreflightItem, PreflightLicense, PreflightOld, PreflightQuestion,
    PreflightReport, Verdict, preflight_csv, preflight_github, preflight_markdown, preflight_table,
};
pub use report::{
    Change, Entitlement, Included, ItemReport, LicenseReport, Question, Report, license_report, report_csv,
    report_jsonl, report_markdown, report_table,
};
pub use timeline::{
    By, GapReport, TimelineItem, TimelineLicense, TimelineReport, TimelineStep, Window, timeline_csv, timeline_ics,
    timeline_jsonl, timeline_markdown, timeline_table,
};
pub use until::UntilIs;
pub use why::{NoSuchItem, WhyEntry, WhyQuestion, WhyReport, why_markdown, why_table};

#[cfg(test)]
mod schema {
    use crate::answers::{
        AdminsReport, CheckReport, DiffReport, FitReport, MovesReport, PreflightReport, Report, TimelineReport,
    };
    use crate::policy::RawPolicy;

    /// The shipped schemas are those of the types. `SEATLINE_WRITE_SCHEMAS=1 cargo test schemas` writes them.
    #[test]
    fn shipped_schemas_are_those_of_the_types() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/schema");
        for (name, schema) in [
            ("report", schemars::schema_for!(Report)),
            ("admins", schemars::schema_for!(AdminsReport)),
            ("check", schemars::schema_for!(CheckReport)),
            ("policy", schemars::schema_for!(RawPolicy)),
            ("timeline", schemars::schema_for!(TimelineReport)),
            ("diff", schemars::schema_for!(DiffReport)),
            ("fit", schemars::schema_for!(FitReport)),
            ("preflight", schemars::schema_for!(PreflightReport)),
            ("why", schemars::schema_for!(crate::answers::WhyReport)),
            ("moves", schemars::schema_for!(MovesReport)),
            ("fetch", schemars::schema_for!(crate::portal::FetchManifest)),
        ] {
            let path = format!("{folder}/{name}.schema.json");
            let text = crate::text::to_json(&schema).unwrap();
            if std::env::var_os("SEATLINE_WRITE_SCHEMAS").is_some() {
                std::fs::write(&path, &text).unwrap();
            }
            assert_eq!(std::fs::read_to_string(&path).unwrap_or_default(), text, "{path} is out of date");
        }
    }
}
