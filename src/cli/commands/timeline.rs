//! `seatline timeline`.

use crate::answers::{
    FailureReport, IdSearch, TimelineReport, Window, timeline_csv, timeline_ics, timeline_jsonl, timeline_markdown,
    timeline_table,
};
use crate::text::to_json;
use crate::time::when::Edge;

use crate::cli::args::TimelineArgs;
use crate::cli::args::formats::{GroupBy, TimelineFormat};
use crate::cli::args::global::Global;
use crate::cli::commands::report::refuse_unknown;
use crate::cli::io::exit::{Exit, Stop};
use crate::cli::io::inputs::each_license;
use crate::cli::io::messages::Messages;
use crate::cli::io::output;
use crate::cli::settings::{Settings, instant};

pub(crate) fn run(args: &TimelineArgs, global: &Global, messages: &Messages) -> Result<Exit, Stop> {
    let settings = Settings::new(&args.license, None, global)?;
    let zone = settings.page.zone;
    let instant = |option: &str, text: &Option<String>, edge: Edge| {
        text.as_deref().map(|text| instant(option, text, settings.clock, zone, edge)).transpose()
    };
    let mut from = instant("--from", &args.from, Edge::Begins)?;
    let to = instant("--to", &args.to, Edge::Ends)?;
    if args.format == TimelineFormat::Ics {
        // A calendar of what is over helps nobody.
        from = from.or(Some(settings.page.as_of));
    } else if !args.remind.is_empty() {
        return Err(Stop::usage("--remind is for the format ics"));
    }
    if from.zip(to).is_some_and(|(from, to)| from > to) {
        return Err(Stop::usage("--from is after --to"));
    }
    let window = Window { as_of: settings.page.as_of, from, to, zone };
    let filter = args.filter.filter();
    let mut search = IdSearch::new(&filter);
    let mut report = TimelineReport::new(window);
    let failures = each_license(
        &args.license.files,
        args.license.lines(),
        &global.outputs(),
        None,
        messages,
        |source, place, document| {
            search.look_through(document);
            report.add(source, place, document, window, &filter);
            Ok(())
        },
    )?;
    let exit = if failures.is_empty() { Exit::Done } else { Exit::Input };
    refuse_unknown(&search, !report.licenses.is_empty(), messages).map_err(|stop| stop.at_least(exit))?;
    report.failures = failures.into_iter().map(FailureReport::from).collect();
    if exit != Exit::Done && report.licenses.is_empty() && global.output.is_some() {
        return Err(Stop::new(exit, "no license could be read, so --output is left as it is"));
    }
    let json = |error: serde_json::Error| Stop::usage(error.to_string());
    let by = match args.by {
        GroupBy::Item => crate::answers::By::Item,
        GroupBy::Date => crate::answers::By::Date,
    };
    let text = match args.format {
        TimelineFormat::Table => timeline_table(&report, &settings.page, by),
        TimelineFormat::Json => to_json(&report).map_err(json)?,
        TimelineFormat::Jsonl => timeline_jsonl(&report).map_err(json)?,
        TimelineFormat::Csv => timeline_csv(&report),
        TimelineFormat::Markdown => timeline_markdown(&report, &settings.page, by),
        TimelineFormat::Ics => timeline_ics(&report, &settings.page, &args.remind),
    };
    output::write(&text, global).map_err(|stop| stop.at_least(exit))?;
    Ok(exit)
}
