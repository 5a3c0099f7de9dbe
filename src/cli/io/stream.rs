//! Writes rows as each document is read.

use std::path::Path;

use crate::answers::{FailureReport, Rows};
use crate::cli::args::LicenseArgs;
use crate::cli::exit::{Exit, Stop};
use crate::cli::io::documents::{Makers, Read, each_document, each_made};
use crate::cli::io::inputs::refuse_second_license;
use crate::cli::io::messages::Messages;
use crate::cli::io::output::Sink;
use crate::cli::io::streams;
use crate::source::{Failure, FailureCode, License, Source};

/// Facts about all inputs together.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Seen {
    /// Whether there was a license among the inputs.
    pub(crate) any_license: bool,
    /// Whether all inputs could be read.
    pub(crate) all_read: bool,
}

/// The output of rows, with the options that decide on it.
pub(crate) struct Stream<'s> {
    pub(crate) args: &'s LicenseArgs,
    /// The administrator list, which belongs to one license.
    pub(crate) list: Option<&'s Path>,
    /// Whether `last` may still refuse the rows. They are held back as long as that is so, up to a limit.
    pub(crate) hold: &'s dyn Fn() -> bool,
    pub(crate) rows: &'s Rows,
    /// The bytes before the first row.
    pub(crate) head: &'s [u8],
    pub(crate) file: Option<&'s Path>,
    pub(crate) messages: &'s Messages,
}

impl Stream<'_> {
    /// The messages; without progress where rows scroll by on the terminal.
    fn messages(&self) -> Messages {
        let is_seen = self.file.is_none() && streams::stdout_is_terminal();
        if is_seen { self.messages.without_progress() } else { self.messages.clone() }
    }

    /// Writes the rows that `each` makes of every license, and with `--inline` a record for what could not be read.
    /// `last` is called before a file is replaced: it may refuse the rows, or add rows about all inputs.
    ///
    /// # Errors
    /// A [`Stop`] where the rows cannot be written, or `each` or `last` fails.
    pub(crate) fn write(
        self,
        mut each: impl FnMut(License<'_>) -> Result<Vec<u8>, Stop>,
        last: impl FnOnce(Seen) -> Result<Vec<u8>, Stop>,
    ) -> Result<Exit, Stop> {
        let mut written = WrittenRows::new(&self)?;
        let messages = self.messages();
        each_document(&self.args.files, self.args.lines(), self.file.as_slice(), &messages, |read| match read {
            Read::License(license) => written.license(|| each(license)),
            // Nobody makes one here.
            Read::Portion(_) => {}
            Read::Failure(failure) => written.failure(failure),
            Read::Wait => written.wait(),
        })?;
        written.finish(last)
    }

    /// As [`Self::write`], with `makers` called for several licenses at a time, and `each` called in their order with
    /// what these made.
    ///
    /// # Errors
    /// As [`Self::write`].
    pub(crate) fn write_made<T: Send>(
        self,
        makers: Makers<
            impl Fn(&Source, &mut dyn FnMut(T)) -> Option<T> + Sync,
            impl Fn(License<'_>, &mut dyn FnMut(T)) -> T + Sync,
        >,
        mut each: impl FnMut(T) -> Result<Vec<u8>, Stop>,
        last: impl FnOnce(Seen) -> Result<Vec<u8>, Stop>,
    ) -> Result<Exit, Stop> {
        let mut written = WrittenRows::new(&self)?;
        let (files, lines, messages) = (&self.args.files, self.args.lines(), self.messages());
        each_made(files, lines, self.file.as_slice(), &messages, makers, |read| match read {
            Read::Portion(made) => written.portion(|| each(made)),
            Read::License(made) => written.license(|| each(made)),
            Read::Failure(failure) => written.failure(failure),
            Read::Wait => written.wait(),
        })?;
        written.finish(last)
    }
}

/// The output of rows so far.
struct WrittenRows<'s> {
    stream: &'s Stream<'s>,
    sink: Sink,
    /// The rows that are held back, with the header: where an id is refused, nothing is written.
    held: Vec<u8>,
    holds: bool,
    exit: Exit,
    stop: Option<Stop>,
    licenses: usize,
    all_read: bool,
}

impl<'s> WrittenRows<'s> {
    fn new(stream: &'s Stream<'s>) -> Result<Self, Stop> {
        let mut written = Self {
            stream,
            sink: Sink::open(stream.file)?,
            held: Vec::new(),
            holds: true,
            exit: Exit::Done,
            stop: None,
            licenses: 0,
            all_read: true,
        };
        written.stop = written.rows(stream.head).err();
        Ok(written)
    }

    fn license(&mut self, rows: impl FnOnce() -> Result<Vec<u8>, Stop>) {
        if self.stop.is_some() || streams::reader_is_gone() {
            return;
        }
        self.licenses += 1;
        let allowed = if self.licenses > 1 { refuse_second_license(self.stream.list) } else { Ok(()) };
        self.stop = allowed.and_then(|()| rows()).and_then(|bytes| self.rows(&bytes)).err();
    }

    /// Some rows of a license that is not yet at its end.
    fn portion(&mut self, rows: impl FnOnce() -> Result<Vec<u8>, Stop>) {
        if self.stop.is_none() {
            self.stop = rows().and_then(|bytes| self.rows(&bytes)).err();
        }
    }

    fn failure(&mut self, failure: Failure) {
        let Stream { rows, messages, .. } = self.stream;
        self.all_read = false;
        // The exit code is raised also where nothing can be written any more: the highest code wins.
        if !rows.is_inline() || is_of_input(failure.code) {
            self.exit = Exit::Input;
            messages.error(&failure.to_string());
        }
        if self.stop.is_some() {
            return;
        }
        let lines = rows.failure(&FailureReport::from(failure));
        let lines = lines.map_err(|error| Stop::usage(error.to_string()));
        self.stop = lines.and_then(|lines| self.rows(&lines)).err();
    }

    fn rows(&mut self, bytes: &[u8]) -> Result<(), Stop> {
        /// Enough for a typing error in front of some files. A stream may never end.
        const MOST_HELD: usize = 1 << 20;
        // An administrator list belongs to one license, and only after the last input it is sure that there is no
        // second one.
        let may_be_refused = || self.stream.list.is_some() || (self.held.len() < MOST_HELD && (self.stream.hold)());
        self.holds = self.holds && may_be_refused();
        if self.holds {
            self.held.extend_from_slice(bytes);
            return Ok(());
        }
        self.sink.write(&std::mem::take(&mut self.held))?;
        self.sink.write(bytes)
    }

    /// Passes on the rows so far before the program waits for more input.
    fn wait(&mut self) {
        if self.stop.is_none() {
            self.stop = self.sink.flush().err();
        }
    }

    fn finish(self, last: impl FnOnce(Seen) -> Result<Vec<u8>, Stop>) -> Result<Exit, Stop> {
        let exit = self.exit;
        self.end(last).map(|()| exit).map_err(|stop| stop.at_least(exit))
    }

    fn end(mut self, last: impl FnOnce(Seen) -> Result<Vec<u8>, Stop>) -> Result<(), Stop> {
        if let Some(stop) = self.stop {
            return Err(stop);
        }
        if streams::reader_is_gone() {
            return Ok(());
        }
        let any_license = self.licenses > 0;
        if self.exit != Exit::Done && !any_license && !self.stream.rows.is_inline() && self.stream.file.is_some() {
            return Err(Stop::new(self.exit, "no license could be read, so --output is left as it is"));
        }
        let rest = last(Seen { any_license, all_read: self.all_read })?;
        self.sink.write(&self.held)?;
        self.sink.write(&rest)?;
        self.sink.finish()
    }
}

/// Whether a failure concerns the whole input and not one document of it, so that nobody knows what else it holds.
pub(crate) fn is_of_input(code: FailureCode) -> bool {
    matches!(code, FailureCode::CannotRead | FailureCode::TooLarge | FailureCode::NoLicense)
}
