//! What a license gives on a day, as a value: what every format of `seatline report` and `seatline admins` shows.

mod admins;
mod build;
mod check;
mod diff;
mod filter;
mod fit;
mod moves;
mod timeline;
mod value;

pub use admins::{AdminUserType, AdminsLicense, AdminsReport, Obstacle, pick};
pub use build::{Question, findings, license_report};
pub use check::{CheckReport, CheckedFinding, CheckedLicense, Checker, PolicyReport, Summary, Waived};
pub use diff::{
    Before, DiffAdministrator, DiffFinding, DiffGap, DiffItem, DiffReport, DiffSide, DiffSum, Lost, Presence, Reason,
    Renamed, Side, SideDocument,
};
pub use filter::Filter;
pub use fit::{FitItem, FitQuestion, FitReport, Shortage};
pub use moves::{
    AppliedReport, ElsewhereReport, MoveBatch, MoveProblem, MoveProblemCode, MovedType, MovesQuestion, MovesReport,
};
pub use timeline::{GapReport, TimelineItem, TimelineLicense, TimelineReport, TimelineStep, Window};
pub use value::{
    Change, Entitlement, FailureReport, FindingReport, Included, ItemReport, LicenseReport, Location, Report,
};

#[cfg(test)]
mod schema {
    use super::{AdminsReport, CheckReport, DiffReport, FitReport, MovesReport, Report, TimelineReport};
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
            ("moves", schemars::schema_for!(MovesReport)),
            ("fetch", schemars::schema_for!(crate::portal::FetchManifest)),
        ] {
            let path = format!("{folder}/{name}.schema.json");
            let text = crate::render::to_json(&schema).unwrap();
            if std::env::var_os("SEATLINE_WRITE_SCHEMAS").is_some() {
                std::fs::write(&path, &text).unwrap();
            }
            assert_eq!(std::fs::read_to_string(&path).unwrap_or_default(), text, "{path} is out of date");
        }
    }
}
