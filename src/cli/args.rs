//! What can be said on the command line.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, CommandFactory, Parser, Subcommand, ValueEnum, ValueHint};
use seatline::item::ItemKind;
use seatline::report::Filter;
use seatline::timeline::Status;

/// Tells what an ArcGIS Enterprise portal license gives you, on any day, before you import it.
#[derive(Debug, Parser)]
#[command(name = "seatline", version, max_term_width = 100, subcommand_required = true, arg_required_else_help = true)]
#[command(
    after_help = "A FILE without a command does `report`. Exit codes: 0 done, 1 the answer is no, 2 wrong usage, \
    3 an input could not be read."
)]
pub(crate) struct Cli {
    #[command(flatten)]
    pub(crate) global: Global,
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// How it is said, not what.
#[derive(Debug, Args)]
#[command(next_help_heading = "Global options")]
pub(crate) struct Global {
    /// Colours: auto is on a terminal only [env: SEATLINE_COLOR]
    #[arg(long, global = true, value_enum, default_value_t)]
    pub(crate) color: Color,
    /// No notes on stderr; errors stay [env: SEATLINE_QUIET]
    #[arg(short, long, global = true)]
    pub(crate) quiet: bool,
    /// Columns of a table; else those of the terminal, else COLUMNS, else as many as needed [env: SEATLINE_WIDTH]
    #[arg(long, global = true, value_name = "COLUMNS", value_parser = clap::value_parser!(u16).range(20..))]
    pub(crate) width: Option<u16>,
    /// Write the result here instead of stdout, replacing the file once the result is whole
    #[arg(short, long, global = true, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) output: Option<PathBuf>,
}

impl Global {
    /// Takes what was not said from the environment, where an empty variable is none, and `-` as what it is.
    pub(crate) fn settle(&mut self, variable: impl Fn(&str) -> Option<String>) -> Result<(), String> {
        let variable = |name: &str| variable(name).filter(|value| !value.is_empty());
        let wrong = |name: &str, value: &str, expected: &str| format!("{name}={value}: expected {expected}");
        if let (Color::Auto, Some(value)) = (self.color, variable("SEATLINE_COLOR")) {
            let color = Color::from_str(&value, true);
            self.color = color.map_err(|_| wrong("SEATLINE_COLOR", &value, "auto, always or never"))?;
        }
        if let (false, Some(value)) = (self.quiet, variable("SEATLINE_QUIET")) {
            self.quiet = match value.to_ascii_lowercase().as_str() {
                "1" | "true" | "yes" | "on" => true,
                "0" | "false" | "no" | "off" => false,
                _ => return Err(wrong("SEATLINE_QUIET", &value, "1 or 0")),
            };
        }
        if let (None, Some(value)) = (self.width, variable("SEATLINE_WIDTH")) {
            let width = value.parse().ok().filter(|width| *width >= 20);
            self.width = Some(width.ok_or_else(|| wrong("SEATLINE_WIDTH", &value, "a number of columns from 20 on"))?);
        }
        self.output = self.output.take().filter(|output| output.as_os_str() != "-");
        Ok(())
    }

    /// The file that is written, if any.
    pub(crate) fn outputs(&self) -> Vec<&Path> {
        self.output.as_deref().into_iter().collect()
    }
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Color {
    #[default]
    Auto,
    Always,
    Never,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// How many seats can I use, of what, on this day
    Report(ReportArgs),
    /// What changes when: every step, gap, early end, open end
    Timeline(TimelineArgs),
    /// Which user types can the initial administrator have, with seats on the day
    Admins(AdminsArgs),
    /// Is anything wrong, by the rules and by our policy
    Check(CheckArgs),
    /// Explain a rule, or list them all
    Explain(ExplainArgs),
    /// Print the JSON Schema of an output, of license documents or of a policy
    Schema(SchemaArgs),
}

/// The licenses and the day.
#[derive(Debug, Args)]
pub(crate) struct LicenseArgs {
    /// License files, folders of them, or - for standard input
    #[arg(required = true, value_name = "FILE", value_hint = ValueHint::AnyPath)]
    pub(crate) files: Vec<PathBuf>,
    /// The instant: 2027-06-30, 2027-06-30T12:00:00Z, now, +90d or epoch milliseconds
    #[arg(long, value_name = "WHEN", default_value = "now", allow_hyphen_values = true)]
    pub(crate) as_of: String,
    /// The IANA time zone for display and for dates without a time [default: UTC]
    #[arg(long, value_name = "ZONE")]
    pub(crate) tz: Option<String>,
    /// The administrator list that belongs to the license (validateLicense with listAdministratorUserTypes=true)
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) admins: Option<PathBuf>,
    /// What we expect of our licenses; only `check` judges by it
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) policy: Option<PathBuf>,
    /// Exit with 0 where it would be 1
    #[arg(long)]
    pub(crate) exit_zero: bool,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people
    #[default]
    Table,
    /// All of it, see `seatline schema`
    Json,
    /// One JSON object an item and line
    Jsonl,
    /// One row an item
    Csv,
    /// For a wiki or a pull request
    Markdown,
}

#[derive(Debug, Args)]
pub(crate) struct ReportArgs {
    #[command(flatten)]
    pub(crate) license: LicenseArgs,
    /// The form of the result
    #[arg(short, long, value_enum, default_value_t)]
    pub(crate) format: Format,
    #[command(flatten)]
    pub(crate) filter: FilterArgs,
}

/// Which items.
#[derive(Debug, Args)]
pub(crate) struct FilterArgs {
    /// Only items of this kind; may be repeated, or several with commas between
    #[arg(long, value_delimiter = ',', ignore_case = true, value_parser = kinds())]
    pub(crate) kind: Vec<ItemKind>,
    /// Only this item; may be repeated
    #[arg(long)]
    pub(crate) id: Vec<String>,
    /// Only items with this status; may be repeated, or several with commas between
    #[arg(long, value_delimiter = ',', ignore_case = true, value_parser = statuses())]
    pub(crate) status: Vec<Status>,
}

impl FilterArgs {
    pub(crate) fn filter(&self) -> Filter {
        Filter { kinds: self.kind.clone(), ids: self.id.clone(), statuses: self.status.clone() }
    }
}

#[derive(Debug, Args)]
pub(crate) struct TimelineArgs {
    #[command(flatten)]
    pub(crate) license: LicenseArgs,
    /// The form of the result
    #[arg(short, long, value_enum, default_value_t)]
    pub(crate) format: TimelineFormat,
    #[command(flatten)]
    pub(crate) filter: FilterArgs,
    /// Put the changes together by item or by date
    #[arg(long, value_enum, default_value_t)]
    pub(crate) by: GroupBy,
    /// No changes before this instant
    #[arg(long, value_name = "WHEN", allow_hyphen_values = true)]
    pub(crate) from: Option<String>,
    /// No changes after this instant
    #[arg(long, value_name = "WHEN", allow_hyphen_values = true)]
    pub(crate) to: Option<String>,
    /// In a calendar, remind so many days before, as in 90,30,7
    #[arg(long, value_name = "DAYS", value_delimiter = ',', value_parser = clap::value_parser!(u32).range(1..=3660))]
    pub(crate) remind: Vec<u32>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum GroupBy {
    #[default]
    Item,
    Date,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum TimelineFormat {
    /// For people
    #[default]
    Table,
    /// All of it, see `seatline schema timeline`
    Json,
    /// One JSON object an item and line
    Jsonl,
    /// One row a change
    Csv,
    /// For a wiki or a pull request
    Markdown,
    /// A calendar of the days on which seats fall
    Ics,
}

#[derive(Debug, Args)]
pub(crate) struct AdminsArgs {
    #[command(flatten)]
    pub(crate) license: LicenseArgs,
    /// The form of the result
    #[arg(short, long, value_enum, default_value_t)]
    pub(crate) format: Format,
    /// Print one id and nothing else: of the usable user types the one with the most seats
    #[arg(long)]
    pub(crate) pick: bool,
}

#[derive(Debug, Args)]
pub(crate) struct CheckArgs {
    #[command(flatten)]
    pub(crate) license: LicenseArgs,
    /// The form of the result, and a file to write it to; several are fine: -f sarif=out.sarif -f text
    #[arg(short, long, value_name = "FORMAT[=FILE]", value_parser = CheckOutput::parse)]
    pub(crate) format: Vec<CheckOutput>,
    /// Exit with 1 on findings at least as bad as this
    #[arg(long, value_enum, default_value_t)]
    pub(crate) fail_on: FailOn,
    /// Use no policy, not even the nearest seatline.toml
    #[arg(long, conflicts_with = "policy")]
    pub(crate) no_policy: bool,
    /// Accept no finding, whatever the policy says
    #[arg(long)]
    pub(crate) no_waivers: bool,
    /// Write a commented first policy that asks for what this license gives
    #[arg(long, conflicts_with_all = ["format", "no_waivers"])]
    pub(crate) init: bool,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum FailOn {
    #[default]
    Error,
    Warning,
    Info,
    Never,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum CheckFormat {
    /// For people
    #[default]
    Text,
    /// All of it, see `seatline schema check`
    Json,
    /// One JSON object a finding and line
    Jsonl,
    /// SARIF 2.1.0, for code scanning
    Sarif,
    /// JUnit XML, for test reports
    Junit,
    /// Annotations of GitHub Actions, and a job summary
    Github,
    /// For a wiki or a pull request
    Markdown,
}

/// A format and where it goes.
#[derive(Clone, Debug, Default)]
pub(crate) struct CheckOutput {
    pub(crate) format: CheckFormat,
    pub(crate) file: Option<PathBuf>,
}

impl CheckOutput {
    fn parse(text: &str) -> Result<Self, String> {
        let (format, file) = text.split_once('=').map_or((text, None), |(format, file)| (format, Some(file)));
        let format = CheckFormat::from_str(format, true).map_err(|_| {
            let known: Vec<_> = CheckFormat::value_variants().iter().filter_map(ValueEnum::to_possible_value).collect();
            let known: Vec<_> = known.iter().map(clap::builder::PossibleValue::get_name).collect();
            format!("no format is called {format:?}; known are {}", known.join(", "))
        })?;
        match file {
            Some("") => Err("the name of the file is missing after =".to_owned()),
            file => Ok(Self { format, file: file.map(PathBuf::from) }),
        }
    }
}

#[derive(Debug, Args)]
pub(crate) struct ExplainArgs {
    /// The name of a rule, such as seat-gap
    pub(crate) rule: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct SchemaArgs {
    /// Which output
    #[arg(value_enum)]
    pub(crate) name: SchemaName,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum SchemaName {
    Report,
    Admins,
    Check,
    License,
    Policy,
    Timeline,
}

fn kinds() -> impl TypedValueParser<Value = ItemKind> {
    one_of(&ItemKind::ALL, ItemKind::as_str)
}

fn statuses() -> impl TypedValueParser<Value = Status> {
    one_of(&Status::ALL, Status::as_str)
}

fn one_of<T: Copy + Send + Sync>(all: &'static [T], name: fn(T) -> &'static str) -> impl TypedValueParser<Value = T> {
    PossibleValuesParser::new(all.iter().map(|value| name(*value))).try_map(move |text| {
        all.iter().copied().find(|value| name(*value).eq_ignore_ascii_case(&text)).ok_or("unknown")
    })
}

/// Puts `report` before a first file that stands without a command.
pub(crate) fn with_default_command(mut arguments: Vec<OsString>) -> Vec<OsString> {
    let command = Cli::command();
    let is_command = |text: &str| text == "help" || command.get_subcommands().any(|known| known.get_name() == text);
    let mut at = 1;
    while let Some(argument) = arguments.get(at).map(|argument| argument.to_string_lossy().into_owned()) {
        match argument.as_str() {
            "-h" | "--help" | "-V" | "--version" => return arguments,
            "-q" | "--quiet" => at += 1,
            "--color" | "--width" | "-o" | "--output" => at += 2,
            option if ["--color=", "--width=", "--output="].iter().any(|known| option.starts_with(known)) => at += 1,
            short if short.starts_with('-') && !short.starts_with("--") && short.len() > 2 => {
                // -qoFILE, -qo FILE, -qq
                match short.trim_start_matches('-').trim_start_matches('q') {
                    "" => at += 1,
                    "o" => at += 2,
                    rest if rest.starts_with('o') => at += 1,
                    _ => {
                        arguments.insert(at, "report".into());
                        return arguments;
                    }
                }
            }
            text if is_command(text) => return arguments,
            _ => {
                arguments.insert(at, "report".into());
                return arguments;
            }
        }
    }
    arguments
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_is_sound() {
        Cli::command().debug_assert();
    }

    #[test]
    fn a_file_without_a_command_is_reported_on() {
        let with = |arguments: &[&str]| {
            let all = std::iter::once("seatline").chain(arguments.iter().copied()).map(OsString::from).collect();
            let all = with_default_command(all);
            all.iter().skip(1).map(|argument| argument.to_str().unwrap().to_owned()).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(with(&["a.json"]), "report a.json");
        assert_eq!(with(&["-"]), "report -");
        assert_eq!(with(&["--as-of", "now", "a.json"]), "report --as-of now a.json");
        assert_eq!(with(&["-q", "--color", "never", "a.json"]), "-q --color never report a.json");
        assert_eq!(with(&["-q", "admins", "a.json"]), "-q admins a.json");
        assert_eq!(with(&["-oout.txt", "admins", "a"]), "-oout.txt admins a");
        assert_eq!(with(&["-qo", "out.txt", "a.json"]), "-qo out.txt report a.json");
        assert_eq!(with(&["-fjson", "a.json"]), "report -fjson a.json");
        assert_eq!(with(&["admins"]), "admins");
        assert_eq!(with(&["--help"]), "--help");
        assert_eq!(with(&[]), "");
    }
}
