//! `seatline check`.

use std::fs::OpenOptions;
use std::io::Write;
use std::path::{Path, PathBuf};

use crate::answers::{
    CheckReport, Checker, FailureReport, Page, ReportQuestion, Rows, WaivedResults, check_azure, check_github,
    check_github_summary, check_gitlab, check_junit, check_markdown, check_sarif, check_text, sarif_left_out,
};
use crate::policy::{Policy, starter};
use crate::rules::InUse;
use crate::severity::Severity;
use crate::source::Failure;
use crate::text::to_json;
use crate::usage::Roles;

use crate::cli::args::CheckArgs;
use crate::cli::args::formats::{CheckFormat, CheckOutput, FailOn, WaivedArg};
use crate::cli::args::global::{Color, Global};
use crate::cli::commands::check_rows::{Measure, rows_of_findings};
use crate::cli::exit::{Exit, Stop};
use crate::cli::io::inputs::{each_license, each_license_or_failure, stdin_once};
use crate::cli::io::links::linked;
use crate::cli::io::messages::Messages;
use crate::cli::io::policy::NamedPolicy;
use crate::cli::io::same_file::refuse_to_replace;
use crate::cli::io::same_file::same_file;
use crate::cli::io::stream::is_of_input;
use crate::cli::io::variable::variable;
use crate::cli::io::{output, repository, unread, usage};
use crate::cli::settings::{Settings, administrator_list};

pub(crate) fn run(args: &CheckArgs, global: &Global, messages: &Messages) -> Result<Exit, Stop> {
    let settings = Settings::new(&args.license, args.list.admins.as_deref(), global)?;
    let inputs = args.license.files.iter().chain(&args.list.admins).map(PathBuf::as_path);
    stdin_once(&inputs.chain(usage::paths(&args.usage.usage)).collect::<Vec<_>>())?;
    if args.init {
        return init(args, global, messages, &settings);
    }
    let outputs = outputs(args, global)?;
    let jsonl = outputs.iter().any(|output| output.format == CheckFormat::Jsonl).then(|| args.fields.jsonl());
    if jsonl.is_none() && !args.fields.fields.is_empty() {
        return Err(Stop::usage("--fields is for the format jsonl"));
    }
    let rows = args.fields.rows(jsonl, &settings.page, Rows::check_names)?;
    if args.waived.is_some() && !outputs.iter().any(|output| output.format == CheckFormat::Sarif) {
        return Err(Stop::usage("--waived says what SARIF does with findings that waivers accept: give -f sarif"));
    }
    let named = NamedPolicy::find(args.policy.as_deref(), args.no_policy, settings.clock, settings.page.zone)?;
    let mut policy = named.as_ref().map_or_else(Policy::default, |named| named.policy.clone());
    if args.no_waivers {
        policy.waivers.clear();
    }
    let files: Vec<_> = outputs.iter().filter_map(|output| output.file.as_deref()).collect();
    for input in args.list.admins.as_deref().into_iter().chain(named.iter().map(|named| Path::new(named.source.name())))
    {
        refuse_to_replace(Some(input), &files)?;
    }
    for input in usage::paths(&args.usage.usage) {
        refuse_to_replace(Some(input), &files)?;
    }
    if let ([only], Some(rows)) = (outputs.as_slice(), &rows) {
        let measure = Measure { args, settings: &settings, policy: &policy, named: named.as_ref(), messages };
        return rows_of_findings(measure, rows, only.file.as_deref());
    }
    let report = answer(args, &files, messages, &settings, &policy, named.as_ref()).map_err(|stop| {
        let on_stdout = outputs.iter().find(|output| output.file.is_none());
        let none_read = |failures| CheckReport::new(settings.page.as_of, None, Vec::new(), failures);
        let stop = write_unread(stop, &outputs, global, |format, failures| {
            render(format, &none_read(failures).in_repository(repository::root()), &settings.page, args, rows.as_ref())
        });
        match on_stdout.map(|output| output.format) {
            Some(CheckFormat::Json) => unread::with_answer(stop, global, none_read),
            _ => stop,
        }
    })?;
    let has_notes = |format| matches!(format, CheckFormat::Text | CheckFormat::Json | CheckFormat::Markdown);
    if !outputs.iter().all(|output| has_notes(output.format)) {
        for license in &report.licenses {
            license.notes.iter().for_each(|note| messages.note(&format!("{}: {note}", license.origin.source)));
        }
    }
    // With --inline a document that could not be read is a record, not a reason to exit with 3.
    let counts = |failure: &FailureReport| !args.fields.inline || is_of_input(failure.code);
    let mut read = if report.failures.iter().any(counts) { Exit::Input } else { Exit::Done };
    // Every output is tried, also where another one could not be written.
    for output in &outputs {
        let by_option = output.file.is_some() && output.file == global.output;
        if by_option && read == Exit::Input {
            messages.note("an input could not be read, so --output is left as it is");
            continue;
        }
        let on_paper = output.file.is_some() && global.color != Color::Always;
        let page = if on_paper { Page { width: global.width, color: false, ..settings.page } } else { settings.page };
        let mut text = render(output.format, &report, &page, args, rows.as_ref())?;
        if output.format == CheckFormat::Text && output.file.is_none() {
            text = linked(text, report.files(), global);
        }
        if output.format == CheckFormat::Sarif {
            let left_out = sarif_left_out(&report, waived(args));
            if left_out > 0 {
                messages
                    .warning(&format!("sarif: {left_out} results are left out, the least severe: there are too many"));
            }
        }
        if let Err(stop) = output::write_to(output.file.as_deref(), &text, global) {
            messages.error(&stop.message);
            read = read.max(stop.exit);
        }
        if output.format == CheckFormat::Github {
            job_summary(&report, &page, messages);
        }
    }
    let objection = args.fail_on.severity().is_some_and(|least| report.worst() >= Some(least));
    let exit = if objection && !args.exit_zero { Exit::Objection } else { Exit::Done };
    Ok(exit.max(read))
}

/// Reports an unreadable policy, usage or administrator list in every output that a service reads: those of `-f FORMAT=FILE`, and
/// those that build agents read from stdout.
fn write_unread(
    stop: Stop,
    outputs: &[CheckOutput],
    global: &Global,
    text: impl Fn(CheckFormat, Vec<FailureReport>) -> Result<String, Stop>,
) -> Stop {
    if stop.exit < Exit::Input || stop.answered || stop.failures.is_empty() {
        return stop;
    }
    let mut exit = stop.exit;
    for CheckOutput { format, file } in outputs {
        // On a terminal the message of the stop says it, and `unread` writes JSON on stdout for all commands alike.
        let is_told = file.is_none() && matches!(format, CheckFormat::Text | CheckFormat::Json);
        if is_told || (file.is_some() && *file == global.output) {
            continue;
        }
        let written = text(*format, stop.failures.clone());
        if let Err(failed) = written.and_then(|text| output::write_to(file.as_deref(), &text, global)) {
            exit = exit.max(failed.exit);
        }
    }
    stop.at_least(exit)
}

fn answer(
    args: &CheckArgs,
    files: &[&Path],
    messages: &Messages,
    settings: &Settings,
    policy: &Policy,
    named: Option<&NamedPolicy>,
) -> Result<CheckReport, Stop> {
    let administrators = args.list.admins.as_deref().map(administrator_list).transpose()?;
    usage::roles_need_members(&args.usage.usage, &args.usage.admin_role)?;
    let given = usage::read(&args.usage.usage, &args.usage.accounts, messages)?;
    let as_of = settings.page.as_of;
    let question = ReportQuestion { as_of, administrators: administrators.as_ref() };
    let roles = Roles::new(&args.usage.admin_role);
    let mut checker = Checker::new(question, settings.local, policy);
    let mut licenses = Vec::new();
    // With --inline a failure of a document becomes a record.
    let tell = |failure: &Failure| {
        if !args.fields.inline || is_of_input(failure.code) {
            messages.error(&failure.to_string());
        }
    };
    let failures = each_license_or_failure(
        &args.license.files,
        args.license.lines(),
        files,
        args.list.admins.as_deref(),
        messages,
        tell,
        |license| {
            let usage = given.in_license(license.document, messages)?;
            usage::roles_are_held(usage.members.as_deref(), roles)?;
            let in_use = given.is_known().then_some(InUse { usage: &usage, roles });
            licenses.push(checker.check(license, in_use));
            Ok(())
        },
    )?;
    let policy = named.map(|named| checker.finish(named.source.name(), named.source.text(), failures.is_empty()));
    let failures = failures.into_iter().map(FailureReport::from).collect();
    let report = CheckReport::new(as_of, policy, licenses, failures).in_repository(repository::root());
    let replaced = |file: &str| file.contains(char::REPLACEMENT_CHARACTER);
    let is_odd = report.files().any(replaced) || report.failures.iter().any(|failure| replaced(&failure.file));
    Ok(if is_odd { report.with_paths(repository::not_unicode(&args.license.files)) } else { report })
}

/// The outputs: each format with its file. `--output` belongs to the format that has no file of its own.
fn outputs(args: &CheckArgs, global: &Global) -> Result<Vec<CheckOutput>, Stop> {
    let mut outputs = args.format.clone();
    for output in &mut outputs {
        output.file = output.file.take().filter(|file| file.as_os_str() != "-");
    }
    if outputs.is_empty() {
        outputs.push(CheckOutput::default());
    }
    let mut open: Vec<_> = outputs.iter_mut().filter(|output| output.file.is_none()).collect();
    match (open.as_mut_slice(), &global.output) {
        ([], Some(_)) => return Err(Stop::usage("--output has no format left: each -f names its own file")),
        ([only], file) => only.file.clone_from(file),
        ([], None) => {}
        _ => {
            return Err(Stop::usage(
                "only one format can go to stdout: give the others a file, as in -f sarif=out.sarif",
            ));
        }
    }
    let files: Vec<_> = outputs.iter().filter_map(|output| output.file.as_deref()).collect();
    let twice =
        files.iter().enumerate().find(|(index, file)| files.iter().take(*index).any(|other| same_file(file, other)));
    if let Some((_, twice)) = twice {
        return Err(Stop::usage(format!("{}: two formats cannot go to one file", twice.display())));
    }
    Ok(outputs)
}

fn render(
    format: CheckFormat,
    report: &CheckReport,
    page: &Page,
    args: &CheckArgs,
    rows: Option<&Rows>,
) -> Result<String, Stop> {
    let json = |error: serde_json::Error| Stop::usage(error.to_string());
    match format {
        CheckFormat::Text => Ok(check_text(report, page)),
        CheckFormat::Json => to_json(report).map_err(json),
        CheckFormat::Jsonl => {
            let lines = rows.map_or_else(|| Ok(Vec::new()), |rows| rows.check(report)).map_err(json)?;
            Ok(String::from_utf8_lossy(&lines).into_owned())
        }
        CheckFormat::Sarif => check_sarif(report, waived(args)).map_err(json),
        CheckFormat::Junit => {
            check_junit(report, args.fail_on.severity()).map_err(|error| Stop::usage(error.to_string()))
        }
        CheckFormat::Github => Ok(check_github(report)),
        CheckFormat::Gitlab => check_gitlab(report).map_err(json),
        CheckFormat::Azure => Ok(check_azure(report)),
        CheckFormat::Markdown => Ok(check_markdown(report, page)),
    }
}

fn waived(args: &CheckArgs) -> WaivedResults {
    match args.waived {
        Some(WaivedArg::Omit) => WaivedResults::Omitted,
        Some(WaivedArg::Suppress) | None => WaivedResults::Suppressed,
    }
}

/// Appends the report to the file whose content GitHub Actions shows as the summary of the job.
fn job_summary(report: &CheckReport, page: &Page, messages: &Messages) {
    let Some(path) = variable("GITHUB_STEP_SUMMARY") else { return };
    let path = Path::new(&path);
    let text = check_github_summary(report, page);
    let file = OpenOptions::new().create(true).append(true).open(path);
    if let Err(error) = file.and_then(|mut file| file.write_all(text.as_bytes())) {
        messages.note(&format!("GITHUB_STEP_SUMMARY {}: cannot be written: {error}", path.display()));
    }
}

fn init(args: &CheckArgs, global: &Global, messages: &Messages, settings: &Settings) -> Result<Exit, Stop> {
    let mut policies = Vec::new();
    let failures = each_license(
        &args.license.files,
        args.license.lines(),
        &global.outputs(),
        args.list.admins.as_deref(),
        messages,
        |license| {
            policies.push(starter(license.source.name(), license.document, settings.page.as_of));
            Ok(())
        },
    )?;
    match policies.as_slice() {
        _ if !failures.is_empty() => Ok(Exit::Input),
        [policy] => {
            if let Some(path) = global.output.as_deref().filter(|path| path.is_file()) {
                return Err(Stop::usage(format!("{}: there is a policy already", path.display())));
            }
            output::write(policy, global)?;
            Ok(Exit::Done)
        }
        _ => Err(Stop::usage("--init wants one license, and here is more than one")),
    }
}

impl FailOn {
    pub(super) fn severity(self) -> Option<Severity> {
        match self {
            Self::Error => Some(Severity::Error),
            Self::Warning => Some(Severity::Warning),
            Self::Info => Some(Severity::Info),
            Self::Never => None,
        }
    }
}
