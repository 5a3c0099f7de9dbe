//! The costs of seats: counts of seats, each times the price of its day, and their sums by currency and period.

mod cells;
mod csv;
mod few;
mod html;
mod notes;
mod text;
mod value;
mod words;
mod xlsx;

pub(super) use csv::{ByItem, cost_cell, price_cell, price_cells};
pub(super) use html::costs_html;
pub(super) use text::{costs_markdown, costs_text};
pub(crate) use value::CostOf;
pub use value::{Cost, CostSum, CostSums, Costs, ItemCosts, ShortCost, UnitPrice};
pub(crate) use words::costs_in_words;
pub(super) use words::{
    ahead_in_words, certain_in_words, doubt_in_words, short_cost, sums_in_words, too_large, without_price,
};
pub(super) use xlsx::{PRICE, costs_sheet, short_cells};

use std::collections::BTreeMap;

use crate::license::ItemKind;
use crate::prices::{Amount, Price, PricePeriod, Prices};
use crate::text::Phrase;
use crate::time::Instant;

/// The note about a true-up that holds seats which are missing after the end of the license.
pub(super) const SHORT_AT_END: &str = "some seats are missing because the license ends: the true-up is then what as many seats \
    of the license that follows cost";

/// A number of seats, and whether it is certain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Seats {
    pub(super) count: u64,
    pub(super) certain: bool,
}

/// The counts of an item's seats, from which its costs are made.
#[derive(Clone, Copy, Debug)]
pub(super) struct Counted<'i> {
    pub(super) kind: ItemKind,
    pub(super) id: &'i str,
    pub(super) name: Option<&'i str>,
    pub(super) owned: Option<Seats>,
    pub(super) old: Option<Seats>,
    pub(super) unassigned: Option<Seats>,
    /// The largest shortage, and when it is first reached.
    pub(super) short: Option<(Instant, Seats)>,
    /// The largest certain shortage, and when it is first reached. It is used if `short` is not certain.
    pub(super) certainly_short: Option<(Instant, u64)>,
    /// The first later instant at which the license gives another number of seats.
    pub(super) changes: Option<Instant>,
}

impl Costs {
    /// The costs of these seats at the as-of. `others` are items that the license has and the answer does not show.
    pub(super) fn new<'i>(
        prices: &Prices,
        as_of: Instant,
        counted: impl Iterator<Item = Counted<'i>>,
        others: &[(ItemKind, String)],
    ) -> Self {
        let mut costs = Self {
            prices: prices.source.clone(),
            as_of,
            next_change: None,
            items: Vec::new(),
            without_price: Vec::new(),
            sums: Vec::new(),
            notes: prices.notes.iter().map(Phrase::from).collect(),
        };
        for item in counted {
            costs.next_change = costs.next_change.into_iter().chain(item.changes).min();
            costs.add(prices, &item);
        }
        let notes = notes::notes(prices, &costs, others);
        costs.notes.extend(notes);
        costs.sums = sums(&costs.items);
        costs
    }

    pub(super) fn note(&mut self, note: Option<Phrase>) {
        self.notes.extend(note);
    }

    fn add(&mut self, prices: &Prices, item: &Counted<'_>) {
        let at = self.as_of;
        let now = prices.at(item.kind, item.id, at);
        let delta = item.owned.zip(item.old).map(|(new, old)| (signed(new) - signed(old), new.certain && old.certain));
        let cost = |price: Option<&Price>, at: Instant, (seats, certain): (i64, bool)| Cost {
            at,
            seats,
            cost: price.and_then(|price| price.amount.times(seats)),
            certain,
        };
        let of = |seats: Option<Seats>| seats.map(|seats| cost(now, at, (signed(seats), seats.certain)));
        let line = |price: Option<&Price>| ItemCosts {
            kind: item.kind,
            id: item.id.to_owned(),
            name: item.name.map(str::to_owned),
            price: price.map(unit_price),
            price_begins: None,
            owned: None,
            old: None,
            delta: None,
            unassigned: None,
            true_up: None,
            true_up_certainly: None,
        };
        let own = ItemCosts {
            price_begins: prices.begins_after(item.kind, item.id, at),
            owned: of(item.owned),
            old: of(item.old),
            delta: delta.map(|delta| cost(now, at, delta)),
            unassigned: of(item.unassigned),
            ..line(now)
        };
        // Costs by one price, which is one line of the list, stand in one line here too.
        let mut lines = vec![(now.map(|price| price.line), own)];
        let mut put = |(due, seats): (Instant, Seats), set: fn(&mut ItemCosts, Cost)| {
            let price = prices.at(item.kind, item.id, due);
            let number = price.map(|price| price.line);
            let cost = cost(price, due, (signed(seats), seats.certain));
            match lines.iter_mut().find(|(own, _)| *own == number) {
                Some((_, line)) => set(line, cost),
                None => {
                    let mut later = line(price);
                    set(&mut later, cost);
                    lines.push((number, later));
                }
            }
        };
        if let Some(short) = item.short {
            put(short, |line, cost| line.true_up = Some(cost));
            // If no shortage is certain, every reading may still have one of some size: nothing is claimed.
            let certainly = item.certainly_short.map(|(due, count)| (due, Seats { count, certain: true }));
            if let Some(certainly) = Some(short).filter(|(_, seats)| seats.certain).or(certainly) {
                put(certainly, |line, cost| line.true_up_certainly = Some(cost));
            }
        }
        lines.into_iter().for_each(|(_, line)| self.push(line));
    }

    fn push(&mut self, item: ItemCosts) {
        if item.price.is_some() { self.items.push(item) } else { self.without_price.push(item) }
    }
}

impl ShortCost {
    /// The cost of the seats that are missing at an instant; `None` where the item has no price then.
    pub(super) fn new(prices: &Prices, kind: ItemKind, id: &str, (at, short): (Instant, Seats)) -> Option<Self> {
        let price = prices.at(kind, id, at)?;
        Some(Self { price: unit_price(price), cost: price.amount.times(signed(short)), certain: short.certain })
    }
}

/// The count as a signed number. No count of seats is larger than 2^53 - 1.
fn signed(seats: Seats) -> i64 {
    i64::try_from(seats.count).unwrap_or(i64::MAX)
}

fn unit_price(price: &Price) -> UnitPrice {
    let Price { amount, currency, period, valid_from, line } = price.clone();
    UnitPrice { amount, currency, period, valid_from, line }
}

/// Adds the costs up by currency and period.
fn sums(items: &[ItemCosts]) -> Vec<CostSums> {
    let mut groups: BTreeMap<(&str, PricePeriod), Vec<&ItemCosts>> = BTreeMap::new();
    for item in items {
        if let Some(price) = &item.price {
            groups.entry((&price.currency, price.period)).or_default().push(item);
        }
    }
    let each = groups.into_iter().map(|((currency, period), items)| {
        let sum = |what: CostOf| sum(items.iter().filter_map(|item| item.of(what)));
        CostSums {
            currency: currency.to_owned(),
            period,
            owned: sum(CostOf::Owned),
            old: sum(CostOf::Old),
            delta: sum(CostOf::Delta),
            unassigned: sum(CostOf::Unassigned),
            true_up: sum(CostOf::TrueUp),
            true_up_certainly: self::sum(items.iter().filter_map(|item| item.true_up_certainly)),
        }
    });
    each.collect()
}

/// The sum of costs; `None` where there are none to add.
pub(super) fn sum(costs: impl Iterator<Item = Cost>) -> Option<CostSum> {
    costs.fold(None, |sum, cost| {
        let before = sum.unwrap_or(CostSum { cost: Some(Amount::ZERO), certain: true });
        let together = before.cost.zip(cost.cost).and_then(|(sum, cost)| sum.plus(cost));
        Some(CostSum { cost: together, certain: before.certain && cost.certain })
    })
}
