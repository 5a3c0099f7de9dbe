//! Ends `moves --apply` in good order where the user asks to stop.

use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};

use crate::cli::exit::{Exit, Stop};
use crate::cli::io::interrupt;
use crate::cli::io::messages::Messages;

/// What an interrupt does.
#[derive(Clone, Copy)]
#[repr(u8)]
enum AtInterrupt {
    /// It ends the program at once. Nothing was sent, or the user is being asked something.
    EndsAtOnce,
    /// It ends every wait. What was done is told.
    StopsWaiting,
    /// It ends the run after the request in flight.
    StopsSending,
}

/// Knows what an interrupt does at present. A second one always ends the program at once: the journal holds what was sent.
pub(super) struct Stopping(Arc<AtomicU8>);

impl Stopping {
    pub(super) fn new(messages: &Messages) -> Self {
        let now = Arc::new(AtomicU8::new(AtInterrupt::EndsAtOnce as u8));
        let (known, said) = (Arc::clone(&now), messages.clone());
        let caught = interrupt::ask_first(move || {
            let now = known.load(Ordering::SeqCst);
            if now == AtInterrupt::EndsAtOnce as u8 || interrupt::is_stopped() {
                return true;
            }
            interrupt::stop_pausing();
            said.note(if now == AtInterrupt::StopsSending as u8 {
                "stopping after the request in flight; Ctrl-C again ends at once"
            } else {
                "stopping, and waiting for nothing more; Ctrl-C again ends at once"
            });
            false
        });
        if let Err(error) = caught {
            messages.warning(&format!("Ctrl-C will end the run at once: {error}"));
        }
        Self(now)
    }

    /// Does what may wait. An interrupt ends the waits in it.
    pub(super) fn while_waiting<T>(&self, work: impl FnOnce() -> T) -> T {
        self.during(AtInterrupt::StopsWaiting, work)
    }

    /// Sends requests. An interrupt ends it after the one in flight.
    pub(super) fn while_sending<T>(&self, work: impl FnOnce() -> T) -> T {
        self.during(AtInterrupt::StopsSending, work)
    }

    fn during<T>(&self, what: AtInterrupt, work: impl FnOnce() -> T) -> T {
        let before = self.0.swap(what as u8, Ordering::SeqCst);
        let done = work();
        self.0.store(before, Ordering::SeqCst);
        done
    }
}

/// The end of a run that the user stopped before its requests, or while it waited for what they did.
pub(super) fn stopped_waiting() -> Option<Stop> {
    let words = "stopped, as was asked for, without waiting any longer";
    interrupt::is_stopped().then(|| Stop::new(Exit::Objection, words))
}

/// The problem of a portal. Where the user asked to stop, that is why the run ended, whatever the portal's trouble was.
pub(super) fn unless_stopped(stop: Stop) -> Stop {
    if interrupt::is_stopped() { Stop { exit: Exit::Objection, ..stop } } else { stop }
}
