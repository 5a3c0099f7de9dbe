//! The report of `moves`, with or without `--apply`, in the format that the user chose.

use crate::answers::{MovesReport, Page, moves_csv, moves_markdown, moves_python, moves_table};
use crate::moves::MoveProblemCode;
use crate::text::to_json;

use crate::cli::args::MovesArgs;
use crate::cli::args::formats::MovesFormat;
use crate::cli::args::global::Global;
use crate::cli::exit::Stop;
use crate::cli::io::messages::Messages;
use crate::cli::io::output;

pub(super) fn write(
    args: &MovesArgs,
    report: &MovesReport,
    page: &Page,
    global: &Global,
    messages: &Messages,
) -> Result<(), Stop> {
    let bare = matches!(args.format, MovesFormat::Csv | MovesFormat::Python);
    if bare {
        // These formats have no place for sentences, so problems become errors on stderr.
        report.problems.iter().for_each(|problem| messages.error(&problem.message));
        report.notes.iter().for_each(|note| messages.note(note));
    }
    let is_deadlock = report.problems.iter().any(|problem| problem.code == MoveProblemCode::Deadlock);
    let advice = match (args.park.is_some(), report.waiting.helps, report.waiting.helps_by_roles) {
        (false, true, _) => Some("--park USERTYPE has a member wait in another user type that has seats to spare"),
        (false, false, true) => Some(
            "--park USERTYPE has a member wait in another user type that has seats to spare, if --admin-role ROLE names the roles \
             of administrators where the site has its own: members of every other role may wait",
        ),
        (true, _, true) => Some(
            "--admin-role ROLE names the roles of administrators where the site has its own: then members of every other role may \
             wait",
        ),
        _ => None,
    };
    if let Some(advice) = advice.filter(|_| is_deadlock) {
        messages.note(advice);
    }
    // No plan must not look like an empty plan.
    if report.possible == Some(true) || !bare {
        let text = render(args, report, page)?;
        if args.apply {
            output::write_private(global.output.as_deref(), &text, global)?;
        } else {
            output::write(&text, global)?;
        }
    }
    Ok(())
}

fn render(args: &MovesArgs, report: &MovesReport, page: &Page) -> Result<String, Stop> {
    Ok(match args.format {
        MovesFormat::Table => moves_table(report, page),
        MovesFormat::Json => to_json(report).map_err(|error| Stop::usage(error.to_string()))?,
        MovesFormat::Csv => moves_csv(report, args.excel.dialect(true, page)?),
        MovesFormat::Markdown => moves_markdown(report, page),
        MovesFormat::Python => moves_python(report),
    })
}
