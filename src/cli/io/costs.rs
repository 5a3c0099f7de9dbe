//! Notes about costs, for CSV.

use crate::answers::{Costs, costs_in_words};
use crate::cli::io::messages::Messages;
use crate::time::Zone;

/// Notes the sums of costs and what they leave out. `license` names the license where there may be several.
pub(crate) fn note_costs(costs: Option<&Costs>, license: Option<&str>, zone: Zone, messages: &Messages) {
    let of = license.map_or_else(String::new, |license| format!("{license}: "));
    let lines = costs.iter().flat_map(|costs| costs_in_words(costs, zone));
    lines.for_each(|line| messages.note(&format!("{of}{line}")));
}
