//! Exit codes, which do not depend on the format.

use crate::answers::FailureReport;
use crate::policy::PolicyError;
use crate::source::Failure;
use crate::text::Excerpt;

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

impl Exit {
    /// What the code means, whatever the command.
    pub(crate) fn meaning(self) -> &'static str {
        match self {
            Self::Done => "done, nothing to object",
            Self::Objection => "the answer is no",
            Self::Usage => "wrong usage or policy, or the output could not be written",
            Self::Input => "an input could not be read, or is not a license document, or the portal rejected it",
            Self::Network => "network, TLS or sign-in",
        }
    }
}

/// When a command answers no. The texts stand in docs/exit-codes.md and in the man pages.
pub(crate) fn objection(command: &str) -> Option<&'static str> {
    Some(match command {
        "check" => "findings at or above `--fail-on` (default `error`) that no waiver accepts",
        "diff" => "something is lost, or cannot be read plainly",
        "fit" => "something that is in use or planned does not certainly fit, or nobody counted what a plan adds to",
        "preflight" => "no-go, and with `--strict` also go, then act",
        "admins" => "no user type is certainly usable for the initial administrator",
        "moves" => {
            "no order, or something refused, and with `--apply` also not confirmed, stopped by Ctrl-C, or members \
            were changed by somebody else"
        }
        _ => return None,
    })
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
