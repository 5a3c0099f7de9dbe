//! What CSV has no place for.

use crate::answers::{Costs, costs_in_words};
use crate::cli::io::messages::Messages;
use crate::time::Zone;

/// Tells the sums of costs, and what is to be known of them.
pub(crate) fn note_costs(costs: Option<&Costs>, zone: Zone, messages: &Messages) {
    costs.iter().flat_map(|costs| costs_in_words(costs, zone)).for_each(|line| messages.note(&line));
}
