//! Rows, written as each document is read.

use std::path::Path;

use crate::answers::{FailureReport, Rows};
use crate::cli::args::LicenseArgs;
use crate::cli::io::exit::{Exit, Stop};
use crate::cli::io::inputs::{ReadDocument, each_document, refuse_second_license};
use crate::cli::io::messages::Messages;
use crate::cli::io::output::Sink;
use crate::license::LicenseDocument;
use crate::source::{DocumentPlace, FailureCode, Source};

/// A summary of the inputs.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Seen {
    /// Whether there is a license among them.
    pub(crate) any_license: bool,
    /// Whether all of them could be read.
    pub(crate) all_read: bool,
}

/// The rows that a command makes of licenses, one after the other.
pub(crate) trait RowsOfLicense {
    /// The rows of a license.
    ///
    /// # Errors
    /// Where the rows cannot be made.
    fn rows(&mut self, source: &Source, place: &DocumentPlace, document: &LicenseDocument<'_>)
    -> Result<Vec<u8>, Stop>;

    /// The rows about all of the inputs, once they are read.
    ///
    /// # Errors
    /// Where nothing is to be written, as an id that no license has was asked for.
    fn last_rows(&mut self, _seen: Seen) -> Result<Vec<u8>, Stop> {
        Ok(Vec::new())
    }
}

/// Inputs whose rows are written as they are read.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Stream<'s> {
    pub(crate) args: &'s LicenseArgs,
    /// The administrator list, where there is one.
    pub(crate) list: Option<&'s Path>,
    /// Whether all rows wait until every input was read, as the last word may be that nothing is to be written.
    pub(crate) hold: bool,
    pub(crate) rows: &'s Rows,
    /// The text before the first row.
    pub(crate) head: &'s [u8],
    pub(crate) file: Option<&'s Path>,
    pub(crate) messages: &'s Messages,
}

impl Stream<'_> {
    /// Writes the rows of every license, and with `--inline` the inputs that could not be read.
    ///
    /// # Errors
    /// Where the rows cannot be written or made.
    pub(crate) fn write(self, licenses: &mut impl RowsOfLicense) -> Result<Exit, Stop> {
        let Self { args, list, hold, rows, head, file, messages } = self;
        let inline = rows.is_inline();
        let mut sink = Sink::open(file)?;
        let (mut exit, mut stop, mut count, mut all_read) = (Exit::Done, None, 0_usize, true);
        // An administrator list belongs to one license: only once all is read it is sure that there is no other.
        let mut held = Vec::new();
        // The header waits for the first row: where an id is refused, nothing is written.
        let mut head = Some(head);
        let mut write = |sink: &mut Sink, bytes: &[u8]| -> Result<(), Stop> {
            let head = head.take_if(|_| !bytes.is_empty()).unwrap_or_default();
            let bytes = &[head, bytes].concat();
            if list.is_none() && !hold {
                return sink.write(bytes);
            }
            held.extend_from_slice(bytes);
            Ok(())
        };
        each_document(&args.files, args.lines(), file.as_slice(), messages, |read| match read {
            _ if stop.is_some() => {}
            ReadDocument::License(source, place, license) => {
                count += 1;
                let allowed = if count > 1 { refuse_second_license(list) } else { Ok(()) };
                let written = allowed
                    .and_then(|()| licenses.rows(source, place, license))
                    .and_then(|bytes| write(&mut sink, &bytes));
                stop = written.err();
            }
            ReadDocument::Failure(failure) => {
                all_read = false;
                let of_input = !inline || is_of_input(failure.code);
                if of_input {
                    exit = Exit::Input;
                    messages.error(&failure.to_string());
                }
                let lines = rows.failure(&FailureReport::from(failure));
                let lines = lines.map_err(|error| Stop::usage(error.to_string()));
                stop = lines.and_then(|lines| write(&mut sink, &lines)).err();
            }
        })?;
        if let Some(stop) = stop {
            return Err(stop.at_least(exit));
        }
        if exit != Exit::Done && count == 0 && !inline && file.is_some() {
            return Err(Stop::new(exit, "no license could be read, so --output is left as it is"));
        }
        let rest = licenses.last_rows(Seen { any_license: count > 0, all_read }).map_err(|stop| stop.at_least(exit))?;
        sink.write(head.unwrap_or_default())?;
        sink.write(&held)?;
        sink.write(&rest)?;
        sink.finish().map(|()| exit).map_err(|stop| stop.at_least(exit))
    }
}

/// Whether a failure is not that of one document: nobody knows what else the input holds.
pub(crate) fn is_of_input(code: FailureCode) -> bool {
    matches!(code, FailureCode::CannotRead | FailureCode::TooLarge | FailureCode::NoLicense)
}
