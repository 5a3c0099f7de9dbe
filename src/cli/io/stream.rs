//! Rows, written as each document is read.

use std::path::Path;

use crate::answers::{FailureReport, Rows};
use crate::cli::args::LicenseArgs;
use crate::cli::io::documents::{Read, each_document, each_made};
use crate::cli::io::exit::{Exit, Stop};
use crate::cli::io::inputs::refuse_second_license;
use crate::cli::io::messages::Messages;
use crate::cli::io::output::Sink;
use crate::cli::io::streams;
use crate::license::LicenseDocument;
use crate::source::{DocumentPlace, Failure, FailureCode, Source};

/// What was among the inputs.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Seen {
    /// Whether there is a license among them.
    pub(crate) any_license: bool,
    /// Whether all of them could be read.
    pub(crate) all_read: bool,
}

/// Where rows go, and what is to be done with them.
pub(crate) struct Stream<'s> {
    pub(crate) args: &'s LicenseArgs,
    /// The administrator list, which belongs to one license.
    pub(crate) list: Option<&'s Path>,
    /// Whether `last` may refuse what was written: then all rows are kept back until it was asked.
    pub(crate) hold: bool,
    pub(crate) rows: &'s Rows,
    /// What stands before the first row.
    pub(crate) head: &'s [u8],
    pub(crate) file: Option<&'s Path>,
    pub(crate) messages: &'s Messages,
}

impl Stream<'_> {
    /// Rows that scroll by on a terminal say enough of how far it is.
    fn messages(&self) -> Messages {
        let is_seen = self.file.is_none() && streams::stdout_is_terminal();
        if is_seen { self.messages.without_progress() } else { self.messages.clone() }
    }

    /// Writes the rows that `each` makes of every license, and with `--inline` what could not be read. `last` has the last word
    /// before a file is replaced: it may refuse, or write rows about all of the inputs.
    ///
    /// # Errors
    /// Where the rows cannot be written, or `each` or `last` fails.
    pub(crate) fn write(
        self,
        mut each: impl FnMut(&Source, &DocumentPlace, &LicenseDocument<'_>) -> Result<Vec<u8>, Stop>,
        last: impl FnOnce(Seen) -> Result<Vec<u8>, Stop>,
    ) -> Result<Exit, Stop> {
        let mut written = WrittenRows::new(&self)?;
        let messages = self.messages();
        each_document(&self.args.files, self.args.lines(), self.file.as_slice(), &messages, |read| match read {
            Read::License((source, place, license)) => written.license(|| each(source, place, license)),
            Read::Failure(failure) => written.failure(failure),
        })?;
        written.finish(last)
    }

    /// The same where `make` looks at the licenses, several of them at a time, and `each` gets what it made in their order.
    ///
    /// # Errors
    /// As [`Self::write`].
    pub(crate) fn write_made<T: Send>(
        self,
        make: impl Fn(&Source, &DocumentPlace, &LicenseDocument<'_>) -> T + Sync,
        mut each: impl FnMut(T) -> Result<Vec<u8>, Stop>,
        last: impl FnOnce(Seen) -> Result<Vec<u8>, Stop>,
    ) -> Result<Exit, Stop> {
        let mut written = WrittenRows::new(&self)?;
        let (files, lines, messages) = (&self.args.files, self.args.lines(), self.messages());
        each_made(files, lines, self.file.as_slice(), &messages, make, |read| match read {
            Read::License(made) => written.license(|| each(made)),
            Read::Failure(failure) => written.failure(failure),
        })?;
        written.finish(last)
    }
}

/// What was written so far.
struct WrittenRows<'s> {
    stream: &'s Stream<'s>,
    sink: Sink,
    /// Rows that are kept back. An administrator list belongs to one license: only once all is read it is sure that there is
    /// no other.
    held: Vec<u8>,
    /// The header waits for the first row: where an id is refused, nothing is written.
    head: Option<&'s [u8]>,
    exit: Exit,
    stop: Option<Stop>,
    licenses: usize,
    all_read: bool,
}

impl<'s> WrittenRows<'s> {
    fn new(stream: &'s Stream<'s>) -> Result<Self, Stop> {
        Ok(Self {
            stream,
            sink: Sink::open(stream.file)?,
            held: Vec::new(),
            head: Some(stream.head),
            exit: Exit::Done,
            stop: None,
            licenses: 0,
            all_read: true,
        })
    }

    fn license(&mut self, rows: impl FnOnce() -> Result<Vec<u8>, Stop>) {
        if self.stop.is_some() {
            return;
        }
        self.licenses += 1;
        let allowed = if self.licenses > 1 { refuse_second_license(self.stream.list) } else { Ok(()) };
        self.stop = allowed.and_then(|()| rows()).and_then(|bytes| self.rows(&bytes)).err();
    }

    fn failure(&mut self, failure: Failure) {
        if self.stop.is_some() {
            return;
        }
        let Stream { rows, messages, .. } = self.stream;
        self.all_read = false;
        if !rows.is_inline() || is_of_input(failure.code) {
            self.exit = Exit::Input;
            messages.error(&failure.to_string());
        }
        let lines = rows.failure(&FailureReport::from(failure));
        let lines = lines.map_err(|error| Stop::usage(error.to_string()));
        self.stop = lines.and_then(|lines| self.rows(&lines)).err();
    }

    fn rows(&mut self, bytes: &[u8]) -> Result<(), Stop> {
        let head = self.head.take_if(|_| !bytes.is_empty()).unwrap_or_default();
        if self.stream.list.is_none() && !self.stream.hold {
            return self.sink.write(head).and_then(|()| self.sink.write(bytes));
        }
        self.held.extend_from_slice(head);
        self.held.extend_from_slice(bytes);
        Ok(())
    }

    fn finish(mut self, last: impl FnOnce(Seen) -> Result<Vec<u8>, Stop>) -> Result<Exit, Stop> {
        let (exit, any_license) = (self.exit, self.licenses > 0);
        if let Some(stop) = self.stop {
            return Err(stop.at_least(exit));
        }
        if exit != Exit::Done && !any_license && !self.stream.rows.is_inline() && self.stream.file.is_some() {
            return Err(Stop::new(exit, "no license could be read, so --output is left as it is"));
        }
        let rest = last(Seen { any_license, all_read: self.all_read }).map_err(|stop| stop.at_least(exit))?;
        self.sink.write(self.head.take().unwrap_or_default())?;
        self.sink.write(&self.held)?;
        self.sink.write(&rest)?;
        self.sink.finish().map(|()| exit).map_err(|stop| stop.at_least(exit))
    }
}

/// Whether a failure is not that of one document: nobody knows what else the input holds.
pub(crate) fn is_of_input(code: FailureCode) -> bool {
    matches!(code, FailureCode::CannotRead | FailureCode::TooLarge | FailureCode::NoLicense)
}
