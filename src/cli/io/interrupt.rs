//! Removes files and folders that are not complete when an interrupt ends the program.
//!
//! A thread of its own waits for interrupts. Code that makes, fills or moves a file that an interrupt would remove
//! does so while it is [`Undisturbed`]. Before the thread removes anything it takes the same lock for good, so that
//! nothing is written after.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// The exit code that shells give a program ended by Ctrl-C.
const INTERRUPTED: i32 = 130;

static LEFT: Mutex<Leftovers> = Mutex::new(Leftovers { next: 0, all: Vec::new() });

/// Whether the thread is waiting for interrupts.
static CAUGHT: Mutex<bool> = Mutex::new(false);

type IsToEnd = Box<dyn FnMut() -> bool + Send>;

/// A question that is asked at each interrupt: whether the program ends now.
static ASKED: Mutex<Option<IsToEnd>> = Mutex::new(None);

/// Whether the user asked to stop in good order, and those who pause meanwhile.
static STOPPED: Mutex<bool> = Mutex::new(false);
static PAUSING: Condvar = Condvar::new();

#[derive(Debug)]
struct Leftovers {
    next: u64,
    all: Vec<(u64, Leftover)>,
}

/// A file or folder that an interrupt removes.
#[derive(Debug)]
pub(crate) struct Leftover {
    pub(crate) path: PathBuf,
    pub(crate) remove: fn(&Path) -> io::Result<()>,
    /// The folders that were made above it.
    pub(crate) made: MadeFolders,
}

/// Folders that were made for an output, the innermost first. They are removed again if nothing was put into them.
#[derive(Clone, Debug, Default)]
pub(crate) struct MadeFolders(pub(crate) Vec<PathBuf>);

impl Drop for MadeFolders {
    fn drop(&mut self) {
        for folder in &self.0 {
            // A folder with content stays.
            if fs::remove_dir(folder).is_err() {
                break;
            }
        }
    }
}

/// Identifies a [`Leftover`].
#[derive(Debug)]
pub(crate) struct Ticket(u64);

/// While this is held, no interrupt removes anything. Once an interrupt removes files, nobody gets it any more. Its
/// holder must not begin a second one.
#[derive(Debug)]
pub(crate) struct Undisturbed(MutexGuard<'static, Leftovers>);

impl Undisturbed {
    pub(crate) fn begin() -> Self {
        Self(LEFT.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// From now on an interrupt removes this.
    pub(crate) fn leaves(&mut self, leftover: Leftover) -> Ticket {
        let ticket = self.0.next;
        self.0.next += 1;
        self.0.all.push((ticket, leftover));
        Ticket(ticket)
    }

    /// From now on an interrupt leaves this alone: it is in its place, or removed.
    pub(crate) fn is_settled(&mut self, ticket: &Ticket) {
        self.0.all.retain(|(known, _)| *known != ticket.0);
    }
}

/// From now on an interrupt or a request to end removes incomplete files.
pub(crate) fn clean_up() {
    // Where interrupts cannot be caught, the program ends as usual, and the next run removes what is left.
    let _ = catch(ctrlc::set_handler);
}

/// As [`clean_up`], unless the program was started with interrupts ignored, as by `nohup`.
pub(crate) fn clean_up_unless_ignored() {
    let _ = catch(ctrlc::try_set_handler);
}

/// From now on `is_to_end` is asked at each interrupt whether the program ends.
///
/// # Errors
/// An error where interrupts cannot be caught.
pub(crate) fn ask_first(is_to_end: impl FnMut() -> bool + Send + 'static) -> Result<(), ctrlc::Error> {
    *ASKED.lock().unwrap_or_else(PoisonError::into_inner) = Some(Box::new(is_to_end));
    catch(ctrlc::set_handler)
}

/// Ends every pause, and all later ones at once.
pub(crate) fn stop_pausing() {
    *STOPPED.lock().unwrap_or_else(PoisonError::into_inner) = true;
    PAUSING.notify_all();
}

/// Whether [`stop_pausing`] was called: the user asked to stop.
pub(crate) fn is_stopped() -> bool {
    *STOPPED.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Pauses for this time; `false` where the user asked to stop.
pub(crate) fn pause(time: Duration) -> bool {
    let stopped = STOPPED.lock().unwrap_or_else(PoisonError::into_inner);
    let waited = PAUSING.wait_timeout_while(stopped, time, |stopped| !*stopped);
    let (stopped, _) = waited.unwrap_or_else(PoisonError::into_inner);
    !*stopped
}

fn catch(set: fn(fn()) -> Result<(), ctrlc::Error>) -> Result<(), ctrlc::Error> {
    let mut caught = CAUGHT.lock().unwrap_or_else(PoisonError::into_inner);
    if !*caught {
        set(interrupted)?;
        *caught = true;
    }
    Ok(())
}

fn interrupted() {
    let mut asked = ASKED.lock().unwrap_or_else(PoisonError::into_inner);
    if asked.as_mut().is_some_and(|is_to_end| !is_to_end()) {
        return;
    }
    let mut undisturbed = Undisturbed::begin();
    for (_, Leftover { path, remove, made }) in undisturbed.0.all.drain(..) {
        let _ = remove(&path);
        drop(made);
    }
    // The lock is held to the end of the process.
    std::process::exit(INTERRUPTED);
}
