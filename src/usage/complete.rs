//! Whether the counts of a license resource account for all members.

use crate::json::Pointer;
use crate::license::{ItemKind, count};
use crate::source::{Failure, FailureCode};
use crate::usage::count_gap::CountGap;
use crate::usage::origin::DocumentOrigin;
use crate::usage::resource::ResourceDocument;
use crate::usage::tally::{BuiltIn, Tally};

/// Refuses the counts of a license resource if they may leave out members. Returns a note where they account for more members
/// than the portal counts, which its built-in accounts may explain.
///
/// # Errors
/// Where nothing is counted, where fewer members have a user type than the portal has members, or where a user type is
/// not counted and the others do not account for all members: the code is then `Incomplete`. Where far more members have a user
/// type than the portal has members: the two contradict each other.
pub(super) fn check(origin: DocumentOrigin<'_>, tally: &Tally) -> Result<Option<String>, Failure> {
    if tally.kinds.is_empty() {
        let message = "it counts nothing: there is no currentRegisteredMembers in its user types";
        return Err(origin.failure(FailureCode::Incomplete, message));
    }
    let document = ResourceDocument::read(origin)?;
    let counted = tally.kinds.get(&ItemKind::UserType).map(|counts| &counts.by_id);
    let (sum, all) = (members_counted(tally), members_of(&document));
    if let Some(all) = all.filter(|all| *all > sum) {
        let message = format!(
            "currentRegisteredMembers is {all}, and the user types account for {sum}: nobody knows what the others hold; \
             give member counts or members instead"
        );
        return Err(origin.failure(FailureCode::Incomplete, message));
    }
    if let Some(all) = all.filter(|all| *all < sum) {
        let number = "currentRegisteredMembers";
        if sum - all > u128::from(BuiltIn::unseen().untyped) {
            let message = format!(
                "{number} is {all}, and the user types account for {sum}: these contradict each other; give what was taken at one \
                 time, or member counts or members instead"
            );
            let pointer = Pointer::of(&[number]);
            return Err(Failure { code: FailureCode::Contradiction, ..origin.unreadable(pointer, message) });
        }
        return Ok(Some(format!(
            "{}: {number} is {all}, and the user types account for {sum}: the portal's built-in accounts may be why, and the \
             larger count is taken",
            origin.name()
        )));
    }
    if all == Some(sum) {
        return Ok(None);
    }
    let is_counted = |id: &String| counted.is_some_and(|counted| counted.contains_key(id));
    let mut user_types = document.entries(origin)?.into_iter().filter(|(kind, ..)| *kind == ItemKind::UserType);
    match user_types.find(|(_, id, ..)| !is_counted(id)) {
        None => Ok(None),
        Some((_, id, pointer, _)) => {
            let message = format!(
                "the user type {id} has no currentRegisteredMembers, so nobody knows how many members hold it; give member \
                 counts or members instead"
            );
            Err(Failure { code: FailureCode::Incomplete, ..origin.unreadable(pointer, message) })
        }
    }
}

/// How many members the counts of user types account for.
fn members_counted(tally: &Tally) -> u128 {
    let counted = tally.kinds.get(&ItemKind::UserType).map(|counts| &counts.by_id);
    counted.into_iter().flat_map(|counted| counted.values()).map(|count| u128::from(*count)).sum()
}

/// How many members the portal has, as the document says.
fn members_of(document: &ResourceDocument<'_>) -> Option<u128> {
    count(document.members).value().map(u128::from)
}

/// What is missing where [`check`] refuses the counts of a license resource.
pub(super) fn gap(origin: DocumentOrigin<'_>, tally: &Tally, failure: &Failure) -> CountGap {
    let all = ResourceDocument::read(origin).ok().as_ref().and_then(members_of);
    let counted = members_counted(tally);
    CountGap::partial(&origin.name(), all.filter(|all| *all > counted).map(|all| (counted, all)), failure)
}
