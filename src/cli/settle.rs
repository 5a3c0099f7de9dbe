//! From the arguments and the environment to a complete [`Cli`], in the same way for all commands.

use std::ffi::OsString;
use std::path::Path;

use clap::builder::{Resettable, StyledStr};
use clap::error::{ContextKind, ContextValue};
use clap::parser::ValueSource;
use clap::{Arg, ArgMatches, Command as Clap, CommandFactory, FromArgMatches, Id, ValueEnum};

use crate::cli::args::formats::CheckOutput;
use crate::cli::args::{Cli, Command, gone};
use crate::cli::exit::Stop;
use crate::cli::io::credentials::passed_over;
use crate::cli::io::output::is_special;
use crate::cli::io::variable::variable;

/// Parses the arguments and the environment. An empty variable counts as unset.
///
/// # Errors
/// An error of clap where an argument is wrong, and where the user asked for the help or the version.
pub(super) fn parse(arguments: &[OsString]) -> Result<(Cli, ArgMatches), clap::Error> {
    // `--no-policy` also sets aside the policy that the environment names.
    let no_policy = arguments.iter().any(|argument| argument == "--no-policy");
    let passed_over = passed_over(arguments);
    let unset = |arg: &Arg| {
        let empty = arg.get_env().and_then(std::env::var_os).is_some_and(|value| value.is_empty());
        empty || (no_policy && arg.get_id() == "policy") || (passed_over && arg.get_id() == "user")
    };
    let mut command = with_environment(Cli::command(), &unset);
    let matches = command
        .try_get_matches_from_mut(arguments)
        .map_err(|error| from_environment(gone::with_hint(error), arguments))?;
    let cli = Cli::from_arg_matches(&matches).map_err(|error| error.format(&mut command))?;
    Ok((cli, matches))
}

/// The error, with the name of the environment variable if the wrong value comes from there.
fn from_environment(mut error: clap::Error, arguments: &[OsString]) -> clap::Error {
    let option = error.get(ContextKind::InvalidArg).map(ToString::to_string).unwrap_or_default();
    let name = option.split_whitespace().next().and_then(|option| option.strip_prefix("--")).unwrap_or_default();
    let is_option = |argument: &OsString| argument.to_string_lossy().starts_with(&format!("--{name}"));
    let name_of_variable = format!("SEATLINE_{}", name.to_ascii_uppercase());
    let known =
        ["SEATLINE_COLOR", "SEATLINE_QUIET", "SEATLINE_WIDTH", "SEATLINE_TZ", "SEATLINE_POLICY", "SEATLINE_URL"];
    if known.contains(&name_of_variable.as_str())
        && !arguments.iter().any(is_option)
        && variable(&name_of_variable).is_some()
    {
        let tip = StyledStr::from(format!("it comes from the environment: {name_of_variable}"));
        error.insert(ContextKind::Suggested, ContextValue::StyledStrs(vec![tip]));
    }
    error
}

/// The command line without the variables that count as unset. What needs no change is not touched: clap would copy it.
fn with_environment(mut command: Clap, unset: &impl Fn(&Arg) -> bool) -> Clap {
    let is_unset = |arg: &&Arg| arg.get_env().is_some() && unset(arg);
    let ids: Vec<Id> = command.get_arguments().filter(is_unset).map(Arg::get_id).cloned().collect();
    for id in ids {
        command = command.mut_arg(id, |arg| arg.env(Resettable::Reset));
    }
    let is_concerned = |known: &&Clap| known.get_arguments().any(|arg| is_unset(&arg));
    let names: Vec<_> =
        command.get_subcommands().filter(is_concerned).map(|known| known.get_name().to_owned()).collect();
    names
        .into_iter()
        .fold(command, |command, name| command.mut_subcommand(name, |known| with_environment(known, unset)))
}

/// Refuses `--url` where nothing is sent. In the environment the URL may be there for other commands.
///
/// # Errors
/// A [`Stop`] that names the option that is missing.
pub(super) fn portal(matches: &ArgMatches) -> Result<(), Stop> {
    match matches.subcommand() {
        Some(("moves", moves))
            if !moves.get_flag("apply") && moves.value_source("url") == Some(ValueSource::CommandLine) =>
        {
            Err(Stop::usage("--url without --apply: nothing is sent, and members come from --members"))
        }
        _ => Ok(()),
    }
}

/// Chooses the format by the ending of the `--output` file where `-f` is missing.
///
/// # Errors
/// A [`Stop`] where the command has no format for that ending.
pub(super) fn format(cli: &mut Cli, matches: &ArgMatches) -> Result<(), Stop> {
    let Some((name, matches)) = matches.subcommand() else { return Ok(()) };
    let is_given = matches.try_contains_id("format").is_ok_and(|known| known)
        && matches.value_source("format") == Some(ValueSource::CommandLine);
    let Some(ending) = cli.global.output.as_deref().filter(|_| !is_given).and_then(Ending::of) else { return Ok(()) };
    match &mut cli.command {
        Command::Report(args) => ending.choose(name, &mut args.format),
        Command::Timeline(args) => ending.choose(name, &mut args.format),
        Command::Admins(args) if !args.pick => ending.choose(name, &mut args.format),
        Command::Check(args) if !args.init => {
            let mut output = CheckOutput::default();
            ending.choose(name, &mut output.format)?;
            args.format.push(output);
            Ok(())
        }
        Command::Diff(args) => ending.choose(name, &mut args.format),
        Command::Fit(args) => ending.choose(name, &mut args.format),
        Command::Preflight(args) => ending.choose(name, &mut args.format),
        Command::Why(args) => ending.choose(name, &mut args.format),
        Command::Moves(args) => ending.choose(name, &mut args.format),
        Command::Fetch(_) => Err(ending.refused(name, &[])),
        Command::Admins(_) | Command::Check(_) | Command::Explain(_) | Command::Schema(_) | Command::Generate(_) => {
            Ok(())
        }
    }
}

/// The ending of the output file, which names a format.
struct Ending<'p> {
    file: &'p Path,
    ending: String,
    format: &'static str,
}

impl<'p> Ending<'p> {
    fn of(file: &'p Path) -> Option<Self> {
        let ending = file.extension()?.to_str()?.to_ascii_lowercase();
        let format = match ending.as_str() {
            "json" => "json",
            "jsonl" | "ndjson" => "jsonl",
            "csv" => "csv",
            "md" => "markdown",
            "html" => "html",
            "xlsx" => "xlsx",
            "ics" => "ics",
            "sarif" => "sarif",
            "xml" => "junit",
            "py" => "python",
            _ => return None,
        };
        // The name of a device or a pipe does not tell a format.
        (!is_special(file)).then_some(Self { file, ending, format })
    }

    fn choose<F: ValueEnum>(&self, command: &str, format: &mut F) -> Result<(), Stop> {
        let known: Vec<_> = F::value_variants().iter().filter_map(ValueEnum::to_possible_value).collect();
        let known: Vec<_> = known.iter().map(|value| value.get_name()).collect();
        *format = F::from_str(self.format, false).map_err(|_| self.refused(command, &known))?;
        Ok(())
    }

    fn refused(&self, command: &str, known: &[&str]) -> Stop {
        let file = self.file.display();
        let instead = if known.is_empty() {
            "it writes text for people: another ending, .txt say, takes it".to_owned()
        } else {
            format!("its formats are {}, and -f says which to write whatever the ending", known.join(", "))
        };
        Stop::usage(format!("--output {file}: {command} has no format for .{}; {instead}", self.ending))
    }
}
