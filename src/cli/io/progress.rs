//! A line on a terminal about the work of the program, while that takes long.

use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::thread::JoinHandle;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::text::visible;

/// The time before the line appears.
const PATIENCE: Duration = Duration::from_secs(1);
/// The most changes of the line in a second.
const REFRESH: u8 = 5;

/// The line on stderr, which shows only while a [`Progress`] exists.
#[derive(Clone, Debug)]
pub(crate) struct ProgressLine(ProgressBar);

impl ProgressLine {
    /// A line that does not show yet.
    pub(crate) fn hidden() -> Self {
        Self(ProgressBar::hidden())
    }

    /// Runs code that writes to the terminal, while the line is hidden. It must not be called within itself.
    pub(crate) fn aside<T>(&self, write: impl FnOnce() -> T) -> T {
        self.0.suspend(write)
    }
}

/// Work that may take long. After a second the line shows what the program is doing.
#[derive(Debug)]
pub(crate) struct Progress {
    line: ProgressLine,
    /// The thread that shows the line; dropping the sender ends it.
    shown: Option<(Sender<()>, JoinHandle<()>)>,
}

impl Progress {
    /// Begins the work. With `wanted` false nothing is ever shown.
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

    /// Whether the line may be shown.
    pub(crate) fn is_wanted(&self) -> bool {
        self.shown.is_some()
    }

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
