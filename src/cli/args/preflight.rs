//! The options of `seatline preflight`.

use std::path::PathBuf;

use clap::{Args, ValueEnum, ValueHint};

use crate::cli::args::calendar::CalendarArgs;
use crate::cli::args::complete;
use crate::cli::args::earlier_moves::EarlierMoves;
use crate::cli::args::excel::ExcelArgs;
use crate::cli::args::prices::PriceArgs;
use crate::cli::args::usage::UsageArgs;
use crate::time::Period;

#[derive(Debug, Args)]
pub(crate) struct PreflightArgs {
    /// The license to import, a folder with one, or - for standard input
    #[arg(value_name = "NEW", value_hint = ValueHint::AnyPath)]
    pub(crate) new: PathBuf,
    /// What the import replaces: a license, the license resource, or a fetched folder. Where nobody counted, what it
    /// gives is taken as needed
    #[arg(long, value_name = "OLD", value_hint = ValueHint::AnyPath)]
    pub(crate) over: Option<PathBuf>,
    /// The portal's future license (getFutureLicense), where OLD is its license resource
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, requires = "over")]
    pub(crate) future: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) usage: UsageArgs,
    #[command(flatten)]
    pub(crate) earlier: EarlierMoves,
    /// There are no members yet, as before a new portal is set up
    #[arg(long, conflicts_with_all = ["usage", "moves", "map", "admin_role"])]
    pub(crate) nobody_yet: bool,
    /// What is planned to be assigned besides what is assigned today: a CSV kind,id,count[,from]
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) plan: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) prices: PriceArgs,
    /// The administrator list that belongs to NEW (validateLicense with listAdministratorUserTypes=true)
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) admins: Option<PathBuf>,
    /// The instant of the import: 2027-06-30, 2027-06-30 12:00, now, +90d or epoch milliseconds
    #[arg(long, value_name = "WHEN", default_value = "now", allow_hyphen_values = true)]
    pub(crate) as_of: String,
    /// The last instant to look at [default: right before the license ends, the end of --lead or the plan, whichever is latest]
    #[arg(long, value_name = "WHEN", allow_hyphen_values = true)]
    pub(crate) until: Option<String>,
    /// The time from the import on within which something to do makes the verdict a no-go
    #[arg(long, value_name = "DURATION", default_value = "P30D")]
    pub(crate) lead: Period,
    /// The IANA time zone for display and for dates without a time [default: UTC]
    #[arg(long, value_name = "ZONE", add = complete::zones(), env = "SEATLINE_TZ", hide_env_values = true)]
    pub(crate) tz: Option<String>,
    /// What we expect of our licenses [default: the nearest seatline.toml]
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, env = "SEATLINE_POLICY", hide_env_values = true)]
    pub(crate) policy: Option<PathBuf>,
    /// Use no policy, not even the nearest seatline.toml
    #[arg(long, conflicts_with = "policy")]
    pub(crate) no_policy: bool,
    /// Count also the findings that waivers of the policy accept
    #[arg(long)]
    pub(crate) no_waivers: bool,
    /// The form of the result
    #[arg(short, long, value_enum, default_value_t)]
    pub(crate) format: PreflightFormat,
    #[command(flatten)]
    pub(crate) pack: PackArgs,
    #[command(flatten)]
    pub(crate) calendar: CalendarArgs,
    #[command(flatten)]
    pub(crate) excel: ExcelArgs,
    /// Exit with 1 also if something must be done after the lead time
    #[arg(long)]
    pub(crate) strict: bool,
    /// Exit with 0 instead of 1
    #[arg(long)]
    pub(crate) exit_zero: bool,
}

/// The folder of files that is handed on to others.
#[derive(Debug, Args)]
pub(crate) struct PackArgs {
    /// Also write a folder to hand on: a page, a workbook, a calendar, and Markdown to mail
    #[arg(long = "pack", value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub(crate) folder: Option<PathBuf>,
    /// Replace the pack in the folder
    #[arg(long, requires = "folder")]
    pub(crate) force: bool,
}

impl PreflightArgs {
    /// Whether the output shows the entries that seats come from.
    pub(crate) fn shows_entries(&self) -> bool {
        matches!(self.format, PreflightFormat::Html | PreflightFormat::Mail) || self.pack.folder.is_some()
    }
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum PreflightFormat {
    /// For people
    #[default]
    Table,
    /// Everything; see `seatline schema preflight`
    Json,
    /// One row per item of an action
    Csv,
    /// For a ticket or a pull request
    Markdown,
    /// A page for a browser
    Html,
    /// A workbook for Excel, whose seats follow a date
    Xlsx,
    /// One annotation of GitHub Actions per action
    Github,
    /// A calendar of what must be done
    Ics,
    /// A mail to purchasing or to Esri Customer Service: what is asked for, what changes, dates, open questions
    Mail,
}
