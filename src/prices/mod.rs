//! What a seat costs: a list `kind,id,unitPrice,currency,period[,validFrom]`.
//!
//! Nothing is rounded, converted or spread over time. A cost is a price times a count, and only amounts of one
//! currency and one period are added up.

mod amount;
mod period;
mod read;

pub use amount::Amount;
pub use period::PricePeriod;

use std::collections::HashMap;

use crate::license::ItemKind;
use crate::time::Instant;

/// What seats cost, from when on, as a site wrote it down.
#[derive(Clone, Debug, Default)]
pub struct Prices {
    /// The input by its name, as messages show it.
    pub source: String,
    /// Notes for readers who rely on the prices.
    pub notes: Vec<String>,
    /// The prices of each item, in the order of time.
    list: HashMap<(ItemKind, String), Vec<Price>>,
}

/// The price of a seat of an item from an instant on.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Price {
    /// What one seat costs in one period.
    pub amount: Amount,
    /// The currency as three letters of ISO 4217.
    pub currency: String,
    /// What the amount is for: a year or a month.
    pub period: PricePeriod,
    /// The instant from which on the price is valid; `None` where it was always valid.
    pub valid_from: Option<Instant>,
    /// The line of the list, from 1.
    pub line: u64,
}

impl Prices {
    /// The price of an item at an instant: the latest of those that are valid.
    #[must_use]
    pub fn at(&self, kind: ItemKind, id: &str, at: Instant) -> Option<&Price> {
        let of_item = self.of(kind, id);
        let begun = of_item.partition_point(|price| price.valid_from.is_none_or(|from| from <= at));
        of_item.get(begun.checked_sub(1)?)
    }

    /// The instant at which the first price of an item begins; `None` where a price is valid at `at` or the item has
    /// none.
    #[must_use]
    pub fn begins_after(&self, kind: ItemKind, id: &str, at: Instant) -> Option<Instant> {
        self.of(kind, id).first().and_then(|price| price.valid_from).filter(|from| *from > at)
    }

    /// The items that have a price, in order, each with the line of its first price.
    pub(crate) fn items(&self) -> Vec<(ItemKind, &str, u64)> {
        let lines = |prices: &[Price]| prices.iter().map(|price| price.line).min().unwrap_or(0);
        let mut items: Vec<_> = self.list.iter().map(|((kind, id), of)| (*kind, id.as_str(), lines(of))).collect();
        items.sort_unstable();
        items
    }

    fn of(&self, kind: ItemKind, id: &str) -> &[Price] {
        self.list.get(&(kind, id.to_owned())).map_or(&[], Vec::as_slice)
    }
}
