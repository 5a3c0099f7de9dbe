//! `seatline fit`.

use std::path::{Path, PathBuf};

use crate::answers::{FitQuestion, FitReport, fit_csv, fit_markdown, fit_table};
use crate::policy::Policy;
use crate::source::{Input, Source};
use crate::text::to_json;
use crate::time::when::Edge;
use crate::usage::{Plan, Roles};

use crate::cli::args::FitArgs;
use crate::cli::args::formats::DiffFormat;
use crate::cli::args::global::Global;
use crate::cli::io::exit::{Exit, Stop};
use crate::cli::io::inputs::{one_license, refuse_to_replace, stdin_once};
use crate::cli::io::messages::Messages;
use crate::cli::io::policy::NamedPolicy;
use crate::cli::io::{output, usage};
use crate::cli::settings::{Moment, instant, moment};

pub(crate) fn run(args: &FitArgs, global: &Global, messages: &Messages) -> Result<Exit, Stop> {
    let mut named = args.usage.usage.clone();
    named.extend_from_slice(&args.more);
    if named.is_empty() && args.plan.is_none() {
        return Err(Stop::usage("nothing to hold against the license: give --usage, --plan, or both"));
    }
    usage::roles_need_members(&named, &args.usage.admin_role)?;
    let others = args.plan.iter().chain(&args.policy).map(PathBuf::as_path);
    let inputs: Vec<&Path> = usage::paths(&named).chain(others).chain([args.file.as_path()]).collect();
    stdin_once(&inputs)?;
    for input in inputs {
        refuse_to_replace(Some(input), &global.outputs())?;
    }
    let Moment { page, clock, .. } = moment(&args.as_of, args.tz.as_deref(), global)?;
    let until = args.until.as_deref();
    let until = until.map(|text| instant("--until", text, clock, page.zone, Edge::Ends)).transpose()?;
    if let (Some(text), true) = (&args.until, until.is_some_and(|until| until < page.as_of)) {
        return Err(Stop::usage(format!("--until {text}: this is before the as-of")));
    }
    let policy = args.policy.as_deref().map(|path| NamedPolicy::read(path, clock, page.zone)).transpose()?;
    let policy = policy.map_or_else(Policy::default, |named| named.policy);
    let plan = args.plan.as_deref().map(|path| {
        let input = Input::named(path);
        Plan::read(&Source::decode(input.name(), input.read()?)?, clock, page.zone)
    });
    let usage = usage::read(&named, messages);
    let report = one_license(&args.file, messages, |source, place, document| {
        let (usage, plan) = (usage?, plan.transpose()?.unwrap_or_default());
        let roles = Roles::new(&args.usage.admin_role);
        usage::roles_are_held(usage.members.as_deref(), roles)?;
        let question = FitQuestion {
            as_of: page.as_of,
            until,
            usage: &usage,
            plan: &plan,
            roles,
            thresholds: policy.expectations.thresholds.high_use,
        };
        Ok(FitReport::new(source, place, document, question))
    })?;
    let text = match args.format {
        DiffFormat::Table => fit_table(&report, &page),
        DiffFormat::Json => to_json(&report).map_err(|error| Stop::usage(error.to_string()))?,
        DiffFormat::Csv => fit_csv(&report),
        DiffFormat::Markdown => fit_markdown(&report, &page),
    };
    output::write(&text, global)?;
    Ok(if report.fits || args.exit_zero { Exit::Done } else { Exit::Objection })
}
