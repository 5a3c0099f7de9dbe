//! Costs on a terminal and in Markdown.

use std::collections::HashSet;
use std::fmt::Write;

use crate::answers::Page;
use crate::answers::costs::few::{few, key};
use crate::answers::costs::value::{Cost, CostOf, CostSum, CostSums, Costs, ItemCosts, ShortCost, UnitPrice};
use crate::answers::phrase::DOUBT;
use crate::answers::words::list;
use crate::layout::{Cell, Grid, Tone};
use crate::prices::Amount;
use crate::text::{Phrase, name, phrase};
use crate::time::Zone;

/// The most items in the table; JSON and CSV have all of them.
const MOST: usize = 40;

/// The costs as text, for the place below the tables of an answer.
pub(in crate::answers) fn costs_text(costs: Option<&Costs>, page: &Page) -> String {
    let Some(costs) = costs else { return String::new() };
    let mut text = format!("\n{}", page.wrap(&caption(costs, page.zone)));
    if !costs.items.is_empty() {
        let [widest, wide] = [true, false].map(|name_apart| grid(costs, page.zone, name_apart));
        let fitting = [widest, wide].into_iter().find(|grid| grid.fits(page.width));
        let fitting = fitting.unwrap_or_else(|| stacked(costs, page.zone));
        text.push_str(&fitting.to_text(page.width, page.color));
    }
    cut_off(costs).iter().for_each(|line| text.push_str(&page.wrap(line)));
    lines(costs, page.zone).iter().for_each(|line| text.push_str(&page.wrap(line)));
    text
}

/// The costs in Markdown.
pub(in crate::answers) fn costs_markdown(costs: Option<&Costs>, page: &Page) -> String {
    let Some(costs) = costs else { return String::new() };
    let mut text = format!("\n### {}\n", caption(costs, page.zone).markdown());
    if !costs.items.is_empty() {
        let _ = write!(text, "\n{}", grid(costs, page.zone, true).to_markdown());
    }
    for line in cut_off(costs).map(Phrase::from).into_iter().chain(lines(costs, page.zone)) {
        let _ = writeln!(text, "\n{}", line.markdown());
    }
    text
}

/// The sums in words: "60000.00 EUR a year and 120.00 USD a month"; `None` where this cost is unknown or nothing
/// lacks.
pub(in crate::answers) fn sums_in_words(costs: &Costs, what: CostOf) -> Option<String> {
    let words = |sums: &CostSums| {
        let sum = shown_sum(costs, sums, what)?;
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

/// The cost of lacking seats: "32775.00 EUR a year, at 655.50 for one".
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

/// The days of the costs, where seats change or lack later.
pub(in crate::answers) fn ahead_in_words(costs: &Costs, zone: Zone) -> Vec<String> {
    let lacks = all(costs).any(|item| item.true_up.is_some_and(|true_up| true_up.seats > 0));
    let change = costs.next_change.filter(|_| !costs.items.is_empty()).map(|change| {
        let which = if lacks { "all but the true-up is" } else { "these costs are" };
        format!("{which} of that day: seats change later, first on {}", zone.show(change))
    });
    let true_up = lacks.then(|| {
        "the true-up is for the most seats of each item that lack at one time, on that day or later, by the price of the first day \
         on which they do"
            .to_owned()
    });
    change.into_iter().chain(true_up).collect()
}

/// What of a true-up in doubt is certain; nothing where none of it is in doubt, or none of it is certain.
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
    let lacking = costs.items.iter().filter(|item| doubtful.contains(&key(item)));
    let lacking = lacking.filter_map(|item| {
        let certainly = item.true_up_certainly.filter(|cost| cost.seats > 0)?;
        Some(phrase![
            seats(certainly.seats, true),
            " of ",
            name(&item.id),
            format!(" from {}", zone.show(certainly.at))
        ])
    });
    let lacking: Vec<_> = lacking.collect();
    let which = if lacking.is_empty() { Phrase::default() } else { phrase![", which includes ", few(lacking)] };
    Some(phrase![format!("certain of the true-up: {}", list(&sums)), which])
}

/// The legend of the mark of doubt.
pub(in crate::answers) fn doubt_in_words(costs: &Costs) -> Option<String> {
    let doubt = all(costs).flat_map(each).any(|cost| !cost.certain);
    doubt.then(|| "? not certain: neither these seats nor what they cost".to_owned())
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

fn all(costs: &Costs) -> impl Iterator<Item = &ItemCosts> {
    costs.items.iter().chain(&costs.without_price)
}

fn each(item: &ItemCosts) -> impl Iterator<Item = Cost> {
    CostOf::ALL.into_iter().filter_map(|what| item.of(what))
}

/// The caption: what is counted, and on which day.
pub(super) fn caption(costs: &Costs, zone: Zone) -> Phrase {
    phrase![format!("Cost of the seats on {} ({zone}), by ", zone.show(costs.as_of)), name(&costs.prices)]
}

/// The costs that at least one item has.
pub(super) fn known(costs: &Costs) -> impl Iterator<Item = CostOf> {
    CostOf::ALL.into_iter().filter(|what| all(costs).any(|item| item.of(*what).is_some()))
}

/// The costs that the table shows, with their titles. Where certainly nothing lacks, the true-up is left out.
pub(super) fn columns(costs: &Costs) -> Vec<(CostOf, &'static str)> {
    let compared = known(costs).any(|what| what == CostOf::Old);
    let is_shown = |what: &CostOf| *what != CostOf::TrueUp || shows_true_up(costs);
    known(costs).filter(is_shown).map(|what| (what, title(what, compared))).collect()
}

/// Whether seats lack, certainly or perhaps.
pub(super) fn shows_true_up(costs: &Costs) -> bool {
    all(costs).any(perhaps_lacks)
}

fn perhaps_lacks(item: &ItemCosts) -> bool {
    item.true_up.is_some_and(|true_up| true_up.seats > 0 || !true_up.certain)
}

/// A sum in words; `None` for a true-up where certainly no seat lacks.
pub(super) fn shown_sum(costs: &Costs, sums: &CostSums, what: CostOf) -> Option<CostSum> {
    let is_in = |item: &&ItemCosts| {
        item.price.as_ref().is_some_and(|price| (&price.currency, price.period) == (&sums.currency, sums.period))
    };
    let is_shown = || what != CostOf::TrueUp || costs.items.iter().filter(is_in).any(perhaps_lacks);
    sums.of(what).filter(|_| is_shown())
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

/// The lines of a cell. Where only a certain part of a true-up has the price of this line, they say so.
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

fn amount_text(amount: Option<Amount>, certain: bool) -> String {
    let doubt = if certain { "" } else { DOUBT };
    amount.map_or_else(|| "too large".to_owned(), |amount| format!("{amount}{doubt}"))
}

/// A number of seats: "15 seats", "15 seats ?".
pub(super) fn seats(count: i64, certain: bool) -> String {
    format!("{count} {}{}", if count == 1 { "seat" } else { "seats" }, if certain { "" } else { DOUBT })
}

/// A table with a row for each item. `name_apart` puts the names in their own column instead of below the ids.
fn grid(costs: &Costs, zone: Zone, name_apart: bool) -> Grid {
    let columns = columns(costs);
    let titles: Vec<_> = columns.iter().map(|(_, title)| format!(">{title}")).collect();
    let name_apart = name_apart && costs.items.iter().any(|item| item.name.is_some());
    let mut header = vec!["item"];
    header.extend(name_apart.then_some("name"));
    header.extend(["kind", "unit price"]);
    header.extend(titles.iter().map(String::as_str));
    let mut grid = Grid::new(&header);
    for item in costs.items.iter().take(MOST) {
        let below = item.name.as_ref().filter(|_| !name_apart).map(|name| format!("  {name}"));
        let mut row = vec![Cell::ids(std::iter::once(item.id.clone()).chain(below).collect())];
        row.extend(name_apart.then(|| Cell::id(item.name.as_deref().unwrap_or_default())));
        row.push(Cell::new(item.kind.noun()));
        row.push(Cell::new(item.price.as_ref().map(unit_price).unwrap_or_default()));
        row.extend(columns.iter().map(|(what, _)| {
            let lines = item_lines(*what, item, costs, zone);
            if lines.is_empty() {
                Cell::default()
            } else {
                cell(what, lines, item.of(*what).or(item.true_up_certainly))
            }
        }));
        grid.row(row);
    }
    for sums in &costs.sums {
        let mut row = vec![Cell::new("sum")];
        row.extend(name_apart.then(Cell::default));
        row.extend([Cell::default(), Cell::new(unit(sums))]);
        row.extend(columns.iter().map(|(what, _)| {
            let sum = shown_sum(costs, sums, *what);
            sum.map_or_else(Cell::default, |sum| Cell::new(sum_text(sum)).tone(tone(sum.certain)))
        }));
        grid.row(row);
    }
    grid
}

/// A table for narrow pages, with the costs of each item below its id.
fn stacked(costs: &Costs, zone: Zone) -> Grid {
    let columns = columns(costs);
    let mut grid = Grid::bare(1);
    for item in costs.items.iter().take(MOST) {
        let price = item.price.as_ref().map(unit_price).unwrap_or_default();
        let about = format!("{}, {price}", item.kind.noun());
        let costs = columns.iter().filter_map(|(what, title)| {
            let lines = item_lines(*what, item, costs, zone);
            (!lines.is_empty()).then(|| format!("{title} {}", lines.join(", ")))
        });
        let below = item.name.iter().cloned().chain([about]).chain(costs).map(|line| format!("  {line}"));
        grid.row([Cell::ids(std::iter::once(item.id.clone()).chain(below).collect())]);
    }
    for sums in &costs.sums {
        let part = |what: CostOf, title: &str| Some(format!("  {title} {}", sum_text(shown_sum(costs, sums, what)?)));
        let parts = columns.iter().filter_map(|(what, title)| part(*what, title));
        grid.row([Cell::lines(std::iter::once(format!("sum {}", unit(sums))).chain(parts))]);
    }
    grid
}

pub(super) fn unit(sums: &CostSums) -> String {
    format!("{} {}", sums.currency, sums.period.phrase())
}

fn cell(what: &CostOf, lines: Vec<String>, cost: Option<Cost>) -> Cell {
    let is_short = *what == CostOf::TrueUp && cost.is_some_and(|cost| cost.seats > 0);
    Cell::lines(lines).tone(if is_short { Tone::Bad } else { tone(cost.is_none_or(|cost| cost.certain)) })
}

fn tone(certain: bool) -> Tone {
    if certain { Tone::Plain } else { Tone::Doubt }
}

/// The sentence that counts the items which the table leaves out.
fn cut_off(costs: &Costs) -> Option<String> {
    let more = costs.items.len().checked_sub(MOST).filter(|more| *more > 0)?;
    Some(format!("and {more} more, which are in the sums: see -f json"))
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
