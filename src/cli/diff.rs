//! `seatline diff`.

use std::path::Path;

use seatline::administrator::AdministratorList;
use seatline::render::{diff_csv, diff_markdown, diff_table, to_json};
use seatline::report::{DiffReport, Side};
use seatline::source::{Document, DocumentKind, DocumentPlace, Failure, FailureCode, Found, Input, Source};

use super::args::DiffArgs;
use super::exit::{Exit, Stop};
use super::formats::DiffFormat;
use super::global::Global;
use super::inputs::refuse_to_replace;
use super::messages::Messages;
use super::output;
use super::settings::{administrator_list, page};

pub(crate) fn run(args: &DiffArgs, global: &Global, messages: &Messages) -> Result<Exit, Stop> {
    let inputs = [Some(&args.old), Some(&args.new), args.old_admins.as_ref(), args.new_admins.as_ref()];
    if inputs.iter().flatten().filter(|path| path.as_path() == Path::new("-")).count() > 1 {
        return Err(Stop::usage("standard input (-) can be read only once"));
    }
    for input in inputs.into_iter().flatten() {
        refuse_to_replace(Some(input), &global.outputs())?;
    }
    let (page, _) = page(&args.as_of, args.tz.as_deref(), global)?;
    // Both are tried, so that both messages are there.
    let (old, new) = (read(&args.old), read(&args.new));
    let (old, new) = match (old, new) {
        (Ok(old), Ok(new)) => (old, new),
        (Err(old), Err(new)) => {
            messages.error(&old.message);
            return Err(new.at_least(old.exit));
        }
        (Err(stop), _) | (_, Err(stop)) => return Err(stop),
    };
    let list = |path: Option<&Path>| path.map(administrator_list).transpose();
    let (old_list, new_list) = (list(args.old_admins.as_deref())?, list(args.new_admins.as_deref())?);
    let report = with_side(&old, old_list.as_ref(), |old| {
        with_side(&new, new_list.as_ref(), |new| Ok(DiffReport::new(old, new, page.as_of, page.zone)))
    })?;
    let text = match args.format {
        DiffFormat::Table => diff_table(&report, &page),
        DiffFormat::Json => to_json(&report).map_err(|error| Stop::usage(error.to_string()))?,
        DiffFormat::Csv => diff_csv(&report),
        DiffFormat::Markdown => diff_markdown(&report, &page),
    };
    output::write(&text, global)?;
    Ok(if report.safe || args.exit_zero { Exit::Done } else { Exit::Objection })
}

fn read(path: &Path) -> Result<Source, Stop> {
    let input = Input::named(path);
    Ok(Source::decode(input.name(), input.read()?)?)
}

/// Calls `then` with the one license document of a source.
fn with_side<T>(
    source: &Source,
    administrators: Option<&AdministratorList>,
    then: impl FnOnce(Side<'_>) -> Result<T, Stop>,
) -> Result<T, Stop> {
    let mut documents = source.documents();
    let first = documents.next();
    let Some(Found { place, document }) = first else {
        return Err(Failure::new(source.name(), FailureCode::Empty, "there is nothing in it").into());
    };
    if documents.next().is_some() {
        let message = format!("{}: there is more than one document in it, and one is compared", source.name());
        return Err(Stop::usage(message));
    }
    match document? {
        Document::License(license) => then(side(source, &place, &license, administrators)),
        other => {
            let (code, message) = other.not(DocumentKind::License);
            Err(Failure::new(source.name(), code, message).into())
        }
    }
}

fn side<'d>(
    source: &'d Source,
    place: &'d DocumentPlace,
    document: &'d seatline::LicenseDocument<'d>,
    administrators: Option<&'d AdministratorList>,
) -> Side<'d> {
    Side { source, place, document, administrators }
}
