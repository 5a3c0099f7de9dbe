//! What an interrupt removes: files and folders that are not whole yet.
//!
//! Interrupts are waited for in a thread of its own. Whoever makes, fills or moves something that an interrupt is to remove does so
//! while it is [`Undisturbed`], and that thread takes the same lock for good before it removes anything: nothing comes after.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// The exit code that shells give a program ended by Ctrl-C.
const INTERRUPTED: i32 = 130;

static LEFT: Mutex<Leftovers> = Mutex::new(Leftovers { next: 0, all: Vec::new() });

/// Whether interrupts are waited for.
static CAUGHT: Mutex<bool> = Mutex::new(false);

type IsToEnd = Box<dyn FnMut() -> bool + Send>;

/// Asked at each interrupt whether the program is to end now.
static ASKED: Mutex<Option<IsToEnd>> = Mutex::new(None);

#[derive(Debug)]
struct Leftovers {
    next: u64,
    all: Vec<(u64, Leftover)>,
}

/// What is to go when the program is interrupted.
#[derive(Debug)]
pub(crate) struct Leftover {
    pub(crate) path: PathBuf,
    pub(crate) remove: fn(&Path) -> io::Result<()>,
    /// The folders that were made for it.
    pub(crate) made: MadeFolders,
}

/// The folders that were made for something, the innermost first; gone again where nothing was put into them.
#[derive(Clone, Debug, Default)]
pub(crate) struct MadeFolders(pub(crate) Vec<PathBuf>);

impl Drop for MadeFolders {
    fn drop(&mut self) {
        for folder in &self.0 {
            // A folder with something in it stays.
            if fs::remove_dir(folder).is_err() {
                break;
            }
        }
    }
}

/// By which a [`Leftover`] is known.
#[derive(Debug)]
pub(crate) struct Ticket(u64);

/// As long as it is held no interrupt removes anything; once one does, nobody gets it any more. Not to be begun by who holds
/// it.
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

    /// From now on an interrupt leaves it alone: it is in its place, or gone.
    pub(crate) fn is_settled(&mut self, ticket: &Ticket) {
        self.0.all.retain(|(known, _)| *known != ticket.0);
    }
}

/// From now on an interrupt, or a request to end, removes what is not whole.
pub(crate) fn clean_up() {
    // Where it cannot be told of interrupts, the program ends as programs do, and the next run removes what it left.
    let _ = catch(ctrlc::set_handler);
}

/// The same, unless whoever started the program has it ignore interrupts, as `nohup` does.
pub(crate) fn clean_up_unless_ignored() {
    let _ = catch(ctrlc::try_set_handler);
}

/// From now on `is_to_end` says at each interrupt whether the program ends.
///
/// # Errors
/// Where it cannot be told of interrupts.
pub(crate) fn ask_first(is_to_end: impl FnMut() -> bool + Send + 'static) -> Result<(), ctrlc::Error> {
    *ASKED.lock().unwrap_or_else(PoisonError::into_inner) = Some(Box::new(is_to_end));
    catch(ctrlc::set_handler)
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
    // Held to the end.
    std::process::exit(INTERRUPTED);
}
