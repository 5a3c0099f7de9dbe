//! Which instant is the last that an answer looks at, and why.

use serde::{Deserialize, Serialize};

use crate::license::{Horizon, HorizonKind};
use crate::time::Instant;
use crate::usage::Plan;

/// Why an instant is the last that an answer looks at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum UntilIs {
    /// The user gave it.
    Given,
    /// The license ends a millisecond later.
    LicenseEnd,
    /// It lies a year after the as-of.
    Year,
    /// It is the end of the lead time.
    Lead,
    /// The last line of the plan begins then.
    Plan,
}

/// The last instant to look at: the given instant; else the latest of the horizon, the end of the lead time if there is
/// one, and the instant at which the last line of the plan begins.
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
    // Of several reasons for one instant, the first is given.
    others.fold((horizon.until, own), |latest, one| if one.0 > latest.0 { one } else { latest })
}
