//! A line on a terminal that says what the program does, when that takes long.

use std::io::{IsTerminal, Write};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use crate::text::visible;

/// Before that nobody wonders.
const PATIENCE: Duration = Duration::from_secs(1);
const REFRESH: Duration = Duration::from_millis(200);

/// A line on stderr that says what is going on, from the second second on, where stderr is a terminal.
#[derive(Debug)]
pub(crate) struct Progress {
    shared: Arc<Shared>,
    thread: Option<JoinHandle<()>>,
}

/// The line, for another thread.
#[derive(Clone, Debug)]
pub(crate) struct ProgressLine(Arc<Shared>);

#[derive(Debug, Default)]
struct Shared {
    line: Mutex<ProgressText>,
    changed: Condvar,
}

#[derive(Debug, Default)]
struct ProgressText {
    text: String,
    /// The text that the terminal shows.
    shown: String,
    done: bool,
}

impl Progress {
    pub(crate) fn new(quiet: bool) -> Self {
        let shared = Arc::new(Shared::default());
        let for_thread = Arc::clone(&shared);
        let wanted = !quiet && std::io::stderr().is_terminal();
        Self { shared, thread: wanted.then(|| std::thread::spawn(move || for_thread.run())) }
    }

    /// Says what is going on now.
    pub(crate) fn say(&self, text: String) {
        self.shared.lock().text = text;
    }

    /// Does something that writes to the terminal, without the line in between.
    pub(crate) fn aside(&self, write: impl FnOnce()) {
        self.line().aside(write);
    }

    pub(crate) fn line(&self) -> ProgressLine {
        ProgressLine(Arc::clone(&self.shared))
    }
}

impl ProgressLine {
    /// As [`Progress::aside`].
    pub(crate) fn aside(&self, write: impl FnOnce()) {
        let mut line = self.0.lock();
        line.clear();
        write();
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.shared.lock().done = true;
        self.shared.changed.notify_all();
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, ProgressText> {
        self.line.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn run(&self) {
        let started = Instant::now();
        let mut line = self.lock();
        while !line.done {
            let wait = PATIENCE.saturating_sub(started.elapsed()).max(REFRESH);
            let waited = self.changed.wait_timeout_while(line, wait, |line| !line.done);
            line = waited.unwrap_or_else(PoisonError::into_inner).0;
            if !line.done && started.elapsed() >= PATIENCE {
                line.show();
            }
        }
        line.clear();
    }
}

impl ProgressText {
    fn show(&mut self) {
        let text = visible(&self.text).into_owned();
        if text != self.shown {
            self.clear();
            let _ = write!(std::io::stderr(), "{text}");
            self.shown = text;
        }
    }

    fn clear(&mut self) {
        if !self.shown.is_empty() {
            let _ = write!(std::io::stderr(), "\r{}\r", " ".repeat(self.shown.chars().count()));
            self.shown.clear();
        }
    }
}
