//! What became of it: members are read again, and it is said who is where.

use std::path::Path;

use crate::answers::{AppliedReport, ElsewhereReport, MovesReport};
use crate::portal::Session;
use crate::portal::apply::{Entry, Journal, JournalError, JournalMove, Said, Stopped, Whereabouts};

use crate::cli::commands::apply::dialogue::Apply;
use crate::cli::commands::apply::resume;
use crate::cli::io::exit::{Exit, Stop};
use crate::cli::settings::now;

impl Apply<'_> {
    /// Reads the members again, and says who is where.
    pub(super) fn finish(
        &self,
        session: &mut Session,
        report: &mut MovesReport,
        journal: &mut Journal,
        (said, moves): (&Said, &[JournalMove]),
        stopped: Option<Stopped>,
    ) -> Result<Exit, Stop> {
        let name = self.journal.display();
        let stopped = stopped.map(Stop::from);
        let members = match self.members(session) {
            Ok(members) => members,
            Err(after) => {
                let all: Vec<Stop> = stopped.into_iter().chain([after]).collect();
                let again = format!("who has which user type now is not known: run the same command again ({name})");
                return Err(joined(&all, "; and then ", &again));
            }
        };
        let whereabouts = Whereabouts::of(moves, &members);
        let (done, sentence) = (whereabouts.is_done(), sentence(&whereabouts, moves.len()));
        let written = journal.write(whereabouts.entry(now())).and_then(|()| match done {
            true => journal.write(Entry::Done { at: now().to_string() }),
            false => Ok(()),
        });
        report.applied = Some(applied(session, &self.journal, &whereabouts, stopped.as_ref()));
        let shown = self.show(report);
        let minor: Vec<Stop> = stopped.into_iter().chain(written.err().map(Stop::from)).collect();
        match (done, shown) {
            (true, Ok(())) => {
                for stop in minor {
                    let message = format!("{}; {sentence} nonetheless", stop.message);
                    self.progress.aside(|| self.messages.warning(&message));
                }
                Ok(Exit::Done)
            }
            (true, Err(stop)) => Err(joined(&[stop], "; ", &sentence)),
            (false, shown) => {
                let mut all: Vec<Stop> = minor.into_iter().chain(shown.err()).collect();
                if all.is_empty() {
                    all.push(Stop::new(Exit::Input, "the portal said that all of it was done, and it is not"));
                }
                let what_to_do = resume::elsewhere(&whereabouts, said)
                    .unwrap_or_else(|| format!("run the same command again to go on ({name})"));
                let stop = joined(&all, "; and then ", &format!("{sentence}; {what_to_do}"));
                Err(Stop { answered: true, ..stop })
            }
        }
    }
}

/// All that was in the way, as one line with the highest exit code.
fn joined(stops: &[Stop], separator: &str, end: &str) -> Stop {
    let messages: Vec<&str> = stops.iter().map(|stop| stop.message.as_str()).collect();
    let exit = stops.iter().map(|stop| stop.exit).max().unwrap_or(Exit::Input);
    Stop::new(exit, format!("{}; {end}", messages.join(separator)))
}

/// How many are where.
fn sentence(whereabouts: &Whereabouts, all: usize) -> String {
    let done = whereabouts.done.len();
    if done == all {
        let (count, have) =
            if all == 1 { ("the member".to_owned(), "has its") } else { (format!("all {all} members"), "have their") };
        return format!("{count} {have} new user type");
    }
    let neither = match whereabouts.elsewhere.len() {
        0 => String::new(),
        count => format!(", {count} neither"),
    };
    format!("{done} of {all} members have their new user type, {} the one of before{neither}", whereabouts.open.len())
}

/// What the report says of it.
pub(super) fn applied(
    session: &Session,
    path: &Path,
    whereabouts: &Whereabouts,
    stopped: Option<&Stop>,
) -> AppliedReport {
    let elsewhere = whereabouts
        .elsewhere
        .iter()
        .map(|(username, user_type)| ElsewhereReport { username: username.clone(), user_type: user_type.clone() });
    AppliedReport {
        portal: session.address().as_str().to_owned(),
        journal: path.display().to_string(),
        done: whereabouts.is_done(),
        moved: whereabouts.done.clone(),
        open: whereabouts.open.clone(),
        elsewhere: elsewhere.collect(),
        stopped: stopped.map(|stop| stop.message.clone()),
    }
}

impl From<JournalError> for Stop {
    fn from(error: JournalError) -> Self {
        Self::usage(error.to_string())
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
