//! The option for a list of prices.

use std::path::{Path, PathBuf};

use clap::{Args, ValueHint};

use crate::cli::io::exit::{Exit, Stop};
use crate::prices::Prices;
use crate::source::{FailureCode, Input, Source};
use crate::time::Zone;
use crate::time::when::Clock;

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

    /// Reads the list of prices that the user named. Two prices for one item and day are a usage error.
    pub(crate) fn read(&self, clock: Clock, zone: Zone) -> Result<Option<Prices>, Stop> {
        let Some(path) = self.path() else { return Ok(None) };
        let input = Input::named(path);
        let source = Source::decode(input.name(), input.read()?)?;
        Prices::read(&source, clock, zone).map(Some).map_err(|failure| {
            let exit = if failure.code == FailureCode::Contradiction { Exit::Usage } else { Exit::Input };
            Stop { exit, ..Stop::from(failure) }
        })
    }
}
