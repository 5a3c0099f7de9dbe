//! The costs of seats, in the JSON of `report`, `fit`, `diff` and `preflight`.

use serde::{Deserialize, Serialize};

use crate::license::ItemKind;
use crate::prices::{Amount, PricePeriod};
use crate::text::Phrase;
use crate::time::Instant;

/// The costs of seats by a list of prices. Only amounts of one currency and one period are added up; nothing is
/// converted, rounded or spread over time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Costs {
    /// The name of the list of prices.
    pub prices: String,
    /// The as-of: seats and prices are those of this instant, except where a cost names another one.
    pub as_of: Instant,
    /// The first later instant at which the license gives another number of seats of these items; null where there is
    /// none.
    pub next_change: Option<Instant>,
    /// The items that have a price. An item whose price changes before its seats are missing has a line for each price.
    pub items: Vec<ItemCosts>,
    /// The items without a price, whose seats are in no sum.
    pub without_price: Vec<ItemCosts>,
    /// The sums of `items`.
    pub sums: Vec<CostSums>,
    /// Notes for readers who rely on the costs.
    pub notes: Vec<Phrase>,
}

/// The costs of the seats of an item.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct ItemCosts {
    /// The kind of the item: user type, app bundle, extension or app.
    pub kind: ItemKind,
    /// The id of the item as it stands in the license, compared byte for byte.
    pub id: String,
    /// The name of the item; null where none is known.
    pub name: Option<String>,
    /// The price of a seat; null where the list has no price that is valid then.
    pub price: Option<UnitPrice>,
    /// The instant at which the item's first price begins; null where a price is valid already or the list has none.
    pub price_begins: Option<Instant>,
    /// The cost of the seats that the license gives; in `diff` and `preflight`, the new license.
    pub owned: Option<Cost>,
    /// The cost of the seats that the old license gives; null where there is no old license, or it does not tell.
    pub old: Option<Cost>,
    /// The cost of the new license's seats less that of the old license's.
    pub delta: Option<Cost>,
    /// The cost of the seats that are assigned to nobody; null where nobody counted.
    pub unassigned: Option<Cost>,
    /// The cost of the missing seats: the most that are missing at a time, by the price of the first day on which that many
    /// are missing. Null where it is not known how many seats are needed.
    pub true_up: Option<Cost>,
    /// The cost of the largest certain shortage, at the price of the day on which it is first reached; `trueUp` may use another
    /// price. Null if it is not known how many seats are needed, or if no shortage is certain.
    pub true_up_certainly: Option<Cost>,
}

/// The price of one seat.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct UnitPrice {
    /// The price of one seat, with the digits that the list has.
    pub amount: Amount,
    /// The currency as three letters of ISO 4217.
    pub currency: String,
    /// The period of the price: a year, a month, or once for good.
    pub period: PricePeriod,
    /// The instant from which on the price is valid; null where the list gives none.
    pub valid_from: Option<Instant>,
    /// The line of the price in the list, from 1.
    #[cfg_attr(test, schemars(range(min = 1)))]
    pub line: u64,
}

/// A number of seats, and its cost.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Cost {
    /// The instant of the seats and of the price.
    pub at: Instant,
    /// The number of seats; a delta may be below 0.
    pub seats: i64,
    /// The number of seats times the price; null where there is no price, or the product has too many digits to be
    /// exact.
    pub cost: Option<Amount>,
    /// Whether the number of seats is certain, and whether somebody counted the seats that are needed.
    pub certain: bool,
}

/// The cost of the seats that an action asks for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct ShortCost {
    /// The price of the first day on which that many seats are missing.
    pub price: UnitPrice,
    /// The number of seats times the price; null where the product has too many digits to be exact.
    pub cost: Option<Amount>,
    /// Whether the number of missing seats is certain: the seats are certain, and somebody counted the needed ones.
    pub certain: bool,
}

/// The sums of the costs in one currency and for one period.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct CostSums {
    /// The currency as three letters of ISO 4217.
    pub currency: String,
    /// The period of the prices.
    pub period: PricePeriod,
    /// The sum for the seats that the license gives.
    pub owned: Option<CostSum>,
    /// The sum for the seats that the old license gives.
    pub old: Option<CostSum>,
    /// The sum for the new license less that for the old one.
    pub delta: Option<CostSum>,
    /// The sum for the seats that are assigned to nobody.
    pub unassigned: Option<CostSum>,
    /// The sum for the missing seats.
    pub true_up: Option<CostSum>,
    /// The sum for the seats that are certainly missing.
    pub true_up_certainly: Option<CostSum>,
}

/// A sum of costs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct CostSum {
    /// The sum; null where it, or a part of it, has too many digits to be exact.
    pub cost: Option<Amount>,
    /// Whether every part of the sum is certain.
    pub certain: bool,
}

/// Which of the costs of an item, or of the sums.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum CostOf {
    /// For the seats that the license gives.
    Owned,
    /// For the seats that the old license gives.
    Old,
    /// For the new license less the old one.
    Delta,
    /// For the seats that are assigned to nobody.
    Unassigned,
    /// For the missing seats.
    TrueUp,
}

impl CostOf {
    /// All costs in the order of every output.
    pub(crate) const ALL: [Self; 5] = [Self::Old, Self::Owned, Self::Delta, Self::Unassigned, Self::TrueUp];
}

impl ItemCosts {
    /// This cost of the item.
    #[must_use]
    pub(crate) fn of(&self, what: CostOf) -> Option<Cost> {
        match what {
            CostOf::Owned => self.owned,
            CostOf::Old => self.old,
            CostOf::Delta => self.delta,
            CostOf::Unassigned => self.unassigned,
            CostOf::TrueUp => self.true_up,
        }
    }
}

impl CostSums {
    /// This one of the sums.
    #[must_use]
    pub(crate) fn of(&self, what: CostOf) -> Option<CostSum> {
        match what {
            CostOf::Owned => self.owned,
            CostOf::Old => self.old,
            CostOf::Delta => self.delta,
            CostOf::Unassigned => self.unassigned,
            CostOf::TrueUp => self.true_up,
        }
    }
}
