//! The requests that came, and the violations of what a client of a portal must never do.

use std::ops::Range;
use std::sync::Mutex;

use super::http::Request;

/// A request to change user types, with the changes ([`World::moved`]) that it made.
///
/// [`World::moved`]: super::world::World::moved
#[derive(Clone, Debug)]
pub(crate) struct Attempt {
    pub(crate) request: Request,
    pub(crate) moved: Range<usize>,
}

#[derive(Default)]
pub(crate) struct Recorder {
    attempts: Mutex<Vec<Attempt>>,
    requests: Mutex<Vec<Request>>,
    violations: Mutex<Vec<String>>,
    handshakes: Mutex<Vec<String>>,
}

impl Recorder {
    pub(crate) fn heard(&self, request: &Request) {
        self.requests.lock().unwrap().push(request.clone());
    }

    pub(crate) fn requests(&self) -> Vec<Request> {
        self.requests.lock().unwrap().clone()
    }

    pub(crate) fn attempt(&self, request: &Request, moved: Range<usize>) {
        self.attempts.lock().unwrap().push(Attempt { request: request.clone(), moved });
    }

    pub(crate) fn attempts(&self) -> Vec<Attempt> {
        self.attempts.lock().unwrap().clone()
    }

    pub(crate) fn violation(&self, what: impl Into<String>) {
        self.violations.lock().unwrap().push(what.into());
    }

    pub(crate) fn violations(&self) -> Vec<String> {
        self.violations.lock().unwrap().clone()
    }

    /// Removes the violations, so that they do not fail the test.
    pub(crate) fn take_violations(&self) -> Vec<String> {
        std::mem::take(&mut self.violations.lock().unwrap())
    }

    pub(crate) fn failed_handshake(&self, why: String) {
        self.handshakes.lock().unwrap().push(why);
    }

    pub(crate) fn failed_handshakes(&self) -> Vec<String> {
        self.handshakes.lock().unwrap().clone()
    }

    /// Fails the test if there are violations that nobody took. It is called when a stub is dropped.
    pub(crate) fn settle(&self) {
        let violations = self.violations();
        if !std::thread::panicking() {
            assert!(violations.is_empty(), "the client did what it must never do: {violations:#?}");
        }
    }
}
