//! Costs in a workbook: the sheet of prices has the numbers of the JSON.

use std::collections::HashMap;

use serde_json::Value;

use super::book::{Book, Cell};
use super::{json, xlsx};

const PRICES: [&str; 4] = ["--as-of", "2026-12-01", "--prices", "samples/renewal/prices.csv"];

/// The number of an amount; a dash where there is no amount.
fn amount(text: &Value) -> Cell {
    text.as_str().map_or(Cell::Text("–".to_owned()), |text| Cell::Number(text.parse().unwrap()))
}

fn assert_sheet(command: &[&str], told: &[(&str, &str, &str)]) {
    let command = [command, &PRICES].concat();
    let whole = json(&command);
    let costs = if command[0] == "report" { &whole["licenses"][0]["costs"] } else { &whole["costs"] };
    let book = Book::read(&xlsx(&command).0);
    assert_eq!(book.names[book.names.len() - 2..], ["Prices", "About"], "{command:?}");
    let rows: Vec<HashMap<String, Cell>> = book.table("Prices");
    let items: Vec<_> = ["items", "withoutPrice"].iter().flat_map(|list| costs[*list].as_array().unwrap()).collect();
    assert_eq!(rows.len(), items.len(), "{command:?}");
    for (row, item) in rows.iter().zip(items) {
        assert_eq!(row["Id"], Cell::text(&item["id"]), "{command:?}");
        assert_eq!(row["Unit price"], amount(&item["price"]["amount"]), "{command:?}");
        for (name, seats, cost) in told {
            let dash = Cell::Text("–".to_owned());
            let count = item[*name]["seats"].as_i64().map_or(dash, |count| Cell::Number(count as f64));
            assert_eq!(row[*seats], count, "{command:?} {name}");
            assert_eq!(row[*cost], amount(&item[*name]["cost"]), "{command:?} {name}");
        }
        if told.iter().any(|(name, ..)| *name == "trueUp") {
            let is_short = item["trueUp"]["seats"].as_i64().is_some_and(|seats| seats > 0);
            let from = if is_short {
                Cell::date(item["trueUp"]["at"].as_str().unwrap())
            } else {
                Cell::Text("–".to_owned())
            };
            assert_eq!(row["Most missing from"], from, "{command:?}");
        }
    }
    assert_sums(&book, &rows, costs, told);
}

/// Below the table, formulas sum up the rows of each currency and period.
fn assert_sums(book: &Book, rows: &[HashMap<String, Cell>], costs: &Value, told: &[(&str, &str, &str)]) {
    let cells = book.cells("Prices");
    let head = cells.iter().find(|row| row.contains(&Cell::Text("Unit price".to_owned()))).unwrap();
    let column = |title: &str| head.iter().position(|cell| *cell == Cell::Text(title.to_owned())).unwrap();
    let below: Vec<_> = cells.iter().filter(|row| row[0] == Cell::Text("sum".to_owned())).collect();
    let sums = costs["sums"].as_array().unwrap();
    assert!(!sums.is_empty() && below.len() == sums.len(), "{below:?}");
    let mut formulas = 0;
    for (row, sum) in below.iter().zip(sums) {
        let [currency, period] = ["currency", "period"].map(|member| Cell::text(&sum[member]));
        assert_eq!((&row[column("Currency")], &row[column("Period")]), (&currency, &period));
        for (name, _, cost) in told {
            let of = rows.iter().filter(|row| row["Currency"] == currency && row["Period"] == period);
            let added: Vec<f64> =
                of.filter_map(|row| if let Cell::Number(cost) = row[*cost] { Some(cost) } else { None }).collect();
            let Some(told) = sum[*name]["cost"].as_str() else {
                assert!(added.is_empty(), "{name}");
                continue;
            };
            let Cell::Number(found) = row[column(cost)] else { panic!("{name}: {row:?}") };
            assert_eq!(found, told.parse::<f64>().unwrap(), "{name}");
            assert!((added.iter().sum::<f64>() - found).abs() < 1e-6, "{name}: {added:?} {found}");
            formulas += 1;
        }
    }
    let written = book.formulas("Prices");
    assert!(written.len() == formulas && written.iter().all(|formula| formula.starts_with("SUMIFS(")), "{written:?}");
}

#[test]
fn the_sheet_of_prices_has_what_json_has() {
    let owned = ("owned", "Owned seats", "Owned");
    let old = [("old", "Old seats", "Old"), ("delta", "More seats", "New less old")];
    let needed = [("unassigned", "Unassigned seats", "Unassigned"), ("trueUp", "Missing seats", "True-up")];
    let new = "samples/renewal/new.json";
    let members = ["--usage", "samples/renewal/members.csv"];
    assert_sheet(&["report", new], &[owned]);
    assert_sheet(&[&["fit", new][..], &members].concat(), &[&[owned][..], &needed].concat());
    assert_sheet(&["diff", "samples/renewal/old.json", new], &[&[owned][..], &old].concat());
    let preflight = ["preflight", new, "--over", "samples/renewal/old.json", "--no-policy"];
    assert_sheet(&[&preflight[..], &members].concat(), &[&[owned][..], &old, &needed].concat());
}

#[test]
fn without_a_list_there_is_no_sheet_of_prices() {
    let book = Book::read(&xlsx(&["report", "samples/renewal/new.json", "--as-of", "2026-12-01"]).0);
    assert!(!book.names.contains(&"Prices".to_owned()), "{:?}", book.names);
}

/// Every action shows the cost of its seats and the price, or says that there is no price.
#[test]
fn the_sheet_of_actions_has_what_they_cost() {
    let preflight = ["preflight", "samples/renewal/new.json", "--usage", "samples/renewal/members.csv", "--no-policy"];
    let command = [&preflight[..], &PRICES].concat();
    let actions = json(&command)["actions"].clone();
    let items: Vec<_> =
        actions.as_array().unwrap().iter().flat_map(|action| action["items"].as_array().unwrap()).collect();
    let rows = Book::read(&xlsx(&command).0).table("Actions");
    assert!(rows.len() == items.len() && items.iter().any(|item| item["cost"].is_null()), "{actions:#}");
    for (row, item) in rows.iter().zip(items) {
        let cost = &item["cost"];
        let dash = |value: &Value| if value.is_null() { Cell::Text("–".to_owned()) } else { Cell::text(value) };
        assert_eq!(row["Unit price"], amount(&cost["price"]["amount"]));
        assert_eq!(
            [&row["Currency"], &row["Period"]],
            [&dash(&cost["price"]["currency"]), &dash(&cost["price"]["period"])]
        );
        let none = Cell::Text("no price".to_owned());
        assert_eq!(row["Cost"], if cost.is_null() { none } else { amount(&cost["cost"]) });
    }
    let without = Book::read(&xlsx(&[&preflight[..], &PRICES[..2]].concat()).0).table("Actions");
    assert!(!without[0].contains_key("Cost"), "{without:?}");
}

#[test]
fn what_cannot_be_counted_or_priced_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let list = |name: &str, lines: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, format!("kind,id,unitPrice,currency,period\n{lines}")).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let huge =
        list("huge.csv", "userType,creatorUT,79228162514264337593543950335,EUR,year\nuserType,viewerUT,1,EUR,year\n");
    let report = |prices: &str, more: &[&str]| {
        let command =
            [&["report", "samples/renewal/new.json", "--as-of", "2026-12-01", "--prices", prices], more].concat();
        Book::read(&xlsx(&command).0)
    };
    let book = report(&huge, &[]);
    let row = book.table("Prices").into_iter().find(|row| row["Id"] == Cell::Text("creatorUT".to_owned())).unwrap();
    assert_eq!(row["Owned"], Cell::Text("too large".to_owned()));
    let sum = book.cells("Prices").into_iter().find(|row| row[0] == Cell::Text("sum".to_owned())).unwrap();
    assert_eq!((sum.last(), book.formulas("Prices").len()), (Some(&Cell::Text("too large".to_owned())), 0));
    let none = report(&huge, &["--status", "lapsed"]);
    let said = "nothing is priced: there is no user type, app bundle, extension or app among the items";
    assert!(none.cells("Prices").iter().any(|row| row[0] == Cell::Text(said.to_owned())), "{:?}", none.cells("Prices"));
}

#[test]
fn the_sums_of_several_licenses_are_formulas_of_one_license_each() {
    let licenses = ["samples/renewal/old.json", "samples/renewal/new.json"];
    let book = Book::read(&xlsx(&[&["report"][..], &licenses, &PRICES].concat()).0);
    let formulas = book.formulas("Prices");
    for license in ["old.json", "new.json"] {
        let of: Vec<_> = formulas.iter().filter(|formula| formula.contains(&format!(",\"{license}\")"))).collect();
        assert!(!of.is_empty() && of.iter().all(|formula| formula.starts_with("SUMPRODUCT(EXACT($A$")), "{formulas:?}");
    }
    let rows = book.table("Prices");
    let sums = book.cells("Prices").into_iter().filter(|row| row[1] == Cell::Text("sum".to_owned()));
    for sum in sums {
        let of = rows.iter().filter(|row| row["License"] == sum[0] && sum.contains(&row["Currency"]));
        let added: f64 =
            of.filter_map(|row| if let Cell::Number(cost) = row["Owned"] { Some(cost) } else { None }).sum();
        assert_eq!(sum.last(), Some(&Cell::Number(added)), "{sum:?}");
    }
}
