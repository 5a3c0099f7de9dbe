//! The option for CSV that a double click opens in Excel.

use clap::{Args, ValueEnum};

use crate::answers::Page;
use crate::cli::exit::Stop;
use crate::layout::Dialect;

#[derive(Debug, Args)]
pub(crate) struct ExcelArgs {
    /// In csv, write what Excel opens correctly with a double click: this separator, and dates in the zone of --tz
    #[arg(long = "excel", value_name = "SEPARATOR", value_enum, num_args = 0..=1, require_equals = true, default_missing_value = "comma")]
    pub(crate) separator: Option<Separator>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Separator {
    Comma,
    Semicolon,
    Tab,
}

impl ExcelArgs {
    /// The readers that a CSV is written for.
    pub(crate) fn dialect(&self, is_csv: bool, page: &Page) -> Result<Dialect, Stop> {
        match self.separator {
            None => Ok(Dialect::Plain),
            Some(_) if !is_csv => Err(Stop::usage("--excel is for the format csv")),
            Some(separator) => {
                let separator = match separator {
                    Separator::Comma => b',',
                    Separator::Semicolon => b';',
                    Separator::Tab => b'\t',
                };
                Ok(Dialect::Excel { separator, zone: page.zone })
            }
        }
    }
}
