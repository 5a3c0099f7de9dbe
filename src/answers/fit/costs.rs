//! The costs in `fit`: of the seats that the license gives, of those assigned to nobody, and of those that are missing.

use crate::answers::Costs;
use crate::answers::costs::{Counted, SHORT_AT_END, Seats};
use crate::answers::fit::value::{FitItem, FitReport};
use crate::prices::Prices;
use crate::time::Instant;

impl FitReport {
    /// Adds the costs of the license's seats, of the seats assigned to nobody, and of the missing seats.
    pub fn add_costs(&mut self, prices: &Prices) {
        if self.source.is_none() {
            return;
        }
        let as_of = self.as_of;
        let counted = |item: &FitItem| {
            let of = |count: u64| Seats { count, certain: item.certain };
            let spare = |available: i64| of(u64::try_from(available).unwrap_or(0));
            let short = item.most_short.map(|most| (most.at, Seats { count: most.short, certain: most.certain }));
            // An item that is not known to fit may have a shortage although none was counted, so 0 is not certain.
            let none = Seats { count: 0, certain: item.fits == Some(true) };
            let none = item.assigned.map(|_| (as_of, none));
            (Some(of(item.usable_seats)), item.available.map(spare), short.or(none))
        };
        let items = self.items.iter().map(|item| {
            let (owned, unassigned, short) = counted(item);
            let changes = item.timeline.next_change(as_of).map(|step| step.at);
            let name = item.name.as_deref().or(item.known_as.as_deref());
            let certainly_short = item.most_certainly_short;
            Counted {
                kind: item.kind,
                id: &item.id,
                name,
                owned,
                old: None,
                unassigned,
                short,
                certainly_short,
                changes,
            }
        });
        let mut costs = Costs::new(prices, as_of, items, &[]);
        let is_short_after =
            |end: Instant| self.items.iter().any(|item| item.most_short.is_some_and(|most| most.at >= end));
        if self.license_end.is_some_and(is_short_after) {
            costs.note(Some(SHORT_AT_END.into()));
        }
        self.costs = Some(costs);
    }
}
