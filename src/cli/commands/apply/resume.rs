//! Continues where an earlier run with the same journal ended.

use std::collections::{HashMap, HashSet};
use std::path::Path;

use crate::answers::MovesReport;
use crate::moves::{Move, MoveProblemCode, Wanted};
use crate::portal::Session;
use crate::portal::apply::{Journal, JournalEntry, JournalMove, WantedMoves, Whereabouts};

use crate::cli::commands::apply::sentences::may_be_done;
use crate::cli::exit::{Exit, Stop};

/// Whether an earlier run of the same command began the journal.
pub(super) fn is_begun(journal: &Journal, session: &Session, wanted: &WantedMoves, path: &Path) -> Result<bool, Stop> {
    let Some(JournalEntry::Begin { portal, said: earlier, .. }) = journal.entries().first() else { return Ok(false) };
    let name = path.display();
    if portal != session.address().as_str() {
        return Err(Stop::usage(format!("{name}: this journal is of {portal}; --journal names another file")));
    }
    if earlier != wanted {
        return Err(Stop::usage(if journal.is_done() {
            format!("{name}: this journal is of other moves, which are done; --journal names another file")
        } else {
            format!(
                "{name}: this journal was begun for other moves: run that command again until it is done, or name another \
                 --journal"
            )
        }));
    }
    Ok(true)
}

/// Refuses to move members whose user type somebody else changed after the earlier run.
pub(super) fn check(
    whereabouts: &Whereabouts,
    journal: &Journal,
    wanted: &WantedMoves,
    path: &Path,
) -> Result<(), Stop> {
    let name = path.display();
    // A member whom a late request brought into the user type of `--park` is moved on.
    let is_late = whereabouts.elsewhere.is_empty() && whereabouts.open.len() == whereabouts.late.len();
    if journal.is_done() && !whereabouts.is_done() && !is_late {
        return Err(Stop::usage(format!(
            "{name}: by this journal all of it is done, and members have been changed since: for new moves name another \
             --journal"
        )));
    }
    match elsewhere(whereabouts, wanted) {
        Some(message) => Err(Stop::new(Exit::Objection, format!("{name}: {message}"))),
        None => Ok(()),
    }
}

/// The sentence about members whom somebody else moved, and what to do about them.
pub(super) fn elsewhere(whereabouts: &Whereabouts, wanted: &WantedMoves) -> Option<String> {
    let (username, now) = whereabouts.elsewhere.first()?;
    let others = match whereabouts.elsewhere.len() {
        1 => String::new(),
        count => format!(", and {} others are elsewhere too", count - 1),
    };
    // Where a user type is the old one of a map and the new one of another, only the journal knows which members come
    // from where.
    let chained = wanted.maps.iter().any(|(_, to)| wanted.maps.iter().any(|(from, _)| from == to));
    let anew = if chained {
        "and name those who are left in --moves, since --map would move twice who was moved already"
    } else {
        "for what is left"
    };
    Some(match now {
        Some(now) => format!(
            "{username} has {now} now, which is neither the user type of before nor the new one{others}: somebody else changes \
             members; begin anew with another --journal, {anew}"
        ),
        None => {
            let is_named = wanted.moves.iter().any(|(name, _)| name == username);
            let without = if is_named { "without such members in --moves, " } else { "" };
            format!(
                "{username} is no member any more, and was not moved before{others}: begin anew with another --journal, \
                 {without}{anew}"
            )
        }
    })
}

/// The end of a message about a run that changes nothing, with a journal that an earlier run began.
pub(super) fn nothing_by_this_run(journal: &Journal, path: &Path) -> String {
    let perhaps = may_be_done(&Whereabouts::by_answers(journal)).map(|perhaps| format!("; {perhaps}"));
    let perhaps = perhaps.unwrap_or_default();
    format!("nothing was changed by this run{perhaps}: run the same command again ({})", path.display())
}

/// The note about requests of an earlier run that the portal did not answer, and that its list of members does not show.
pub(super) fn perhaps_still(journal: &Journal, whereabouts: &Whereabouts, path: &Path) -> Option<String> {
    let perhaps = may_be_done(whereabouts)?;
    let (outstanding, moves) = (journal.outstanding(), journal.moves());
    let requests = whereabouts.unanswered.iter().filter_map(|(username, _)| outstanding.get(username.as_str()));
    let since = requests.map(|request| request.since).max().unwrap_or_default();
    let targets: HashMap<&str, &str> = moves.iter().map(|one| (one.username.as_str(), one.to.as_str())).collect();
    let waits = |(username, asked): &&(String, String)| targets.get(username.as_str()) != Some(&asked.as_str());
    let then = match whereabouts.unanswered.iter().find(waits) {
        None => "this run asks for it again, which does no harm if both are carried out".to_owned(),
        // A late request takes the member back, even after the journal says that all is done.
        Some((username, user_type)) => format!(
            "if it does, {username} waits in {user_type} once more: run the same command again some minutes after it has ended"
        ),
    };
    Some(format!("{}: {perhaps} (asked by {since}); {then}", path.display()))
}

/// The advice if a journal was begun, and what is left of its moves has no order.
pub(super) fn to_free(report: &MovesReport, path: &Path) -> String {
    let seats = |count: u64| if count == 1 { "1 seat".to_owned() } else { format!("{count} seats") };
    let mut free = Vec::new();
    for problem in &report.problems {
        let types = || problem.user_types.join(" or ");
        match problem.code {
            MoveProblemCode::EndsShort => {
                for id in &problem.user_types {
                    let short = report.user_types.iter().find(|one| one.id == *id);
                    let short = short.map_or(1, |one| one.after.saturating_sub(one.seats).max(1));
                    free.push(format!("{} of {id}", seats(short)));
                }
            }
            MoveProblemCode::HeldByLast => free.push(format!("1 seat of {}", types())),
            MoveProblemCode::Deadlock => free.push(format!("1 seat of {}", types())),
            _ => {}
        }
    }
    let first = match free.as_slice() {
        [] => "once what stands in the way is gone".to_owned(),
        free => format!("free {} (move somebody else out of it, or import a license with more)", free.join(" and ")),
    };
    format!(
        "{}: these moves were begun; {first}, and run the same command again: it goes on where it ended",
        path.display()
    )
}

/// Refuses a plan that rests on a list that lags behind: one that would let a member wait whom the portal reported as having
/// the new user type, or that finds no order for the sake of such members. Moved straight to that user type, they do not change.
///
/// # Errors
/// Where the plan is such a one.
pub(super) fn not_taken_back(
    whereabouts: &Whereabouts,
    report: &MovesReport,
    journal: &Journal,
    waited: u64,
) -> Result<(), Stop> {
    let reported = |username: &&String| whereabouts.reported.contains(username);
    let waits = report.parked.iter().map(|one| &one.username).find(reported);
    let is_short = report.problems.iter().any(|problem| {
        use MoveProblemCode::{Deadlock, EndsShort, HeldByLast};
        matches!(problem.code, Deadlock | EndsShort | HeldByLast)
    });
    let Some(username) = waits.or_else(|| whereabouts.reported.first().filter(|_| is_short)) else { return Ok(()) };
    let said = whereabouts.contradicted.iter().find(|(name, _)| name == username);
    let user_type = said.map_or("", |(_, user_type)| user_type.as_str());
    let at = journal.answered_at(username).unwrap_or_default();
    Err(Stop::new(
        Exit::Input,
        format!(
            "the portal said at {at} that {username} has {user_type}, and its list of members, read for {waited} s (--settle), does \
             not show it: either it lags behind, then wait until it does, or somebody changed that back, then begin anew with \
             another --journal"
        ),
    ))
}

/// The moves of the journal that are still to be planned, and those of members who joined since. A member who has the
/// new user type already needs no move, nor does an account that is gone.
pub(super) fn still_wanted(moves: &[JournalMove], whereabouts: &Whereabouts) -> Wanted {
    let waiting = whereabouts.gone_waiting.iter().map(|(username, _)| username);
    let gone: HashSet<&str> = whereabouts.gone.iter().chain(waiting).map(String::as_str).collect();
    let wanted = |one: &JournalMove| Move {
        username: one.username.clone(),
        user_type: one.to.clone(),
        place: "the journal".to_owned(),
    };
    let all = moves.iter().chain(&whereabouts.joined).filter(|one| !gone.contains(one.username.as_str()));
    Wanted { moves: all.map(wanted).collect(), ..Wanted::default() }
}

/// The moves of those who joined, and no others.
pub(super) fn joined_only(whereabouts: &Whereabouts) -> Wanted {
    let wanted = |one: &JournalMove| Move {
        username: one.username.clone(),
        user_type: one.to.clone(),
        place: "the list of members".to_owned(),
    };
    Wanted { moves: whereabouts.joined.iter().map(wanted).collect(), ..Wanted::default() }
}

/// The moves of a plan, for the journal. A member in two batches waits in a third user type.
pub(super) fn planned(report: &MovesReport) -> Vec<JournalMove> {
    let mut moves: Vec<JournalMove> = Vec::new();
    let mut places: HashMap<&str, usize> = HashMap::new();
    for batch in &report.batches {
        for (username, from) in batch.users.iter().zip(&batch.from) {
            match places.get(username.as_str()).and_then(|place| moves.get_mut(*place)) {
                Some(one) => one.via.push(std::mem::replace(&mut one.to, batch.user_type.clone())),
                None => {
                    places.insert(username, moves.len());
                    let (from, to) = (from.clone(), batch.user_type.clone());
                    moves.push(JournalMove { username: username.clone(), from, via: Vec::new(), to });
                }
            }
        }
    }
    moves
}
