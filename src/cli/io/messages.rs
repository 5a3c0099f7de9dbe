//! Messages on stderr: errors and warnings, and notes unless `--quiet` leaves them out.

use std::io::Write;

use crate::layout::{Tone, caret};
use crate::text::{Excerpt, visible};

use crate::cli::args::global::Color;
use crate::cli::io::progress::{Progress, ProgressLine};
use crate::cli::io::streams;

/// Writes messages to stderr.
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

    /// Begins work that may take long. On a terminal, stderr shows after a while what the program is doing.
    pub(crate) fn progress(&self) -> Progress {
        Progress::begin(&self.line, self.has_progress && !self.quiet && streams::stderr_is_terminal())
    }

    /// The same messages without progress.
    pub(crate) fn without_progress(&self) -> Self {
        Self { has_progress: false, ..self.clone() }
    }

    /// Writes to the terminal or asks a question there, while the line of progress is hidden.
    pub(crate) fn aside<T>(&self, write: impl FnOnce() -> T) -> T {
        self.line.aside(write)
    }

    /// Writes an error on one line, however many lines the text has.
    pub(crate) fn error(&self, message: &str) {
        self.say("error", Tone::Bad, message);
    }

    /// Shows the line that an error is about.
    pub(crate) fn excerpt(&self, excerpt: Option<&(Excerpt, usize)>) {
        if let Some((excerpt, line)) = excerpt {
            let mut stderr = streams::stderr(self.color.choice());
            self.line.aside(|| _ = write!(stderr, "{}", caret(excerpt, *line, None, true)));
        }
    }

    /// Writes a warning: something is wrong, and the work goes on. `--quiet` does not suppress it.
    pub(crate) fn warning(&self, message: &str) {
        self.say("warning", Tone::Doubt, message);
    }

    /// Writes a note, which `--quiet` suppresses.
    pub(crate) fn note(&self, message: &str) {
        if !self.quiet {
            self.say("note", Tone::Note, message);
        }
    }

    fn say(&self, label: &str, tone: Tone, message: &str) {
        let style = tone.label();
        let mut stderr = streams::stderr(self.color.choice());
        // Where stderr is closed, there is nowhere to report it.
        self.line.aside(|| _ = writeln!(stderr, "{style}{label}{style:#}: {}", visible(message)));
    }
}
