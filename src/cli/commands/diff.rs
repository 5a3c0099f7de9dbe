//! `seatline diff`.

use std::path::{Path, PathBuf};

use crate::answers::{DiffReport, Side, diff_csv, diff_markdown, diff_table};
use crate::text::to_json;
use clap::{Args, ValueHint};

use crate::cli::args::formats::DiffFormat;
use crate::cli::args::global::Global;
use crate::cli::io::before::with_before;
use crate::cli::io::exit::{Exit, Stop};
use crate::cli::io::inputs::{one_license, refuse_to_replace, stdin_once};
use crate::cli::io::messages::Messages;
use crate::cli::io::{output, usage};
use crate::cli::settings::{administrator_list, moment};

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
    /// What is assigned today, as for `fit`: then seats that nobody uses may be lost; may be repeated
    #[arg(long, value_name = "FILE", value_hint = ValueHint::AnyPath)]
    pub(crate) usage: Vec<PathBuf>,
    /// The instant of the import: 2027-06-30, "2027-06-30 12:00", RFC 3339, now, today, +90d, +3mo or epoch milliseconds
    #[arg(long, value_name = "WHEN", default_value = "now", allow_hyphen_values = true)]
    pub(crate) as_of: String,
    /// The IANA time zone for display and for dates without a time [default: UTC]
    #[arg(long, value_name = "ZONE")]
    pub(crate) tz: Option<String>,
    /// The administrator list that belongs to OLD
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) old_admins: Option<PathBuf>,
    /// The administrator list that belongs to NEW
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) new_admins: Option<PathBuf>,
    /// The form of the result
    #[arg(short, long, value_enum, default_value_t)]
    pub(crate) format: DiffFormat,
    /// Exit with 0 where it would be 1
    #[arg(long)]
    pub(crate) exit_zero: bool,
}

pub(crate) fn run(args: &DiffArgs, global: &Global, messages: &Messages) -> Result<Exit, Stop> {
    let options = [&args.future, &args.old_admins, &args.new_admins];
    let files = [&args.old, &args.new].into_iter().chain(options.into_iter().flatten()).map(PathBuf::as_path);
    let inputs: Vec<&Path> = files.chain(usage::paths(&args.usage)).collect();
    stdin_once(&inputs)?;
    for input in inputs {
        refuse_to_replace(Some(input), &global.outputs())?;
    }
    let page = moment(&args.as_of, args.tz.as_deref(), global)?.page;
    let list = |path: Option<&Path>| path.map(administrator_list).transpose();
    let (old_list, new_list) = (list(args.old_admins.as_deref())?, list(args.new_admins.as_deref())?);
    let usage = usage::read(&args.usage, messages)?;
    let usage = (!args.usage.is_empty()).then_some(&usage);
    let mut new_read = false;
    let report = with_before(&args.old, args.future.as_deref(), old_list.as_ref(), messages, |old| {
        new_read = true;
        one_license(&args.new, messages, |source, place, document| {
            let new = Side { source, place, document, administrators: new_list.as_ref() };
            Ok(DiffReport::new(old, new, page.as_of, page.zone, usage))
        })
    });
    let report = match report {
        // Both are tried, so that both messages are there.
        Err(stop) if !new_read => {
            messages.error(&stop.message);
            let exit = one_license(&args.new, messages, |_, _, _| Ok(())).map_err(|other| other.at_least(stop.exit));
            return Err(exit.err().unwrap_or_else(|| Stop::told(stop.exit)));
        }
        report => report?,
    };
    let text = match args.format {
        DiffFormat::Table => diff_table(&report, &page),
        DiffFormat::Json => to_json(&report).map_err(|error| Stop::usage(error.to_string()))?,
        DiffFormat::Csv => diff_csv(&report),
        DiffFormat::Markdown => diff_markdown(&report, &page),
    };
    output::write(&text, global)?;
    Ok(if report.safe || args.exit_zero { Exit::Done } else { Exit::Objection })
}
