//! Continues where an earlier run with the same journal ended.

use std::collections::{HashMap, HashSet};
use std::path::Path;

use crate::answers::MovesReport;
use crate::moves::{Move, Wanted};
use crate::portal::Session;
use crate::portal::apply::{Journal, JournalEntry, JournalMove, WantedMoves, Whereabouts};

use crate::cli::io::exit::{Exit, Stop};

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

/// The moves of a plan, for the journal. Who is in two batches has a user type in between.
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
