//! The option for a list of prices.

use std::path::{Path, PathBuf};

use clap::{Args, ValueHint};

#[derive(Debug, Args)]
pub(crate) struct PriceArgs {
    /// What a seat costs: a CSV kind,id,unitPrice,currency,period[,validFrom], the period year, month or once
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) prices: Option<PathBuf>,
}

impl PriceArgs {
    /// The file that the user named.
    pub(crate) fn path(&self) -> Option<&Path> {
        self.prices.as_deref()
    }
}
