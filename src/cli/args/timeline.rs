//! The options of `seatline timeline`.

use clap::Args;

use crate::cli::args::calendar::CalendarArgs;
use crate::cli::args::formats::{GroupBy, TimelineFormat};
use crate::cli::args::license::{FilterArgs, LicenseArgs};
use crate::cli::args::rows::RowArgs;

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
    /// Group the changes by item or by date
    #[arg(long, value_enum, default_value_t)]
    pub(crate) by: GroupBy,
    /// Show no changes before this instant
    #[arg(long, value_name = "WHEN", allow_hyphen_values = true)]
    pub(crate) from: Option<String>,
    /// Show no changes after this instant
    #[arg(long, value_name = "WHEN", allow_hyphen_values = true)]
    pub(crate) to: Option<String>,
    #[command(flatten)]
    pub(crate) calendar: CalendarArgs,
}
