//! The options of `seatline fit`.

use std::path::PathBuf;

use clap::{Args, ValueHint};

use crate::cli::args::complete;
use crate::cli::args::earlier_moves::EarlierMoves;
use crate::cli::args::excel::ExcelArgs;
use crate::cli::args::formats::DiffFormat;
use crate::cli::args::prices::PriceArgs;
use crate::cli::args::usage::UsageArgs;

#[derive(Debug, Args)]
pub(crate) struct FitArgs {
    /// The license, a folder with one, or - for standard input
    #[arg(value_hint = ValueHint::AnyPath)]
    pub(crate) file: PathBuf,
    /// More files as of --usage
    #[arg(value_name = "USAGE", value_hint = ValueHint::AnyPath)]
    pub(crate) more: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) usage: UsageArgs,
    #[command(flatten)]
    pub(crate) earlier: EarlierMoves,
    /// The administrator list that belongs to the license, where members change user type first
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) admins: Option<PathBuf>,
    /// There are no members yet, as before a new portal is set up
    #[arg(long, conflicts_with_all = ["usage", "more", "moves", "map", "admin_role"])]
    pub(crate) nobody_yet: bool,
    /// What is planned to be assigned besides what is assigned today: a CSV kind,id,count[,from]
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) plan: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) prices: PriceArgs,
    /// The instant from which on it must fit: 2027-06-30, "2027-06-30 12:00", RFC 3339, now, today, +90d, +3mo or epoch milliseconds
    #[arg(long, value_name = "WHEN", default_value = "now", allow_hyphen_values = true)]
    pub(crate) as_of: String,
    /// The last instant at which it must fit [default: right before the license ends or the last
    /// line of the plan, whichever is later; a year where it does not certainly end]
    #[arg(long, value_name = "WHEN", allow_hyphen_values = true)]
    pub(crate) until: Option<String>,
    /// The IANA time zone for display and for dates without a time [default: UTC]
    #[arg(long, value_name = "ZONE", add = complete::zones(), env = "SEATLINE_TZ", hide_env_values = true)]
    pub(crate) tz: Option<String>,
    /// A policy, for its thresholds usage-high-warning and usage-high-error
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, env = "SEATLINE_POLICY", hide_env_values = true)]
    pub(crate) policy: Option<PathBuf>,
    /// The form of the result
    #[arg(short, long, value_enum, default_value_t)]
    pub(crate) format: DiffFormat,
    #[command(flatten)]
    pub(crate) excel: ExcelArgs,
    /// Exit with 0 instead of 1
    #[arg(long)]
    pub(crate) exit_zero: bool,
}
