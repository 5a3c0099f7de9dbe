//! Costs in a workbook: the sheet of prices has what JSON has.

use std::collections::HashMap;

use serde_json::Value;

use super::book::{Book, Cell};
use super::{json, xlsx};

const PRICES: [&str; 4] = ["--as-of", "2026-12-01", "--prices", "samples/renewal/prices.csv"];

/// The number of an amount; what has none is a dash.
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
    }
}

#[test]
fn the_sheet_of_prices_has_what_json_has() {
    let owned = ("owned", "Owned seats", "Owned");
    let old = [("old", "Old seats", "Old"), ("delta", "More seats", "New less old")];
    let needed = [("unassigned", "Unassigned seats", "Unassigned"), ("trueUp", "Seats that lack", "True-up")];
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
