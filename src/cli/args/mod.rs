//! The commands and options of the command line.
#![allow(rustdoc::broken_intra_doc_links, reason = "these comments are the help, in which brackets are brackets")]

pub(super) mod calendar;
mod check;
pub(super) mod complete;
pub(super) mod connect;
pub(super) mod default_command;
mod diff;
mod earlier_moves;
mod excel;
mod fetch;
mod fit;
pub(super) mod formats;
mod generate;
pub(super) mod global;
pub(super) mod gone;
mod help;
mod license;
mod moves;
pub(super) mod preflight;
pub(super) mod prices;
mod report;
mod rows;
mod timeline;
pub(super) mod usage;
pub(super) mod variables;
mod why;

use clap::{Parser, Subcommand};

pub(super) use check::CheckArgs;
pub(super) use diff::DiffArgs;
pub(super) use fetch::FetchArgs;
pub(super) use fit::FitArgs;
pub(super) use generate::GenerateArgs;
use global::Global;
pub(super) use help::{ExplainArgs, SchemaArgs, SchemaName};
pub(super) use license::LicenseArgs;
pub(super) use moves::MovesArgs;
pub(super) use report::{AdminsArgs, ReportArgs};
pub(super) use timeline::TimelineArgs;
pub(super) use why::WhyArgs;

/// Tells what an ArcGIS Enterprise portal license gives you, on any day, before you import it.
#[derive(Debug, Parser)]
// The name in help and messages, even where the file is called seatline.exe.
#[command(
    name = "seatline",
    bin_name = "seatline",
    version,
    max_term_width = 100,
    subcommand_required = true,
    arg_required_else_help = true
)]
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
    /// What does NEW give less than OLD, and when
    Diff(DiffArgs),
    /// Do our members, or a plan, fit; if not, from which day, and who is locked out
    Fit(FitArgs),
    /// May I import NEW on this day, and what must be done by when
    Preflight(Box<preflight::PreflightArgs>),
    /// Where does this number of seats come from: the entries, their lines, and which of them holds
    Why(WhyArgs),
    /// In which order can members change user type without running out of seats
    Moves(Box<MovesArgs>),
    /// Get the documents from a portal
    Fetch(Box<FetchArgs>),
    /// Print the JSON Schema of an output, of license documents or of a policy
    Schema(SchemaArgs),
    /// Write man pages and completions for shells into a folder
    #[command(hide = true)]
    Generate(GenerateArgs),
}
