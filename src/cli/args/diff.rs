//! The options of `seatline diff`.

use std::path::PathBuf;

use clap::{Args, ValueHint};

use crate::cli::args::complete;
use crate::cli::args::excel::ExcelArgs;
use crate::cli::args::formats::DiffFormat;
use crate::cli::args::prices::PriceArgs;

#[derive(Debug, Args)]
pub(crate) struct DiffArgs {
    /// What is in force: a license, or the portal's license resource; a folder with one of them, or - for standard input
    #[arg(value_hint = ValueHint::AnyPath)]
    pub(crate) old: PathBuf,
    /// The license that is to be imported, a folder with one, or - for standard input
    #[arg(value_hint = ValueHint::AnyPath)]
    pub(crate) new: PathBuf,
    /// The portal's future license (getFutureLicense), where OLD is its license resource
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) future: Option<PathBuf>,
    /// The instant of the import: 2027-06-30, "2027-06-30 12:00", RFC 3339, now, today, +90d, +3mo or epoch milliseconds
    #[arg(long, value_name = "WHEN", default_value = "now", allow_hyphen_values = true)]
    pub(crate) as_of: String,
    /// The IANA time zone for display and for dates without a time [default: UTC]
    #[arg(long, value_name = "ZONE", add = complete::zones(), env = "SEATLINE_TZ", hide_env_values = true)]
    pub(crate) tz: Option<String>,
    /// The administrator list that belongs to OLD
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) old_admins: Option<PathBuf>,
    /// The administrator list that belongs to NEW
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) new_admins: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) prices: PriceArgs,
    /// The form of the result
    #[arg(short, long, value_enum, default_value_t)]
    pub(crate) format: DiffFormat,
    #[command(flatten)]
    pub(crate) excel: ExcelArgs,
    /// Exit with 0 instead of 1
    #[arg(long)]
    pub(crate) exit_zero: bool,
}
