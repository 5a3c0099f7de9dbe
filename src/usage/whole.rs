//! Whether a license resource accounts for everybody.

use super::origin::Origin;
use super::tally::Tally;
use crate::document::count;
use crate::item::ItemKind;
use crate::json::{Place, Raw, members};
use crate::source::{Failure, FailureCode};

members! {
    /// What a license resource says of all members.
    Everybody {
        /// How many there are.
        "currentRegisteredMembers" => members: Raw<'a>,
    }
}

/// Refuses what a resource counts if it is less than what it says there is.
///
/// # Errors
/// Where nothing is counted, or fewer members have a user type than there are members.
pub(super) fn check(origin: Origin<'_>, tally: &Tally) -> Result<(), Failure> {
    if tally.kinds.is_empty() {
        let message = "it counts nothing: there is no currentRegisteredMembers in its user types";
        return Err(origin.failure(FailureCode::Incomplete, message));
    }
    let Some(user_types) = tally.kinds.get(&ItemKind::UserType) else { return Ok(()) };
    let sum: u128 = user_types.by_id.values().map(|count| u128::from(*count)).sum();
    let everybody = origin.read::<Place<Everybody<'_>>>()?;
    let all = everybody.here().and_then(|everybody| count(everybody.members).value()).map(u128::from);
    match all.filter(|all| *all > sum) {
        None => Ok(()),
        Some(all) => {
            let message = format!(
                "currentRegisteredMembers is {all}, and the user types account for {sum}: nobody knows what the others \
                 hold; give member counts or members instead"
            );
            Err(origin.failure(FailureCode::Incomplete, message))
        }
    }
}
