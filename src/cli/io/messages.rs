//! What goes to stderr: errors, and notes unless they are not wanted.

use std::io::Write;

use crate::layout::{Tone, caret};
use crate::license::Excerpt;
use crate::text::visible;

use crate::cli::args::global::Color;
use crate::cli::io::streams;

/// The way to stderr.
#[derive(Clone, Debug)]
pub(crate) struct Messages {
    color: Color,
    quiet: bool,
}

impl Messages {
    pub(crate) fn new(color: Color, quiet: bool) -> Self {
        Self { color, quiet }
    }

    /// What went wrong. One line, however many the text has.
    pub(crate) fn error(&self, message: &str) {
        self.say("error", Tone::Bad, message);
    }

    /// The line an error speaks of.
    pub(crate) fn excerpt(&self, excerpt: Option<&(Excerpt, usize)>) {
        if let Some((excerpt, line)) = excerpt {
            let mut stderr = streams::stderr(self.color.choice());
            let _ = write!(stderr, "{}", caret(excerpt, *line, None, true));
        }
    }

    /// What is wrong and does not stop the work; it stays where notes are not wanted.
    pub(crate) fn warning(&self, message: &str) {
        self.say("warning", Tone::Doubt, message);
    }

    /// What is good to know.
    pub(crate) fn note(&self, message: &str) {
        if !self.quiet {
            self.say("note", Tone::Note, message);
        }
    }

    fn say(&self, label: &str, tone: Tone, message: &str) {
        let style = tone.label();
        let mut stderr = streams::stderr(self.color.choice());
        // Nobody is left to be told that stderr is closed.
        let _ = writeln!(stderr, "{style}{label}{style:#}: {}", visible(message));
    }
}
