//! How it is said, not what: options that no number and no exit code depends on.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum, ValueHint};

/// How it is said, not what.
#[derive(Debug, Args)]
#[command(next_help_heading = "Global options")]
pub(crate) struct Global {
    /// Colours: auto is on a terminal only [env: SEATLINE_COLOR]
    #[arg(long, global = true, value_enum, default_value_t)]
    pub(crate) color: Color,
    /// No notes on stderr; errors stay [env: SEATLINE_QUIET]
    #[arg(short, long, global = true)]
    pub(crate) quiet: bool,
    /// Columns of a table; else those of the terminal, else COLUMNS, else as many as needed [env: SEATLINE_WIDTH]
    #[arg(long, global = true, value_name = "COLUMNS", value_parser = clap::value_parser!(u16).range(20..))]
    pub(crate) width: Option<u16>,
    /// Write the result here instead of stdout, replacing the file once the result is whole
    #[arg(short, long, global = true, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) output: Option<PathBuf>,
}

impl Global {
    /// Takes what was not said from the environment, where an empty variable is none, and `-` as what it is.
    pub(crate) fn settle(&mut self, variable: impl Fn(&str) -> Option<String>) -> Result<(), String> {
        let variable = |name: &str| variable(name).filter(|value| !value.is_empty());
        let wrong = |name: &str, value: &str, expected: &str| format!("{name}={value}: expected {expected}");
        if let (Color::Auto, Some(value)) = (self.color, variable("SEATLINE_COLOR")) {
            let color = Color::from_str(&value, true);
            self.color = color.map_err(|_| wrong("SEATLINE_COLOR", &value, "auto, always or never"))?;
        }
        if let (false, Some(value)) = (self.quiet, variable("SEATLINE_QUIET")) {
            self.quiet = match value.to_ascii_lowercase().as_str() {
                "1" | "true" | "yes" | "on" => true,
                "0" | "false" | "no" | "off" => false,
                _ => return Err(wrong("SEATLINE_QUIET", &value, "1 or 0")),
            };
        }
        if let (None, Some(value)) = (self.width, variable("SEATLINE_WIDTH")) {
            let width = value.parse().ok().filter(|width| *width >= 20);
            self.width = Some(width.ok_or_else(|| wrong("SEATLINE_WIDTH", &value, "a number of columns from 20 on"))?);
        }
        self.output = self.output.take().filter(|output| output.as_os_str() != "-");
        Ok(())
    }

    /// The file that is written, if any.
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
