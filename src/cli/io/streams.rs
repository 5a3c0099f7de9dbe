//! stdin, stdout and stderr: those of the process or, where another program runs seatline within itself, buffers.

use std::cell::RefCell;
use std::io::{self, IsTerminal, Write};
use std::sync::atomic::{AtomicBool, Ordering};

use anstream::stream::RawStream;
use anstream::{AutoStream, ColorChoice};

use crate::cli::io::variable::variable;

thread_local! {
    /// The output of this thread since [`hold`].
    static HELD: RefCell<Option<HeldOutput>> = const { RefCell::new(None) };
}

/// The bytes written to stdout and to stderr.
#[derive(Debug, Default)]
pub(crate) struct HeldOutput {
    pub(crate) stdout: Vec<u8>,
    pub(crate) stderr: Vec<u8>,
}

/// From now on the output of this thread is collected.
pub(crate) fn hold() {
    HELD.set(Some(HeldOutput::default()));
}

/// Stops collecting, and gives the output.
pub(crate) fn held() -> HeldOutput {
    HELD.take().unwrap_or_default()
}

/// Whether whoever read stdout has gone: no more of it is needed.
static READER_IS_GONE: AtomicBool = AtomicBool::new(false);

pub(crate) fn reader_is_gone() -> bool {
    READER_IS_GONE.load(Ordering::Relaxed)
}

/// Notes whether the reader of stdout is still there.
pub(crate) fn note_reader(is_gone: bool) {
    READER_IS_GONE.store(is_gone, Ordering::Relaxed);
}

/// stdout without a buffer of its own; the writer adds one.
pub(crate) fn stdout() -> Box<dyn Write> {
    if is_held() { Box::new(Buffer(|held| &mut held.stdout)) } else { Box::new(io::stdout().lock()) }
}

/// stdout for text with colours, which are removed where they are not wanted.
pub(crate) fn coloured_stdout(choice: ColorChoice) -> Box<dyn Write> {
    if is_held() { stdout() } else { Box::new(AutoStream::new(io::stdout(), decided(choice, &io::stdout()))) }
}

/// Whether stdout takes colours by default.
pub(crate) fn stdout_takes_colors() -> bool {
    decided(ColorChoice::Auto, &io::stdout()) != ColorChoice::Never
}

/// Decides an automatic choice by the terminal and the environment. `anstream` takes every CLICOLOR_FORCE as a yes,
/// even 0.
fn decided(choice: ColorChoice, stream: &impl RawStream) -> ColorChoice {
    if choice != ColorChoice::Auto || variable("CLICOLOR_FORCE").is_none_or(|force| force != "0") {
        return if choice == ColorChoice::Auto { AutoStream::choice(stream) } else { choice };
    }
    let clicolor = anstyle_query::clicolor();
    let takes = clicolor == Some(true) || anstyle_query::term_supports_color() || anstyle_query::is_ci();
    let takes = takes && clicolor != Some(false) && !anstyle_query::no_color() && stream.is_terminal();
    if takes { ColorChoice::Always } else { ColorChoice::Never }
}

/// stderr, with colours where the terminal has them.
pub(crate) fn stderr(choice: ColorChoice) -> Box<dyn Write> {
    if is_held() {
        let buffer: Box<dyn Write> = Box::new(Buffer(|held| &mut held.stderr));
        Box::new(AutoStream::never(buffer))
    } else {
        Box::new(AutoStream::new(io::stderr(), decided(choice, &io::stderr())))
    }
}

/// Whether stdout is a terminal, which people see.
pub(crate) fn stdout_is_terminal() -> bool {
    !is_held() && io::stdout().is_terminal()
}

/// Whether stderr is a terminal, which people see.
pub(crate) fn stderr_is_terminal() -> bool {
    !is_held() && io::stderr().is_terminal()
}

fn is_held() -> bool {
    HELD.with_borrow(Option::is_some)
}

/// A writer into one of the two buffers of this thread, chosen by the function.
struct Buffer(fn(&mut HeldOutput) -> &mut Vec<u8>);

impl Write for Buffer {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        HELD.with_borrow_mut(|held| {
            if let Some(held) = held {
                (self.0)(held).extend_from_slice(bytes);
            }
        });
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
