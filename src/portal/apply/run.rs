//! Sends the batches, one after the other.

use std::collections::BTreeMap;

use crate::answers::MoveBatch;
use crate::portal::apply::answer::{MemberOutcome, outcomes};
use crate::portal::apply::entry::{JournalEntry, MemberReason, at};
use crate::portal::apply::journal::{Journal, JournalError};
use crate::portal::apply::refusal;
use crate::portal::{Operation, PortalFailure, Request, Session};
use crate::source::Source;
use crate::time::Instant;

/// Why not all batches were sent.
#[derive(Debug, thiserror::Error)]
pub enum Stopped {
    /// A request failed, or its answer does not say who was changed. The portal may have carried the request out.
    #[error(transparent)]
    Portal(Box<PortalFailure>),
    /// The portal did not change all members of a request.
    #[error("{0}")]
    NotDone(String),
    /// The next step could not be written to the journal, so it was not taken.
    #[error(transparent)]
    Journal(#[from] JournalError),
    /// The user asked to stop.
    #[error("stopped, as was asked for, after request {0} of {1}")]
    Interrupted(usize, usize),
}

/// Sends the batches in order, and stops at the first one that was not done in full. `tell` is called with the number
/// of each batch before it is sent; `is_wanted` is asked before each batch whether to go on.
///
/// # Errors
/// Where the batches were not all sent, or the answers do not report every member as changed.
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
        journal.write(JournalEntry::Sending { at: at(now()), user_type, users })?;
        if let Err(stopped) = send_one(session, batch, journal, now) {
            if let Stopped::Portal(failure) = &stopped {
                // The error of this write is ignored: a request without a line after it is read as one without an
                // answer, and the portal's failure is what the caller must get.
                let _ = journal.write(JournalEntry::Failed { at: at(now()), message: failure.to_string() });
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
    let operation = Operation::UpdateUserLicenseType;
    let unexpected = |session: &Session, what: &str| Stopped::Portal(Box::new(session.unexpected(operation, what)));
    let source = Source::decode(operation.as_str(), bytes);
    let source = source.map_err(|failure| unexpected(session, &failure.message))?;
    let mut outcomes = outcomes(source.text(), &batch.users).map_err(|what| unexpected(session, what))?;
    for outcome in outcomes.values_mut() {
        outcome.reason = outcome.reason.take().map(|reason| session.shown(reason));
    }
    let is_done = |user: &String| outcomes.get(user).is_some_and(|outcome| outcome.done == Some(true));
    let (done, not_done): (Vec<_>, Vec<_>) = batch.users.iter().cloned().partition(is_done);
    let reasons: BTreeMap<&str, &str> = outcomes
        .iter()
        .filter_map(|(name, MemberOutcome { done, reason })| {
            Some((name.as_str(), reason.as_deref().filter(|_| *done != Some(true))?))
        })
        .collect();
    let silent = not_done.first().is_some_and(|first| outcomes.get(first).is_none_or(|outcome| outcome.done.is_none()));
    let words = refusal::words(&batch.user_type, &not_done, &reasons, silent);
    let reasons = not_done.iter().filter_map(|name| Some((name, reasons.get(name.as_str())?)));
    let reasons =
        reasons.map(|(name, reason)| MemberReason { username: name.clone(), reason: (*reason).to_owned() }).collect();
    let all_done = not_done.is_empty();
    journal.write(JournalEntry::Answered { at: at(now()), done, not_done, reasons })?;
    match all_done {
        true => Ok(()),
        false => Err(Stopped::NotDone(format!("{operation} to {words}"))),
    }
}
