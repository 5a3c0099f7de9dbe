//! `seatline fit`.

use std::path::{Path, PathBuf};
use std::rc::Rc;

use crate::answers::{FitQuestion, FitReport, Page, fit_csv, fit_html, fit_markdown, fit_table, fit_xlsx};
use crate::layout::Dialect;
use crate::policy::Policy;
use crate::source::{Input, Source};
use crate::text::to_json;
use crate::time::Instant;
use crate::time::when::Edge;
use crate::usage::{Plan, Roles, TypeNames, Usage};

use crate::cli::args::FitArgs;
use crate::cli::args::formats::DiffFormat;
use crate::cli::args::global::Global;
use crate::cli::exit::{Exit, Stop};
use crate::cli::io::costs::note_costs;
use crate::cli::io::inputs::stdin_once;
use crate::cli::io::messages::Messages;
use crate::cli::io::moved::{moved, wanted, with_known_ids};
use crate::cli::io::one_license::OneLicense;
use crate::cli::io::policy::NamedPolicy;
use crate::cli::io::same_file::refuse_to_replace;
use crate::cli::io::{output, unread, usage, workbook};
use crate::cli::settings::{Moment, administrator_list, instant, moment};

pub(crate) fn run(args: &FitArgs, global: &Global, messages: &Messages) -> Result<Exit, Stop> {
    let named: Vec<PathBuf> = args.usage.usage.iter().chain(&args.more).cloned().collect();
    if named.is_empty() && args.plan.is_none() && !args.nobody_yet {
        return Err(Stop::usage("nothing to hold against the license: give --usage, --plan, or both"));
    }
    let has_moves = !(args.earlier.moves.is_empty() && args.earlier.map.is_empty());
    if args.admins.is_some() && !has_moves {
        return Err(Stop::usage(
            "--admins tells whether moved administrators stay administrators: give --moves or --map",
        ));
    }
    if named.is_empty() && has_moves {
        return Err(Stop::usage("--moves and --map change user types of members: give them with --usage"));
    }
    usage::roles_need_members(&named, &args.usage.admin_role)?;
    let others = args
        .plan
        .iter()
        .chain(&args.policy)
        .chain(&args.prices.prices)
        .chain(&args.earlier.moves)
        .chain(&args.admins)
        .map(PathBuf::as_path);
    let inputs: Vec<&Path> = usage::paths(&named).chain(others).chain([args.file.as_path()]).collect();
    stdin_once(&inputs)?;
    for input in inputs {
        refuse_to_replace(Some(input), &global.outputs())?;
    }
    let moment = moment(&args.as_of, args.tz.as_deref(), global)?;
    let Moment { page, clock, .. } = moment;
    let until = args.until.as_deref();
    let until = until.map(|text| instant("--until", text, clock, page.zone, Edge::Ends)).transpose()?;
    if let (Some(text), true) = (&args.until, until.is_some_and(|until| until < page.as_of)) {
        return Err(Stop::usage(format!("--until {text}: this is before the as-of")));
    }
    let dialect = args.excel.dialect(args.format == DiffFormat::Csv, &page)?;
    if args.format == DiffFormat::Xlsx {
        workbook::begin(global)?;
    }
    let report = answer(args, &named, &moment, until, messages).map_err(|stop| match args.format {
        DiffFormat::Json => {
            unread::with_answer(stop, global, |failures| FitReport::unread(page.as_of, until, failures))
        }
        _ => stop,
    })?;
    if args.format == DiffFormat::Csv {
        // CSV has no place for sentences, so the verdict becomes a note.
        messages.note(&report.verdict);
        report.notes.iter().for_each(|note| messages.note(note));
        note_costs(report.costs.as_ref(), None, page.zone, messages);
    }
    match args.format {
        DiffFormat::Xlsx => workbook::write(|files| fit_xlsx(&report, &page, files), global)?,
        _ => output::write(&render(args.format, dialect, &report, &page)?, global)?,
    }
    Ok(if report.fits == Some(true) || args.exit_zero { Exit::Done } else { Exit::Objection })
}

fn answer(
    args: &FitArgs,
    named: &[PathBuf],
    moment: &Moment,
    until: Option<Instant>,
    messages: &Messages,
) -> Result<FitReport, Stop> {
    let Moment { page, clock, .. } = *moment;
    let policy = args.policy.as_deref().map(|path| NamedPolicy::read(path, clock, page.zone)).transpose()?;
    let policy = policy.map_or_else(Policy::default, |named| named.policy);
    let plan = args.plan.as_deref().map(|path| {
        let input = Input::named(path);
        Plan::read(&Source::decode(input.name(), input.read()?)?, clock, page.zone)
    });
    let prices = args.prices.read(clock, page.zone);
    let administrators = args.admins.as_deref().map(administrator_list).transpose();
    let wanted = wanted(&args.earlier.moves, &args.earlier.map);
    let given = usage::read(named, &args.usage.accounts, messages);
    let license = OneLicense::open(&args.file, messages)?;
    let license = license.read()?;
    let document = &license.document;
    let (given, plan, wanted) = (given?, plan.transpose()?.unwrap_or_default(), wanted?);
    let prices = prices?;
    let wanted = with_known_ids(&wanted, &TypeNames::of(document), messages)?;
    let usage = given.in_license(document, messages)?;
    let usage = if args.nobody_yet { Rc::new(Usage::clone(&usage).nobody_yet().map_err(Stop::usage)?) } else { usage };
    let roles = Roles::new(&args.usage.admin_role);
    usage::roles_are_held(usage.members.as_deref(), roles)?;
    usage::note_unknown_roles(usage.members.as_deref(), roles, messages);
    let administrators = administrators?;
    let moved = moved(&usage, document, &page, roles, administrators.as_ref(), &wanted, messages)?;
    let question = FitQuestion {
        as_of: page.as_of,
        zone: page.zone,
        until,
        usage: &usage,
        moved: moved.as_ref(),
        plan: &plan,
        roles,
        thresholds: policy.expectations.thresholds.high_use,
    };
    let mut report = FitReport::new(license.as_license(), question);
    prices.iter().for_each(|prices| report.add_costs(prices));
    if args.format == DiffFormat::Html {
        report.add_entries(license.as_license(), page.zone);
    }
    Ok(report)
}

fn render(format: DiffFormat, dialect: Dialect, report: &FitReport, page: &Page) -> Result<String, Stop> {
    Ok(match format {
        DiffFormat::Table => fit_table(report, page),
        DiffFormat::Json => to_json(report).map_err(|error| Stop::usage(error.to_string()))?,
        DiffFormat::Csv => fit_csv(report, dialect),
        DiffFormat::Markdown => fit_markdown(report, page),
        DiffFormat::Html => fit_html(report, page),
        DiffFormat::Xlsx => String::new(),
    })
}
