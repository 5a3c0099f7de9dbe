//! Finds the cause of an error of the HTTP library.

use std::error::Error;
use std::io;
use std::time::Duration;

use crate::portal::{Problem, tls_words};

/// Facts other than the error on which the problem depends.
#[derive(Clone, Copy, Debug)]
pub(super) struct Circumstances {
    /// The time within which a connection must be made.
    pub(super) connect_timeout: Duration,
    /// The time for the whole request.
    pub(super) timeout: Duration,
    /// Whether a client certificate is sent.
    pub(super) shows_certificate: bool,
}

/// The error and all its causes, the error first.
fn causes<'e>(error: &'e (dyn Error + 'static)) -> impl Iterator<Item = &'e (dyn Error + 'static)> {
    std::iter::successors(Some(error), |error| next(*error))
}

fn next<'e>(error: &'e (dyn Error + 'static)) -> Option<&'e (dyn Error + 'static)> {
    // An I/O error that wraps another error does not name it as its source.
    match error.downcast_ref::<io::Error>().and_then(io::Error::get_ref) {
        Some(inner) => Some(inner),
        None => error.source(),
    }
}

/// The problem that an error stands for, by its causes.
pub(super) fn problem(error: &(dyn Error + 'static), circumstances: Circumstances) -> Problem {
    if let Some(tls) = causes(error).find_map(|cause| cause.downcast_ref::<rustls::Error>()) {
        return Problem::Tls(tls_words::explain(tls, circumstances.shows_certificate));
    }
    let http = || causes(error).filter_map(|cause| cause.downcast_ref::<reqwest::Error>());
    let last = causes(error).last().map(ToString::to_string).unwrap_or_default();
    let slow = |cause: &(dyn Error + 'static)| {
        cause.downcast_ref::<io::Error>().is_some_and(|error| error.kind() == io::ErrorKind::TimedOut)
    };
    let timed_out = || http().any(reqwest::Error::is_timeout) || causes(error).any(slow);
    if http().any(reqwest::Error::is_connect) {
        return if timed_out() {
            Problem::NoConnection(circumstances.connect_timeout)
        } else {
            Problem::CannotConnect(last)
        };
    }
    let unparsed =
        causes(error).filter_map(|cause| cause.downcast_ref::<hyper::Error>()).find(|cause| cause.is_parse());
    if let Some(unparsed) = unparsed {
        // The library tells these reasons by its words only.
        let words = unparsed.to_string();
        return if words.contains("head is too large") {
            Problem::Headers("larger than those of any portal, and were not read further")
        } else if words.contains("header") {
            Problem::Headers("damaged: the portal, or a proxy before it, is faulty")
        } else {
            Problem::NotHttp
        };
    }
    if timed_out() {
        return Problem::Timeout(circumstances.timeout);
    }
    if http().any(reqwest::Error::is_builder) {
        return Problem::Request(last);
    }
    let broken = causes(error).any(|cause| cause.downcast_ref::<hyper::Error>().is_some());
    if http().any(reqwest::Error::is_decode) && !broken {
        return Problem::Compression(last);
    }
    Problem::Broken(last)
}
