//! `seatline diff`.

use std::path::{Path, PathBuf};

use crate::answers::{DiffQuestion, DiffReport, Side, diff_csv, diff_html, diff_markdown, diff_table, diff_xlsx};
use crate::text::to_json;
use crate::time::when::Clock;

use crate::cli::args::DiffArgs;
use crate::cli::args::formats::DiffFormat;
use crate::cli::args::global::Global;
use crate::cli::exit::{Exit, Stop};
use crate::cli::io::costs::note_costs;
use crate::cli::io::in_force::InForce;
use crate::cli::io::inputs::stdin_once;
use crate::cli::io::links::linked;
use crate::cli::io::messages::Messages;
use crate::cli::io::one_license::OneLicense;
use crate::cli::io::same_file::refuse_to_replace;
use crate::cli::io::{output, unread, workbook};
use crate::cli::settings::{Moment, administrator_list, moment};

pub(crate) fn run(args: &DiffArgs, global: &Global, messages: &Messages) -> Result<Exit, Stop> {
    let options = [&args.future, &args.old_admins, &args.new_admins, &args.prices.prices];
    let files = [&args.old, &args.new].into_iter().chain(options.into_iter().flatten());
    let inputs: Vec<&Path> = files.map(PathBuf::as_path).collect();
    stdin_once(&inputs)?;
    for input in inputs {
        refuse_to_replace(Some(input), &global.outputs())?;
    }
    let Moment { page, clock, .. } = moment(&args.as_of, args.tz.as_deref(), global)?;
    if args.format == DiffFormat::Xlsx {
        workbook::begin(global)?;
    }
    let dialect = args.excel.dialect(args.format == DiffFormat::Csv, &page)?;
    let question = DiffQuestion { as_of: page.as_of, zone: page.zone };
    let report = answer(args, question, clock, messages).map_err(|stop| match args.format {
        DiffFormat::Json => unread::with_answer(stop, global, |failures| DiffReport::unread(question, failures)),
        _ => stop,
    })?;
    let text = match args.format {
        DiffFormat::Table => {
            let sides = report.old.iter().chain(&report.new);
            linked(diff_table(&report, &page), sides.map(|side| side.file.as_str()), global)
        }
        DiffFormat::Json => to_json(&report).map_err(|error| Stop::usage(error.to_string()))?,
        DiffFormat::Csv => diff_csv(&report, &page, dialect),
        DiffFormat::Markdown => diff_markdown(&report, &page),
        DiffFormat::Html => diff_html(&report, &page),
        DiffFormat::Xlsx => String::new(),
    };
    if args.format == DiffFormat::Csv {
        // CSV has no place for sentences, so they become notes.
        report.verdict.iter().chain(&report.notes()).for_each(|note| messages.note(note));
        note_costs(report.costs.as_ref(), None, page.zone, messages);
    }
    match args.format {
        DiffFormat::Xlsx => workbook::write(|files| diff_xlsx(&report, &page, files), global)?,
        _ => output::write(&text, global)?,
    }
    Ok(if report.nothing_lost == Some(true) || args.exit_zero { Exit::Done } else { Exit::Objection })
}

/// Makes the answer. Where OLD cannot be read, NEW is read as well, so that the user learns what is wrong with both.
fn answer(args: &DiffArgs, question: DiffQuestion, clock: Clock, messages: &Messages) -> Result<DiffReport, Stop> {
    let with_new = |stop| with_new(stop, args, messages);
    let list =
        |path: Option<&Path>| path.map(administrator_list).transpose().map_err(|failure| with_new(failure.into()));
    let (old_list, new_list) = (list(args.old_admins.as_deref())?, list(args.new_admins.as_deref())?);
    let prices = args.prices.read(clock, question.zone).map_err(with_new)?;
    let in_force = InForce::open(&args.old, args.future.as_deref()).map_err(with_new)?;
    let old = in_force.read(messages).map_err(with_new)?;
    let new = OneLicense::open(&args.new, messages)?;
    let new = new.read()?;
    let new = Side::of_license(new.as_license(), new_list.as_ref());
    let mut report = DiffReport::new(&old.side(old_list.as_ref()), &new, question);
    prices.iter().for_each(|prices| report.add_costs(prices));
    if args.format == DiffFormat::Html {
        report.add_entries(&new, question.zone);
    }
    Ok(report)
}

/// Reports what is wrong with OLD as an error, and gives the stop for NEW, if NEW cannot be read either.
fn with_new(old: Stop, args: &DiffArgs, messages: &Messages) -> Stop {
    if !old.message.is_empty() {
        messages.error(&old.message);
    }
    let mut both = match OneLicense::open(&args.new, messages).and_then(|new| new.read().map(drop)) {
        Ok(()) => Stop::silent(old.exit),
        Err(new) => new.at_least(old.exit),
    };
    both.failures.splice(0..0, old.failures);
    both
}
