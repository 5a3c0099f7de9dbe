//! Costs, prices and numbers of seats as they stand in the cells of a table.

use crate::answers::costs::value::{Cost, CostOf, CostSum, CostSums, Costs, ItemCosts, UnitPrice};
use crate::answers::phrase::DOUBT;
use crate::prices::Amount;
use crate::time::Zone;

/// The items with a price and those without.
pub(super) fn all(costs: &Costs) -> impl Iterator<Item = &ItemCosts> {
    costs.items.iter().chain(&costs.without_price)
}

/// The costs that at least one item has.
pub(super) fn known(costs: &Costs) -> impl Iterator<Item = CostOf> {
    CostOf::ALL.into_iter().filter(|what| all(costs).any(|item| item.of(*what).is_some()))
}

/// The costs that the table shows, with their titles. Where certainly nothing is missing, the true-up is left out.
pub(super) fn columns(costs: &Costs) -> Vec<(CostOf, &'static str)> {
    let compared = known(costs).any(|what| what == CostOf::Old);
    let is_shown = |what: &CostOf| *what != CostOf::TrueUp || shows_true_up(costs);
    known(costs).filter(is_shown).map(|what| (what, title(what, compared))).collect()
}

/// Whether seats are missing, certainly or perhaps.
pub(super) fn shows_true_up(costs: &Costs) -> bool {
    all(costs).any(is_perhaps_short)
}

/// Whether seats with a price of this currency and period are missing, certainly or perhaps.
pub(super) fn is_short(costs: &Costs, sums: &CostSums) -> bool {
    let is_in = |item: &&ItemCosts| {
        item.price.as_ref().is_some_and(|price| (&price.currency, price.period) == (&sums.currency, sums.period))
    };
    costs.items.iter().filter(is_in).any(is_perhaps_short)
}

fn is_perhaps_short(item: &ItemCosts) -> bool {
    item.true_up.is_some_and(|true_up| true_up.seats > 0 || !true_up.certain)
}

/// A sum in words; `None` for a true-up where certainly no seat of any item is missing.
pub(super) fn shown_sum(costs: &Costs, sums: &CostSums, what: CostOf) -> Option<CostSum> {
    sums.of(what).filter(|_| what != CostOf::TrueUp || shows_true_up(costs))
}

fn title(what: CostOf, compared: bool) -> &'static str {
    match what {
        CostOf::Old => "old",
        CostOf::Owned if compared => "new",
        CostOf::Owned => "owned",
        CostOf::Delta => "new less old",
        CostOf::Unassigned => "unassigned",
        CostOf::TrueUp => "true-up",
    }
}

/// The price of a seat: "1200.00 EUR a year".
pub(super) fn unit_price(price: &UnitPrice) -> String {
    format!("{} {} {}", price.amount, price.currency, price.period.phrase())
}

/// The lines of a cell. If only the certain part of a true-up has the price of this line, it says "certain".
pub(super) fn item_lines(what: CostOf, item: &ItemCosts, costs: &Costs, zone: Zone) -> Vec<String> {
    if let Some(cost) = item.of(what) {
        return cost_lines(what, cost, costs, zone);
    }
    let certainly = item.true_up_certainly.filter(|_| what == CostOf::TrueUp);
    let mut lines = certainly.map_or_else(Vec::new, |cost| cost_lines(what, cost, costs, zone));
    if let Some(first) = lines.first_mut() {
        first.insert_str(0, "certainly ");
    }
    lines
}

/// The amount and, where the tables above do not show them, the seats.
fn cost_lines(what: CostOf, cost: Cost, costs: &Costs, zone: Zone) -> Vec<String> {
    let amount = amount_text(cost.cost, cost.certain);
    let seats = matches!(what, CostOf::Unassigned | CostOf::TrueUp).then(|| seats(cost.seats, cost.certain));
    let later = (cost.at != costs.as_of && cost.seats != 0).then(|| format!("from {}", zone.show(cost.at)));
    std::iter::once(amount).chain(seats).chain(later).collect()
}

pub(super) fn sum_text(sum: CostSum) -> String {
    amount_text(sum.cost, sum.certain)
}

pub(super) fn amount_text(amount: Option<Amount>, certain: bool) -> String {
    let doubt = if certain { "" } else { DOUBT };
    amount.map_or_else(|| "too large".to_owned(), |amount| format!("{amount}{doubt}"))
}

/// A number of seats: "15 seats", "15 seats ?".
pub(super) fn seats(count: i64, certain: bool) -> String {
    format!("{count} {}{}", if count == 1 { "seat" } else { "seats" }, if certain { "" } else { DOUBT })
}

pub(super) fn unit(sums: &CostSums) -> String {
    format!("{} {}", sums.currency, sums.period.phrase())
}
