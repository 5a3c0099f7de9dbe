//! `seatline why`.

use crate::answers::{NoSuchItem, WhyQuestion, WhyReport, why_markdown, why_table};
use crate::text::to_json;

use crate::cli::args::WhyArgs;
use crate::cli::args::formats::WhyFormat;
use crate::cli::args::global::Global;
use crate::cli::exit::{Exit, Stop};
use crate::cli::io::messages::Messages;
use crate::cli::io::one_license::OneLicense;
use crate::cli::io::same_file::refuse_to_replace;
use crate::cli::io::{output, unread};
use crate::cli::settings::moment;

pub(crate) fn run(args: &WhyArgs, global: &Global, messages: &Messages) -> Result<Exit, Stop> {
    refuse_to_replace(Some(&args.file), &global.outputs())?;
    let page = moment(&args.as_of, args.tz.as_deref(), global)?.page;
    let question = WhyQuestion { id: &args.id, kind: args.kind, as_of: page.as_of, zone: page.zone };
    let report = answer(args, question, messages).map_err(|stop| match args.format {
        WhyFormat::Json => unread::with_answer(stop, global, |failures| WhyReport::unread(question, failures)),
        _ => stop,
    })?;
    let text = match args.format {
        WhyFormat::Text => why_table(&report, &page),
        WhyFormat::Json => to_json(&report).map_err(|error| Stop::usage(error.to_string()))?,
        WhyFormat::Markdown => why_markdown(&report, &page),
    };
    output::write(&text, global)?;
    Ok(Exit::Done)
}

fn answer(args: &WhyArgs, question: WhyQuestion<'_>, messages: &Messages) -> Result<WhyReport, Stop> {
    let license = OneLicense::open(&args.file, messages)?;
    let license = license.read()?;
    WhyReport::new(license.as_license(), question).map_err(|error| {
        let advice = if let NoSuchItem::Several { .. } = error { ": say which with --kind" } else { "" };
        Stop::usage(format!("{}: {error}{advice}", license.source.name()))
    })
}
