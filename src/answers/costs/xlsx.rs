//! Costs in a workbook.

use crate::answers::Page;
use crate::answers::costs::text::{columns, costs_in_words};
use crate::answers::costs::value::{CostOf, Costs, ItemCosts};
use crate::answers::workbook::NONE;
use crate::layout::workbook::{BookSheet, CellValue, Fact, Form, SheetColumn};

/// The costs of each license, with its name where there are several; nothing where there is no list of prices. The sums stand
/// above the table.
pub(in crate::answers) fn costs_sheet(all: &[(Option<String>, &Costs)], page: &Page) -> Option<BookSheet> {
    let (_, first) = all.first()?;
    let told: Vec<_> = CostOf::ALL
        .into_iter()
        .filter(|what| all.iter().any(|(_, costs)| columns(costs).iter().any(|(one, _)| one == what)))
        .collect();
    let several = all.len() > 1;
    let mut titles: Vec<_> = several.then_some(SheetColumn("License", Form::Text)).into_iter().collect();
    titles.extend([
        SheetColumn("Kind", Form::Text),
        SheetColumn("Id", Form::Text),
        SheetColumn("Name", Form::Text),
        SheetColumn("Unit price", Form::Count),
        SheetColumn("Currency", Form::Text),
        SheetColumn("Period", Form::Text),
        SheetColumn("Valid from", Form::Date),
    ]);
    titles.extend(told.iter().flat_map(|what| titled(*what)));
    let mut sheet = BookSheet::new("Prices", titles);
    sheet.facts = vec![
        Fact::Is("Costs of the seats on", CellValue::date(first.as_of, page.zone)),
        Fact::Is("Prices", CellValue::text(&first.prices)),
    ];
    for (license, costs) in all {
        for line in costs_in_words(costs, page.zone) {
            let of = license.as_ref().map_or_else(String::new, |license| format!("{license}: "));
            sheet.facts.extend(Fact::lines(&format!("{of}{line}")));
        }
        for item in costs.items.iter().chain(&costs.without_price) {
            let mut row: Vec<_> = several.then(|| CellValue::maybe(license.as_deref())).into_iter().collect();
            row.extend(cells(item, &told, page));
            sheet.rows.push(row);
        }
    }
    Some(sheet)
}

fn titled(what: CostOf) -> [SheetColumn; 2] {
    let (seats, cost) = match what {
        CostOf::Owned => ("Owned seats", "Owned"),
        CostOf::Old => ("Old seats", "Old"),
        CostOf::Delta => ("More seats", "New less old"),
        CostOf::Unassigned => ("Unassigned seats", "Unassigned"),
        CostOf::TrueUp => ("Seats that lack", "True-up"),
    };
    [SheetColumn(seats, Form::Count), SheetColumn(cost, Form::Count)]
}

fn cells(item: &ItemCosts, told: &[CostOf], page: &Page) -> Vec<CellValue> {
    let price = item.price.as_ref();
    let none = || CellValue::text(NONE);
    let mut cells = vec![
        CellValue::text(item.kind.noun()),
        CellValue::text(&item.id),
        CellValue::maybe(item.name.as_deref()),
        price.map_or_else(none, |price| CellValue::decimal(&price.amount.to_string(), true)),
        price.map_or_else(none, |price| CellValue::text(&price.currency)),
        price.map_or_else(none, |price| CellValue::text(price.period.as_str())),
        price.and_then(|price| price.valid_from).map_or_else(none, |from| CellValue::date(from, page.zone)),
    ];
    for what in told {
        let cost = item.of(*what);
        cells.push(cost.map_or_else(none, |cost| CellValue::count(cost.seats)));
        let amount = cost.and_then(|cost| Some((cost.cost?, cost.certain)));
        cells.push(amount.map_or_else(none, |(amount, certain)| CellValue::decimal(&amount.to_string(), certain)));
    }
    cells
}
