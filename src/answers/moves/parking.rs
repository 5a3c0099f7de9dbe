//! Members who wait in a third user type, where there is no other order.

use std::collections::HashMap;

use crate::answers::moves::counted::CountedMoves;
use crate::answers::moves::value::{MoveBatch, ParkedReport};
use crate::license::ItemKind;
use crate::moves::{MoveProblem, MoveProblemCode, Site};
use crate::text::{Phrase, name, phrase};

/// The most user types that are tried as a place to wait, and named.
const MOST: usize = 40;

/// Why nobody can wait in the user type `park`: the license does not have it, or it does not certainly have seats.
pub(super) fn cannot(site: &Site<'_>, park: &str) -> Option<MoveProblem> {
    let item = site.items.iter().find(|item| item.kind == ItemKind::UserType && item.id == park);
    let (code, why) = match item {
        None => (MoveProblemCode::UnknownType, "the license has no such user type"),
        Some(item) if !item.timeline.is_certain_at(site.as_of) => {
            (MoveProblemCode::SeatsNotCertain, "how many seats it has is not certain")
        }
        Some(item) if item.timeline.seats_at(site.as_of) == 0 => {
            (MoveProblemCode::NoSeats, "it has no seats on the day")
        }
        Some(_) => return None,
    };
    let message = phrase!["nobody can wait in ", name(park), ": ", why];
    Some(MoveProblem { code, username: None, user_types: vec![park.to_owned()], message })
}

/// The user types in which a member could wait. `helps` says whether waiting in a user type makes an order.
pub(super) fn could_wait_in<'q>(
    site: &Site<'_>,
    counted: &CountedMoves<'q>,
    helps: impl Fn(&str) -> bool,
) -> impl Iterator<Item = &'q str> {
    let certain = |id: &&str| cannot(site, id).is_none();
    counted.with_seats_to_spare().filter(certain).take(MOST).filter(move |id| helps(id))
}

/// Adds to each deadlock the user types in which a member could wait.
pub(super) fn advise(problems: &mut [MoveProblem], could: &[&str]) {
    if could.is_empty() {
        return;
    }
    for problem in problems {
        problem.message.push("; or one of the members waits in another user type: ");
        problem.message.push(Phrase::join(could.iter().map(|id| name(id)), " or "));
    }
}

/// The members who wait, in the order of the requests.
pub(super) fn parked(batches: &[MoveBatch]) -> Vec<ParkedReport> {
    let mut first: HashMap<&str, (&str, &str, u64)> = HashMap::new();
    let mut parked = Vec::new();
    for (batch, number) in batches.iter().zip(1..) {
        for (username, from) in batch.users.iter().zip(&batch.from) {
            match first.get(username.as_str()) {
                Some((before, via, request)) => parked.push(ParkedReport {
                    username: username.clone(),
                    from: (*before).to_owned(),
                    via: (*via).to_owned(),
                    to: batch.user_type.clone(),
                    first_request: *request,
                    last_request: number,
                }),
                None => {
                    first.insert(username, (from, &batch.user_type, number));
                }
            }
        }
    }
    parked
}

/// A note that says what the waiting means for these members.
pub(super) fn note(parked: &[ParkedReport]) -> Option<Phrase> {
    let first = parked.first()?;
    let who = match parked.len() {
        1 => " waits in ".to_owned(),
        count => format!(" and {} more wait in ", count - 1),
    };
    let what = format!(
        " from request {} to request {}: meanwhile, and perhaps afterwards, a member who waits may lose role, add-ons and what \
         only the former user type allows; look at them when all is done",
        parked.iter().map(|one| one.first_request).min().unwrap_or_default(),
        parked.iter().map(|one| one.last_request).max().unwrap_or_default(),
    );
    Some(phrase![name(&first.username), who, name(&first.via), what])
}
