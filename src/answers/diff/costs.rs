//! The costs in `diff`: of the seats of OLD and of NEW.

use crate::answers::Costs;
use crate::answers::costs::{Counted, Seats};
use crate::answers::diff::item::DiffItem;
use crate::answers::diff::value::DiffReport;
use crate::prices::Prices;
use crate::time::Instant;

impl DiffReport {
    /// Adds the costs, at the as-of, of the seats of OLD and of NEW.
    pub fn add_costs(&mut self, prices: &Prices) {
        if self.old.is_none() || self.new.is_none() {
            return;
        }
        let (as_of, ended) = (self.as_of, self.old_ended);
        let items = self.items.iter().filter(|item| item.new.is_some());
        let tells = |kind| ended.is_none() && self.old_tells.contains(&kind);
        let mut costs = Costs::new(prices, as_of, items.map(|item| counted(item, as_of, tells(item.kind))), &[]);
        costs.note(ended.map(|_| "OLD has ended, so what it cost is not compared".into()));
        self.costs = Some(costs);
    }
}

/// `old_tells` is whether OLD states seats of this kind. Where it does not, the number is unknown, not 0.
fn counted(item: &DiffItem, as_of: Instant, old_tells: bool) -> Counted<'_> {
    let seats = |count: Option<u64>, until: Option<Instant>| {
        Some(Seats { count: count?, certain: until.is_none_or(|until| until > as_of) })
    };
    Counted {
        kind: item.kind,
        id: &item.id,
        name: item.name.as_deref().or(item.known_as.as_deref()),
        owned: seats(item.new, item.new_certain_until),
        old: seats(item.old, item.old_certain_until).filter(|_| old_tells),
        unassigned: None,
        short: None,
        certainly_short: None,
        changes: item.new_steps.first().map(|step| step.at),
    }
}
