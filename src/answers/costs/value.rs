//! What seats cost, in the JSON of `report`, `fit`, `diff` and `preflight`.

use serde::{Deserialize, Serialize};

use crate::license::ItemKind;
use crate::prices::{Amount, PricePeriod};
use crate::time::Instant;

/// What seats cost by a list of prices. Amounts of one currency and one period are added up, no others; nothing is converted,
/// rounded or spread over time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Costs {
    /// The name of the list of prices.
    pub prices: String,
    /// The instant whose seats and prices are counted with, but for what a cost says itself.
    pub as_of: Instant,
    /// The first later instant at which the license gives another count of one of these items; null where there is none.
    pub next_change: Option<Instant>,
    /// The items that have a price; one whose price changes before its seats lack stands twice.
    pub items: Vec<ItemCosts>,
    /// The items that have none: their seats are in no sum.
    pub without_price: Vec<ItemCosts>,
    /// The sums of `items`.
    pub sums: Vec<CostSums>,
    /// What whoever relies on it must know.
    pub notes: Vec<String>,
}

/// What the seats of one item cost.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct ItemCosts {
    /// Whether it is a user type, an app bundle, an extension or an app.
    pub kind: ItemKind,
    /// The id as it stands in the license, compared byte for byte.
    pub id: String,
    /// Its name, where one is known.
    pub name: Option<String>,
    /// Its price; null where the list has none that is valid then.
    pub price: Option<UnitPrice>,
    /// Where it has none yet: when its first one begins.
    pub price_begins: Option<Instant>,
    /// The seats that the license gives; of `diff` and `preflight` the new one.
    pub owned: Option<Cost>,
    /// The seats that the old license gives; null where there is none, or it does not tell.
    pub old: Option<Cost>,
    /// New less old.
    pub delta: Option<Cost>,
    /// The seats that are owned and assigned to nobody; null where nobody counted.
    pub unassigned: Option<Cost>,
    /// The seats that lack: the most of all the time that is looked at, by the price of the day on which that most first
    /// lacks. Null where nobody says how many are needed.
    pub true_up: Option<Cost>,
}

/// The price of one seat.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct UnitPrice {
    /// For one seat, with the digits that the list gives it.
    pub amount: Amount,
    /// Three letters of ISO 4217.
    pub currency: String,
    /// What it is for: a year, a month, or once and for all.
    pub period: PricePeriod,
    /// Its first instant; null where the list gives none.
    pub valid_from: Option<Instant>,
    /// Its line in the list, from 1.
    #[cfg_attr(test, schemars(range(min = 1)))]
    pub line: u64,
}

/// A count of seats and what it costs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Cost {
    /// The instant of the seats and of the price.
    pub at: Instant,
    /// How many; of a delta perhaps fewer than 0.
    pub seats: i64,
    /// Seats times price; null where there is no price, or the product has more digits than can be counted with.
    pub cost: Option<Amount>,
    /// Whether the seats are the same however what cannot be read is read, and somebody counted those that are needed.
    pub certain: bool,
}

/// What the seats cost that an action asks for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct ShortCost {
    /// The price of the day on which so many first lack.
    pub price: UnitPrice,
    /// Seats times price; null where the product has more digits than can be counted with.
    pub cost: Option<Amount>,
    /// Whether it is certain that so many lack: their seats are, and somebody counted those that are needed.
    pub certain: bool,
}

/// The sums of one currency and one period.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct CostSums {
    /// Three letters of ISO 4217.
    pub currency: String,
    /// What the prices are for.
    pub period: PricePeriod,
    /// Of the seats that the license gives.
    pub owned: Option<CostSum>,
    /// Of the seats that the old license gives.
    pub old: Option<CostSum>,
    /// New less old.
    pub delta: Option<CostSum>,
    /// Of the seats that are owned and assigned to nobody.
    pub unassigned: Option<CostSum>,
    /// Of the seats that lack.
    pub true_up: Option<CostSum>,
}

/// A sum of costs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct CostSum {
    /// The sum; null where it, or a part of it, has more digits than can be counted with.
    pub cost: Option<Amount>,
    /// Whether every part of it is certain.
    pub certain: bool,
}

/// What is counted of an item or a sum.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum CostOf {
    /// What the license gives.
    Owned,
    /// What the old one gives.
    Old,
    /// New less old.
    Delta,
    /// What is assigned to nobody.
    Unassigned,
    /// What lacks.
    TrueUp,
}

impl CostOf {
    /// In the order of every output.
    pub(crate) const ALL: [Self; 5] = [Self::Old, Self::Owned, Self::Delta, Self::Unassigned, Self::TrueUp];
}

impl ItemCosts {
    /// One of its costs.
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
    /// One of its sums.
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
