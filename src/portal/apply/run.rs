//! Sends the batches, one after the other.

use crate::answers::MoveBatch;
use crate::portal::apply::answer::outcomes;
use crate::portal::apply::entry::{JournalEntry, MemberReason, at};
use crate::portal::apply::journal::{Journal, JournalError};
use crate::portal::apply::{reason, refusal};
use crate::portal::problem_kind::is_trouble;
use crate::portal::{Operation, PortalFailure, Problem, Request, Session};
use crate::source::{PortalError, Source};
use crate::time::Instant;

/// Why not all batches were sent.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Stopped {
    /// A request failed, or its answer does not say who was changed. The portal may have carried the request out.
    #[error(transparent)]
    Portal(Box<PortalFailure>),
    /// The portal rejected a request for several members as a whole. It may have changed some of them before.
    #[error(
        "{0}; whether it changed some of the {1} members of this request before is not known: its list of members shows it, and \
         may lag behind"
    )]
    Rejected(Box<PortalFailure>, usize),
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
        let Err(stopped) = send_one(session, batch, journal, now) else { continue };
        let Stopped::Portal(failure) = stopped else { return Err(stopped) };
        // Whatever its words mean: a server in trouble may have done what was asked before it said so.
        let may_be_done = may_be_done(&failure);
        let is_partly = !may_be_done && batch.users.len() > 1 && matches!(failure.problem, Problem::Rejected(_));
        let failure = advised(*failure);
        // The error of this write is ignored: a request without a line after it is read as one without an answer, and the
        // portal's failure is what the caller must get.
        let _ = journal.write(JournalEntry::Failed { at: at(now()), message: failure.to_string(), may_be_done });
        let failure = Box::new(failure);
        return Err(match is_partly {
            true => Stopped::Rejected(failure, batch.users.len()),
            false => Stopped::Portal(failure),
        });
    }
    Ok(())
}

/// Whether the portal may have carried a request out that failed so, or may still do so. It has not if the request never reached
/// it, or if the portal itself says in its own words that it refused. A page of HTML, a redirect or a bare HTTP status may come
/// from a server before it, which may have passed the request on and kept the answer back.
fn may_be_done(failure: &PortalFailure) -> bool {
    // The portal had refused the request for its token, or it was not sent yet.
    if failure.operation.is_sign_in() {
        return false;
    }
    match &failure.problem {
        Problem::CannotConnect(_)
        | Problem::NoConnection(_)
        | Problem::NoHandshake(_)
        | Problem::Proxy { .. }
        | Problem::NoProxy { .. }
        | Problem::Tls(_)
        | Problem::Request(_)
        // Who demands Kerberos or NTLM does so before it looks at a request.
        | Problem::WindowsSignIn
        | Problem::TokenRequired
        | Problem::TokenIgnored
        | Problem::TokenInvalid
        | Problem::TokenExpired => false,
        // A server in trouble may have done what was asked, or a part of it, before it said so, whatever its words.
        Problem::Forbidden(error) | Problem::Rejected(error) | Problem::Status { said: Some(error), .. }
            if failure.in_trouble || code(error).is_some_and(is_trouble) =>
        {
            true
        }
        Problem::Forbidden(_) | Problem::Status { said: Some(_), .. } => false,
        // The codes are those of HTTP: 4xx says that the request was wrong.
        Problem::Rejected(error) => match error.code {
            Some(_) => !code(error).is_some_and(|code| (400..500).contains(&code)),
            None => reason::advice(&error.messages.join("; ")).is_none(),
        },
        _ => true,
    }
}

/// The code of an error, where it is one of HTTP.
fn code(error: &PortalError) -> Option<u16> {
    error.code.as_deref()?.parse().ok().filter(|code| (100..600).contains(code))
}

/// The failure with the advice that fits, where the portal refuses the whole request for a known reason. By its code alone the
/// advice would be another one.
fn advised(failure: PortalFailure) -> PortalFailure {
    let (Problem::Rejected(error) | Problem::Forbidden(error) | Problem::Status { said: Some(error), .. }) =
        &failure.problem
    else {
        return failure;
    };
    let reason = error.messages.join("; ");
    let is_permission = !matches!(failure.problem, Problem::Rejected(_)) && reason::is_about_who_signs_in(&reason);
    match reason::advice(&reason).filter(|_| !is_permission) {
        Some(advice) => {
            let problem = Problem::Refused { error: Box::new(error.clone()), advice };
            PortalFailure { problem, ..failure }
        }
        None => failure,
    }
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
    session.show_all(outcomes.values_mut().filter_map(|outcome| outcome.reason.as_mut()));
    let said = |user: &String| outcomes.get(user).and_then(|outcome| outcome.done);
    let (done, not_done): (Vec<_>, Vec<_>) = batch.users.iter().cloned().partition(|user| said(user) == Some(true));
    let silent: Vec<_> = not_done.iter().filter(|user| said(user).is_none()).cloned().collect();
    let reasons = not_done.iter().filter_map(|username| {
        let reason = outcomes.get(username)?.reason.clone()?;
        Some(MemberReason { username: username.clone(), reason })
    });
    let reasons: Vec<_> = reasons.collect();
    let words = refusal::words(&batch.user_type, &done, &not_done, &silent, &reasons);
    let all_done = not_done.is_empty();
    journal.write(JournalEntry::Answered { at: at(now()), done, not_done, silent, reasons })?;
    match all_done {
        true => Ok(()),
        false => Err(Stopped::NotDone(format!("{operation} to {words}"))),
    }
}
