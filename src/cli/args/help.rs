//! The options of `seatline explain` and `seatline schema`.

use clap::{Args, ValueEnum};

use crate::cli::args::complete;

#[derive(Debug, Args)]
pub(crate) struct ExplainArgs {
    /// The name of a rule, such as seat-gap
    #[arg(add = complete::rule_names())]
    pub(crate) rule: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct SchemaArgs {
    /// Which output
    #[arg(value_enum)]
    pub(crate) name: SchemaName,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum SchemaName {
    Report,
    Admins,
    Check,
    License,
    Policy,
    Timeline,
    Diff,
    Fit,
    Preflight,
    Why,
    Moves,
    Fetch,
    Jsonl,
}
