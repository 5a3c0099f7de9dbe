//! `seatline preflight`.

use std::path::{Path, PathBuf};
use std::rc::Rc;

use crate::answers::{
    Calendar, Checker, Filter, Page, PreflightQuestion, PreflightReport, ReportQuestion, Side, Verdict, preflight_csv,
    preflight_github, preflight_html, preflight_ics, preflight_mail, preflight_markdown, preflight_table,
    preflight_xlsx,
};
use crate::cli::args::global::Global;
use crate::cli::args::preflight::{PreflightArgs, PreflightFormat};
use crate::cli::exit::{Exit, Stop};
use crate::cli::io::calendar::{note_empty, note_path};
use crate::cli::io::costs::note_costs;
use crate::cli::io::in_force::InForce;
use crate::cli::io::inputs::stdin_once;
use crate::cli::io::links::linked;
use crate::cli::io::messages::Messages;
use crate::cli::io::moved::{moved, wanted, with_known_ids};
use crate::cli::io::one_license::OneLicense;
use crate::cli::io::pack::{self, Pack};
use crate::cli::io::policy::NamedPolicy;
use crate::cli::io::same_file::refuse_to_replace;
use crate::cli::io::{interrupt, output, repository, unread, usage, workbook};
use crate::cli::settings::{Moment, administrator_list, instant, moment};
use crate::license::ItemKind;
use crate::policy::Policy;
use crate::rules::InUse;
use crate::source::{Input, Source};
use crate::text::to_json;
use crate::time::Instant;
use crate::time::when::Edge;
use crate::usage::{Plan, Roles, TypeNames, Usage};

const NOBODY_COUNTED: &str = "nothing says who needs user types: give the members or their counts (--usage), the license that is \
                              replaced (--over), or say that there are no members so far (--nobody-yet)";

pub(crate) fn run(args: &PreflightArgs, global: &Global, messages: &Messages) -> Result<Exit, Stop> {
    let named = &args.usage.usage;
    if named.is_empty() && args.over.is_none() && !args.nobody_yet {
        return Err(Stop::usage(NOBODY_COUNTED));
    }
    let others = [&args.over, &args.future, &args.plan, &args.admins, &args.policy, &args.prices.prices]
        .into_iter()
        .flatten()
        .chain(&args.earlier.moves);
    let inputs: Vec<&Path> =
        usage::paths(named).chain(others.map(PathBuf::as_path)).chain([args.new.as_path()]).collect();
    stdin_once(&inputs)?;
    let packed: Vec<_> = args.pack.folder.iter().flat_map(|folder| PACK.map(|name| folder.join(name))).collect();
    let outputs: Vec<_> = global.outputs().into_iter().chain(packed.iter().map(PathBuf::as_path)).collect();
    for input in inputs {
        refuse_to_replace(Some(input), &outputs)?;
    }
    let moment = moment(&args.as_of, args.tz.as_deref(), global)?;
    let page = moment.page;
    let until = args.until.as_deref();
    let until = until.map(|text| instant("--until", text, moment.clock, page.zone, Edge::Ends)).transpose()?;
    if let (Some(text), true) = (&args.until, until.is_some_and(|until| until < page.as_of)) {
        return Err(Stop::usage(format!("--until {text}: this is before the import")));
    }
    let dialect = args.excel.dialect(args.format == PreflightFormat::Csv, &page)?;
    let has_calendar = args.format == PreflightFormat::Ics || args.pack.folder.is_some();
    let calendar = args.calendar.calendar(has_calendar, Filter::default())?;
    args.pack.folder.iter().try_for_each(|folder| pack::refuse(folder, args.pack.force))?;
    if args.format == PreflightFormat::Xlsx {
        workbook::begin(global)?;
    } else if args.pack.folder.is_some() {
        workbook::remember();
    }
    let report = answer(args, &moment, until, messages).map_err(|stop| match args.format {
        PreflightFormat::Json => unread::with_answer(stop, global, |failures| {
            PreflightReport::unread(page.as_of, until, args.lead, failures)
        }),
        _ => stop,
    })?;
    if let Some(folder) = &args.pack.folder {
        interrupt::clean_up();
        let progress = messages.progress();
        progress.say(&format!("{}: writing ...", folder.display()));
        let pack = Pack::open(folder, args.pack.force)?;
        pack.write(&pack_files(&report, &page, calendar.as_ref())?)?;
        drop(progress);
        messages.note(&format!("{}: {}", folder.display(), PACK.join(", ")));
    }
    if let Some(calendar) = &calendar {
        note_path(
            calendar,
            report.new.iter().map(|new| (report.portal().unwrap_or(&new.source), &*new.file)),
            messages,
        );
    }
    let text = match args.format {
        PreflightFormat::Table => {
            linked(preflight_table(&report, &page), report.new.iter().map(|new| new.file.as_str()), global)
        }
        PreflightFormat::Json => to_json(&report).map_err(|error| Stop::usage(error.to_string()))?,
        PreflightFormat::Csv => {
            note_costs(report.costs.as_ref(), None, page.zone, messages);
            preflight_csv(&report, dialect)
        }
        PreflightFormat::Markdown => preflight_markdown(&report, &page),
        PreflightFormat::Html => preflight_html(&report, &page),
        PreflightFormat::Xlsx => String::new(),
        PreflightFormat::Github => preflight_github(&report, &repository::root()),
        PreflightFormat::Ics => {
            let text = calendar.as_ref().map_or_else(String::new, |calendar| preflight_ics(&report, &page, calendar));
            note_empty(&text, "nothing must be done", messages);
            text
        }
        PreflightFormat::Mail => preflight_mail(&report, &page),
    };
    match args.format {
        PreflightFormat::Xlsx => workbook::write(|files| preflight_xlsx(&report, &page, files), global)?,
        _ => output::write(&text, global)?,
    }
    Ok(match report.verdict {
        _ if args.exit_zero => Exit::Done,
        Some(Verdict::NoGo) => Exit::Objection,
        Some(Verdict::GoThenAct) if args.strict => Exit::Objection,
        _ => Exit::Done,
    })
}

/// The names of the files of a pack.
const PACK: [&str; 4] = ["preflight.html", "preflight.ics", "preflight.md", "preflight.xlsx"];

fn pack_files(
    report: &PreflightReport,
    page: &Page,
    calendar: Option<&Calendar>,
) -> Result<[(&'static str, Vec<u8>); 4], Stop> {
    // Tables in Markdown do not depend on the width of the terminal.
    let page = &Page { width: None, color: false, ..*page };
    let [html, ics, markdown, xlsx] = PACK;
    Ok([
        (html, preflight_html(report, page).into_bytes()),
        (ics, calendar.map_or_else(String::new, |calendar| preflight_ics(report, page, calendar)).into_bytes()),
        (markdown, preflight_markdown(report, page).into_bytes()),
        (xlsx, workbook::made(|files| preflight_xlsx(report, page, files))?),
    ])
}

fn answer(
    args: &PreflightArgs,
    moment: &Moment,
    until: Option<Instant>,
    messages: &Messages,
) -> Result<PreflightReport, Stop> {
    let Moment { page, clock, local } = *moment;
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
    let prices = args.prices.read(clock, page.zone)?;
    let (named, accounts) = (&args.usage.usage, &args.usage.accounts);
    let over = args.over.as_deref().map(|over| InForce::open(over, args.future.as_deref())).transpose()?;
    let given = match &over {
        Some(over) if named.is_empty() => usage::of_replaced(&over.sources, accounts, messages)?,
        _ => usage::read(named, accounts, messages)?,
    };
    if !given.is_known() && !args.usage.admin_role.is_empty() {
        usage::roles_need_members(named, &args.usage.admin_role)?;
    }
    let wanted = wanted(&args.earlier.moves, &args.earlier.map)?;
    let has_moves = !(wanted.moves.is_empty() && wanted.maps.is_empty());
    let roles = Roles::new(&args.usage.admin_role);
    let known = given.is_known() || args.nobody_yet;
    let old = over.as_ref().map(|over| over.read(messages)).transpose()?;
    let old = old.as_ref().map(|old| old.side(None));
    let license = OneLicense::open(&args.new, messages)?;
    let license = license.read()?;
    let document = &license.document;
    let mut names = TypeNames::of(document);
    old.as_ref().and_then(Side::license).into_iter().for_each(|license| names.add(license));
    let wanted = with_known_ids(&wanted, &names, messages)?;
    let usage = given.with(names, messages)?;
    let usage = if args.nobody_yet { Rc::new(Usage::clone(&usage).nobody_yet().map_err(Stop::usage)?) } else { usage };
    if !usage.tells(ItemKind::UserType) && !old.as_ref().is_some_and(Side::gives_user_types) {
        return Err(Stop::usage(old.as_ref().map_or_else(|| NOBODY_COUNTED.to_owned(), tells_no_user_type)));
    }
    if has_moves && !usage.tells(ItemKind::UserType) {
        return Err(Stop::usage("--moves and --map change user types of members: give them with --usage"));
    }
    usage::roles_are_held(usage.members.as_deref(), roles)?;
    usage::note_unknown_roles(usage.members.as_deref(), roles, messages);
    every_line_is_counted(&plan, &usage)?;
    let moved = moved(&usage, document, &page, roles, administrators.as_ref(), &wanted, messages)?;
    let usage: &Usage = moved.as_ref().map_or(&usage, |moved| &moved.usage);
    let question = ReportQuestion { as_of: page.as_of, administrators: administrators.as_ref() };
    let in_use = known.then_some(InUse { usage, roles });
    let checked = Checker::new(question, local, &policy).check(license.as_license(), in_use);
    let question = PreflightQuestion {
        as_of: page.as_of,
        zone: page.zone,
        until,
        lead: args.lead,
        usage,
        plan: &plan,
        moved: moved.as_ref(),
        roles,
        administrators: administrators.as_ref(),
        old: old.as_ref(),
        findings: &checked.findings,
    };
    let mut report = PreflightReport::new(license.as_license(), question);
    prices.iter().for_each(|prices| report.add_costs(prices));
    if args.shows_entries() {
        report.add_entries(license.as_license(), page.zone);
    }
    Ok(report)
}

/// The message for an OLD that does not tell which user types are needed.
fn tells_no_user_type(old: &Side<'_>) -> String {
    let kind = ItemKind::UserType;
    let entries =
        old.license().and_then(|license| kind.entries(&license.my_esri)).map_or(0, |list| list.elements().len());
    let why = match (old.tells(kind), old.license().is_some()) {
        (true, _) if entries > 0 => "no entry of its list /MyEsri/provision/userTypes says of which user type it is",
        (true, _) => "it gives no seats of any user type",
        (false, true) => "its list /MyEsri/provision/userTypes is missing or cannot be read",
        (false, false) => "it does not tell of user types",
    };
    format!(
        "--over {}: {why}, so nothing says who needs user types: give the members or their counts (--usage), another document of \
         what is replaced (--over), or say that there are no members so far (--nobody-yet)",
        old.source().name()
    )
}

/// Refuses a plan line for an item that nobody counted: a plan says only how many seats are assigned besides.
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
