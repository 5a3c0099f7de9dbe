//! The options of `seatline moves`.

use std::num::NonZeroU64;
use std::path::PathBuf;

use clap::{Args, ValueHint};

use crate::cli::args::complete;
use crate::cli::args::connect::ConnectArgs;
use crate::cli::args::earlier_moves::map;
use crate::cli::args::excel::ExcelArgs;
use crate::cli::args::formats::MovesFormat;
use crate::cli::args::usage::AccountArgs;

#[derive(Debug, Args)]
pub(crate) struct MovesArgs {
    /// The license that is installed, a folder with it, or - for standard input
    #[arg(value_hint = ValueHint::AnyPath)]
    pub(crate) file: PathBuf,
    /// All members: pages as JSON, a folder of them, the portal's member report, or another CSV of members; may be repeated
    #[arg(long, value_name = "FILE", value_hint = ValueHint::AnyPath, required_unless_present = "apply", conflicts_with = "apply")]
    pub(crate) members: Vec<PathBuf>,
    /// Which user type each member is to get, by id or name: a CSV username,userType; may be repeated
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, required_unless_present = "map")]
    pub(crate) moves: Vec<PathBuf>,
    /// Give all members of a user type another one: GISProfessionalBasicUT=creatorUT; may be repeated
    #[arg(long, value_name = "FROM=TO", value_parser = map, add = complete::user_types())]
    pub(crate) map: Vec<(String, String)>,
    /// Another count of the members: the license resource or member counts; may be repeated
    #[arg(long, value_name = "FILE", value_hint = ValueHint::AnyPath, conflicts_with = "apply")]
    pub(crate) usage: Vec<PathBuf>,
    /// A role with administrator privileges, besides org_admin; may be repeated
    #[arg(long, value_name = "ROLE")]
    pub(crate) admin_role: Vec<String>,
    #[command(flatten)]
    pub(crate) accounts: AccountArgs,
    /// The administrator list that belongs to the license (validateLicense with listAdministratorUserTypes=true)
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) admins: Option<PathBuf>,
    /// The member who signs in to make the moves, and who is moved last
    #[arg(long, value_name = "USERNAME", conflicts_with = "apply")]
    pub(crate) last: Option<String>,
    /// Where full user types exchange members, let one member of each group wait in this user type meanwhile, never an
    /// administrator; a member who waits may lose role and add-ons
    #[arg(long, value_name = "TYPE")]
    pub(crate) park: Option<String>,
    /// The most members that one request moves
    #[arg(long, value_name = "COUNT", default_value = "25")]
    pub(crate) batch: NonZeroU64,
    /// The day of the moves: 2027-06-30, "2027-06-30 12:00", RFC 3339, now, today, +90d, +3mo or epoch milliseconds
    #[arg(long, value_name = "WHEN", default_value = "now", allow_hyphen_values = true)]
    pub(crate) as_of: String,
    /// The IANA time zone for display and for dates without a time [default: UTC]
    #[arg(long, value_name = "ZONE", add = complete::zones(), env = "SEATLINE_TZ", hide_env_values = true)]
    pub(crate) tz: Option<String>,
    /// The form of the result
    #[arg(short, long, value_enum, default_value_t)]
    pub(crate) format: MovesFormat,
    #[command(flatten)]
    pub(crate) excel: ExcelArgs,
    /// Also write the moves that undo these: a CSV username,userType
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) undo: Option<PathBuf>,
    /// Exit with 0 instead of 1
    #[arg(long, conflicts_with = "apply")]
    pub(crate) exit_zero: bool,
    /// Make the moves at the portal of --url, for the members that it has now. Without --apply nothing is sent
    #[arg(long)]
    pub(crate) apply: bool,
    /// Make the moves without asking first
    #[arg(long, requires = "apply")]
    pub(crate) yes: bool,
    /// The file that records what was done, so that the same command can go on after an interruption [default:
    /// moves-portal-HOST.jsonl]
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, requires = "apply")]
    pub(crate) journal: Option<PathBuf>,
    /// How long, in seconds, to read the portal's list of members again while it contradicts what the portal answered,
    /// since it may lag behind [default: 30]
    #[arg(long, value_name = "SECONDS", requires = "apply", value_parser = clap::value_parser!(u64).range(0..=3600))]
    pub(crate) settle: Option<u64>,
    #[command(flatten)]
    pub(crate) connect: ConnectArgs,
}
