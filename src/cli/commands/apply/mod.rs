//! `seatline moves --apply`.

mod dialogue;
mod installed;
mod outcome;
mod resume;
mod sentences;
mod settling;
mod stopping;

use std::collections::HashSet;
use std::io::{BufRead, IsTerminal, Write};
use std::path::{Path, PathBuf};

use crate::answers::{MovesQuestion, MovesReport, Page, moves_table, moves_undo};
use crate::moves::{BATCH, Wanted};
use crate::portal::Session;
use crate::portal::apply::{Journal, JournalEntry, JournalError, JournalMove, Stopped, WantedMoves, send};
use crate::source::License;
use crate::text::visible;
use crate::usage::{Member, Roles, TypeNames};

use crate::cli::args::MovesArgs;
use crate::cli::args::formats::MovesFormat;
use crate::cli::args::global::Global;
use crate::cli::commands::apply::dialogue::Apply;
use crate::cli::commands::apply::installed::InstalledNow;
use crate::cli::commands::apply::settling::{Current, Settling};
use crate::cli::commands::apply::stopping::{Stopping, stopped_waiting, unless_stopped};
use crate::cli::exit::{Exit, Stop};
use crate::cli::io::messages::Messages;
use crate::cli::io::moved::{type_to_wait_in, wanted, with_ids};
use crate::cli::io::one_license::OneLicense;
use crate::cli::io::same_file::refuse_to_replace;
use crate::cli::io::same_file::same_file;
use crate::cli::io::{interrupt, output, usage};
use crate::cli::settings::now;

pub(crate) fn run(args: &MovesArgs, page: Page, global: &Global, messages: &Messages) -> Result<Exit, Stop> {
    if args.as_of != "now" {
        return Err(Stop::usage("--apply makes the moves now: leave --as-of out"));
    }
    if args.format == MovesFormat::Python {
        return Err(Stop::usage(
            "--format python is a script that makes the moves, and --apply makes them: choose one",
        ));
    }
    if args.accounts.include_built_in || !args.accounts.exclude.is_empty() {
        return Err(Stop::usage(
            "--exclude and --include-built-in are for --members: with --apply, everybody counts whom the portal lists",
        ));
    }
    let path = journal_path(args)?;
    let written: Vec<&Path> = global.outputs().into_iter().chain(args.undo.as_deref()).collect();
    let outputs: Vec<&Path> = written.iter().copied().chain([path.as_path()]).collect();
    for input in args.connect.inputs().chain(args.moves.iter().chain(&args.admins).map(PathBuf::as_path)) {
        refuse_to_replace(Some(input), &outputs)?;
    }
    refuse_to_replace(Some(&args.file), &[&path])?;
    for output in &written {
        if same_file(output, &path) {
            return Err(Stop::usage(format!("{}: the result would replace the journal", output.display())));
        }
    }
    // After the moves it would be too late to say that their result cannot be written.
    written.iter().try_for_each(|output| output::can_be_written(output))?;
    // The journal is locked before an input is read or a password asked for, so that no other run comes in between.
    let mut journal = Journal::open(&path)?;
    let administrators = args.admins.as_deref().map(crate::cli::settings::administrator_list).transpose()?;
    let wanted = wanted(&args.moves, &args.map)?;
    let mut session = args.connect.session(messages)?.with_new_connections();
    if !session.has_credentials() && args.connect.client_cert.is_none() {
        return Err(Stop::usage("who makes the moves? sign in with --user or --client-cert, or give a token"));
    }
    if args.batch > BATCH {
        messages.warning(&format!("--batch {}: a portal may refuse more than {BATCH} in one request", args.batch));
    }
    let (progress, stopping) = (messages.progress(), Stopping::new(messages));
    let apply = Apply { args, global, messages, page, administrators, progress, stopping, journal: path };
    let license = OneLicense::open(&args.file, messages)?;
    let license = license.read()?;
    let ended = apply.with_license(license.as_license(), &wanted, &mut session, &mut journal);
    ended.map_err(|stop| apply.with_earlier(session.address().as_str(), &journal, stop))
}

fn journal_path(args: &MovesArgs) -> Result<PathBuf, Stop> {
    match &args.journal {
        Some(path) => Ok(path.clone()),
        None => Ok(PathBuf::from(format!("moves-{}.jsonl", args.connect.address()?.folder_name()))),
    }
}

/// The name of the member who signs in, in the spelling of the list of members.
fn in_list(me: &str, members: &[Member]) -> Result<String, Stop> {
    let same = |member: &&Member| member.username.to_lowercase() == me.to_lowercase();
    let found = members.iter().find(|member| member.username == me).or_else(|| members.iter().find(same));
    found.map(|member| member.username.clone()).ok_or_else(|| {
        let message =
            format!("{me} signs in, and is not among the members that the portal names: the list is not complete");
        Stop::new(Exit::Input, message)
    })
}

impl Apply<'_> {
    fn with_license(
        &self,
        license: License<'_>,
        wanted: &Wanted,
        session: &mut Session,
        journal: &mut Journal,
    ) -> Result<Exit, Stop> {
        let command = WantedMoves::from(wanted);
        let is_begun = resume::is_begun(journal, session, &command, &self.journal)?;
        let wanted = &with_ids(wanted, &TypeNames::of(license.document), self.messages)?;
        let park = type_to_wait_in(self.args, &TypeNames::of(license.document))?;
        let begun = journal.moves();
        // The journal of another command was refused, so what it holds is of this one.
        let earlier = is_begun.then(|| resume::nothing_by_this_run(journal, &self.journal));
        let nothing = |stop: Stop| {
            let nothing = earlier.as_deref().unwrap_or("nothing was changed");
            let stop = unless_stopped(stop);
            Stop { message: format!("{}; {nothing}", stop.message), ..stop }
        };
        let mut read = || self.read_first(session, license.source.name(), journal, (&begun, &wanted.maps), is_begun);
        // Before a journal is begun there is nothing to tell.
        let read = if is_begun { self.stopping.while_waiting(read) } else { read() };
        let (me, current, installed) = read.map_err(nothing)?;
        let Current { members, unnamed, whereabouts, .. } = current;
        let me = in_list(&me, &members).map_err(nothing)?;
        let roles = Roles::new(&self.args.admin_role);
        usage::roles_are_held(Some(&members), roles).map_err(nothing)?;
        let resumed = is_begun.then_some(whereabouts);
        let left = resumed.as_ref().map(|whereabouts| resume::still_wanted(&begun, whereabouts));
        let question = MovesQuestion {
            as_of: self.page.as_of,
            zone: self.page.zone,
            members: &members,
            usage: installed.as_ref().and_then(|installed| installed.usage.as_ref()),
            wanted: left.as_ref().unwrap_or(wanted),
            batch: self.args.batch,
            administrators: self.administrators.as_ref(),
            roles,
            last: Some(&me),
            park: park.as_deref(),
        };
        let mut report = MovesReport::new(license, question);
        let portal = session.address().as_str().to_owned();
        if let Some(whereabouts) = &resumed {
            if let Err(stop) = resume::check(whereabouts, journal, &command, &self.journal) {
                let applied =
                    outcome::applied(&portal, &self.journal, journal, whereabouts, Some(stop.message.clone()));
                return Err(self.changed_meanwhile(report, applied, whereabouts, stop));
            }
            report.notes.extend(resume::perhaps_still(journal, whereabouts, &self.journal).map(Into::into));
        }
        let plan = |members: &[Member], wanted: &Wanted| {
            MovesReport::new(license, MovesQuestion { members, wanted, usage: None, ..question })
        };
        let not_named = installed::unnamed(unnamed, installed.as_ref());
        for note in installed.iter().filter_map(|installed| installed.note.clone()).chain(not_named.clone()) {
            self.messages.warning(&note);
            report.notes.push(note.into());
        }
        let emptied = installed.as_ref().map_or(0, |installed| installed.emptied);
        report.leave_out(not_named.map_or(0, |_| unnamed).max(emptied));
        if let Some(whereabouts) = &resumed {
            resume::not_taken_back(whereabouts, &report, journal, self.settle()).map_err(nothing)?;
        }
        if report.possible != Some(true) || (report.batches.is_empty() && !is_begun) {
            if is_begun && report.possible != Some(true) {
                report.notes.push(resume::to_free(&report, &self.journal).into());
            }
            if let Some(whereabouts) = resumed {
                report.apply(outcome::applied(&portal, &self.journal, journal, &whereabouts, None));
            }
            self.show(&report)?;
            return Ok(if report.possible == Some(true) { Exit::Done } else { Exit::Objection });
        }
        let planned = resume::planned(&report);
        if report.batches.is_empty() {
            let done = format!("{}: all of it was done before, and nothing is sent", self.journal.display());
            self.messages.note(&done);
            return self.stopping.while_waiting(|| {
                self.finish(session, &mut report, journal, (&command, &begun, &wanted.maps), &plan, None)
            });
        }
        if let Some(installed) = &installed {
            self.check_seats(&installed.source, &report).map_err(nothing)?;
        }
        self.confirm(&report, session, earlier.as_deref().unwrap_or("nothing was changed"))?;
        let known: HashSet<&str> = begun.iter().map(|one| one.username.as_str()).collect();
        let is_new = |one: &&JournalMove| !known.contains(one.username.as_str());
        if let Some(undo) = &self.args.undo {
            let back = begun.iter().chain(planned.iter().filter(is_new)).rev();
            let back = back.map(|one| (one.username.as_str(), one.from.as_str()));
            output::write_private(Some(undo), &moves_undo(back), self.global).map_err(nothing)?;
        }
        let at = now().to_string();
        let unsent = |error: JournalError| nothing(error.into());
        match &resumed {
            Some(whereabouts) => {
                journal.write(whereabouts.entry(now())).map_err(unsent)?;
                let added = planned.iter().filter(|one| is_new(one) || !one.via.is_empty());
                let added: Vec<_> = added.cloned().collect();
                if !added.is_empty() {
                    journal.write(JournalEntry::Added { at, moves: added }).map_err(unsent)?;
                }
            }
            None => journal
                .write(JournalEntry::Begin {
                    schema: Journal::SCHEMA.to_owned(),
                    at,
                    portal: session.address().as_str().to_owned(),
                    said: command.clone(),
                    moves: planned,
                })
                .map_err(unsent)?,
        }
        let moves = journal.moves();
        self.stopping.while_waiting(|| {
            let stopped = self.send(session, &report, journal).err();
            self.finish(session, &mut report, journal, (&command, &moves, &wanted.maps), &plan, stopped)
        })
    }

    /// Reads who signs in, the members and where those of the journal are, and the installed license.
    fn read_first(
        &self,
        session: &mut Session,
        file: &str,
        journal: &Journal,
        (begun, maps): (&[JournalMove], &[(String, String)]),
        is_begun: bool,
    ) -> Result<(String, Current, Option<InstalledNow>), Stop> {
        let me = session.signed_in_as()?;
        let settling = Settling::new(if is_begun { self.settle() } else { 0 });
        loop {
            let mut current = self.members_once_current(session, journal, begun, maps, false)?;
            if let Some(stop) = current.failed.take().or_else(stopped_waiting) {
                return Err(stop);
            }
            let installed = self.installed_now(session, file, &current.members, maps)?;
            match installed.as_ref().and_then(|installed| installed.contradicts.as_ref()) {
                None => {
                    return stopped_waiting().map_or(Ok((me, current, installed)), Err);
                }
                // After a request that broke off, the list may or may not show its changes yet.
                Some(why) if !settling.waits() => {
                    return Err(stopped_waiting().unwrap_or_else(|| Stop::new(Exit::Input, why)));
                }
                Some(_) => self.progress.say("the list of members and the license do not agree yet ..."),
            }
        }
    }

    /// Asks the user at the terminal; without a terminal, `--yes` is required.
    ///
    /// # Errors
    /// Where the answer is no, with the words of `nothing`, and where there is no terminal.
    fn confirm(&self, report: &MovesReport, session: &Session, nothing: &str) -> Result<(), Stop> {
        if self.args.yes {
            return Ok(());
        }
        if !(std::io::stdin().is_terminal() && std::io::stderr().is_terminal()) {
            return Err(Stop::usage(format!(
                "there is no terminal to confirm it at, and {nothing}: --yes makes the moves without asking"
            )));
        }
        let question = format!(
            "Change the user type of {} members at {}, in {} requests? [y/N] ",
            report.moves,
            session.address().as_str(),
            report.batches.len()
        );
        let mut answer = String::new();
        self.messages.aside(|| {
            let table = moves_table(report, &self.page);
            let mut stderr = std::io::stderr();
            let _ = write!(stderr, "{table}\n{}", visible(&question)).and_then(|()| stderr.flush());
            let _ = std::io::stdin().lock().read_line(&mut answer);
        });
        match answer.trim().to_ascii_lowercase().as_str() {
            "y" | "yes" => Ok(()),
            _ => Err(Stop::new(Exit::Objection, nothing)),
        }
    }

    fn send(&self, session: &mut Session, report: &MovesReport, journal: &mut Journal) -> Result<(), Stopped> {
        let count = report.batches.len();
        let mut tell = |number| self.progress.say(&format!("request {number} of {count} ..."));
        self.stopping
            .while_sending(|| send(session, &report.batches, journal, &now, &mut tell, &|| !interrupt::is_stopped()))
    }
}
