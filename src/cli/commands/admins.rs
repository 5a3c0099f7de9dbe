//! `seatline admins`.

use crate::answers::{AdminsReport, admins_csv, admins_jsonl, admins_markdown, admins_table};
use crate::license::Obstacle;
use crate::text::{to_json, visible};

use crate::cli::args::AdminsArgs;
use crate::cli::args::formats::Format;
use crate::cli::args::global::Global;
use crate::cli::commands::report;
use crate::cli::io::exit::{Exit, Stop};
use crate::cli::io::messages::Messages;
use crate::cli::io::{output, unread};
use crate::cli::settings::Settings;

pub(crate) fn run(args: &AdminsArgs, global: &Global, messages: &Messages) -> Result<Exit, Stop> {
    let list = args.list.admins.as_deref();
    let settings = Settings::new(&args.license, list, global)?;
    let (report, exit) =
        report::read(&args.license, list, &settings, global, messages).map_err(|stop| match args.format {
            Format::Json if !args.pick => {
                unread::told(stop, global, |failures| AdminsReport::new(settings.page.as_of, &[], failures))
            }
            _ => stop,
        })?;
    report::note_findings(&report, messages);
    let admins = AdminsReport::new(report.as_of, &report.licenses, report.failures);
    let none = admins.licenses.iter().any(|license| license.pick.is_none());
    let exit = if none && !args.exit_zero { exit.max(Exit::Objection) } else { exit };
    if args.pick {
        return pick(&admins, exit, global);
    }
    let text = match args.format {
        Format::Table => admins_table(&admins, &settings.page),
        Format::Json => to_json(&admins).map_err(|error| Stop::usage(error.to_string()))?,
        Format::Jsonl => admins_jsonl(&admins).map_err(|error| Stop::usage(error.to_string()))?,
        Format::Csv => admins_csv(&admins),
        Format::Markdown => admins_markdown(&admins, &settings.page),
    };
    output::write(&text, global).map_err(|stop| stop.at_least(exit))?;
    Ok(exit)
}

/// Exactly one id, or nothing at all.
fn pick(admins: &AdminsReport, exit: Exit, global: &Global) -> Result<Exit, Stop> {
    if exit == Exit::Input && admins.licenses.len() != 1 {
        return Ok(exit);
    }
    let message = match (admins.licenses.as_slice(), &admins.pick) {
        ([_], Some(pick)) if exit < Exit::Input => {
            output::write(&format!("{}\n", visible(pick)), global)?;
            return Ok(exit);
        }
        ([_], Some(_)) | ([], _) => return Ok(exit),
        ([license], None) => {
            let near = admins.user_types.iter().filter(|one| !one.obstacles.contains(&Obstacle::NotCompatible));
            let reasons: Vec<_> = near.map(crate::answers::reason).collect();
            let reasons = if reasons.is_empty() { "none is compatible".to_owned() } else { reasons.join("; ") };
            let message =
                format!("{}: no user type is certainly usable on {}: {reasons}", license.source, admins.as_of);
            return Err(Stop::new(exit, message));
        }
        _ => "--pick wants one license, and here is more than one",
    };
    Err(Stop::usage(message))
}
