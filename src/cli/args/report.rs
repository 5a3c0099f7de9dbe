//! The options of `seatline report` and `seatline admins`.

use clap::Args;

use crate::cli::args::formats::{Format, ReportFormat};
use crate::cli::args::license::{FilterArgs, LicenseArgs, ListArgs};
use crate::cli::args::prices::PriceArgs;
use crate::cli::args::rows::RowArgs;
use crate::time::Period;

#[derive(Debug, Args)]
pub(crate) struct ReportArgs {
    #[command(flatten)]
    pub(crate) license: LicenseArgs,
    #[command(flatten)]
    pub(crate) list: ListArgs,
    #[command(flatten)]
    pub(crate) prices: PriceArgs,
    /// The form of the result
    #[arg(short, long, value_enum, default_value_t)]
    pub(crate) format: ReportFormat,
    #[command(flatten)]
    pub(crate) rows: RowArgs,
    #[command(flatten)]
    pub(crate) filter: FilterArgs,
}

#[derive(Debug, Args)]
pub(crate) struct AdminsArgs {
    #[command(flatten)]
    pub(crate) license: LicenseArgs,
    #[command(flatten)]
    pub(crate) list: ListArgs,
    /// The form of the result
    #[arg(short, long, value_enum, default_value_t)]
    pub(crate) format: Format,
    #[command(flatten)]
    pub(crate) rows: RowArgs,
    /// Print only an id: that of the usable user type with the most seats
    #[arg(long)]
    pub(crate) pick: bool,
    /// How long from the as-of on the user type must have seats: P30D, 30d, 12w, 3mo, 1y
    #[arg(long, value_name = "DURATION")]
    pub(crate) r#for: Option<Period>,
    /// Exit with 0 instead of 1
    #[arg(long)]
    pub(crate) exit_zero: bool,
}
