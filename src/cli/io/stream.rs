//! Rows, written as each document is read.

use std::path::Path;

use crate::answers::{FailureReport, Rows};
use crate::cli::args::LicenseArgs;
use crate::cli::io::exit::{Exit, Stop};
use crate::cli::io::inputs::{Read, each_document, refuse_second_license};
use crate::cli::io::messages::Messages;
use crate::cli::io::output::Sink;
use crate::license::LicenseDocument;
use crate::source::{DocumentPlace, FailureCode, Source};

/// What was among the inputs.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Seen {
    /// Whether there is a license among them.
    pub(crate) any_license: bool,
    /// Whether all of them could be read.
    pub(crate) all_read: bool,
}

/// Writes the rows that `each` makes of every license, and with `--inline` what could not be read. `last` has the last word
/// before a file is replaced: it may refuse, or write rows about all of the inputs. Where it may refuse, `hold` keeps all rows
/// back until then.
///
/// # Errors
/// Where the rows cannot be written, or `each` or `last` fails.
#[allow(clippy::too_many_arguments, reason = "each is another thing to say")]
pub(crate) fn stream(
    args: &LicenseArgs,
    list: Option<&Path>,
    hold: bool,
    rows: &Rows,
    head: &[u8],
    file: Option<&Path>,
    messages: &Messages,
    mut each: impl FnMut(&Source, &DocumentPlace, &LicenseDocument<'_>) -> Result<Vec<u8>, Stop>,
    last: impl FnOnce(Seen) -> Result<Vec<u8>, Stop>,
) -> Result<Exit, Stop> {
    let inline = rows.is_inline();
    let mut sink = Sink::open(file)?;
    let (mut exit, mut stop, mut licenses, mut all_read) = (Exit::Done, None, 0_usize, true);
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
        Read::License(source, place, license) => {
            licenses += 1;
            let allowed = if licenses > 1 { refuse_second_license(list) } else { Ok(()) };
            let written =
                allowed.and_then(|()| each(source, place, license)).and_then(|bytes| write(&mut sink, &bytes));
            stop = written.err();
        }
        Read::Failure(failure) => {
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
    if exit != Exit::Done && licenses == 0 && !inline && file.is_some() {
        return Err(Stop::new(exit, "no license could be read, so --output is left as it is"));
    }
    let rest = last(Seen { any_license: licenses > 0, all_read }).map_err(|stop| stop.at_least(exit))?;
    sink.write(head.unwrap_or_default())?;
    sink.write(&held)?;
    sink.write(&rest)?;
    sink.finish().map(|()| exit).map_err(|stop| stop.at_least(exit))
}

/// Whether a failure is not that of one document: nobody knows what else the input holds.
pub(crate) fn is_of_input(code: FailureCode) -> bool {
    matches!(code, FailureCode::CannotRead | FailureCode::TooLarge | FailureCode::NoLicense)
}
