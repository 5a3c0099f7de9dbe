//! The sentences at the end of `moves --apply`.

use std::fmt::Display;

use crate::answers::{have_new_type, left_meanwhile};
use crate::portal::apply::Whereabouts;

use crate::cli::exit::{Exit, Stop};

/// The most members that a sentence names.
const FEW: usize = 5;

/// The first names of a list, with a verb: what these members did.
pub(super) fn names<'n>(names: impl ExactSizeIterator<Item = &'n str>, verb: &str) -> String {
    format!("{} {verb}", first(names))
}

fn first<'n>(names: impl ExactSizeIterator<Item = &'n str>) -> String {
    let count = names.len();
    let shown: Vec<_> = names.take(FEW).collect();
    let more = if count > FEW { format!(" and {} more", count - FEW) } else { String::new() };
    format!("{}{more}", shown.join(", "))
}

/// Several errors as one, with their messages on one line and the highest exit code.
pub(super) fn joined(stops: &[Stop], separator: &str, end: &str) -> Stop {
    let exit = stops.iter().map(|stop| stop.exit).max().unwrap_or(Exit::Input);
    Stop::new(exit, format!("{}; {end}", joined_messages(stops, separator)))
}

pub(super) fn joined_messages(stops: &[Stop], separator: &str) -> String {
    stops.iter().map(|stop| stop.message.as_str()).collect::<Vec<_>>().join(separator)
}

/// The sentence that counts the members by what became of them.
pub(super) fn sentence(whereabouts: &Whereabouts, all: usize) -> String {
    if whereabouts.may_lag && !whereabouts.contradicted.is_empty() {
        // Nobody waited for the list, so it contradicts nothing.
        let who = contradicted(whereabouts);
        let by_answers = sentence(&Whereabouts { may_lag: false, ..whereabouts.believing_answers() }, all);
        return format!(
            "by the portal's answers, {by_answers}; its list of members does not show that of {who} yet, and may lag behind"
        );
    }
    let (done, gone, left) = (whereabouts.done.len(), whereabouts.gone.len(), whereabouts.gone_waiting.len());
    let meanwhile = left_meanwhile(gone, left);
    if done + gone + left == all {
        return match done {
            1 if all == 1 => format!("the member has its new user type{meanwhile}"),
            1 => format!("1 member has its new user type{meanwhile}"),
            _ => format!("all {done} members have their new user type{meanwhile}"),
        };
    }
    let waiting = match whereabouts.waiting.as_slice() {
        [] => String::new(),
        [(username, user_type)] => format!(", 1 waits in a third user type ({username} in {user_type})"),
        several => {
            let who = first(several.iter().map(|(username, _)| username.as_str()));
            let mut types: Vec<_> = several.iter().map(|(_, user_type)| user_type.as_str()).collect();
            types.sort_unstable();
            types.dedup();
            format!(", {} wait in a third user type ({who} in {})", several.len(), types.join(", "))
        }
    };
    let neither = match whereabouts.elsewhere.len() {
        0 => String::new(),
        count => format!(", {count} neither"),
    };
    let back = match whereabouts.taken_back.len() {
        0 => String::new(),
        count => format!(", {count} the new one or one to wait in"),
    };
    let before = whereabouts.open.len().saturating_sub(whereabouts.waiting.len() + whereabouts.taken_back.len());
    let mut sentence =
        format!("{}, {before} the one of before{waiting}{back}{neither}{meanwhile}", have_new_type(done, all));
    if !whereabouts.contradicted.is_empty() {
        let who = contradicted(whereabouts);
        sentence.push_str(&format!(
            "; of {who} the portal said that it was done, and its list of members does not show it"
        ));
    }
    if let Some(perhaps) = may_be_done(whereabouts) {
        sentence.push_str(&format!("; {perhaps}"));
    }
    sentence
}

fn contradicted(whereabouts: &Whereabouts) -> String {
    first(whereabouts.contradicted.iter().map(|(username, _)| username.as_str()))
}

/// The sentence about requests that the portal did not answer, or not for every member: they are not seen to be done, and may
/// still be.
pub(super) fn may_be_done(whereabouts: &Whereabouts) -> Option<String> {
    let ((_, user_type), others) = whereabouts.unanswered.split_first()?;
    let who = first(whereabouts.unanswered.iter().map(|(username, _)| username.as_str()));
    let is_one = others.iter().all(|(_, other)| other == user_type);
    let what = if is_one { format!("whether {who} got {user_type}") } else { format!("about {who}") };
    Some(format!("the portal did not say {what}, and may still carry it out"))
}

/// What to do where moves are left.
pub(super) fn go_on(whereabouts: &Whereabouts, journal: impl Display) -> String {
    let is_known = whereabouts.unanswered.is_empty() && whereabouts.contradicted.is_empty();
    let first = if is_known { "" } else { "wait a while, and " };
    format!("{first}run the same command again to go on ({journal})")
}
