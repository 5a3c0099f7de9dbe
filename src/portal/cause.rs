//! What an error of the HTTP library comes from.

use std::error::Error;
use std::io;
use std::time::Duration;

use crate::portal::{Problem, tls};

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
pub(super) fn problem(error: &(dyn Error + 'static), timeout: Duration) -> Problem {
    if let Some(tls) = causes(error).find_map(|cause| cause.downcast_ref::<rustls::Error>()) {
        return Problem::Tls(tls::explain(tls));
    }
    let http = || causes(error).filter_map(|cause| cause.downcast_ref::<reqwest::Error>());
    let last = causes(error).last().map(ToString::to_string).unwrap_or_default();
    if http().any(reqwest::Error::is_connect) {
        // Also where it took too long.
        return Problem::CannotConnect(last);
    }
    let slow = |cause: &(dyn Error + 'static)| {
        cause.downcast_ref::<io::Error>().is_some_and(|error| error.kind() == io::ErrorKind::TimedOut)
    };
    if http().any(reqwest::Error::is_timeout) || causes(error).any(slow) {
        return Problem::Timeout(timeout);
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
