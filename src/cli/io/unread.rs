//! Answers in JSON for inputs that could not be read.

use serde::Serialize;

use crate::answers::FailureReport;
use crate::source::{Failure, FailureCode};
use crate::text::to_json;

use crate::cli::args::global::Global;
use crate::cli::exit::{Exit, Stop};
use crate::cli::io::output;

/// Writes an answer that knows nothing but its failures, if an input could not be read and the answer goes to stdout;
/// a file stays as it is. Gives the stop back.
pub(crate) fn with_answer<T: Serialize>(
    stop: Stop,
    global: &Global,
    answer: impl FnOnce(Vec<FailureReport>) -> T,
) -> Stop {
    if stop.exit < Exit::Input || stop.answered || global.output.is_some() {
        return stop;
    }
    let failures = match stop.failures.as_slice() {
        // The fault lies between two inputs, or between an input and the portal, so that no input has a failure.
        [] => vec![Failure::new("", FailureCode::Contradiction, stop.message.clone()).into()],
        failures => failures.to_vec(),
    };
    match to_json(&answer(failures)) {
        Ok(text) => match output::write(&text, global) {
            Ok(()) => stop,
            Err(error) => error.at_least(stop.exit),
        },
        Err(_) => stop,
    }
}
