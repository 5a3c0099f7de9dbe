//! The command line. The clock, the environment, the terminal and stdout are touched here and nowhere else.

mod args;
mod commands;
mod completion;
mod exit;
mod io;
mod man_pages;
mod settings;
mod settle;

use std::ffi::OsString;
use std::io::Write;

use anstream::ColorChoice;
use args::Command;
use args::default_command;
use args::global::Color;
use commands::{admins, check, diff, explain, fetch, fit, generate, moves, preflight, report, schema, timeline, why};
use exit::{Exit, Stop};
use io::messages::Messages;
use io::streams::{self, HeldOutput};
use io::wildcards;

use crate::source::GivenDocuments;

/// Runs the program with these arguments, the first one being its own name, and gives its exit code.
#[must_use]
pub fn main(arguments: Vec<OsString>) -> u8 {
    let exit = match completion::answer(&arguments) {
        Some(answered) => ended(answered, &Messages::new(Color::default(), false)),
        None => run(arguments),
    };
    // Within another program nothing else writes the last line, which may have no line break.
    let _ = std::io::stdout().flush();
    exit as u8
}

/// The result of a run of the program.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Answer {
    /// The exit code of the process.
    pub exit_code: u8,
    /// The text for stdout; empty where `--output` names a file.
    pub stdout: Vec<u8>,
    /// Errors and notes, one a line.
    pub stderr: Vec<u8>,
}

/// Runs the program within another one: as [`main`], but with the output as a value. `documents` are in memory: each is
/// read where its name stands among the arguments, which is `-` or in angle brackets, such as `<license>`.
#[must_use]
pub fn answer(arguments: Vec<OsString>, documents: Vec<(String, Vec<u8>)>) -> Answer {
    streams::hold();
    GivenDocuments::new(documents).read_here();
    let exit = run(arguments);
    GivenDocuments::default().read_here();
    let HeldOutput { stdout, stderr } = streams::held();
    Answer { exit_code: exit as u8, stdout, stderr }
}

fn run(arguments: Vec<OsString>) -> Exit {
    let arguments = default_command::with_default_command(arguments);
    let (mut cli, matches) = match settle::parse(&arguments) {
        Ok(parsed) => parsed,
        Err(error) => return say(&error),
    };
    cli.global.output = cli.global.output.take().filter(|output| output.as_os_str() != "-");
    let messages = Messages::new(cli.global.color, cli.global.quiet);
    let completed = settle::portal(&matches).and_then(|()| settle::format(&mut cli, &matches));
    if let Err(stop) = completed.and_then(|()| wildcards::expand(&mut cli.command)) {
        messages.error(&stop.message);
        return stop.exit;
    }
    let result = match cli.command {
        Command::Report(args) => report::run(&args, &cli.global, &messages),
        Command::Timeline(args) => timeline::run(&args, &cli.global, &messages),
        Command::Admins(args) => admins::run(&args, &cli.global, &messages),
        Command::Check(args) => check::run(&args, &cli.global, &messages),
        Command::Diff(args) => diff::run(&args, &cli.global, &messages),
        Command::Fit(args) => fit::run(&args, &cli.global, &messages),
        Command::Preflight(args) => preflight::run(&args, &cli.global, &messages),
        Command::Why(args) => why::run(&args, &cli.global, &messages),
        Command::Moves(args) => moves::run(&args, &cli.global, &messages),
        Command::Fetch(args) => fetch::run(&args, &cli.global, &messages),
        Command::Explain(args) => explain::run(args.rule.as_deref(), &cli.global),
        Command::Schema(args) => schema::run(args.name, &cli.global),
        Command::Generate(args) => generate::run(&args),
    };
    if let Ok(Exit::Input) | Err(Stop { exit: Exit::Input, .. }) = &result
        && let Some(command) = default_command::likely_command(&arguments)
    {
        messages.note(&format!("did you mean the command `{command}`?"));
    }
    ended(result, &messages)
}

/// The exit code, after the message that explains it.
fn ended(result: Result<Exit, Stop>, messages: &Messages) -> Exit {
    match result {
        Ok(exit) => exit,
        Err(Stop { exit, message, excerpt, .. }) => {
            if !message.is_empty() {
                messages.error(&message);
            }
            messages.excerpt(excerpt.as_ref());
            exit
        }
    }
}

/// Writes the help, the version or an error of clap.
fn say(error: &clap::Error) -> Exit {
    let (choice, text) = (ColorChoice::Auto, error.render());
    let mut to = if error.use_stderr() { streams::stderr(choice) } else { streams::coloured_stdout(choice) };
    // A closed pipe is not an error.
    let _ = write!(to, "{}", text.ansi());
    if error.use_stderr() { Exit::Usage } else { Exit::Done }
}
