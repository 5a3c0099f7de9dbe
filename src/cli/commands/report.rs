//! `seatline report`.

use crate::answers::{FailureReport, Question, Report, Rows, license_report, report_markdown, report_table};
use crate::text::to_json;

use crate::cli::args::ReportArgs;
use crate::cli::args::formats::Format;
use crate::cli::args::global::Global;
use crate::cli::io::exit::{Exit, Stop};
use crate::cli::io::inputs::each_license;
use crate::cli::io::messages::Messages;
use crate::cli::io::output::{self, Sink};
use crate::cli::io::policy::NamedPolicy;
use crate::cli::settings::Settings;

pub(crate) fn run(args: &ReportArgs, global: &Global, messages: &Messages) -> Result<Exit, Stop> {
    let settings = Settings::new(&args.license, global)?;
    let filter = args.filter.filter();
    let rows = args.rows.rows(args.format, &settings.page, Rows::report_names)?;
    let (mut report, exit) = read(&args.license, &settings, global, messages)?;
    report.licenses.iter_mut().for_each(|license| filter.apply(license));
    let format = args.format;
    if !filter.is_empty() && report.licenses.iter().all(|license| license.items.is_empty()) {
        let asked = [
            (!args.filter.kind.is_empty(), "--kind"),
            (!args.filter.id.is_empty(), "--id"),
            (!args.filter.status.is_empty(), "--status"),
        ];
        let asked: Vec<_> = asked.into_iter().filter_map(|(is, option)| is.then_some(option)).collect();
        messages.note(&format!("no item is as {} asks for", asked.join(" with ")));
    }
    if matches!(format, Format::Jsonl | Format::Csv) {
        note_findings(&report, messages);
    }
    if let Some(rows) = rows {
        let mut sink = Sink::open(global.output.as_deref())?;
        sink.write(&rows.report_head())?;
        for license in &report.licenses {
            sink.write(&rows.report(license).map_err(|error| Stop::usage(error.to_string()))?)?;
        }
        return sink.finish().map(|()| exit);
    }
    let text = match format {
        Format::Table => report_table(&report, &settings.page),
        Format::Json => to_json(&report).map_err(|error| Stop::usage(error.to_string()))?,
        Format::Jsonl | Format::Csv => String::new(),
        Format::Markdown => report_markdown(&report, &settings.page),
    };
    output::write(&text, global).map_err(|stop| stop.at_least(exit))?;
    Ok(exit)
}

/// The unfiltered report on all licenses.
pub(super) fn read(
    args: &crate::cli::args::LicenseArgs,
    settings: &Settings,
    global: &Global,
    messages: &Messages,
) -> Result<(Report, Exit), Stop> {
    if let Some(path) = &args.policy {
        // Only `check` judges by it; elsewhere it must not be wrong.
        NamedPolicy::read(path, settings.clock, settings.page.zone)?;
    }
    let question = Question { as_of: settings.page.as_of, administrators: settings.administrators.as_ref() };
    let mut licenses = Vec::new();
    let failures = each_license(&args.files, &global.outputs(), messages, |source, place, document| {
        if args.admins.is_some() && !licenses.is_empty() {
            return Err(Stop::usage("--admins belongs to one license file, and here is more than one license"));
        }
        licenses.push(license_report(source, place, document, question));
        Ok(())
    })?;
    let exit = if failures.is_empty() { Exit::Done } else { Exit::Input };
    if licenses.is_empty() && global.output.is_some() {
        return Err(Stop::new(exit, "no license could be read, so --output is left as it is"));
    }
    let failures = failures.into_iter().map(FailureReport::from).collect();
    Ok((Report { schema: Report::SCHEMA, as_of: settings.page.as_of, licenses, failures }, exit))
}

/// Rows of items have no place for findings, but nothing is read otherwise in silence.
pub(super) fn note_findings(report: &Report, messages: &Messages) {
    for license in report.licenses.iter().filter(|license| !license.findings.is_empty()) {
        let count = license.findings.len();
        let noun = if count == 1 { "finding" } else { "findings" };
        messages.note(&format!("{}: {count} {noun} about reading: `seatline report` shows them", license.origin.source));
    }
}
