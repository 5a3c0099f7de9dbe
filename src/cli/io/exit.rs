//! Exit codes, which do not depend on the format.

use crate::answers::FailureReport;
use crate::license::Excerpt;
use crate::policy::PolicyError;
use crate::source::Failure;

/// The exit code of the program. Of several reasons the greatest code counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Exit {
    /// There is nothing to object.
    Done = 0,
    /// The answer is no.
    Objection = 1,
    /// The usage or the configuration is wrong.
    Usage = 2,
    /// An input could not be read, or is not the kind of document that is needed.
    Input = 3,
    /// The network, TLS or the sign-in failed.
    Network = 4,
}

/// The program ends before it has a result.
#[derive(Debug)]
pub(crate) struct Stop {
    pub(crate) exit: Exit,
    pub(crate) message: String,
    /// The line that is wrong, and its number.
    pub(crate) excerpt: Option<(Excerpt, usize)>,
    /// The inputs that could not be read, for answers in JSON.
    pub(crate) failures: Vec<FailureReport>,
    /// Whether the answer has been written already.
    pub(crate) answered: bool,
}

impl Stop {
    pub(crate) fn new(exit: Exit, message: impl Into<String>) -> Self {
        Self { exit, message: message.into(), excerpt: None, failures: Vec::new(), answered: false }
    }

    /// An end after the message has been written already.
    pub(crate) fn silent(exit: Exit) -> Self {
        Self::new(exit, "")
    }

    /// This stop with the inputs that could not be read.
    pub(crate) fn with_failures(self, failures: impl IntoIterator<Item = Failure>) -> Self {
        Self { failures: failures.into_iter().map(FailureReport::from).collect(), ..self }
    }

    /// This stop with the greater of two exit codes.
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
