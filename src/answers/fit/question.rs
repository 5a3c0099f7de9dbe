//! What `fit` is asked.

use crate::expect::UseThresholds;
use crate::moves::Moved;
use crate::time::{Instant, Zone};
use crate::usage::{Plan, Roles, Usage};

/// What is asked of a license.
///
/// ```
/// use seatline::{DocumentPlace, FitQuestion, FitReport, Instant, Plan, Roles, Source, UsageReader, Zone};
///
/// let text = r#"{"MyEsri": {"version": "11.4", "provision": {"userTypes": [
///     {"id": "creatorUT", "maxUsers": 1, "startDate": 1767225600000}]}}}"#;
/// let members = "username,userLicenseTypeId,role\nann,creatorUT,org_admin\nbob,creatorUT,org_user\n";
/// let source = Source::from_text("license.json", text);
/// let mut reader = UsageReader::default();
/// reader.read(&Source::from_text("members.csv", members), None)?;
/// let question = FitQuestion {
///     as_of: Instant::from_epoch_ms(1_767_225_600_000),
///     zone: Zone::UTC,
///     until: None,
///     usage: &reader.finish()?,
///     moved: None,
///     plan: &Plan::default(),
///     roles: Roles::default(),
///     thresholds: Default::default(),
/// };
/// let report = FitReport::new(&source, &DocumentPlace::default(), &source.license()?, question);
/// assert_eq!(report.fits, Some(false));
/// assert_eq!(report.first_misfit.map(|misfit| misfit.locked_out), Some(1));
/// # Ok::<(), seatline::Failure>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct FitQuestion<'q> {
    /// From which instant on.
    pub as_of: Instant,
    /// For calendar days, and for dates in what is said.
    pub zone: Zone,
    /// Up to which instant, itself included; where it is not said, to the horizon and to the last line of the plan.
    pub until: Option<Instant>,
    /// What is assigned.
    pub usage: &'q Usage,
    /// What becomes of it where members change user type first.
    pub moved: Option<&'q Moved>,
    /// What is planned.
    pub plan: &'q Plan,
    /// How the roles of members are read.
    pub roles: Roles<'q>,
    /// When use is high.
    pub thresholds: UseThresholds,
}
