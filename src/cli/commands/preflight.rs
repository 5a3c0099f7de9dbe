//! `seatline preflight`.

use std::path::{Path, PathBuf};
use std::rc::Rc;

use crate::answers::{
    Checker, PreflightQuestion, PreflightReport, Question, Side, Verdict, preflight_csv, preflight_github,
    preflight_markdown, preflight_table,
};
use crate::cli::args::global::Global;
use crate::cli::args::preflight::{PreflightArgs, PreflightFormat};
use crate::cli::io::before::with_before;
use crate::cli::io::exit::{Exit, Stop};
use crate::cli::io::inputs::{one_license, refuse_to_replace, stdin_once};
use crate::cli::io::messages::Messages;
use crate::cli::io::policy::NamedPolicy;
use crate::cli::io::{output, usage};
use crate::cli::settings::{Moment, administrator_list, instant, moment};
use crate::policy::Policy;
use crate::rules::InUse;
use crate::source::{Input, Source};
use crate::text::to_json;
use crate::time::when::Edge;
use crate::usage::{Plan, Roles, TypeNames, Usage};

pub(crate) fn run(args: &PreflightArgs, global: &Global, messages: &Messages) -> Result<Exit, Stop> {
    let named = &args.usage.usage;
    if named.is_empty() && args.over.is_none() && !args.nobody_yet {
        return Err(Stop::usage(
            "nothing says who needs seats: give the members or their counts (--usage), the license that is replaced \
             (--over), or say that there are no members so far (--nobody-yet)",
        ));
    }
    usage::roles_need_members(named, &args.usage.admin_role)?;
    let others = [&args.over, &args.plan, &args.admins, &args.policy].into_iter().flatten().map(PathBuf::as_path);
    let inputs: Vec<&Path> = usage::paths(named).chain(others).chain([args.new.as_path()]).collect();
    stdin_once(&inputs)?;
    for input in inputs {
        refuse_to_replace(Some(input), &global.outputs())?;
    }
    let Moment { page, clock, local } = moment(&args.as_of, args.tz.as_deref(), global)?;
    let until = args.until.as_deref();
    let until = until.map(|text| instant("--until", text, clock, page.zone, Edge::Ends)).transpose()?;
    if let (Some(text), true) = (&args.until, until.is_some_and(|until| until < page.as_of)) {
        return Err(Stop::usage(format!("--until {text}: this is before the import")));
    }
    let policy = NamedPolicy::find(args.policy.as_deref(), args.no_policy, clock, page.zone)?;
    let mut policy = policy.map_or_else(Policy::default, |named| named.policy);
    if args.no_waivers {
        policy.waivers.clear();
    }
    let administrators = args.admins.as_deref().map(administrator_list).transpose()?;
    let plan = args.plan.as_deref().map(|path| {
        let input = Input::named(path);
        Plan::read(&Source::decode(input.name(), input.read()?)?, clock, page.zone)
    });
    let plan = plan.transpose()?.unwrap_or_default();
    let accounts = &args.usage.accounts;
    let given = match &args.over {
        Some(over) if named.is_empty() && over.as_path() != Path::new("-") => usage::told_by(over, accounts, messages),
        _ => usage::read(named, accounts, messages)?,
    };
    let roles = Roles::new(&args.usage.admin_role);
    let answer = |old: Option<&Side<'_>>| {
        one_license(&args.new, messages, |source, place, document| {
            let mut names = TypeNames::of(document);
            old.and_then(Side::license).into_iter().for_each(|license| names.add(license));
            let usage = given.with(names, messages)?;
            let usage =
                if args.nobody_yet { Rc::new(Usage::clone(&usage).nobody_yet().map_err(Stop::usage)?) } else { usage };
            usage::roles_are_held(usage.members.as_deref(), roles)?;
            every_line_is_counted(&plan, &usage)?;
            let question = Question { as_of: page.as_of, administrators: administrators.as_ref() };
            let known = given.is_known() || args.nobody_yet;
            let in_use = known.then_some(InUse { usage: &usage, roles });
            let checked = Checker::new(question, local, &policy).check(source, place, document, in_use);
            let question = PreflightQuestion {
                as_of: page.as_of,
                zone: page.zone,
                until,
                lead: args.lead,
                usage: &usage,
                plan: &plan,
                roles,
                administrators: administrators.as_ref(),
                old,
                findings: &checked.findings,
            };
            Ok(PreflightReport::new(source, place, document, question))
        })
    };
    let report = match &args.over {
        Some(over) => with_before(over, None, None, messages, |old| answer(Some(old)))?,
        None => answer(None)?,
    };
    let text = match args.format {
        PreflightFormat::Table => preflight_table(&report, &page),
        PreflightFormat::Json => to_json(&report).map_err(|error| Stop::usage(error.to_string()))?,
        PreflightFormat::Csv => preflight_csv(&report),
        PreflightFormat::Markdown => preflight_markdown(&report, &page),
        PreflightFormat::Github => preflight_github(&report),
    };
    output::write(&text, global)?;
    Ok(match report.verdict {
        _ if args.exit_zero => Exit::Done,
        Some(Verdict::NoGo) => Exit::Objection,
        Some(Verdict::GoThenAct) if args.strict => Exit::Objection,
        _ => Exit::Done,
    })
}

/// A plan says how many seats are assigned besides: that tells nothing of what nobody counted.
fn every_line_is_counted(plan: &Plan, usage: &Usage) -> Result<(), Stop> {
    let uncounted = plan.rows.iter().find(|row| row.count > 0 && usage.assigned(row.kind, &row.id).is_none());
    match uncounted {
        None => Ok(()),
        Some(row) => Err(Stop::usage(format!(
            "{}: the {} {} is planned, and nobody counted how many are assigned today: give --usage {}=FILE, or \
             --nobody-yet",
            plan.source,
            row.kind.noun(),
            row.id,
            row.kind
        ))),
    }
}
