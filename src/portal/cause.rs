//! What an error of the HTTP library comes from.

use std::error::Error;
use std::io;
use std::time::Duration;

use crate::portal::{Problem, tls_words};

/// What a problem depends on besides the error.
#[derive(Clone, Copy, Debug)]
pub(super) struct Circumstances {
    /// How long the connection may take to come about.
    pub(super) connect_timeout: Duration,
    /// How long all of it may take.
    pub(super) timeout: Duration,
    /// Whether there is a certificate to show.
    pub(super) shows_certificate: bool,
}

/// Every error that an error comes from, itself first.
fn causes<'e>(error: &'e (dyn Error + 'static)) -> impl Iterator<Item = &'e (dyn Error + 'static)> {
    std::iter::successors(Some(error), |error| next(*error))
}

fn next<'e>(error: &'e (dyn Error + 'static)) -> Option<&'e (dyn Error + 'static)> {
    // An I/O error that was made of another one does not name it as its source.
    match error.downcast_ref::<io::Error>().and_then(io::Error::get_ref) {
        Some(inner) => Some(inner),
        None => error.source(),
    }
}

/// What happened, by what it comes from.
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
