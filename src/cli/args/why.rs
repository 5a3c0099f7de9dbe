//! The options of `seatline why`.

use std::path::PathBuf;

use clap::{Args, ValueHint};

use crate::cli::args::complete;
use crate::cli::args::formats::WhyFormat;
use crate::cli::args::license::kinds;
use crate::license::ItemKind;

#[derive(Debug, Args)]
pub(crate) struct WhyArgs {
    /// The id of a user type, app bundle, extension, app or capability
    #[arg(add = complete::ids())]
    pub(crate) id: String,
    /// The license, a folder with one, or - for standard input
    #[arg(value_hint = ValueHint::AnyPath)]
    pub(crate) file: PathBuf,
    /// The kind of the item, if items of several kinds have the id
    #[arg(long, ignore_case = true, value_parser = kinds())]
    pub(crate) kind: Option<ItemKind>,
    /// The instant: 2027-06-30, "2027-06-30 12:00", RFC 3339, now, today, +90d, +3mo or epoch milliseconds
    #[arg(long, value_name = "WHEN", default_value = "now", allow_hyphen_values = true)]
    pub(crate) as_of: String,
    /// The IANA time zone for display and for dates without a time [default: UTC]
    #[arg(long, value_name = "ZONE", add = complete::zones(), env = "SEATLINE_TZ", hide_env_values = true)]
    pub(crate) tz: Option<String>,
    /// The form of the result
    #[arg(short, long, value_enum, default_value_t)]
    pub(crate) format: WhyFormat,
}
