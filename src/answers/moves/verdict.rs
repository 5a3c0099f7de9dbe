//! The result of `moves` in words.

use crate::answers::{AppliedReport, MovesReport};

/// The result of `moves` in words.
pub(super) fn verdict(report: &MovesReport) -> String {
    let plural = |count: usize| if count == 1 { "" } else { "s" };
    let planned = match (report.possible, report.problems.len(), report.batches.len()) {
        (None, ..) => "not known whether it is possible: an input could not be read".to_owned(),
        (Some(false), count, _) => format!("not possible: {count} problem{}", plural(count)),
        (Some(true), _, 0) => "nothing to do".to_owned(),
        (Some(true), _, count) => format!("possible in {count} request{}", plural(count)),
    };
    let result = match &report.applied {
        Some(applied) if report.possible == Some(true) => became(applied),
        // An earlier run applied some of the moves.
        Some(applied) => format!("{planned}; {}", became(applied)),
        None => planned,
    };
    format!("{result}{}", of_whom(report))
}

/// Says that a verdict about members is not about those whom the portal does not name.
fn of_whom(report: &MovesReport) -> String {
    match report.unnamed {
        0 => String::new(),
        count => format!(" (of those whom the portal names: it counts {count} more)"),
    }
}

/// The moves that the portal made, in words.
fn became(applied: &AppliedReport) -> String {
    let (done, all) = (applied.moved.len(), applied.users());
    let (gone, waiting) = (applied.gone.len(), applied.gone_waiting.len());
    let left = left_meanwhile(gone, waiting);
    let without = all - done - gone - waiting;
    let waits = match applied.waiting.len() {
        0 => String::new(),
        1 => ", 1 of them waits in a third user type".to_owned(),
        count => format!(", {count} of them wait in a third user type"),
    };
    let perhaps = match applied.unanswered.len() {
        0 => String::new(),
        count => {
            format!("; for {count} of them the portal did not say whether it did what was asked, and may still do it")
        }
    };
    let against = match applied.contradicted.len() {
        0 => String::new(),
        count => format!("; of {count} of them the portal said that it was done, and its list does not show it"),
    };
    let new = have_new_type(done, all);
    let not_new = match all {
        1 => "the member does not have its new user type".to_owned(),
        _ => format!("{without} of {all} members do not have their new user type"),
    };
    match (applied.done, applied.listed, done) {
        (Some(true), _, 1) => format!("done: 1 member has its new user type{left}"),
        (Some(true), ..) => format!("done: {done} members have their new user type{left}"),
        (_, false, _) => {
            format!("not checked: by the portal's answers {new}{waits}{left}; its members cannot be listed{perhaps}")
        }
        // The portal's answers and its list differ, and nobody waited for the list.
        (None, true, _) if !applied.contradicted.is_empty() => {
            format!("not checked: by its list of members, {not_new}{waits}{left}{against}{perhaps}")
        }
        (_, true, _) if applied.unanswered.is_empty() => {
            format!("not done: {not_new}{waits}{left}{against}")
        }
        (_, true, _) => {
            format!("unfinished: {not_new}{waits}{left}{against}{perhaps}")
        }
    }
}

/// How many members have their new user type.
pub(crate) fn have_new_type(done: usize, all: usize) -> String {
    match all {
        1 => format!("{done} of 1 member has the new user type"),
        _ => format!("{done} of {all} members have their new user type"),
    }
}

/// How many users are no longer members, in words: users who were moved, and users who waited in a third user type.
pub(crate) fn left_meanwhile(moved: usize, waiting: usize) -> String {
    let moved = match moved {
        0 => String::new(),
        1 => ", 1 was moved and is no member any more".to_owned(),
        _ => format!(", {moved} were moved and are no members any more"),
    };
    let waiting = match waiting {
        0 => String::new(),
        1 => ", 1 waited in a third user type and is no member any more".to_owned(),
        _ => format!(", {waiting} waited in a third user type and are no members any more"),
    };
    moved + &waiting
}
