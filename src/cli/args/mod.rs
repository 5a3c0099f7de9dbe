//! What can be said on the command line.

pub(super) mod default_command;
pub(super) mod formats;
pub(super) mod global;
pub(super) mod preflight;
pub(super) mod rows;

use std::path::PathBuf;

use crate::answers::Filter;
use crate::license::ItemKind;
use crate::seats::Status;
use crate::source::Lines;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, Parser, Subcommand, ValueEnum, ValueHint};

use crate::cli::args::formats::{CheckOutput, FailOn, Format, GroupBy, TimelineFormat};
use crate::cli::args::global::Global;
use crate::cli::args::rows::RowArgs;
use crate::cli::commands::diff::DiffArgs;
use crate::cli::commands::fetch::FetchArgs;
use crate::cli::commands::fit::FitArgs;
use crate::cli::commands::moves::MovesArgs;
use crate::cli::io::usage::UsageArgs;

/// Tells what an ArcGIS Enterprise portal license gives you, on any day, before you import it.
#[derive(Debug, Parser)]
#[command(name = "seatline", version, max_term_width = 100, subcommand_required = true, arg_required_else_help = true)]
#[command(
    after_help = "A FILE without a command does `report`. Exit codes: 0 done, 1 the answer is no, 2 wrong usage, \
    3 an input could not be read, 4 network, TLS or sign-in."
)]
pub(crate) struct Cli {
    #[command(flatten)]
    pub(crate) global: Global,
    #[command(subcommand)]
    pub(crate) command: Command,
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
    /// What does importing NEW over OLD change; is it safe
    Diff(DiffArgs),
    /// Do our members, or a plan, fit; if not, from which day, and who is locked out
    Fit(FitArgs),
    /// May I import NEW on this day, and what must be done by when
    Preflight(Box<preflight::PreflightArgs>),
    /// In which order can members change user type without running out of seats
    Moves(Box<MovesArgs>),
    /// Get the documents from a portal
    Fetch(Box<FetchArgs>),
    /// Print the JSON Schema of an output, of license documents or of a policy
    Schema(SchemaArgs),
}

/// The licenses and the day.
#[derive(Debug, Args)]
pub(crate) struct LicenseArgs {
    /// License files, folders of them, or - for standard input
    #[arg(required = true, value_name = "FILE", value_hint = ValueHint::AnyPath)]
    pub(crate) files: Vec<PathBuf>,
    /// Read one document a line, so that a bad line fails alone; no line at all is fine too
    #[arg(long)]
    pub(crate) lines: bool,
    /// The instant: 2027-06-30, "2027-06-30 12:00", RFC 3339, now, today, +90d, +3mo or epoch milliseconds
    #[arg(long, value_name = "WHEN", default_value = "now", allow_hyphen_values = true)]
    pub(crate) as_of: String,
    /// The IANA time zone for display and for dates without a time [default: UTC]
    #[arg(long, value_name = "ZONE")]
    pub(crate) tz: Option<String>,
    /// The administrator list that belongs to the license (validateLicense with listAdministratorUserTypes=true)
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) admins: Option<PathBuf>,
    /// What we expect of our licenses; only `check` judges by it [env of check: SEATLINE_POLICY]
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) policy: Option<PathBuf>,
    /// Exit with 0 where it would be 1
    #[arg(long)]
    pub(crate) exit_zero: bool,
}

impl LicenseArgs {
    /// Whether the inputs are read by lines.
    pub(crate) fn lines(&self) -> Lines {
        if self.lines { Lines::Said } else { Lines::Recognized }
    }
}

#[derive(Debug, Args)]
pub(crate) struct ReportArgs {
    #[command(flatten)]
    pub(crate) license: LicenseArgs,
    /// The form of the result
    #[arg(short, long, value_enum, default_value_t)]
    pub(crate) format: Format,
    #[command(flatten)]
    pub(crate) rows: RowArgs,
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
    pub(crate) rows: RowArgs,
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
    /// In a calendar, what the portal is called [default: the source or the file of its license]
    #[arg(long, value_name = "TEXT")]
    pub(crate) name: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct AdminsArgs {
    #[command(flatten)]
    pub(crate) license: LicenseArgs,
    /// The form of the result
    #[arg(short, long, value_enum, default_value_t)]
    pub(crate) format: Format,
    #[command(flatten)]
    pub(crate) rows: RowArgs,
    /// Print one id and nothing else: of the usable user types the one with the most seats
    #[arg(long)]
    pub(crate) pick: bool,
}

#[derive(Debug, Args)]
pub(crate) struct CheckArgs {
    #[command(flatten)]
    pub(crate) license: LicenseArgs,
    /// text, json, jsonl, sarif, junit, github or markdown, and a file to write it to; several are fine:
    /// -f sarif=out.sarif -f text
    #[arg(short, long, value_name = "FORMAT[=FILE]", value_parser = CheckOutput::parse)]
    pub(crate) format: Vec<CheckOutput>,
    #[command(flatten)]
    pub(crate) usage: UsageArgs,
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
    Diff,
    Fit,
    Preflight,
    Moves,
    Fetch,
    Jsonl,
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
