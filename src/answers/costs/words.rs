//! Costs in sentences: the sums, what is certain of them, and what is in none of them.

use std::collections::HashSet;

use crate::answers::costs::cells::{all, amount_text, columns, is_short, seats, sum_text, unit};
use crate::answers::costs::few::{few, key};
use crate::answers::costs::value::{Cost, CostOf, CostSum, CostSums, Costs, ItemCosts, ShortCost};
use crate::answers::phrase::DOUBT;
use crate::answers::words::list;
use crate::prices::Amount;
use crate::text::{Phrase, name, phrase};
use crate::time::Zone;

/// The most items in the table; JSON and CSV have all of them.
pub(super) const MOST: usize = 40;

/// The sums in words: "60000.00 EUR a year and 120.00 USD a month"; `None` where this cost is unknown or nothing
/// is missing.
pub(in crate::answers) fn sums_in_words(costs: &Costs, what: CostOf) -> Option<String> {
    let words = |sums: &CostSums| {
        let sum = sums.of(what).filter(|_| what != CostOf::TrueUp || is_short(costs, sums))?;
        Some(format!("{} {} {}", sum_text(sum), sums.currency, sums.period.phrase()))
    };
    let sums: Vec<_> = costs.sums.iter().filter_map(words).collect();
    (!sums.is_empty()).then(|| list(&sums))
}

/// The sums and the notes in sentences, which CSV has no place for.
#[must_use]
pub(crate) fn costs_in_words(costs: &Costs, zone: Zone) -> Vec<Phrase> {
    let sums = columns(costs).into_iter();
    let sums = sums.filter_map(|(what, title)| Some(phrase!["cost, ", title, ": ", sums_in_words(costs, what)?]));
    sums.chain(lines(costs, zone)).collect()
}

/// The cost of missing seats: "32775.00 EUR a year, at 655.50 for one".
pub(in crate::answers) fn short_cost(short: &ShortCost) -> String {
    let unit = format!("{} {}", short.price.currency, short.price.period.phrase());
    format!("{} {unit}, at {} for one", amount_text(short.cost, short.certain), short.price.amount)
}

/// The items that no sum contains, with their seats; `None` where there are none.
pub(in crate::answers) fn without_price(costs: &Costs, zone: Zone) -> Option<Phrase> {
    let named: Vec<_> = costs.without_price.iter().take(MOST).map(|item| seats_in_words(item, zone)).collect();
    let more = costs.without_price.len().saturating_sub(MOST);
    let more = if more > 0 { format!("; and {more} more, see -f json") } else { String::new() };
    (!named.is_empty()).then(|| phrase!["no price, so in no sum: ", Phrase::join(named, "; "), more])
}

/// The days of the costs, where seats change or are missing later.
pub(in crate::answers) fn ahead_in_words(costs: &Costs, zone: Zone) -> Vec<String> {
    let any_short = all(costs).any(|item| item.true_up.is_some_and(|true_up| true_up.seats > 0));
    let change = costs.next_change.filter(|_| !costs.items.is_empty()).map(|change| {
        let which = if any_short { "all but the true-up is" } else { "these costs are" };
        format!("{which} of that day: seats change later, first on {}", zone.show(change))
    });
    let true_up = any_short.then(|| {
        "the true-up is for the most seats of each item that are missing at one time, on that day or later, by the price of the first \
         day on which they are"
            .to_owned()
    });
    change.into_iter().chain(true_up).collect()
}

/// The cost of the certain shortage; `None` if all of the true-up is certain, or none of it.
pub(in crate::answers) fn certain_in_words(costs: &Costs, zone: Zone) -> Option<Phrase> {
    let in_doubt = |sums: &&CostSums| sums.true_up.is_some_and(|sum| !sum.certain);
    let some = |sum: &CostSum| sum.cost.is_none_or(|cost| cost != Amount::ZERO);
    let sums =
        costs.sums.iter().filter(in_doubt).filter_map(|sums| Some((sums.true_up_certainly.filter(some)?, unit(sums))));
    let sums: Vec<_> = sums.map(|(sum, unit)| format!("{} {unit}", sum_text(sum))).collect();
    if sums.is_empty() {
        return None;
    }
    let doubtful: HashSet<_> =
        costs.items.iter().filter(|item| item.true_up.is_some_and(|cost| !cost.certain)).map(key).collect();
    let short = costs.items.iter().filter(|item| doubtful.contains(&key(item)));
    let short = short.filter_map(|item| {
        let certainly = item.true_up_certainly.filter(|cost| cost.seats > 0)?;
        Some(phrase![
            seats(certainly.seats, true),
            " of ",
            name(&item.id),
            format!(" from {}", zone.show(certainly.at))
        ])
    });
    let short: Vec<_> = short.collect();
    let which = if short.is_empty() { Phrase::default() } else { phrase![", which includes ", few(short)] };
    Some(phrase![format!("certainly missing seats cost {}", list(&sums)), which])
}

/// The legend of the mark of doubt.
pub(in crate::answers) fn doubt_in_words(costs: &Costs) -> Option<String> {
    let doubt = all(costs).flat_map(each).any(|cost| !cost.certain);
    doubt.then(|| {
        "? not certain, neither these seats nor what they cost: a license can be read in more than one way, or nobody counted who \
         needs them"
            .to_owned()
    })
}

/// The legend of "too large".
pub(in crate::answers) fn too_large(costs: &Costs) -> Option<String> {
    let items = || costs.items.iter().flat_map(each).any(|cost| cost.cost.is_none());
    let sums = || {
        costs
            .sums
            .iter()
            .any(|sums| CostOf::ALL.iter().any(|what| sums.of(*what).is_some_and(|sum| sum.cost.is_none())))
    };
    (items() || sums()).then(|| "too large: more digits than can be counted with exactly".to_owned())
}

fn each(item: &ItemCosts) -> impl Iterator<Item = Cost> {
    CostOf::ALL.into_iter().filter_map(|what| item.of(what))
}

/// The lines below the table: the items that no sum contains, and the notes.
pub(super) fn lines(costs: &Costs, zone: Zone) -> Vec<Phrase> {
    let mut lines: Vec<Phrase> = ahead_in_words(costs, zone).into_iter().map(Phrase::from).collect();
    lines.extend(certain_in_words(costs, zone));
    lines.extend(without_price(costs, zone));
    lines.extend([doubt_in_words(costs), too_large(costs)].into_iter().flatten().map(Phrase::from));
    lines.extend(costs.notes.iter().cloned());
    lines
}

/// An item without a price, with its seats: "viewerUT (300 owned, 20 unassigned)".
fn seats_in_words(item: &ItemCosts, zone: Zone) -> Phrase {
    let part = |what: CostOf| {
        let cost = item.of(what).filter(|cost| what == CostOf::Owned || cost.seats != 0)?;
        let word = match what {
            CostOf::Delta => return None,
            CostOf::Old => "old",
            CostOf::Owned if item.old.is_some() => "new",
            CostOf::Owned => "owned",
            CostOf::Unassigned => "unassigned",
            CostOf::TrueUp => "short",
        };
        Some(format!("{} {word}{}", cost.seats, if cost.certain { "" } else { DOUBT }))
    };
    let begins = item.price_begins.map(|at| format!("its first price begins {}", zone.show(at)));
    let parts: Vec<_> = CostOf::ALL.into_iter().filter_map(part).chain(begins).collect();
    phrase![name(&item.id), format!(" ({})", parts.join(", "))]
}
