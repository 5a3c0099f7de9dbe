//! `seatline generate`: man pages and completions, made from the definition of the command line.

use std::fs;
use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

use chrono::DateTime;

use crate::cli::args::GenerateArgs;
use crate::cli::exit::{Exit, Stop};
use crate::cli::{completion, man_pages};

pub(crate) fn run(args: &GenerateArgs) -> Result<Exit, Stop> {
    let cannot = |error| Stop::usage(format!("{}: {error}", args.folder.display()));
    man_pages::write(&args.folder.join("man"), &date()?).map_err(cannot)?;
    completions(&args.folder.join("completions")).map_err(cannot)?;
    Ok(Exit::Done)
}

/// The day that the man pages name: today, or that of `SOURCE_DATE_EPOCH`, with which a package has the same bytes
/// whenever it is made.
fn date() -> Result<String, Stop> {
    let now = || SystemTime::now().duration_since(UNIX_EPOCH).ok().and_then(|now| i64::try_from(now.as_secs()).ok());
    let given = std::env::var_os("SOURCE_DATE_EPOCH").filter(|given| !given.is_empty());
    let seconds = match &given {
        Some(given) => given.to_str().and_then(|text| text.parse().ok()),
        None => now(),
    };
    let day = seconds.and_then(|seconds| DateTime::from_timestamp(seconds, 0));
    let day = day.ok_or_else(|| Stop::usage("SOURCE_DATE_EPOCH is no number of seconds since 1970"))?;
    Ok(day.format("%Y-%m-%d").to_string())
}

fn completions(folder: &Path) -> std::io::Result<()> {
    fs::create_dir_all(folder)?;
    for (name, script) in completion::scripts() {
        fs::write(folder.join(name), script)?;
    }
    Ok(())
}
