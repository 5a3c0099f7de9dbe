//! `seatline admins`.

use crate::answers::{AdminsReport, Question, Rows, admins_markdown, admins_table, license_report};
use crate::license::Obstacle;
use crate::text::{to_json, visible};

use crate::cli::args::AdminsArgs;
use crate::cli::args::formats::Format;
use crate::cli::args::global::Global;
use crate::cli::commands::report;
use crate::cli::io::exit::{Exit, Stop};
use crate::cli::io::messages::Messages;
use crate::cli::io::stream::stream;
use crate::cli::io::{output, unread};
use crate::cli::settings::{Settings, administrator_list};

pub(crate) fn run(args: &AdminsArgs, global: &Global, messages: &Messages) -> Result<Exit, Stop> {
    let list = args.list.admins.as_deref();
    let settings = Settings::new(&args.license, list, global)?;
    let rows = args.rows.rows(args.format, &settings.page, Rows::admins_names)?;
    if let (Some(rows), false) = (&rows, args.pick) {
        return rows_of_user_types(args, rows, &settings, global, messages);
    }
    let (report, exit) =
        report::read(&args.license, list, &settings, global, messages).map_err(|stop| match args.format {
            Format::Json if !args.pick => {
                unread::told(stop, global, |failures| AdminsReport::new(settings.page.as_of, &[], failures))
            }
            _ => stop,
        })?;
    report.licenses.iter().for_each(|license| report::note_findings(license, messages));
    let admins = AdminsReport::new(report.as_of, &report.licenses, report.failures);
    let none = admins.licenses.iter().any(|license| license.pick.is_none());
    let exit = if none && !args.exit_zero { exit.max(Exit::Objection) } else { exit };
    if args.pick {
        return pick(&admins, exit, global);
    }
    let text = match args.format {
        Format::Table => admins_table(&admins, &settings.page),
        Format::Json => to_json(&admins).map_err(|error| Stop::usage(error.to_string()))?,
        Format::Jsonl | Format::Csv => String::new(),
        Format::Markdown => admins_markdown(&admins, &settings.page),
    };
    output::write(&text, global).map_err(|stop| stop.at_least(exit))?;
    Ok(exit)
}

/// User types as rows, as each license is read.
fn rows_of_user_types(
    args: &AdminsArgs,
    rows: &Rows,
    settings: &Settings,
    global: &Global,
    messages: &Messages,
) -> Result<Exit, Stop> {
    let as_of = settings.page.as_of;
    let (list, mut none) = (args.list.admins.as_deref(), false);
    let administrators = list.map(administrator_list).transpose()?;
    let question = Question { as_of, administrators: administrators.as_ref() };
    let exit = stream(
        &args.license,
        list,
        rows,
        &rows.admins_head(),
        global,
        messages,
        |source, place, document| {
            let license = license_report(source, place, document, question);
            if !rows.is_inline() {
                report::note_findings(&license, messages);
            }
            let admins = AdminsReport::new(as_of, &[license], Vec::new());
            none |= admins.pick.is_none();
            rows.admins(&admins).map_err(|error| Stop::usage(error.to_string()))
        },
        |_| Ok(()),
    )?;
    Ok(if none && !args.exit_zero { exit.max(Exit::Objection) } else { exit })
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
                format!("{}: no user type is certainly usable on {}: {reasons}", license.origin.source, admins.as_of);
            return Err(Stop::new(exit, message));
        }
        _ => "--pick wants one license, and here is more than one",
    };
    Err(Stop::usage(message))
}
