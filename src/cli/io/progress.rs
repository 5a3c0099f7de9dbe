//! A line on a terminal that says what the program does, when that takes long.

use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::thread::JoinHandle;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::text::visible;

/// Before that nobody wonders.
const PATIENCE: Duration = Duration::from_secs(1);
/// How often a second the line changes at most.
const REFRESH: u8 = 5;

/// The line on stderr, which is there only while a [`Progress`] is.
#[derive(Clone, Debug)]
pub(crate) struct ProgressLine(ProgressBar);

impl ProgressLine {
    /// A line that nobody sees yet.
    pub(crate) fn hidden() -> Self {
        Self(ProgressBar::hidden())
    }

    /// Does something that writes to the terminal, without the line in between. Not to be called from within itself.
    pub(crate) fn aside<T>(&self, write: impl FnOnce() -> T) -> T {
        self.0.suspend(write)
    }
}

/// Some work that may take long: from the second second on the line says what is going on.
#[derive(Debug)]
pub(crate) struct Progress {
    line: ProgressLine,
    /// Dropped, it ends the thread that shows the line.
    shown: Option<(Sender<()>, JoinHandle<()>)>,
}

impl Progress {
    /// Begins the work. Where it is not wanted, nothing is ever shown.
    pub(crate) fn begin(line: &ProgressLine, wanted: bool) -> Self {
        let shown = wanted.then(|| {
            let (done, is_done) = channel();
            let bar = line.0.clone();
            let show = move || {
                if is_done.recv_timeout(PATIENCE) == Err(RecvTimeoutError::Timeout) {
                    bar.set_draw_target(ProgressDrawTarget::stderr_with_hz(REFRESH));
                    bar.tick();
                }
            };
            line.0.reset();
            line.0.set_style(
                ProgressStyle::with_template("{wide_msg}").unwrap_or_else(|_| ProgressStyle::default_spinner()),
            );
            (done, std::thread::spawn(show))
        });
        Self { line: line.clone(), shown }
    }

    /// Whether anybody may see it.
    pub(crate) fn is_wanted(&self) -> bool {
        self.shown.is_some()
    }

    /// Says what is going on now.
    pub(crate) fn say(&self, text: &str) {
        if self.is_wanted() {
            self.line.0.set_message(visible(text).into_owned());
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some((done, thread)) = self.shown.take() {
            drop(done);
            let _ = thread.join();
            self.line.0.finish_and_clear();
            self.line.0.set_draw_target(ProgressDrawTarget::hidden());
        }
    }
}
