//! `seatline admins`.

use crate::answers::{
    AdminsQuestion, AdminsReport, LicenseReport, Page, ReportQuestion, Rows, admins_markdown, admins_table,
};
use crate::license::AdministratorObstacle;
use crate::source::License;
use crate::text::{to_json, visible};
use crate::time::Zone;

use crate::cli::args::AdminsArgs;
use crate::cli::args::formats::Format;
use crate::cli::args::global::Global;
use crate::cli::commands::report;
use crate::cli::exit::{Exit, Stop};
use crate::cli::io::documents::{Makers, never_from_text};
use crate::cli::io::messages::Messages;
use crate::cli::io::stream::Stream;
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
        report::read(&args.license, list, &settings, false, global, messages).map_err(|stop| match args.format {
            Format::Json if !args.pick => unread::with_answer(stop, global, |failures| {
                AdminsReport::new(question(args, &settings), &[], failures)
            }),
            _ => stop,
        })?;
    report.licenses.iter().for_each(|license| report::tell(None, report::findings_note(license), messages));
    let admins = AdminsReport::new(question(args, &settings), &report.licenses, report.failures);
    let none = admins.lacks_usable();
    let exit = if none && !args.exit_zero { exit.max(Exit::Objection) } else { exit };
    if args.pick {
        return pick(&admins, exit, args.exit_zero, settings.page.zone, global);
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

/// Writes user types as rows, as each license is read.
fn rows_of_user_types(
    args: &AdminsArgs,
    rows: &Rows,
    settings: &Settings,
    global: &Global,
    messages: &Messages,
) -> Result<Exit, Stop> {
    let wanted = question(args, settings);
    let (list, mut none) = (args.list.admins.as_deref(), false);
    let administrators = list.map(administrator_list).transpose()?;
    let question = ReportQuestion { as_of: wanted.as_of, administrators: administrators.as_ref() };
    let make = |license: License<'_>, _: &mut dyn FnMut(_)| {
        let license = LicenseReport::new(license, question);
        let note = if rows.is_inline() { None } else { report::findings_note(&license) };
        let warning = report::list_warning(&license);
        let admins = AdminsReport::new(wanted, &[license], Vec::new());
        let none = admins.lacks_usable();
        (rows.admins(&admins), none, warning, note)
    };
    let head = rows.admins_head();
    let file = global.output.as_deref();
    let stream = Stream { args: &args.license, list, hold: &|| false, rows, head: &head, file, messages };
    let exit = stream.write_made(
        Makers { from_text: never_from_text, make },
        |(rows, has_none, warning, note)| {
            none |= has_none;
            report::tell(warning, note, messages);
            rows.map_err(|error| Stop::usage(error.to_string()))
        },
        |_| Ok(Vec::new()),
    )?;
    Ok(if none && !args.exit_zero { exit.max(Exit::Objection) } else { exit })
}

fn question(args: &AdminsArgs, settings: &Settings) -> AdminsQuestion {
    let Page { as_of, zone, .. } = settings.page;
    let until = args.r#for.map(|period| period.after(as_of, zone));
    AdminsQuestion { as_of, until }
}

/// Prints exactly one id, or nothing.
fn pick(admins: &AdminsReport, exit: Exit, exit_zero: bool, zone: Zone, global: &Global) -> Result<Exit, Stop> {
    let refused = if exit_zero { exit } else { exit.max(Exit::Objection) };
    if exit == Exit::Input && admins.licenses.len() != 1 {
        return Ok(exit);
    }
    let message = match (admins.licenses.as_slice(), &admins.pick) {
        ([license], Some(pick)) if exit < Exit::Input => {
            if visible(pick) != pick.as_str() {
                let message = format!(
                    "{}: {pick} holds characters that cannot be seen: no script should be given it",
                    license.origin.source
                );
                return Err(Stop::new(refused, message));
            }
            output::write(&format!("{pick}\n"), global)?;
            return Ok(exit);
        }
        ([_], Some(_)) | ([], _) => return Ok(exit),
        ([license], None) if license.foreign_list().is_some() => {
            let note = license.foreign_list().unwrap_or_default();
            return Err(Stop::new(refused, format!("{}: {note}", license.origin.source)));
        }
        ([license], None) => {
            let near =
                admins.user_types.iter().filter(|one| !one.obstacles.contains(&AdministratorObstacle::NotCompatible));
            let reasons: Vec<_> = near.map(|one| crate::answers::reason(one, zone)).collect();
            let reasons = if reasons.is_empty() { "none is compatible".to_owned() } else { reasons.join("; ") };
            let when = match admins.until {
                Some(until) => format!("from {} to {}", zone.show(admins.as_of), zone.show(until)),
                None => format!("on {}", zone.show(admins.as_of)),
            };
            let message =
                format!("{}: no user type is certainly usable {when} ({zone}): {reasons}", license.origin.source);
            return Err(Stop::new(exit, message));
        }
        _ => "--pick wants one license, and here is more than one",
    };
    Err(Stop::usage(message))
}
