//! The end of `moves --apply`: members are read again, and the report says which user type each has.

use std::path::Path;

use crate::answers::{
    AppliedReport, ElsewhereReport, JoinedReport, MovesReport, RefusedReport, WaitingReport, left_meanwhile,
};
use crate::moves::Wanted;
use crate::portal::Session;
use crate::portal::apply::{Journal, JournalEntry, JournalError, JournalMove, Stopped, WantedMoves, Whereabouts};
use crate::usage::Member;

use crate::cli::commands::apply::dialogue::Apply;
use crate::cli::commands::apply::resume;
use crate::cli::io::exit::{Exit, Stop};
use crate::cli::settings::now;

impl Apply<'_> {
    /// Reads the members again, and completes the report with the user type of each.
    pub(super) fn finish(
        &self,
        session: &mut Session,
        report: &mut MovesReport,
        journal: &mut Journal,
        (command, moves, maps): (&WantedMoves, &[JournalMove], &[(String, String)]),
        plan: &dyn Fn(&[Member], &Wanted) -> MovesReport,
        stopped: Option<Stopped>,
    ) -> Result<Exit, Stop> {
        let name = self.journal.display();
        let stopped = stopped.map(Stop::from);
        let (members, whereabouts) = match self.members_once_current(session, journal, moves, maps) {
            Ok(read) => read,
            Err(after) => {
                let all: Vec<Stop> = stopped.into_iter().chain([after]).collect();
                let again = format!("who has which user type now is not known: run the same command again ({name})");
                return Err(joined(&all, "; and then ", &again));
            }
        };
        let (done, sentence) = (whereabouts.is_done(), sentence(&whereabouts, moves.len()));
        let written = journal.write(whereabouts.entry(now())).and_then(|()| match done {
            true => journal.write(JournalEntry::Done { at: now().to_string() }),
            false => Ok(()),
        });
        report.applied = Some(applied(session, &self.journal, journal, &whereabouts, stopped.as_ref()));
        let next = (!whereabouts.joined.is_empty()).then(|| plan(&members, &resume::joined_only(&whereabouts)));
        report.notes.extend(meanwhile(&whereabouts, next.as_ref()).into_iter().map(Into::into));
        let shown = self.show(report);
        let minor: Vec<Stop> = stopped.into_iter().chain(written.err().map(Stop::from)).collect();
        match (done, shown) {
            (true, Ok(())) => {
                for stop in minor {
                    let message = format!("{}; {sentence} nonetheless", stop.message);
                    self.messages.warning(&message);
                }
                Ok(Exit::Done)
            }
            (true, Err(stop)) => Err(joined(&[stop], "; ", &sentence)),
            (false, shown) => {
                let mut all: Vec<Stop> = minor.into_iter().chain(shown.err()).collect();
                if all.is_empty() {
                    let waited = match self.settle() {
                        0 => String::new(),
                        seconds => format!(" after {seconds} s still"),
                    };
                    let message = format!(
                        "the portal said that all of it was done, and its list of members{waited} says otherwise (--settle \
                         waits longer)"
                    );
                    all.push(Stop::new(Exit::Input, message));
                }
                let what_to_do = resume::elsewhere(&whereabouts, command)
                    .unwrap_or_else(|| format!("run the same command again to go on ({name})"));
                let stop = joined(&all, "; and then ", &format!("{sentence}; {what_to_do}"));
                Err(Stop { answered: true, ..stop })
            }
        }
    }
}

/// Notes about members who joined or left meanwhile. `next` is what another run would do for those who joined.
fn meanwhile(whereabouts: &Whereabouts, next: Option<&MovesReport>) -> Vec<String> {
    let mut notes = Vec::new();
    if !whereabouts.gone.is_empty() {
        let one = whereabouts.gone.len() == 1;
        notes.push(format!(
            "{} moved, and {} no member{} any more",
            names(whereabouts.gone.iter().map(String::as_str), if one { "was" } else { "were" }),
            if one { "is" } else { "are" },
            if one { "" } else { "s" },
        ));
    }
    for (username, user_type) in &whereabouts.gone_waiting {
        notes.push(format!("{username} waited in {user_type}, was not moved on, and is no member any more"));
    }
    if !whereabouts.joined.is_empty() {
        let mut types: Vec<_> = whereabouts.joined.iter().map(|one| one.from.as_str()).collect();
        types.sort_unstable();
        types.dedup();
        let who = names(whereabouts.joined.iter().map(|one| one.username.as_str()), "joined");
        let them = if whereabouts.joined.len() == 1 { "that member" } else { "them" };
        let again = match next.and_then(|next| next.problems.first()) {
            None => format!("run the same command again to move {them} too"),
            Some(problem) => format!("another run cannot move {them} as it is ({})", problem.message),
        };
        notes.push(format!("{who} {} meanwhile, and not moved: {again}", types.join(", ")));
    }
    notes
}

/// The first names of a list, with a verb: what these members did.
fn names<'n>(names: impl ExactSizeIterator<Item = &'n str>, verb: &str) -> String {
    const FEW: usize = 5;
    let count = names.len();
    let shown: Vec<_> = names.take(FEW).collect();
    let more = if count > FEW { format!(" and {} more", count - FEW) } else { String::new() };
    format!("{}{more} {verb}", shown.join(", "))
}

/// Several errors as one, with their messages on one line and the highest exit code.
fn joined(stops: &[Stop], separator: &str, end: &str) -> Stop {
    let messages: Vec<&str> = stops.iter().map(|stop| stop.message.as_str()).collect();
    let exit = stops.iter().map(|stop| stop.exit).max().unwrap_or(Exit::Input);
    Stop::new(exit, format!("{}; {end}", messages.join(separator)))
}

/// The sentence that counts the members by what became of them.
fn sentence(whereabouts: &Whereabouts, all: usize) -> String {
    let (done, gone, waiting) = (whereabouts.done.len(), whereabouts.gone.len(), whereabouts.gone_waiting.len());
    let left = left_meanwhile(gone, waiting);
    if done + gone + waiting == all {
        return match done {
            1 => format!("the member has its new user type{left}"),
            _ => format!("all {done} members have their new user type{left}"),
        };
    }
    let neither = match whereabouts.elsewhere.len() {
        0 => String::new(),
        count => format!(", {count} neither"),
    };
    format!(
        "{done} of {all} members have their new user type, {} the one of before{neither}{left}",
        whereabouts.open.len()
    )
}

/// The part of the report about the moves that were made.
pub(super) fn applied(
    session: &Session,
    path: &Path,
    journal: &Journal,
    whereabouts: &Whereabouts,
    stopped: Option<&Stop>,
) -> AppliedReport {
    let elsewhere = whereabouts
        .elsewhere
        .iter()
        .map(|(username, user_type)| ElsewhereReport { username: username.clone(), user_type: user_type.clone() });
    let gone_waiting = whereabouts
        .gone_waiting
        .iter()
        .map(|(username, user_type)| WaitingReport { username: username.clone(), user_type: user_type.clone() });
    let waiting = whereabouts
        .waiting
        .iter()
        .map(|(username, user_type)| WaitingReport { username: username.clone(), user_type: user_type.clone() });
    let refused = journal.refused();
    let refused = whereabouts.open.iter().filter_map(|username| {
        let reason = refused.get(username.as_str())?.map(str::to_owned);
        Some(RefusedReport { username: username.clone(), reason })
    });
    let joined = whereabouts.joined.iter().map(|one| JoinedReport {
        username: one.username.clone(),
        user_type: one.from.clone(),
        to: one.to.clone(),
    });
    AppliedReport {
        portal: session.address().as_str().to_owned(),
        journal: path.display().to_string(),
        done: whereabouts.is_done(),
        moved: whereabouts.done.clone(),
        gone: whereabouts.gone.clone(),
        gone_waiting: gone_waiting.collect(),
        open: whereabouts.open.clone(),
        waiting: waiting.collect(),
        refused: refused.collect(),
        elsewhere: elsewhere.collect(),
        joined: joined.collect(),
        stopped: stopped.map(|stop| stop.message.clone()),
    }
}

impl From<JournalError> for Stop {
    fn from(error: JournalError) -> Self {
        match error {
            JournalError::NoFile(..) | JournalError::NotOne(..) => {
                Self::usage(format!("{error}; --journal names another file"))
            }
            JournalError::InUse(..) => Self::usage(format!("{error}: wait until it has ended")),
            JournalError::Io(..) => Self::usage(error.to_string()),
        }
    }
}

impl From<Stopped> for Stop {
    fn from(stopped: Stopped) -> Self {
        match stopped {
            Stopped::Portal(failure) => Self::from(*failure),
            Stopped::Journal(error) => Self::from(error),
            Stopped::NotDone(message) => Self::new(Exit::Input, message),
            interrupted @ Stopped::Interrupted(..) => Self::new(Exit::Objection, interrupted.to_string()),
        }
    }
}
