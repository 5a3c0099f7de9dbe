//! `seatline moves`; `--apply` is in [`super::apply`].

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use crate::answers::{MovesQuestion, MovesReport, Page, moves_undo};
use crate::source::{Failure, FailureCode};
use crate::usage::{Roles, TypeNames};

use crate::cli::args::MovesArgs;
use crate::cli::args::formats::MovesFormat;
use crate::cli::args::global::Global;
use crate::cli::commands::{apply, moves_output};
use crate::cli::exit::{Exit, Stop};
use crate::cli::io::inputs::stdin_once;
use crate::cli::io::messages::Messages;
use crate::cli::io::moved::{type_to_wait_in, wanted, with_ids};
use crate::cli::io::one_license::OneLicense;
use crate::cli::io::same_file::refuse_to_replace;
use crate::cli::io::same_file::same_file;
use crate::cli::io::{output, unread, usage};
use crate::cli::settings::{administrator_list, moment};

pub(crate) fn run(args: &MovesArgs, global: &Global, messages: &Messages) -> Result<Exit, Stop> {
    args.connect.refuse_secrets()?;
    let files = args.moves.iter().chain(&args.admins).chain([&args.file]).map(PathBuf::as_path);
    let counted = usage::paths(&args.members).chain(usage::paths(&args.usage));
    let inputs: Vec<&Path> = files.chain(counted).collect();
    stdin_once(&inputs.iter().copied().chain(args.connect.inputs()).collect::<Vec<_>>())?;
    let outputs: Vec<_> = global.outputs().into_iter().chain(args.undo.as_deref()).collect();
    for input in inputs {
        refuse_to_replace(Some(input), &outputs)?;
    }
    if let Some(undo) = &args.undo
        && same_file(undo, global.output.as_deref().unwrap_or(Path::new("-")))
    {
        return Err(Stop::usage("--output and --undo name the same file"));
    }
    let page = moment(&args.as_of, args.tz.as_deref(), global)?.page;
    args.excel.dialect(args.format == MovesFormat::Csv, &page)?;
    made(args, page, global, messages).map_err(|stop| match args.format {
        MovesFormat::Json => {
            unread::with_answer(stop, global, |failures| MovesReport::unread(page.as_of, args.batch, failures))
        }
        _ => stop,
    })
}

/// Plans the moves, and makes them with `--apply`.
fn made(args: &MovesArgs, page: Page, global: &Global, messages: &Messages) -> Result<Exit, Stop> {
    if args.apply {
        return apply::run(args, page, global, messages);
    }
    // clap does not demand the --apply that these options need, since --members excludes --apply.
    if args.yes || args.journal.is_some() || args.settle.is_some() {
        return Err(Stop::usage("--yes, --journal and --settle are for --apply, and without it nothing is sent"));
    }
    let administrators = args.admins.as_deref().map(administrator_list).transpose()?;
    let wanted = wanted(&args.moves, &args.map)?;
    let given = usage::read(&[args.members.as_slice(), &args.usage].concat(), &args.accounts, messages)?;
    let roles = Roles::new(&args.admin_role);
    let license = OneLicense::open(&args.file, messages)?;
    let license = license.read()?;
    let usage = given.in_license(&license.document, messages)?;
    let Some(members) = &usage.members else {
        let name = args.members.first().map_or_else(String::new, |path| path.display().to_string());
        let message = "this counts members and does not name them: pages of portals/self/users or a CSV do";
        return Err(Failure::new(name, FailureCode::WrongKind, message).into());
    };
    usage::roles_are_held(Some(members), roles)?;
    let names = TypeNames::of(&license.document);
    let wanted = with_ids(&wanted, &names, messages)?;
    let park = type_to_wait_in(args, &names)?;
    let question = MovesQuestion {
        as_of: page.as_of,
        zone: page.zone,
        members,
        usage: Some(&usage),
        wanted: &wanted,
        batch: args.batch,
        administrators: administrators.as_ref(),
        roles,
        last: args.last.as_deref(),
        park: park.as_deref(),
    };
    let report = MovesReport::new(license.as_license(), question);
    if let (Some(undo), true) = (&args.undo, report.possible == Some(true)) {
        // A member who waits in the user type of `--park` goes back from the last user type to the first.
        let waited: HashMap<&str, &str> =
            report.parked.iter().map(|one| (one.username.as_str(), one.from.as_str())).collect();
        let is_first = |user: &str, from: &str| waited.get(user).is_none_or(|first| *first == from);
        let back = report.batches.iter().rev().flat_map(|batch| batch.users.iter().zip(&batch.from).rev());
        let back = back.map(|(user, from)| (user.as_str(), from.as_str()));
        let back = moves_undo(back.filter(|(user, from)| is_first(user, from)));
        output::write_private(Some(undo), &back, global)?;
    }
    moves_output::write(args, &report, &page, global, messages)?;
    Ok(if report.possible == Some(true) || args.exit_zero { Exit::Done } else { Exit::Objection })
}
