//! Costs on a terminal and in Markdown.

use std::fmt::Write;

use crate::answers::Page;
use crate::answers::costs::cells::{columns, item_lines, shown_sum, sum_text, unit, unit_price};
use crate::answers::costs::value::{Cost, CostOf, Costs};
use crate::answers::costs::words::{MOST, lines};
use crate::layout::{Cell, Grid, Tone};
use crate::text::{Phrase, name, phrase};
use crate::time::Zone;

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

/// The caption: what is counted, and on which day.
pub(super) fn caption(costs: &Costs, zone: Zone) -> Phrase {
    phrase![format!("Cost of the seats on {} ({zone}), by ", zone.show(costs.as_of)), name(&costs.prices)]
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
