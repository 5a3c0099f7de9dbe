//! The costs in `report`: of the seats that a license gives.

use crate::answers::costs::{Counted, Seats};
use crate::answers::{Costs, ItemReport, LicenseReport};
use crate::prices::Prices;
use crate::time::Instant;

impl LicenseReport {
    /// Adds the costs of the items' seats. Call it after filtering, so that the sums are those of the items shown.
    pub fn add_costs(&mut self, prices: &Prices, as_of: Instant) {
        self.costs = Some(Costs::new(prices, as_of, self.items.iter().filter_map(counted), &self.not_asked_for));
    }
}

fn counted(item: &ItemReport) -> Option<Counted<'_>> {
    let name = item.name.as_deref().or(item.known_as.as_deref());
    let owned = Some(Seats { count: item.usable_seats?, certain: item.certain });
    let changes = item.next_change.map(|change| change.at);
    Some(Counted {
        kind: item.kind,
        id: &item.id,
        name,
        owned,
        old: None,
        unassigned: None,
        short: None,
        certainly_short: None,
        changes,
    })
}
