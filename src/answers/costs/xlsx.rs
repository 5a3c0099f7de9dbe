//! Costs in workbooks.

use crate::answers::Page;
use crate::answers::costs::cells::known;
use crate::answers::costs::value::{Cost, CostOf, CostSums, Costs, ItemCosts, ShortCost};
use crate::answers::costs::words::lines;
use crate::answers::workbook::NONE;
use crate::layout::workbook::{BookSheet, CellValue, Fact, Form, SheetColumn, letters};
use crate::prices::Amount;

/// The columns for the price of a seat.
pub(in crate::answers) const PRICE: [SheetColumn; 3] =
    [SheetColumn("Unit price", Form::Count), SheetColumn("Currency", Form::Text), SheetColumn("Period", Form::Text)];

/// The sheet with the costs of each license, and its name where there are several; `None` without a list of prices.
/// The sums stand below the table.
pub(in crate::answers) fn costs_sheet(all: &[(Option<String>, &Costs)], page: &Page) -> Option<BookSheet> {
    let (_, first) = all.first()?;
    let is_shown = |what: &CostOf| all.iter().any(|(_, costs)| known(costs).any(|one| one == *what));
    let shown: Vec<_> = CostOf::ALL.into_iter().filter(is_shown).collect();
    let several = all.len() > 1;
    let mut titles: Vec<_> = several.then_some(SheetColumn("License", Form::Text)).into_iter().collect();
    titles.extend([SheetColumn("Kind", Form::Text), SheetColumn("Id", Form::Text), SheetColumn("Name", Form::Text)]);
    let price = titles.len();
    titles.extend(PRICE);
    titles.push(SheetColumn("Valid from", Form::Date));
    let amounts = titles.len();
    titles.extend(shown.iter().flat_map(|what| titled(*what)));
    titles.extend(shown.contains(&CostOf::TrueUp).then_some(SheetColumn("Most missing from", Form::Date)));
    let mut sheet = BookSheet::new("Prices", titles);
    sheet.facts = vec![
        Fact::Is("Costs of the seats on", CellValue::date(first.as_of, page.zone)),
        Fact::Is("Prices", CellValue::text(&first.prices)),
    ];
    for (license, costs) in all {
        let of = license.as_ref().map_or_else(String::new, |license| format!("{license}: "));
        let remarks = lines(costs, page.zone);
        sheet.facts.extend(remarks.iter().flat_map(|line| Fact::lines(&format!("{of}{line}"))));
    }
    let from = sheet.next_row();
    for (license, costs) in all {
        let license = || several.then(|| CellValue::maybe(license.as_deref()));
        // An item that has only `true_up_certainly`, for which there is no column, gets no row.
        let is_shown = |item: &&ItemCosts| shown.iter().any(|what| item.of(*what).is_some());
        for item in costs.items.iter().chain(&costs.without_price).filter(is_shown) {
            let mut row: Vec<_> = license().into_iter().collect();
            row.extend(cells(item, &shown, page));
            sheet.rows.push(row);
        }
    }
    // The sums are of all rows, whatever their order, and of one license each.
    let rows = (from, sheet.next_row().saturating_sub(1));
    for (license, costs) in all {
        let license_cell = || several.then(|| CellValue::maybe(license.as_deref()));
        let of_license = license.as_deref().filter(|_| several);
        for sums in &costs.sums {
            let mut row: Vec<_> = license_cell().into_iter().collect();
            row.push(CellValue::text("sum"));
            row.resize(price + 1, CellValue::Nothing);
            row.extend([CellValue::text(&sums.currency), CellValue::text(sums.period.as_str())]);
            row.resize(amounts, CellValue::Nothing);
            for (nth, what) in shown.iter().enumerate() {
                let columns = (price + 1, amounts + 2 * nth + 1);
                row.extend([CellValue::Nothing, sum((costs, of_license), sums, *what, columns, rows)]);
            }
            sheet.below.push(row);
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
        CostOf::TrueUp => ("Missing seats", "True-up"),
    };
    [SheetColumn(seats, Form::Count), SheetColumn(cost, Form::Count)]
}

fn cells(item: &ItemCosts, shown: &[CostOf], page: &Page) -> Vec<CellValue> {
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
    for what in shown {
        let cost = item.of(*what);
        cells.push(cost.map_or_else(none, seats));
        cells.push(cost.filter(|_| price.is_some()).map_or_else(none, |cost| amount(cost.cost, cost.certain)));
    }
    if shown.contains(&CostOf::TrueUp) {
        let short = item.true_up.filter(|true_up| true_up.seats > 0);
        cells.push(short.map_or_else(none, |true_up| CellValue::date(true_up.at, page.zone)));
    }
    cells
}

fn seats(cost: Cost) -> CellValue {
    let exact = CellValue::count(cost.seats);
    if cost.certain { exact } else { CellValue::decimal(&cost.seats.to_string(), false) }
}

fn amount(amount: Option<Amount>, certain: bool) -> CellValue {
    amount.map_or_else(|| CellValue::text("too large"), |amount| CellValue::decimal(&amount.to_string(), certain))
}

/// The sum of a column over the rows of a license, as a formula where all its parts are numbers. The license is named
/// where there are several. `currency` is the column of the currency; the period stands in the next one.
fn sum(
    (costs, license): (&Costs, Option<&str>),
    sums: &CostSums,
    what: CostOf,
    (currency, column): (usize, usize),
    (from, to): (usize, usize),
) -> CellValue {
    let Some(sum) = sums.of(what) else { return CellValue::Nothing };
    let is_number = |value: &CellValue| matches!(value, CellValue::Decimal { .. });
    let added = costs.items.iter().filter_map(|item| item.of(what));
    let all_numbers = added.map(|cost| amount(cost.cost, true)).all(|value| is_number(&value));
    let result = amount(sum.cost, sum.certain);
    // The longest text that Excel takes in a formula.
    const LONGEST: usize = 255;
    let license = license.map(CellValue::text);
    let license = license.as_ref().map(|cell| if let CellValue::Text(text) = cell { text.as_str() } else { "" });
    if !all_numbers || !is_number(&result) || license.is_some_and(|license| license.encode_utf16().count() > LONGEST) {
        return result;
    }
    let range = |column: usize| format!("${0}${from}:${0}${to}", letters(column));
    let (amounts, currencies, periods) = (range(column), range(currency), range(currency + 1));
    let (currency, period) = (&sums.currency, sums.period.as_str());
    let formula = match license {
        None => format!("=SUMIFS({amounts},{currencies},\"{currency}\",{periods},\"{period}\")"),
        // Names of files may have the wildcards of SUMIFS, and differ in case alone.
        Some(license) => format!(
            "=SUMPRODUCT(EXACT({},\"{}\")*({currencies}=\"{currency}\")*({periods}=\"{period}\"),{amounts})",
            range(0),
            license.replace('"', "\"\"")
        ),
    };
    CellValue::formula(formula, result, 0)
}

/// The cells for the cost of the seats that an action asks for, below [`PRICE`] and the cost; `is_short` where it
/// asks for seats.
pub(in crate::answers) fn short_cells(cost: Option<&ShortCost>, is_short: bool) -> [CellValue; 4] {
    let none = || CellValue::text(NONE);
    match cost {
        Some(short) => [
            CellValue::decimal(&short.price.amount.to_string(), true),
            CellValue::text(&short.price.currency),
            CellValue::text(short.price.period.as_str()),
            amount(short.cost, short.certain),
        ],
        None => [none(), none(), none(), if is_short { CellValue::text("no price") } else { none() }],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::Instant;

    #[test]
    fn seats_and_costs_that_are_not_certain_are_marked() {
        let of = |certain| Cost { at: Instant::MIN, seats: -3, cost: Some(Amount::ZERO), certain };
        assert_eq!(seats(of(true)), CellValue::Number(-3));
        assert_eq!(seats(of(false)), CellValue::Decimal { number: -3.0, decimals: 0, certain: false });
        assert_eq!(amount(Some(Amount::ZERO), false), CellValue::Decimal { number: 0.0, decimals: 0, certain: false });
        assert_eq!(amount(None, true), CellValue::text("too large"));
    }
}
