//! What a seat costs: a list `kind,id,unitPrice,currency,period[,validFrom]`.
//!
//! Nothing is rounded, converted or spread over time: an amount is a price times a count, and only amounts of one currency and
//! one period are added up.

mod amount;
mod period;
mod read;

pub use amount::Amount;
pub use period::PricePeriod;

use std::collections::HashMap;

use crate::license::ItemKind;
use crate::time::Instant;

/// A list of prices.
#[derive(Clone, Debug, Default)]
pub struct Prices {
    /// The name of the input.
    pub source: String,
    /// What whoever relies on it must know.
    pub notes: Vec<String>,
    /// The prices of each item, in the order of time.
    list: HashMap<(ItemKind, String), Vec<Price>>,
}

/// What a seat of an item costs from an instant on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Price {
    /// For one seat.
    pub amount: Amount,
    /// Three letters of ISO 4217.
    pub currency: String,
    /// What it is for.
    pub period: PricePeriod,
    /// Its first instant; `None` where it was always valid.
    pub valid_from: Option<Instant>,
    /// The line of the list, from 1.
    pub line: u64,
}

impl Prices {
    /// The price of an item at an instant: of those that are valid the latest.
    #[must_use]
    pub fn at(&self, kind: ItemKind, id: &str, at: Instant) -> Option<&Price> {
        let of_item = self.of(kind, id);
        let begun = of_item.partition_point(|price| price.valid_from.is_none_or(|from| from <= at));
        of_item.get(begun.checked_sub(1)?)
    }

    /// When the first price of an item begins, where none is valid at an instant.
    #[must_use]
    pub fn begins_after(&self, kind: ItemKind, id: &str, at: Instant) -> Option<Instant> {
        self.of(kind, id).first().and_then(|price| price.valid_from).filter(|from| *from > at)
    }

    /// The kinds and ids that have a price, in their order, each with the line of its first one.
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
