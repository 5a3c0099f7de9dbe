//! The options that choose licenses, items, and the day.

use std::path::PathBuf;

use crate::answers::Filter;
use crate::cli::args::complete;
use crate::license::ItemKind;
use crate::seats::Status;
use crate::source::Lines;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, ValueHint};

/// The licenses and the day.
#[derive(Debug, Args)]
pub(crate) struct LicenseArgs {
    /// License files, folders of them, or - for standard input
    #[arg(required = true, value_name = "FILE", value_hint = ValueHint::AnyPath)]
    pub(crate) files: Vec<PathBuf>,
    /// Read each line as one document, so that a bad line fails alone; an input without lines is no error
    #[arg(long)]
    pub(crate) lines: bool,
    /// The instant: 2027-06-30, "2027-06-30 12:00", RFC 3339, now, today, +90d, +3mo or epoch milliseconds
    #[arg(long, value_name = "WHEN", default_value = "now", allow_hyphen_values = true)]
    pub(crate) as_of: String,
    /// The IANA time zone for display and for dates without a time [default: UTC]
    #[arg(long, value_name = "ZONE", add = complete::zones(), env = "SEATLINE_TZ", hide_env_values = true)]
    pub(crate) tz: Option<String>,
}

/// The administrator list.
#[derive(Debug, Args)]
pub(crate) struct ListArgs {
    /// The administrator list that belongs to the license (validateLicense with listAdministratorUserTypes=true)
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) admins: Option<PathBuf>,
}

impl LicenseArgs {
    /// Whether the inputs are read by lines.
    pub(crate) fn lines(&self) -> Lines {
        if self.lines { Lines::Requested } else { Lines::Recognized }
    }
}

/// The items.
#[derive(Debug, Args)]
pub(crate) struct FilterArgs {
    /// Only items of this kind; may be repeated, or several separated by commas
    #[arg(long, value_delimiter = ',', ignore_case = true, value_parser = kinds())]
    pub(crate) kind: Vec<ItemKind>,
    /// Only this item; may be repeated, or several separated by commas. An id that has a comma is found as a whole
    #[arg(long, add = complete::ids())]
    pub(crate) id: Vec<String>,
    /// Only items with this status; may be repeated, or several separated by commas
    #[arg(long, value_delimiter = ',', ignore_case = true, value_parser = statuses())]
    pub(crate) status: Vec<Status>,
}

impl FilterArgs {
    pub(crate) fn filter(&self) -> Filter {
        Filter { kinds: self.kind.clone(), ids: self.id.clone(), statuses: self.status.clone() }
    }
}

pub(super) fn kinds() -> impl TypedValueParser<Value = ItemKind> {
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
