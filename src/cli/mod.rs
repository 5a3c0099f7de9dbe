//! The command line. The clock, the environment, the terminal and stdout are touched here and nowhere else.

mod args;
mod commands;
mod io;
mod settings;
mod settle;

use std::ffi::OsString;
use std::process::ExitCode;

use args::default_command;
use args::{Cli, Command};
use clap::CommandFactory;
use clap_complete::CompleteEnv;
use commands::{admins, check, diff, explain, fetch, fit, generate, moves, preflight, report, schema, timeline, why};
use io::exit::{Exit, Stop};
use io::messages::Messages;

/// Runs the program with these arguments, the first one being its own name.
#[must_use]
pub fn main(arguments: Vec<OsString>) -> ExitCode {
    if let Some(exit) = complete(&arguments) {
        return exit;
    }
    let arguments = default_command::with_default_command(arguments);
    let (mut cli, matches) = match settle::parse(&arguments) {
        Ok(said) => said,
        Err(error) => {
            // A closed pipe is no error.
            let _ = error.print();
            return if error.use_stderr() { Exit::Usage.into() } else { Exit::Done.into() };
        }
    };
    cli.global.output = cli.global.output.take().filter(|output| output.as_os_str() != "-");
    let messages = Messages::new(cli.global.color, cli.global.quiet);
    if let Err(stop) = settle::portal(&matches).and_then(|()| settle::format(&mut cli, &matches)) {
        messages.error(&stop.message);
        return stop.exit.into();
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
    if let (Ok(Exit::Input) | Err(Stop { exit: Exit::Input, .. }), Some(command)) =
        (&result, default_command::likely_command(&arguments))
    {
        messages.note(&format!("did you mean the command `{command}`?"));
    }
    match result {
        Ok(exit) => exit.into(),
        Err(Stop { exit, message, excerpt, .. }) => {
            if !message.is_empty() {
                messages.error(&message);
            }
            messages.excerpt(excerpt.as_ref());
            exit.into()
        }
    }
}

/// Answers a shell that asks what could stand at the cursor.
fn complete(arguments: &[OsString]) -> Option<ExitCode> {
    let asked = CompleteEnv::with_factory(Cli::command).var(generate::VARIABLE).bin("seatline").completer("seatline");
    match asked.try_complete(arguments, std::env::current_dir().ok().as_deref()) {
        Ok(answered) => answered.then(|| Exit::Done.into()),
        Err(error) => {
            let _ = error.print();
            Some(Exit::Usage.into())
        }
    }
}
