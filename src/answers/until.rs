//! How far an answer looks, and why so far.

use serde::{Deserialize, Serialize};

use crate::license::{Horizon, HorizonKind};
use crate::time::Instant;
use crate::usage::Plan;

/// Why the look ends where it does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum UntilIs {
    /// The user said so.
    Given,
    /// The license ends right after.
    LicenseEnd,
    /// A year after the as-of.
    Year,
    /// The end of the lead time.
    Lead,
    /// The last line of the plan begins then.
    Plan,
}

/// The last instant to look at: the given one, else the latest of the horizon, the end of the lead time where there is one,
/// and the beginning of the last line of the plan.
pub(super) fn until(
    given: Option<Instant>,
    horizon: &Horizon,
    lead: Option<Instant>,
    plan: &Plan,
) -> (Instant, UntilIs) {
    if let Some(given) = given {
        return (given, UntilIs::Given);
    }
    let own = match horizon.kind() {
        HorizonKind::LicenseEnd => UntilIs::LicenseEnd,
        HorizonKind::Year => UntilIs::Year,
    };
    let lead = lead.map(|until| (until, UntilIs::Lead));
    let others = lead.into_iter().chain(plan.latest().map(|from| (from, UntilIs::Plan)));
    // Of several at one instant the first one counts.
    others.fold((horizon.until, own), |latest, one| if one.0 > latest.0 { one } else { latest })
}
