//! One batch after the other, and who is where afterwards.

use std::collections::HashMap;

use crate::answers::MoveBatch;
use crate::portal::apply::answer::statuses;
use crate::portal::apply::journal::{Entry, Journal, JournalError, JournalMove, at};
use crate::portal::{Operation, PortalFailure, Request, Session};
use crate::time::Instant;
use crate::usage::Member;

/// Why not all batches were sent.
#[derive(Debug, thiserror::Error)]
pub enum Stopped {
    /// A request failed, or its answer says nothing of what was done. It may have been carried out.
    #[error(transparent)]
    Portal(Box<PortalFailure>),
    /// The portal did not do what was asked for.
    #[error("{0}")]
    NotDone(String),
    /// What was about to be done could not be written down.
    #[error(transparent)]
    Journal(#[from] JournalError),
    /// Somebody asked to stop.
    #[error("stopped, as was asked for, after request {0} of {1}")]
    Interrupted(usize, usize),
}

/// Sends the batches in order and stops at the first one that was not done in full. `tell` hears the number of each before
/// it is sent; `is_wanted` is asked before each whether to go on.
///
/// # Errors
/// Where not all of it was done, as far as the answers say.
pub fn send(
    session: &mut Session,
    batches: &[MoveBatch],
    journal: &mut Journal,
    now: &dyn Fn() -> Instant,
    tell: &mut dyn FnMut(usize),
    is_wanted: &dyn Fn() -> bool,
) -> Result<(), Stopped> {
    for (index, batch) in batches.iter().enumerate() {
        if !is_wanted() {
            return Err(Stopped::Interrupted(index, batches.len()));
        }
        tell(index + 1);
        let (user_type, users) = (batch.user_type.clone(), batch.users.clone());
        journal.write(Entry::Sending { at: at(now()), user_type, users })?;
        if let Err(stopped) = send_one(session, batch, journal, now) {
            if let Stopped::Portal(failure) = &stopped {
                // That it is missing says the same, and what the portal said must not be lost.
                let _ = journal.write(Entry::Failed { at: at(now()), message: failure.to_string() });
            }
            return Err(stopped);
        }
    }
    Ok(())
}

fn send_one(
    session: &mut Session,
    batch: &MoveBatch,
    journal: &mut Journal,
    now: &dyn Fn() -> Instant,
) -> Result<(), Stopped> {
    let users = serde_json::to_string(&batch.users).unwrap_or_default();
    let fields = [("users", users.as_str()), ("userLicenseType", batch.user_type.as_str())];
    let bytes = session.ask(Operation::UpdateUserLicenseType, Request::Form(&fields));
    let bytes = bytes.map_err(|failure| Stopped::Portal(Box::new(failure)))?;
    let statuses = statuses(&bytes, &batch.users).map_err(|what| {
        let failure = session.unexpected(Operation::UpdateUserLicenseType, what);
        Stopped::Portal(Box::new(failure))
    })?;
    let (done, not_done): (Vec<_>, Vec<_>) =
        batch.users.iter().cloned().partition(|user| statuses.get(user) == Some(&true));
    let refused = not_done.first().cloned();
    let count = not_done.len();
    journal.write(Entry::Answered { at: at(now()), done, not_done })?;
    let Some(first) = refused else { return Ok(()) };
    let said = if statuses.contains_key(&first) { "it was not done" } else { "nothing" };
    let others = if count == 1 { String::new() } else { format!(", and so for {} others", count - 1) };
    Err(Stopped::NotDone(format!(
        "{} to {}: of {first} the portal says {said}{others}; is the user type full, or was the member changed meanwhile?",
        Operation::UpdateUserLicenseType,
        batch.user_type
    )))
}

/// Where the members are of whom the journal speaks, by what the portal says now.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Whereabouts {
    /// Those with their new user type.
    pub done: Vec<String>,
    /// Those who still have the one of before.
    pub open: Vec<String>,
    /// Those who have a third one, with its id; or who are no members any more.
    pub elsewhere: Vec<(String, Option<String>)>,
}

impl Whereabouts {
    /// Looks for everyone who is to be moved.
    #[must_use]
    pub fn of(moves: &[JournalMove], members: &[Member]) -> Self {
        let types: HashMap<&str, &str> =
            members.iter().map(|member| (member.username.as_str(), member.user_type.as_str())).collect();
        let mut whereabouts = Self::default();
        for JournalMove { username, from, to } in moves {
            match types.get(username.as_str()).copied() {
                Some(now) if now == to => whereabouts.done.push(username.clone()),
                Some(now) if now == from => whereabouts.open.push(username.clone()),
                other => whereabouts.elsewhere.push((username.clone(), other.map(str::to_owned))),
            }
        }
        whereabouts
    }

    /// Whether everyone has the new user type.
    #[must_use]
    pub fn is_done(&self) -> bool {
        self.open.is_empty() && self.elsewhere.is_empty()
    }

    /// The line of the journal that says so.
    #[must_use]
    pub fn entry(&self, now: Instant) -> Entry {
        let elsewhere = self.elsewhere.iter().map(|(username, _)| username);
        let open = self.open.iter().chain(elsewhere).cloned().collect();
        Entry::Read { at: at(now), done: self.done.len(), open }
    }
}
