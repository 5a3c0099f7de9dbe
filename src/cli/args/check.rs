//! The options of `seatline check`.

use std::path::PathBuf;

use clap::{Args, ValueHint};

use crate::cli::args::complete;
use crate::cli::args::formats::{CheckOutput, FailOn, WaivedArg};
use crate::cli::args::license::{LicenseArgs, ListArgs};
use crate::cli::args::rows::FieldArgs;
use crate::cli::args::usage::UsageArgs;

/// Of the formats that have fields, `check` has only one.
const FIELDS: &str = "In jsonl, write only these fields, separated by commas; may be repeated";

#[derive(Debug, Args)]
#[command(mut_arg("fields", |fields| fields.help(FIELDS)))]
pub(crate) struct CheckArgs {
    #[command(flatten)]
    pub(crate) license: LicenseArgs,
    #[command(flatten)]
    pub(crate) list: ListArgs,
    /// text, json, jsonl, sarif, junit, github, gitlab, azure or markdown, with =FILE to write it to a file; may be
    /// repeated: -f sarif=out.sarif -f text
    #[arg(short, long, value_name = "FORMAT[=FILE]", value_parser = CheckOutput::parse, add = complete::check_outputs())]
    pub(crate) format: Vec<CheckOutput>,
    #[command(flatten)]
    pub(crate) fields: FieldArgs,
    #[command(flatten)]
    pub(crate) usage: UsageArgs,
    /// Exit with 1 on findings at least as bad as this
    #[arg(long, value_enum, default_value_t)]
    pub(crate) fail_on: FailOn,
    /// What we expect of our licenses [default: the nearest seatline.toml]
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, env = "SEATLINE_POLICY", hide_env_values = true)]
    pub(crate) policy: Option<PathBuf>,
    /// Use no policy, not even the nearest seatline.toml
    #[arg(long, conflicts_with = "policy")]
    pub(crate) no_policy: bool,
    /// Count also the findings that waivers of the policy accept
    #[arg(long)]
    pub(crate) no_waivers: bool,
    /// In SARIF, leave findings that waivers accept out, or mark them as suppressed; GitHub shows suppressed ones as
    /// open [default: suppress]
    #[arg(long, value_enum)]
    pub(crate) waived: Option<WaivedArg>,
    /// Write a commented first policy that asks for what this license gives
    #[arg(long, conflicts_with_all = ["format", "no_waivers", "waived"])]
    pub(crate) init: bool,
    /// Exit with 0 instead of 1
    #[arg(long)]
    pub(crate) exit_zero: bool,
}
