//! Whether the counts of a license resource account for all members.

use crate::license::{ItemKind, count};
use crate::source::{Failure, FailureCode};
use crate::usage::origin::DocumentOrigin;
use crate::usage::resource::ResourceDocument;
use crate::usage::tally::Tally;

/// Refuses the counts of a license resource if they may leave out members.
///
/// # Errors
/// Where nothing is counted, where fewer members have a user type than the portal has members, or where a user type is
/// not counted and the others do not account for all members.
pub(super) fn check(origin: DocumentOrigin<'_>, tally: &Tally) -> Result<(), Failure> {
    if tally.kinds.is_empty() {
        let message = "it counts nothing: there is no currentRegisteredMembers in its user types";
        return Err(origin.failure(FailureCode::Incomplete, message));
    }
    let document = ResourceDocument::read(origin)?;
    let counted = tally.kinds.get(&ItemKind::UserType).map(|counts| &counts.by_id);
    let sum: u128 = counted.iter().flat_map(|counted| counted.values()).map(|count| u128::from(*count)).sum();
    let all = count(document.members).value().map(u128::from);
    if let Some(all) = all.filter(|all| *all > sum) {
        let message = format!(
            "currentRegisteredMembers is {all}, and the user types account for {sum}: nobody knows what the others hold; \
             give member counts or members instead"
        );
        return Err(origin.failure(FailureCode::Incomplete, message));
    }
    if all == Some(sum) {
        return Ok(());
    }
    let is_counted = |id: &String| counted.is_some_and(|counted| counted.contains_key(id));
    let mut user_types = document.entries(origin)?.into_iter().filter(|(kind, ..)| *kind == ItemKind::UserType);
    match user_types.find(|(_, id, ..)| !is_counted(id)) {
        None => Ok(()),
        Some((_, id, pointer, _)) => {
            let message = format!(
                "the user type {id} has no currentRegisteredMembers, so nobody knows how many members hold it; give member \
                 counts or members instead"
            );
            Err(Failure { code: FailureCode::Incomplete, ..origin.unreadable(pointer, message) })
        }
    }
}
