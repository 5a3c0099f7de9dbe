//! Reads lists of prices, and notes costs beside CSV.

use crate::answers::{Costs, costs_in_words};
use crate::cli::args::prices::PriceArgs;
use crate::cli::exit::{Exit, Stop};
use crate::cli::io::messages::Messages;
use crate::prices::Prices;
use crate::source::{FailureCode, Input, Source};
use crate::time::Zone;
use crate::time::when::Clock;

impl PriceArgs {
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

/// Notes the sums of costs and what they leave out. `license` names the license where there may be several.
pub(crate) fn note_costs(costs: Option<&Costs>, license: Option<&str>, zone: Zone, messages: &Messages) {
    let of = license.map_or_else(String::new, |license| format!("{license}: "));
    let lines = costs.iter().flat_map(|costs| costs_in_words(costs, zone));
    lines.for_each(|line| messages.note(&format!("{of}{line}")));
}
