//! `seatline moves --apply`.

use std::io::{BufRead, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use seatline::LicenseDocument;
use seatline::administrator::AdministratorList;
use seatline::apply::{Entry, Journal, JournalError, JournalMove, Said, Stopped, Whereabouts, send};
use seatline::moves::{Move, Wanted};
use seatline::portal::{Event, Operation, Request, Session, members};
use seatline::render::{Page, moves_table, moves_undo, visible};
use seatline::report::{AppliedReport, ElsewhereReport, MovesQuestion, MovesReport};
use seatline::source::Source;
use seatline::usage::{Installed, Member, UsageReader};

use super::exit::{Exit, Stop};
use super::global::Global;
use super::inputs::{one_license, refuse_to_replace};
use super::messages::Messages;
use super::moves::{self, MovesArgs};
use super::output;
use super::progress::Progress;
use super::settings::now;

/// What every step needs.
struct Apply<'a> {
    args: &'a MovesArgs,
    global: &'a Global,
    messages: &'a Messages,
    page: Page,
    administrators: Option<AdministratorList>,
    progress: Progress,
}

pub(crate) fn run(args: &MovesArgs, page: Page, global: &Global, messages: &Messages) -> Result<Exit, Stop> {
    if args.as_of != "now" {
        return Err(Stop::usage("--apply makes the moves now: leave --as-of out"));
    }
    let administrators = args.admins.as_deref().map(super::settings::administrator_list).transpose()?;
    let wanted = moves::wanted(args)?;
    let mut session = args.connect.session(messages)?;
    if !session.has_credentials() {
        return Err(Stop::usage("who makes the moves? sign in with --user, or give a token"));
    }
    let path = journal_path(args, &session);
    let outputs: Vec<&Path> =
        global.outputs().into_iter().chain(args.undo.as_deref()).chain([path.as_path()]).collect();
    for input in args.connect.inputs().chain(args.moves.iter().chain(&args.admins).map(PathBuf::as_path)) {
        refuse_to_replace(Some(input), &outputs)?;
    }
    let mut journal = Journal::open(&path)?;
    let apply = Apply { args, global, messages, page, administrators, progress: Progress::new(global.quiet) };
    one_license(&args.file, messages, |source, _, document| {
        apply.with_license(source, document, &wanted, &mut session, &mut journal, &path)
    })
}

fn journal_path(args: &MovesArgs, session: &Session) -> PathBuf {
    let name = || PathBuf::from(format!("moves-{}.jsonl", session.address().folder_name()));
    args.journal.clone().unwrap_or_else(name)
}

impl Apply<'_> {
    fn with_license(
        &self,
        source: &Source,
        document: &LicenseDocument<'_>,
        wanted: &Wanted,
        session: &mut Session,
        journal: &mut Journal,
        path: &Path,
    ) -> Result<Exit, Stop> {
        let begun = begun(journal, session, &Said::from(wanted), path)?;
        let me = session.signed_in_as()?;
        let members = self.members(session)?;
        let resumed = begun.as_ref().map(|moves| Whereabouts::of(moves, &members));
        if let Some(whereabouts) = &resumed {
            check_resumed(whereabouts, journal, path)?;
        }
        let left = begun.as_deref().map(still_wanted);
        let question = MovesQuestion {
            as_of: self.page.as_of,
            members: &members,
            wanted: left.as_ref().unwrap_or(wanted),
            batch: self.args.batch,
            administrators: self.administrators.as_ref(),
            administrator_roles: &self.args.admin_role,
            last: Some(&me),
        };
        let mut report = MovesReport::new(source, document, question);
        if report.possible {
            self.check_installed(session, &report, &members)?;
        }
        if !report.possible || (report.batches.is_empty() && begun.is_none()) {
            self.show(&report)?;
            return Ok(if report.possible { Exit::Done } else { Exit::Objection });
        }
        let moves = begun.unwrap_or_else(|| planned(&report));
        let stopped = if report.batches.is_empty() {
            None
        } else {
            self.confirm(&report, session)?;
            if let Some(undo) = &self.args.undo {
                let back = moves.iter().rev().map(|one| (one.username.as_str(), one.from.as_str()));
                output::write_to(Some(undo), &moves_undo(back), self.global)?;
            }
            let first = match &resumed {
                Some(whereabouts) => whereabouts.entry(now()),
                None => Entry::Begin {
                    schema: Journal::SCHEMA.to_owned(),
                    at: now().to_string(),
                    portal: session.address().as_str().to_owned(),
                    said: Said::from(wanted),
                    moves: moves.clone(),
                },
            };
            journal.write(first)?;
            self.send(session, &report, journal).err()
        };
        self.finish(session, &mut report, journal, path, &moves, stopped)
    }

    fn members(&self, session: &mut Session) -> Result<Vec<Member>, Stop> {
        let read = members(session, &mut |event| {
            if let Event::Members(read, total) = event {
                self.progress.say(format!("members: {read} of {total}"));
            }
        });
        Ok(read?)
    }

    /// What is installed must be what the file says, and nobody may hold a seat unseen.
    fn check_installed(&self, session: &mut Session, report: &MovesReport, members: &[Member]) -> Result<(), Stop> {
        let bytes = match session.ask(Operation::LicenseResource, Request::Get(&[])) {
            Ok(bytes) => bytes,
            Err(failure) => {
                let message = format!("{failure}; so whether {} is what is installed is not checked", report.source);
                self.progress.aside(|| self.messages.warning(&message));
                return Ok(());
            }
        };
        let source = Source::decode("the portal's license resource", bytes)?;
        let mut reader = UsageReader::default();
        reader.read(&source, None)?;
        let counted = reader.finish()?;
        let place = source.documents().next().map(|found| found.place);
        let Some(place) = place else { return Ok(()) };
        let installed = Installed::read((&source, &place), None)?;
        for one in report.user_types.iter().filter(|one| one.coming > 0) {
            let item = installed.items.iter().find(|item| item.id == one.id);
            let seats = item.map_or(0, |item| item.timeline.seats_at(self.page.as_of));
            if seats < one.seats {
                let (id, source, own) = (&one.id, &report.source, one.seats);
                return Err(Stop::new(
                    Exit::Input,
                    format!(
                        "{source} gives {own} seats of {id}, and the portal has {seats}: is this the license that is installed?"
                    ),
                ));
            }
        }
        for (kind, id, assigned) in counted.in_use() {
            let held = members.iter().filter(|member| member.user_type == id).count();
            if kind == seatline::item::ItemKind::UserType && u64::try_from(held).is_ok_and(|held| held < assigned) {
                return Err(Stop::new(
                    Exit::Input,
                    format!(
                        "the portal counts {assigned} members with {id} and names {held}: nobody can plan for members who \
                         are not named"
                    ),
                ));
            }
        }
        Ok(())
    }

    /// Asks whoever sits there, or wants `--yes`.
    fn confirm(&self, report: &MovesReport, session: &Session) -> Result<(), Stop> {
        if self.args.yes {
            return Ok(());
        }
        if !(std::io::stdin().is_terminal() && std::io::stderr().is_terminal()) {
            return Err(Stop::usage("nobody is here to confirm it: --yes makes the moves without being asked"));
        }
        let question = format!(
            "Change the user type of {} members at {}, in {} requests? [y/N] ",
            report.moves,
            session.address().as_str(),
            report.batches.len()
        );
        let mut answer = String::new();
        self.progress.aside(|| {
            let table = moves_table(report, &self.page);
            let mut stderr = std::io::stderr();
            let _ = write!(stderr, "{table}\n{}", visible(&question)).and_then(|()| stderr.flush());
            let _ = std::io::stdin().lock().read_line(&mut answer);
        });
        match answer.trim().to_ascii_lowercase().as_str() {
            "y" | "yes" => Ok(()),
            _ => Err(Stop::new(Exit::Objection, "nothing was changed")),
        }
    }

    fn send(&self, session: &mut Session, report: &MovesReport, journal: &mut Journal) -> Result<(), Stopped> {
        let wanted = Arc::new(AtomicBool::new(true));
        let flag = Arc::clone(&wanted);
        let caught = ctrlc::set_handler(move || {
            if !flag.swap(false, Ordering::SeqCst) {
                // Asked for twice: at once. The journal knows what was sent.
                std::process::exit(130);
            }
        });
        if let Err(error) = caught {
            self.progress
                .aside(|| self.messages.warning(&format!("Ctrl-C will not wait for the request in flight: {error}")));
        }
        let count = report.batches.len();
        send(
            session,
            &report.batches,
            journal,
            &now,
            &mut |number| self.progress.say(format!("request {number} of {count}")),
            &|| wanted.load(Ordering::SeqCst),
        )
    }

    /// Reads the members again, and says who is where.
    fn finish(
        &self,
        session: &mut Session,
        report: &mut MovesReport,
        journal: &mut Journal,
        path: &Path,
        moves: &[JournalMove],
        stopped: Option<Stopped>,
    ) -> Result<Exit, Stop> {
        let name = path.display();
        let stopped = stopped.map(Stop::from);
        let members = match self.members(session) {
            Ok(members) => members,
            Err(stop) => {
                let message = format!(
                    "{}; who has which user type now is not known: run the same command again ({name})",
                    stop.message
                );
                if let Some(before) = stopped {
                    self.progress.aside(|| self.messages.error(&before.message));
                }
                return Err(Stop::new(stop.exit, message));
            }
        };
        let whereabouts = Whereabouts::of(moves, &members);
        journal.write(whereabouts.entry(now()))?;
        if whereabouts.is_done() {
            journal.write(Entry::Done { at: now().to_string() })?;
        }
        report.applied = Some(applied(session, path, &whereabouts, stopped.as_ref()));
        self.show(report)?;
        match (whereabouts.is_done(), stopped) {
            (true, None) => Ok(Exit::Done),
            (true, Some(stop)) => {
                let message = format!("{}; all members have their new user type nonetheless", stop.message);
                self.progress.aside(|| self.messages.warning(&message));
                Ok(Exit::Done)
            }
            (false, stop) => {
                let why = stop.as_ref().map_or("the portal said that all was done", |stop| stop.message.as_str());
                let (open, all) = (moves.len() - whereabouts.done.len(), moves.len());
                let message = format!(
                    "{why}; {open} of {all} members do not have their new user type; run the same command again to go on \
                     ({name})"
                );
                Err(Stop::new(stop.map_or(Exit::Input, |stop| stop.exit), message))
            }
        }
    }

    fn show(&self, report: &MovesReport) -> Result<(), Stop> {
        moves::show(self.args, report, &self.page, self.global, self.messages)
    }
}

/// The moves of a journal that was begun by the same command.
fn begun(journal: &Journal, session: &Session, said: &Said, path: &Path) -> Result<Option<Vec<JournalMove>>, Stop> {
    let Some(Entry::Begin { portal, said: before, moves, .. }) = journal.entries().first() else { return Ok(None) };
    let name = path.display();
    if portal != session.address().as_str() {
        return Err(Stop::usage(format!("{name}: this journal is of {portal}; --journal names another file")));
    }
    if before != said {
        return Err(Stop::usage(format!(
            "{name}: this journal was begun for other moves: run that command again until it is done, or name another \
             --journal"
        )));
    }
    Ok(Some(moves.clone()))
}

/// What was changed by others in the meantime is not changed again.
fn check_resumed(whereabouts: &Whereabouts, journal: &Journal, path: &Path) -> Result<(), Stop> {
    let name = path.display();
    if journal.is_done() && !whereabouts.is_done() {
        return Err(Stop::usage(format!(
            "{name}: by this journal all of it is done, and members have been changed since: for new moves name another \
             --journal"
        )));
    }
    let Some((username, now)) = whereabouts.elsewhere.first() else { return Ok(()) };
    let now = now.as_ref().map_or_else(|| "is no member any more".to_owned(), |now| format!("has {now} now"));
    let others = match whereabouts.elsewhere.len() {
        1 => String::new(),
        count => format!(", and {} others are elsewhere too", count - 1),
    };
    Err(Stop::new(
        Exit::Objection,
        format!(
            "{name}: {username} {now}, which is neither the user type of before nor the new one{others}: somebody else \
             changes members; begin anew with another --journal"
        ),
    ))
}

fn still_wanted(moves: &[JournalMove]) -> Wanted {
    let wanted = |one: &JournalMove| Move {
        username: one.username.clone(),
        user_type: one.to.clone(),
        place: "the journal".to_owned(),
    };
    Wanted { moves: moves.iter().map(wanted).collect(), maps: Vec::new() }
}

fn planned(report: &MovesReport) -> Vec<JournalMove> {
    let of_batch = |batch: &seatline::report::MoveBatch| {
        let pairs = batch.users.iter().zip(&batch.from);
        let moves = pairs.map(|(username, from)| JournalMove {
            username: username.clone(),
            from: from.clone(),
            to: batch.user_type.clone(),
        });
        moves.collect::<Vec<_>>()
    };
    report.batches.iter().flat_map(of_batch).collect()
}

fn applied(session: &Session, path: &Path, whereabouts: &Whereabouts, stopped: Option<&Stop>) -> AppliedReport {
    let elsewhere = whereabouts
        .elsewhere
        .iter()
        .map(|(username, user_type)| ElsewhereReport { username: username.clone(), user_type: user_type.clone() });
    AppliedReport {
        portal: session.address().as_str().to_owned(),
        journal: path.display().to_string(),
        done: whereabouts.is_done(),
        moved: whereabouts.done.clone(),
        open: whereabouts.open.clone(),
        elsewhere: elsewhere.collect(),
        stopped: stopped.map(|stop| stop.message.clone()),
    }
}

impl From<JournalError> for Stop {
    fn from(error: JournalError) -> Self {
        Self::usage(error.to_string())
    }
}

impl From<Stopped> for Stop {
    fn from(stopped: Stopped) -> Self {
        match stopped {
            Stopped::Portal(failure) => Self::from(*failure),
            Stopped::Journal(error) => Self::from(error),
            Stopped::NotDone(message) => Self::new(Exit::Input, message),
            interrupted @ Stopped::Interrupted(..) => Self::new(Exit::Objection, interrupted.to_string()),
        }
    }
}
