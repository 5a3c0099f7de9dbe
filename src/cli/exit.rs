//! Exit codes, the same whatever the format.

use std::process::ExitCode;

use seatline::source::Failure;

/// Why the program ends. Of several the greatest counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Exit {
    /// Nothing to object.
    Done = 0,
    /// The answer is no.
    Objection = 1,
    /// Wrong usage or configuration.
    Usage = 2,
    /// An input could not be read, or is not what was asked for.
    Input = 3,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

/// The end before there is a result.
#[derive(Debug)]
pub(crate) struct Stop {
    pub(crate) exit: Exit,
    pub(crate) message: String,
}

impl Stop {
    pub(crate) fn usage(message: impl Into<String>) -> Self {
        Self { exit: Exit::Usage, message: message.into() }
    }
}

impl From<Failure> for Stop {
    fn from(failure: Failure) -> Self {
        Self { exit: Exit::Input, message: failure.to_string() }
    }
}
