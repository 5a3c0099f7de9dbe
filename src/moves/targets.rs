//! The user types that members are to get: whether they have certain seats, and for how long.

use std::collections::BTreeMap;

use crate::license::Item;
use crate::moves::changes::unknown_types;
use crate::moves::{MemberChange, MoveProblem, MoveProblemCode, Site, Wanted};
use crate::seats::Step;
use crate::text::{Phrase, name, phrase};
use crate::time::{Instant, Period, Zone};

/// A user type that ends, or gets fewer seats, within this period is reported.
pub(super) const SOON: Period = Period::days(30);

/// The problems of new user types that the license does not have. For the move of a whole user type this is a problem
/// also where nobody has that type, since the new id was probably misspelt.
#[must_use]
pub fn unknown_targets(site: &Site<'_>, wanted: &Wanted, changes: &[MemberChange<'_>]) -> Vec<MoveProblem> {
    let mapped = wanted.maps.iter().map(|(_, to)| to.as_str());
    unknown_types(&site.user_types(), changes.iter().map(|change| change.to).chain(mapped))
}

/// The problems of new user types that have no seats, or not certainly.
#[must_use]
pub fn targets_without_seats(site: &Site<'_>, changes: &[MemberChange<'_>]) -> Vec<MoveProblem> {
    let problem = |(item, _): (&Item<'_>, u64)| {
        let id = item.id.as_ref();
        let (code, message) = if !item.timeline.is_certain_at(site.as_of) {
            let message = phrase!["how many seats ", name(id), " has is not certain: `seatline check` tells why"];
            (MoveProblemCode::SeatsNotCertain, message)
        } else if item.timeline.seats_at(site.as_of) == 0 {
            let next = item.timeline.next_change(site.as_of);
            let next = next.map_or_else(String::new, |step| {
                format!("; it has {} from {} on", step.seats, site.zone.show(step.at))
            });
            (MoveProblemCode::NoSeats, phrase![name(id), " has no seats on the day", next])
        } else {
            return None;
        };
        Some(MoveProblem { code, username: None, user_types: vec![id.to_owned()], message })
    };
    targets(site, changes).filter_map(problem).collect()
}

/// A note for each new user type that soon ends or gets fewer seats.
#[must_use]
pub fn short_lived_targets(site: &Site<'_>, changes: &[MemberChange<'_>]) -> Vec<Phrase> {
    let until = SOON.after(site.as_of, site.zone);
    targets(site, changes).filter_map(|(item, moves)| note(item, moves, site.as_of, until, site.zone)).collect()
}

/// The note for a user type that ends or gets fewer seats before `until`; `moves` is the number of members who would
/// get it.
pub(super) fn note(item: &Item<'_>, moves: u64, as_of: Instant, until: Instant, zone: Zone) -> Option<Phrase> {
    let timeline = &item.timeline;
    let mut seats = timeline.seats_at(as_of);
    let later = timeline.steps().iter().filter(|step| step.at > as_of && step.at <= until);
    let mut fall = None;
    for step in later {
        if step.seats < seats {
            fall = Some((seats, *step));
            break;
        }
        seats = step.seats;
    }
    let doubt = timeline.certain_until(as_of).filter(|at| *at > as_of && *at <= until);
    let fall = fall.filter(|(_, step)| doubt.is_none_or(|doubt| step.at < doubt));
    let when = |at: Instant| zone.show(at);
    let left = |at: Instant| zone.span(as_of, at);
    let what = match (fall, doubt) {
        (Some((seats, Step { at, seats: fewer })), _) if fewer > 0 => {
            format!("has {fewer} seats instead of {seats} from {} on (in {})", when(at), left(at))
        }
        (Some((_, Step { at, .. })), _) => match timeline.next_change(at) {
            Some(again) => format!("has no seats from {} (in {}) to {}", when(at), left(at), when(again.at)),
            None => format!("ends on {} (in {})", when(at), left(at)),
        },
        (None, Some(at)) => format!("has seats that are not certain from {} on (in {})", when(at), left(at)),
        (None, None) => return None,
    };
    let members = if moves == 1 { "1 member".to_owned() } else { format!("{moves} members") };
    Some(phrase![name(&item.id), format!(", which {members} would get, {what}")])
}

/// The new user types that the license has, and how many members would get each.
fn targets<'s>(site: &Site<'s>, changes: &[MemberChange<'_>]) -> impl Iterator<Item = (&'s Item<'s>, u64)> {
    let mut counts: BTreeMap<&str, u64> = BTreeMap::new();
    changes.iter().for_each(|change| *counts.entry(change.to).or_default() += 1);
    let types = site.user_types();
    let known = counts.into_iter().filter_map(|(id, count)| Some((*types.get(id)?, count)));
    known.collect::<Vec<_>>().into_iter()
}
