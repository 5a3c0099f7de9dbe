//! The options of every command. No number and no exit code depends on them.

use std::path::{Path, PathBuf};

use clap::builder::BoolishValueParser;
use clap::{Args, ValueEnum, ValueHint};

/// The options of every command.
#[derive(Debug, Args)]
#[command(next_help_heading = "Global options")]
pub(crate) struct Global {
    /// When to use colours; auto means only on a terminal
    #[arg(
        long,
        global = true,
        value_enum,
        ignore_case = true,
        default_value_t,
        env = "SEATLINE_COLOR",
        hide_env_values = true
    )]
    pub(crate) color: Color,
    /// Show no notes on stderr, only errors
    #[arg(short, long, global = true, env = "SEATLINE_QUIET", hide_env_values = true, value_parser = BoolishValueParser::new())]
    pub(crate) quiet: bool,
    /// The width of tables in columns; without it that of the terminal, else COLUMNS, else as wide as needed
    #[arg(long, global = true, value_name = "COLUMNS", env = "SEATLINE_WIDTH", hide_env_values = true, value_parser = clap::value_parser!(u16).range(20..))]
    pub(crate) width: Option<u16>,
    /// Write the result here instead of stdout, replacing the file once the result is complete. Without -f its ending chooses the
    /// format
    #[arg(short, long, global = true, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) output: Option<PathBuf>,
}

impl Global {
    /// The files that the command writes.
    pub(crate) fn outputs(&self) -> Vec<&Path> {
        self.output.as_deref().into_iter().collect()
    }
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Color {
    #[default]
    Auto,
    Always,
    Never,
}
