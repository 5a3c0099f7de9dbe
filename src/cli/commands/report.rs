//! `seatline report`.

use crate::answers::{
    FailureReport, LicenseReport, Question, Report, RowForm, Rows, license_report, report_markdown, report_table,
};
use crate::text::to_json;

use crate::cli::args::formats::Format;
use crate::cli::args::global::Global;
use crate::cli::args::{LicenseArgs, ReportArgs};
use crate::cli::io::exit::{Exit, Stop};
use crate::cli::io::inputs::each_license;
use crate::cli::io::messages::Messages;
use crate::cli::io::output;
use crate::cli::io::policy::NamedPolicy;
use crate::cli::io::stream::stream;
use crate::cli::settings::Settings;

pub(crate) fn run(args: &ReportArgs, global: &Global, messages: &Messages) -> Result<Exit, Stop> {
    let settings = Settings::new(&args.license, global)?;
    let filter = args.filter.filter();
    let rows = args.rows.rows(args.format, &settings.page, Rows::report_names)?;
    if let Some(rows) = rows {
        return rows_of_items(args, &rows, &settings, global, messages);
    }
    let (mut report, exit) = read(&args.license, &settings, global, messages)?;
    report.licenses.iter_mut().for_each(|license| filter.apply(license));
    if report.licenses.iter().all(|license| license.items.is_empty()) {
        note_nothing_asked_for(args, messages);
    }
    let text = match args.format {
        Format::Table => report_table(&report, &settings.page),
        Format::Json => to_json(&report).map_err(|error| Stop::usage(error.to_string()))?,
        Format::Jsonl | Format::Csv => String::new(),
        Format::Markdown => report_markdown(&report, &settings.page),
    };
    output::write(&text, global).map_err(|stop| stop.at_least(exit))?;
    Ok(exit)
}

/// Items as rows, as each license is read.
fn rows_of_items(
    args: &ReportArgs,
    rows: &Rows,
    settings: &Settings,
    global: &Global,
    messages: &Messages,
) -> Result<Exit, Stop> {
    check_policy(&args.license, settings)?;
    let filter = args.filter.filter();
    let question = Question { as_of: settings.page.as_of, administrators: settings.administrators.as_ref() };
    let mut items = 0;
    let exit = stream(&args.license, rows, &rows.report_head(), global, messages, |source, place, document| {
        let mut license = license_report(source, place, document, question);
        filter.apply(&mut license);
        items += license.items.len();
        if rows.form != (RowForm::Jsonl { inline: true }) {
            note_findings(&license, messages);
        }
        rows.report(&license).map_err(|error| Stop::usage(error.to_string()))
    })?;
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

/// Only `check` judges by a policy; elsewhere it must not be wrong.
pub(super) fn check_policy(args: &LicenseArgs, settings: &Settings) -> Result<(), Stop> {
    let policy = args.policy.as_deref().map(|path| NamedPolicy::read(path, settings.clock, settings.page.zone));
    policy.transpose().map(|_| ())
}

/// The unfiltered report on all licenses.
pub(super) fn read(
    args: &LicenseArgs,
    settings: &Settings,
    global: &Global,
    messages: &Messages,
) -> Result<(Report, Exit), Stop> {
    check_policy(args, settings)?;
    let question = Question { as_of: settings.page.as_of, administrators: settings.administrators.as_ref() };
    let mut licenses = Vec::new();
    let failures = each_license(&args.files, args.lines(), &global.outputs(), messages, |source, place, document| {
        if args.admins.is_some() && !licenses.is_empty() {
            return Err(Stop::usage("--admins belongs to one license file, and here is more than one license"));
        }
        licenses.push(license_report(source, place, document, question));
        Ok(())
    })?;
    let exit = if failures.is_empty() { Exit::Done } else { Exit::Input };
    if !failures.is_empty() && licenses.is_empty() && global.output.is_some() {
        return Err(Stop::new(exit, "no license could be read, so --output is left as it is"));
    }
    let failures = failures.into_iter().map(FailureReport::from).collect();
    Ok((Report { schema: Report::SCHEMA, as_of: settings.page.as_of, licenses, failures }, exit))
}

/// Rows of items have no place for findings, but nothing is read otherwise in silence.
pub(super) fn note_findings(license: &LicenseReport, messages: &Messages) {
    let count = license.findings.len();
    if count > 0 {
        let noun = if count == 1 { "finding" } else { "findings" };
        messages
            .note(&format!("{}: {count} {noun} about reading: `seatline report` shows them", license.origin.source));
    }
}
