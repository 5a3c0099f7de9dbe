//! Costs in the rows of CSV.

use std::collections::HashMap;

use crate::answers::costs::value::{CostOf, Costs, ItemCosts, UnitPrice};
use crate::layout::csv::Value;
use crate::license::ItemKind;

/// The lines of costs, looked up by item.
pub(in crate::answers) struct ByItem<'c>(HashMap<(ItemKind, &'c str), Vec<&'c ItemCosts>>);

impl<'c> ByItem<'c> {
    pub(in crate::answers) fn new(costs: Option<&'c Costs>) -> Self {
        let mut by_item: HashMap<_, Vec<_>> = HashMap::new();
        for item in costs.iter().flat_map(|costs| costs.items.iter().chain(&costs.without_price)) {
            by_item.entry((item.kind, item.id.as_str())).or_default().push(item);
        }
        Self(by_item)
    }

    /// The line of an item that holds this cost.
    pub(in crate::answers) fn with(&self, kind: ItemKind, id: &str, what: CostOf) -> Option<&'c ItemCosts> {
        self.0.get(&(kind, id))?.iter().copied().find(|item| item.of(what).is_some())
    }
}

/// A cell with a part of the price in a line.
pub(in crate::answers) fn price_cell<'v>(item: Option<&ItemCosts>, part: fn(&UnitPrice) -> Value<'v>) -> Value<'v> {
    item.and_then(|item| item.price.as_ref()).map_or(Value::None, part)
}

/// The cells for unit price, currency and period.
pub(in crate::answers) fn price_cells<'v>(price: Option<&UnitPrice>) -> [Value<'v>; 3] {
    [
        Value::decimal(price.map(|price| price.amount)),
        Value::option(price.map(|price| &price.currency)),
        Value::option(price.map(|price| price.period)),
    ]
}

/// The cell for one of the costs in a line.
pub(in crate::answers) fn cost_cell<'v>(item: Option<&ItemCosts>, what: CostOf) -> Value<'v> {
    Value::decimal(item.and_then(|item| item.of(what)).and_then(|cost| cost.cost))
}
