//! `seatline timeline`.

use crate::answers::{
    By, FailureReport, IdSearch, Rows, TimelineQuestion, TimelineReport, timeline_html, timeline_ics,
    timeline_markdown, timeline_table, timeline_xlsx,
};
use std::sync::{Mutex, PoisonError};

use crate::source::License;
use crate::text::to_json;
use crate::time::when::Edge;

use crate::cli::args::TimelineArgs;
use crate::cli::args::formats::{GroupBy, TimelineFormat};
use crate::cli::args::global::Global;
use crate::cli::commands::report::{reading_note, refuse_unknown};
use crate::cli::exit::{Exit, Stop};
use crate::cli::io::calendar::{note_empty, note_path};
use crate::cli::io::documents::{Makers, never_from_text};
use crate::cli::io::inputs::each_license;
use crate::cli::io::links::linked;
use crate::cli::io::messages::Messages;
use crate::cli::io::stream::{Seen, Stream};
use crate::cli::io::{output, workbook};
use crate::cli::settings::{Settings, instant};

pub(crate) fn run(args: &TimelineArgs, global: &Global, messages: &Messages) -> Result<Exit, Stop> {
    let settings = Settings::new(&args.license, None, global)?;
    let zone = settings.page.zone;
    let instant = |option: &str, text: &Option<String>, edge: Edge| {
        text.as_deref().map(|text| instant(option, text, settings.clock, zone, edge)).transpose()
    };
    let mut from = instant("--from", &args.from, Edge::Begins)?;
    let to = instant("--to", &args.to, Edge::Ends)?;
    if args.format == TimelineFormat::Ics || args.by == GroupBy::Date {
        // A calendar of past days would help nobody, and a list by date begins at the as-of.
        from = from.or(Some(settings.page.as_of));
    }
    let filter = args.filter.filter();
    let calendar = args.calendar.calendar(args.format == TimelineFormat::Ics, filter.clone())?;
    let rows = args.rows.rows(args.format, &settings.page, Rows::timeline_names)?;
    if args.format == TimelineFormat::Xlsx {
        workbook::begin(global)?;
    }
    if from.zip(to).is_some_and(|(from, to)| from > to) {
        return Err(Stop::usage("--from is after --to"));
    }
    let window = TimelineQuestion { as_of: settings.page.as_of, from, to, zone };
    let mut search = IdSearch::new(&filter);
    let json = |error: serde_json::Error| Stop::usage(error.to_string());
    if let Some(rows) = rows {
        let search = Mutex::new(search);
        let make = |license: License<'_>, _: &mut dyn FnMut(_)| {
            if !filter.ids.is_empty() {
                search.lock().unwrap_or_else(PoisonError::into_inner).look_through(license.document);
            }
            let mut report = TimelineReport::new(window);
            report.add(license, zone, &filter);
            let note = if rows.is_inline() { None } else { findings_notes(&report).next() };
            (rows.timeline(&report), note)
        };
        let unknown = |seen: Seen| {
            let search = search.lock().unwrap_or_else(PoisonError::into_inner);
            refuse_unknown(&search, seen.any_license && !rows.is_inline(), messages).map(|()| Vec::new())
        };
        let head = rows.timeline_head();
        let hold = || !rows.is_inline() && !search.lock().unwrap_or_else(PoisonError::into_inner).has_found_all();
        let file = global.output.as_deref();
        let stream = Stream { args: &args.license, list: None, hold: &hold, rows: &rows, head: &head, file, messages };
        let each = |(rows, note): (serde_json::Result<Vec<u8>>, Option<String>)| {
            note.iter().for_each(|note| messages.note(note));
            rows.map_err(json)
        };
        return stream.write_made(Makers { from_text: never_from_text, make }, each, unknown);
    }
    let mut report = TimelineReport::new(window);
    let failures =
        each_license(&args.license.files, args.license.lines(), &global.outputs(), None, messages, |license| {
            search.look_through(license.document);
            report.add(license, zone, &filter);
            if args.format == TimelineFormat::Html {
                report.add_entries(license, zone);
            }
            Ok(())
        })?;
    let exit = if failures.is_empty() { Exit::Done } else { Exit::Input };
    refuse_unknown(&search, !report.licenses.is_empty(), messages).map_err(|stop| stop.at_least(exit))?;
    report.failures = failures.into_iter().map(FailureReport::from).collect();
    if exit != Exit::Done && global.output.is_some() {
        return Err(Stop::new(exit, "an input could not be read, so --output is left as it is"));
    }
    let by = match args.by {
        GroupBy::Item => By::Item,
        GroupBy::Date => By::Date,
    };
    if args.format == TimelineFormat::Xlsx {
        return workbook::write(|files| timeline_xlsx(&report, &settings.page, files), global)
            .map(|()| exit)
            .map_err(|stop| stop.at_least(exit));
    }
    let text = match args.format {
        TimelineFormat::Table => linked(
            timeline_table(&report, &settings.page, by),
            report.licenses.iter().map(|license| license.origin.file.as_str()),
            global,
        ),
        TimelineFormat::Json => to_json(&report).map_err(json)?,
        TimelineFormat::Jsonl | TimelineFormat::Csv | TimelineFormat::Xlsx => String::new(),
        TimelineFormat::Markdown => timeline_markdown(&report, &settings.page, by),
        TimelineFormat::Html => timeline_html(&report, &settings.page, by),
        TimelineFormat::Ics => calendar.as_ref().map_or_else(String::new, |calendar| {
            findings_notes(&report).for_each(|note| messages.note(&note));
            let origins = report.licenses.iter().map(|license| &*license.origin);
            note_path(calendar, origins.map(|origin| (&*origin.source, &*origin.file)), messages);
            let text = timeline_ics(&report, &settings.page, calendar);
            if !report.licenses.is_empty() {
                note_empty(&text, "no seats fall in the time that was looked at", messages);
            }
            text
        }),
    };
    output::write(&text, global).map_err(|stop| stop.at_least(exit))?;
    Ok(exit)
}

/// The notes about findings, for which rows and calendars have no place.
fn findings_notes(report: &TimelineReport) -> impl Iterator<Item = String> {
    report
        .licenses
        .iter()
        .filter_map(|license| reading_note(&license.origin.source, license.findings.len(), "timeline"))
}
