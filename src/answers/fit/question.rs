//! The question that `fit` answers.

use crate::expect::UseThresholds;
use crate::moves::Moved;
use crate::time::{Instant, Zone};
use crate::usage::{Plan, Roles, Usage};

/// The question that `fit` asks of a license.
///
/// ```
/// use seatline::{
///     DocumentPlace, FitQuestion, FitReport, Instant, License, Plan, Roles, Source, UsageReader, Zone,
/// };
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
/// let (document, place) = (source.license()?, DocumentPlace::default());
/// let report = FitReport::new(License::new(&source, &place, &document), question);
/// assert_eq!(report.fits, Some(false));
/// assert_eq!(report.first_misfit.map(|misfit| misfit.locked_out), Some(1));
/// # Ok::<(), seatline::Failure>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct FitQuestion<'q> {
    /// The instant from which on the seats must suffice.
    pub as_of: Instant,
    /// The zone of calendar days, and of the dates in messages.
    pub zone: Zone,
    /// The last instant that is looked at; `None` for the license's horizon, or the last line of the plan if that is
    /// later.
    pub until: Option<Instant>,
    /// The seats that are assigned now, and the members.
    pub usage: &'q Usage,
    /// The usage after members have changed user type, where moves or a map were given.
    pub moved: Option<&'q Moved>,
    /// The seats that are to be assigned in addition.
    pub plan: &'q Plan,
    /// How the roles of members are read.
    pub roles: Roles<'q>,
    /// The shares of the seats from which on use is a warning or an error.
    pub thresholds: UseThresholds,
}
