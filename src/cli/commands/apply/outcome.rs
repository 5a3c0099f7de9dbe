//! The end of `moves --apply`: members are read again, and the report says which user type each has.

use std::path::Path;

use crate::answers::{
    AppliedReport, AskedReport, ElsewhereReport, JoinedReport, MovesReport, RefusedReport, WaitingReport,
};
use crate::moves::{MoveProblem, MoveProblemCode, Wanted};
use crate::portal::Session;
use crate::portal::apply::{Journal, JournalEntry, JournalError, JournalMove, Stopped, WantedMoves, Whereabouts};
use crate::source::{Failure, FailureCode};
use crate::usage::Member;

use crate::cli::args::formats::MovesFormat;
use crate::cli::commands::apply::dialogue::Apply;
use crate::cli::commands::apply::resume;
use crate::cli::commands::apply::sentences::{go_on, joined, joined_messages, names, sentence};
use crate::cli::commands::apply::settling::Current;
use crate::cli::commands::apply::stopping::{stopped_waiting, unless_stopped};
use crate::cli::exit::{Exit, Stop};
use crate::cli::io::interrupt;
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
        // After the last request nothing but the wait is left to be stopped.
        let has_own_words = matches!(stopped, Some(Stopped::Interrupted(..)));
        let was_asked = interrupt::is_stopped();
        let mut stopped: Vec<Stop> = stopped.map(Stop::from).into_iter().collect();
        let read = self.members_once_current(session, journal, moves, maps, true);
        let was_waited_for = match &read {
            Ok(read) => was_asked && !read.whereabouts.may_lag,
            Err(_) => false,
        };
        stopped.extend(stopped_waiting().filter(|_| !has_own_words && !was_waited_for));
        let mut stopped: Vec<Stop> = stopped.into_iter().map(unless_stopped).collect();
        let Current { members, unnamed, whereabouts, failed } = match read {
            Ok(read) => read,
            Err(after) => return Err(self.unlisted(session, report, journal, stopped, after)),
        };
        if let Some(failed) = failed {
            report.failures.clone_from(&failed.failures);
            stopped.push(failed);
        }
        // Where accounts without a name may be members, they may have come meanwhile.
        report.unnamed = if report.unnamed > 0 { report.unnamed.max(unnamed) } else { 0 };
        let (done, sentence) = (whereabouts.is_done(), sentence(&whereabouts, moves.len()));
        let written = journal.write(whereabouts.entry(now())).and_then(|()| match done {
            true => journal.write(JournalEntry::Done { at: now().to_string() }),
            false => Ok(()),
        });
        let portal = session.address().as_str();
        let why = (!stopped.is_empty()).then(|| joined_messages(&stopped, "; and then "));
        report.apply(applied(portal, &self.journal, journal, &whereabouts, why));
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
                let what_to_do = resume::elsewhere(&whereabouts, command).unwrap_or_else(|| go_on(&whereabouts, name));
                let stop = joined(&all, "; and then ", &format!("{sentence}; {what_to_do}"));
                Err(Stop { answered: true, ..stop })
            }
        }
    }

    /// The end of a run that sent its requests, and cannot list the members afterwards: the result is that of the portal's
    /// answers.
    fn unlisted(
        &self,
        session: &Session,
        report: &mut MovesReport,
        journal: &Journal,
        stopped: Vec<Stop>,
        after: Stop,
    ) -> Stop {
        let whereabouts = Whereabouts::by_answers(journal);
        report.failures.clone_from(&after.failures);
        let mut all: Vec<Stop> = stopped.into_iter().chain([after]).collect();
        let why = joined_messages(&all, "; and then ");
        let portal = session.address().as_str();
        report.apply(unlisted(portal, &self.journal, journal, Some(why)));
        all.extend(self.show(report).err());
        let end = format!(
            "who has which user type now is not known: by the portal's answers, {}; {}",
            sentence(&whereabouts, journal.moves().len()),
            format_args!("run the same command again ({})", self.journal.display())
        );
        Stop { answered: true, ..joined(&all, "; and then ", &end) }
    }

    /// The end of a run that sends nothing, since somebody else changed the members of its journal. An answer in JSON tells
    /// where they are.
    pub(super) fn changed_meanwhile(
        &self,
        mut report: MovesReport,
        applied: AppliedReport,
        whereabouts: &Whereabouts,
        stop: Stop,
    ) -> Stop {
        if self.args.format != MovesFormat::Json || stop.exit != Exit::Objection {
            return stop;
        }
        let problem = MoveProblem {
            code: MoveProblemCode::ChangedMeanwhile,
            username: whereabouts.elsewhere.first().map(|(username, _)| username.clone()),
            user_types: Vec::new(),
            message: stop.message.clone().into(),
        };
        report.batches.clear();
        report.parked.clear();
        report.problems.insert(0, problem);
        report.possible = Some(false);
        report.apply(AppliedReport { stopped: Some(stop.message.clone()), ..applied });
        match self.show(&report) {
            Ok(()) => Stop { answered: true, ..stop },
            Err(error) => error.at_least(stop.exit),
        }
    }

    /// The end of a run that sent nothing, with a journal that an earlier run began. An answer in JSON, which would name no
    /// member, tells what the portal answered to the earlier run.
    pub(super) fn with_earlier(&self, portal: &str, journal: &Journal, stop: Stop) -> Stop {
        let is_stopped = interrupt::is_stopped();
        let has_no_answer = !stop.answered && (stop.exit >= Exit::Input || is_stopped);
        let is_answer = self.args.format == MovesFormat::Json && has_no_answer;
        if !is_answer || journal.entries().is_empty() || self.global.output.is_some() {
            return stop;
        }
        let failures = match stop.failures.as_slice() {
            [] if is_stopped => Vec::new(),
            [] => vec![Failure::new("", FailureCode::Contradiction, stop.message.clone()).into()],
            failures => failures.to_vec(),
        };
        let mut report = MovesReport::unread(self.page.as_of, self.args.batch, failures);
        report.apply(unlisted(portal, &self.journal, journal, Some(stop.message.clone())));
        match self.show(&report) {
            Ok(()) => Stop { answered: true, ..stop },
            Err(error) => error.at_least(stop.exit),
        }
    }
}

/// The part of the report about moves after which the members cannot be listed.
fn unlisted(portal: &str, path: &Path, journal: &Journal, why: Option<String>) -> AppliedReport {
    let whereabouts = Whereabouts::by_answers(journal);
    let is_refuted = !whereabouts.is_done() && !whereabouts.may_be_done();
    let applied = applied(portal, path, journal, &whereabouts, None);
    AppliedReport { done: is_refuted.then_some(false), listed: false, stopped: why, ..applied }
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

/// The part of the report about the moves that were made.
pub(super) fn applied(
    portal: &str,
    path: &Path,
    journal: &Journal,
    whereabouts: &Whereabouts,
    stopped: Option<String>,
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
    let asked = |all: &[(String, String)]| -> Vec<AskedReport> {
        let one = |(username, user_type): &(String, String)| AskedReport {
            username: username.clone(),
            user_type: user_type.clone(),
        };
        all.iter().map(one).collect()
    };
    let done = match whereabouts.is_done() {
        false if whereabouts.may_be_done() => None,
        done => Some(done),
    };
    AppliedReport {
        portal: portal.to_owned(),
        journal: path.display().to_string(),
        done,
        listed: true,
        moved: whereabouts.done.clone(),
        gone: whereabouts.gone.clone(),
        gone_waiting: gone_waiting.collect(),
        open: whereabouts.open.clone(),
        waiting: waiting.collect(),
        refused: refused.collect(),
        unanswered: asked(&whereabouts.unanswered),
        contradicted: asked(&whereabouts.contradicted),
        elsewhere: elsewhere.collect(),
        joined: joined.collect(),
        stopped,
    }
}

impl From<JournalError> for Stop {
    fn from(error: JournalError) -> Self {
        match error {
            JournalError::NoFile(..) | JournalError::NotOne(..) | JournalError::Foreign(..) => {
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
            Stopped::Rejected(ref failure, _) => {
                let message = stopped.to_string();
                Self { message, ..Self::from(failure.as_ref().clone()) }
            }
            Stopped::Journal(error) => Self::from(error),
            Stopped::NotDone(message) => Self::new(Exit::Input, message),
            interrupted @ Stopped::Interrupted(..) => Self::new(Exit::Objection, interrupted.to_string()),
        }
    }
}
