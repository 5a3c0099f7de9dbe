//! Messages on stderr: errors and warnings, and notes unless `--quiet` leaves them out.

use std::io::Write;

use crate::layout::{Tone, caret};
use crate::license::Excerpt;
use crate::text::visible;

use crate::cli::args::global::Color;
use crate::cli::io::progress::{Progress, ProgressLine};
use crate::cli::io::streams;

/// The way to stderr.
#[derive(Clone, Debug)]
pub(crate) struct Messages {
    color: Color,
    quiet: bool,
    line: ProgressLine,
    has_progress: bool,
}

impl Messages {
    pub(crate) fn new(color: Color, quiet: bool) -> Self {
        Self { color, quiet, line: ProgressLine::hidden(), has_progress: true }
    }

    /// Begins something that may take long: where stderr is a terminal, it says so there after a while.
    pub(crate) fn progress(&self) -> Progress {
        Progress::begin(&self.line, self.has_progress && !self.quiet && streams::stderr_is_terminal())
    }

    /// The same way, on which nothing says how far it is.
    pub(crate) fn without_progress(&self) -> Self {
        Self { has_progress: false, ..self.clone() }
    }

    /// Writes to the terminal, or asks there, without the line of progress in between.
    pub(crate) fn aside<T>(&self, write: impl FnOnce() -> T) -> T {
        self.line.aside(write)
    }

    /// An error, on one line, however many lines the text has.
    pub(crate) fn error(&self, message: &str) {
        self.say("error", Tone::Bad, message);
    }

    /// The line an error speaks of.
    pub(crate) fn excerpt(&self, excerpt: Option<&(Excerpt, usize)>) {
        if let Some((excerpt, line)) = excerpt {
            let mut stderr = streams::stderr(self.color.choice());
            self.line.aside(|| _ = write!(stderr, "{}", caret(excerpt, *line, None, true)));
        }
    }

    /// A warning: something is wrong, and the work goes on. `--quiet` does not leave it out.
    pub(crate) fn warning(&self, message: &str) {
        self.say("warning", Tone::Doubt, message);
    }

    /// A note, which `--quiet` leaves out.
    pub(crate) fn note(&self, message: &str) {
        if !self.quiet {
            self.say("note", Tone::Note, message);
        }
    }

    fn say(&self, label: &str, tone: Tone, message: &str) {
        let style = tone.label();
        let mut stderr = streams::stderr(self.color.choice());
        // Nobody is left to be told that stderr is closed.
        self.line.aside(|| _ = writeln!(stderr, "{style}{label}{style:#}: {}", visible(message)));
    }
}
