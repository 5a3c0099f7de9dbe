//! `seatline report`.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use crate::answers::{
    Costs, FailureReport, IdSearch, LicenseReport, PlainReport, PlainRows, Report, ReportParts, ReportQuestion, Rows,
    UnknownId, report_html, report_markdown, report_table, report_xlsx,
};
use crate::source::{License, Source};
use crate::text::to_json;

use crate::cli::args::formats::ReportFormat;
use crate::cli::args::global::Global;
use crate::cli::args::{LicenseArgs, ReportArgs};
use crate::cli::exit::{Exit, Stop};
use crate::cli::io::costs::note_costs;
use crate::cli::io::documents::Makers;
use crate::cli::io::in_order::in_order;
use crate::cli::io::inputs::{each_license, stdin_once};
use crate::cli::io::links::linked;
use crate::cli::io::messages::Messages;
use crate::cli::io::same_file::refuse_to_replace;
use crate::cli::io::stream::{Seen, Stream};
use crate::cli::io::{output, unread, workbook};
use crate::cli::settings::{Settings, administrator_list};

pub(crate) fn run(args: &ReportArgs, global: &Global, messages: &Messages) -> Result<Exit, Stop> {
    let settings = Settings::new(&args.license, args.list.admins.as_deref(), global)?;
    let files = args.license.files.iter().map(PathBuf::as_path).chain(args.list.admins.as_deref());
    stdin_once(&files.chain(args.prices.path()).collect::<Vec<_>>())?;
    refuse_to_replace(args.prices.path(), &global.outputs())?;
    let filter = args.filter.filter();
    let rows = args.rows.rows(args.format, &settings.page, Rows::report_names)?;
    if let Some(rows) = rows {
        return rows_of_items(args, &rows, &settings, global, messages);
    }
    if args.format == ReportFormat::Xlsx {
        workbook::begin(global)?;
    }
    let unread = |stop| match args.format {
        ReportFormat::Json => {
            unread::with_answer(stop, global, |failures| Report::unread(settings.page.as_of, failures))
        }
        _ => stop,
    };
    let prices = args.prices.read(settings.clock, settings.page.zone).map_err(unread)?;
    let (mut report, exit) = read(
        &args.license,
        args.list.admins.as_deref(),
        &settings,
        args.format == ReportFormat::Html,
        global,
        messages,
    )
    .map_err(unread)?;
    let mut search = IdSearch::new(&filter);
    for item in report.licenses.iter().flat_map(|license| &license.items) {
        search.look(&item.id, [item.name.as_deref(), item.known_as.as_deref()]);
    }
    refuse_unknown(&search, !report.licenses.is_empty(), messages).map_err(|stop| stop.at_least(exit))?;
    for license in &mut report.licenses {
        filter.apply(license);
        prices.iter().for_each(|prices| license.add_costs(prices, settings.page.as_of));
    }
    if report.licenses.iter().all(|license| license.items.is_empty()) {
        note_nothing_asked_for(args, messages);
    }
    if args.format == ReportFormat::Xlsx {
        return workbook::write(|files| report_xlsx(&report, &settings.page, files), global)
            .map(|()| exit)
            .map_err(|stop| stop.at_least(exit));
    }
    let text = match args.format {
        ReportFormat::Table => linked(
            report_table(&report, &settings.page),
            report.licenses.iter().map(|license| license.origin.file.as_str()),
            global,
        ),
        ReportFormat::Json => to_json(&report).map_err(|error| Stop::usage(error.to_string()))?,
        ReportFormat::Jsonl | ReportFormat::Csv | ReportFormat::Xlsx => String::new(),
        ReportFormat::Markdown => report_markdown(&report, &settings.page),
        ReportFormat::Html => report_html(&report, &settings.page),
    };
    output::write(&text, global).map_err(|stop| stop.at_least(exit))?;
    Ok(exit)
}

/// The output for one license: its rows, the number of items, and the messages for stderr.
struct MadeRows {
    rows: serde_json::Result<Vec<u8>>,
    items: usize,
    warning: Option<String>,
    note: Option<String>,
    /// The costs, with the name of the license.
    costs: Option<(String, Costs)>,
}

/// A document of this many bytes may have more items than should be held at once.
const LARGE: usize = 1 << 20;

impl MadeRows {
    /// The rows of a plain license, which has no messages.
    fn plain(rows: serde_json::Result<Vec<u8>>, items: usize) -> Self {
        Self { rows, items, warning: None, note: None, costs: None }
    }
}

/// The rows of a plain license; those of a large one come in portions, made by several threads.
fn plain_rows(report: &PlainReport<'_>, portion: &mut dyn FnMut(MadeRows)) -> MadeRows {
    let (mut lines, items) = report.rows_of(report.shares().next().unwrap_or_default());
    if report.shares().count() == 1 {
        let after = report.after(items).map(|after| {
            lines.extend(after);
            lines
        });
        return MadeRows::plain(after, items);
    }
    let mut items_in_all = items;
    portion(MadeRows::plain(Ok(lines), items));
    in_order(
        report.shares().skip(1),
        |share, send| send(report.rows_of(share)),
        |rows| {
            if let Some((lines, items)) = rows {
                items_in_all += items;
                portion(MadeRows::plain(Ok(lines), items));
            }
        },
    );
    MadeRows::plain(report.after(items_in_all), 0)
}

/// Writes items as rows, as each license is read.
fn rows_of_items(
    args: &ReportArgs,
    rows: &Rows,
    settings: &Settings,
    global: &Global,
    messages: &Messages,
) -> Result<Exit, Stop> {
    let filter = args.filter.filter();
    let list = args.list.admins.as_deref();
    let administrators = list.map(administrator_list).transpose()?;
    let prices = args.prices.read(settings.clock, settings.page.zone)?;
    let question = ReportQuestion { as_of: settings.page.as_of, administrators: administrators.as_ref() };
    let search = Mutex::new(IdSearch::new(&filter));
    let parts = if prices.is_some() { ReportParts::ALL } else { rows.report_parts() };
    // What prices, a list or an id need is known once all items are.
    let may_be_in_portions = prices.is_none() && administrators.is_none() && filter.ids.is_empty();
    let make = |license: License<'_>, portion: &mut dyn FnMut(MadeRows)| {
        if may_be_in_portions && license.place.span.len() >= LARGE {
            let mut items = 0;
            let mut origin = None;
            let is_plain = LicenseReport::in_portions(license, question, parts, &mut |mut license| {
                filter.apply(&mut license);
                items += license.items.len();
                portion(MadeRows::plain(rows.report_items(&license), license.items.len()));
                origin = Some(license.origin);
            });
            if let Some(origin) = origin.filter(|_| is_plain) {
                return MadeRows::plain(rows.report_read(&origin, items, &[]), 0);
            }
        }
        if !filter.ids.is_empty() {
            search.lock().unwrap_or_else(PoisonError::into_inner).look_through(license.document);
        }
        let mut license = LicenseReport::with_parts(license, question, parts);
        let warning = list_warning(&license);
        filter.apply(&mut license);
        prices.iter().for_each(|prices| license.add_costs(prices, settings.page.as_of));
        let made = rows.report(&license);
        let note = if rows.is_inline() { None } else { findings_note(&license) };
        let costs = if args.format == ReportFormat::Csv { license.costs.take() } else { None };
        let costs = costs.map(|costs| (license.origin.title(), costs));
        MadeRows { rows: made, items: license.items.len(), warning, note, costs }
    };
    let plain = PlainRows::new(rows, &filter).filter(|_| prices.is_none() && administrators.is_none());
    let from_text =
        |source: &Source, portion: &mut dyn FnMut(MadeRows)| Some(plain_rows(&plain.as_ref()?.of(source)?, portion));
    let mut items = 0;
    let each = |made: MadeRows| {
        items += made.items;
        tell(made.warning, made.note, messages);
        if let Some((license, costs)) = &made.costs {
            note_costs(Some(costs), Some(license), settings.page.zone, messages);
        }
        made.rows.map_err(|error| Stop::usage(error.to_string()))
    };
    let unknown = |seen: Seen| {
        let search = search.lock().unwrap_or_else(PoisonError::into_inner);
        refuse_unknown(&search, seen.any_license && !rows.is_inline(), messages).map(|()| Vec::new())
    };
    let head = rows.report_head();
    let hold = || !rows.is_inline() && !search.lock().unwrap_or_else(PoisonError::into_inner).has_found_all();
    let file = global.output.as_deref();
    let stream = Stream { args: &args.license, list, hold: &hold, rows, head: &head, file, messages };
    let exit = stream.write_made(Makers { from_text, make }, each, unknown)?;
    if items == 0 {
        note_nothing_asked_for(args, messages);
    }
    Ok(exit)
}

fn note_nothing_asked_for(args: &ReportArgs, messages: &Messages) {
    let asked = [
        (!args.filter.kind.is_empty(), "--kind"),
        (!args.filter.id.is_empty(), "--id"),
        (!args.filter.status.is_empty(), "--status"),
    ];
    let asked: Vec<_> = asked.into_iter().filter_map(|(is, option)| is.then_some(option)).collect();
    if !asked.is_empty() {
        messages.note(&format!("no item is as {} asks for", asked.join(" with ")));
    }
}

/// Refuses an `--id` that no item has in any document: it was probably misspelt. Where no document was read, it is
/// only noted.
///
/// # Errors
/// A [`Stop`] that names the ids, and near ones.
pub(super) fn refuse_unknown(search: &IdSearch<'_>, any_read: bool, messages: &Messages) -> Result<(), Stop> {
    let message = |unknown: UnknownId| {
        let near = unknown.near.join(" or ");
        let hint = if near.is_empty() { String::new() } else { format!("; did you mean {near}?") };
        format!("--id {}: no item has this id{hint}", unknown.id)
    };
    let mut unknown = search.unknown().into_iter().map(message);
    if !any_read {
        unknown.for_each(|message| messages.note(&message));
        return Ok(());
    }
    match unknown.next_back() {
        None => Ok(()),
        Some(last) => {
            unknown.for_each(|message| messages.error(&message));
            Err(Stop::usage(last))
        }
    }
}

/// The report on all licenses, without filters. With `entries` it also holds the entries that seats come from.
pub(super) fn read(
    args: &LicenseArgs,
    list: Option<&Path>,
    settings: &Settings,
    entries: bool,
    global: &Global,
    messages: &Messages,
) -> Result<(Report, Exit), Stop> {
    let administrators = list.map(administrator_list).transpose()?;
    let question = ReportQuestion { as_of: settings.page.as_of, administrators: administrators.as_ref() };
    let mut licenses = Vec::new();
    let failures = each_license(&args.files, args.lines(), &global.outputs(), list, messages, |license| {
        let mut report = LicenseReport::new(license, question);
        tell(list_warning(&report), None, messages);
        if entries {
            report.add_entries(license, settings.page.as_of, settings.page.zone);
        }
        licenses.push(report);
        Ok(())
    })?;
    let exit = if failures.is_empty() { Exit::Done } else { Exit::Input };
    if !failures.is_empty() && global.output.is_some() {
        return Err(Stop::new(exit, "an input could not be read, so --output is left as it is"));
    }
    let failures = failures.into_iter().map(FailureReport::from).collect();
    Ok((Report::new(settings.page.as_of, licenses, failures), exit))
}

/// The warning where the administrator list belongs to another license, which gives wrong answers.
pub(super) fn list_warning(license: &LicenseReport) -> Option<String> {
    license.foreign_list().map(|why| format!("{}: {why}", license.origin.source))
}

/// The note about findings, for which rows of items have no place.
pub(super) fn findings_note(license: &LicenseReport) -> Option<String> {
    reading_note(&license.origin.source, license.findings.len(), "report")
}

/// The note that counts the findings about reading a license, with the command that shows them.
pub(super) fn reading_note(source: &str, count: usize, command: &str) -> Option<String> {
    let noun = if count == 1 { "finding" } else { "findings" };
    (count > 0).then(|| format!("{source}: {count} {noun} about reading: `seatline {command}` shows them"))
}

/// Writes a warning and a note to stderr.
pub(super) fn tell(warning: Option<String>, note: Option<String>, messages: &Messages) {
    warning.iter().for_each(|warning| messages.warning(warning));
    note.iter().for_each(|note| messages.note(note));
}
