//! Exit codes, the same whatever the format.

use crate::answers::FailureReport;
use crate::license::Excerpt;
use crate::policy::PolicyError;
use crate::source::Failure;

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
    /// The network, TLS or signing in.
    Network = 4,
}

/// The end before there is a result.
#[derive(Debug)]
pub(crate) struct Stop {
    pub(crate) exit: Exit,
    pub(crate) message: String,
    /// The line that is wrong, and its number.
    pub(crate) excerpt: Option<(Excerpt, usize)>,
    /// The inputs that could not be read, for answers in JSON.
    pub(crate) failures: Vec<FailureReport>,
    /// Whether the answer was written before.
    pub(crate) answered: bool,
}

impl Stop {
    pub(crate) fn new(exit: Exit, message: impl Into<String>) -> Self {
        Self { exit, message: message.into(), excerpt: None, failures: Vec::new(), answered: false }
    }

    /// The end after what was wrong has been said.
    pub(crate) fn silent(exit: Exit) -> Self {
        Self::new(exit, "")
    }

    /// The same with inputs that could not be read.
    pub(crate) fn with_failures(self, failures: impl IntoIterator<Item = Failure>) -> Self {
        Self { failures: failures.into_iter().map(FailureReport::from).collect(), ..self }
    }

    /// The same with the greater exit code.
    pub(crate) fn at_least(self, exit: Exit) -> Self {
        Self { exit: self.exit.max(exit), ..self }
    }

    pub(crate) fn usage(message: impl Into<String>) -> Self {
        Self::new(Exit::Usage, message)
    }
}

impl From<PolicyError> for Stop {
    fn from(error: PolicyError) -> Self {
        let stop = Self::usage(error.to_string());
        Self { excerpt: Some((error.excerpt, error.position.line)), ..stop }
    }
}

impl From<Failure> for Stop {
    fn from(failure: Failure) -> Self {
        Self::new(Exit::Input, failure.to_string()).with_failures([failure])
    }
}
