//! Compares the rows of pages with the JSON of the same answer: every item is there, with the same numbers.

use serde_json::Value;

use super::page::{Page, Row};
use super::{RENEWAL, html};
use crate::common::seatline;

fn both(command: &[&str], as_of: &str) -> (Page, Value) {
    let run = seatline(&[command, &["--as-of", as_of, "-q", "-f", "json"]].concat());
    (Page::parse(&html(command, as_of)).unwrap(), run.json())
}

fn text(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

fn find<'r>(rows: &'r [Row], item: &Value) -> &'r Row {
    rows.iter().find(|row| row.id == item["id"].as_str().unwrap()).unwrap_or_else(|| panic!("no row of {item}"))
}

#[test]
fn a_report_shows_every_item_as_json_has_it() {
    let files = [
        "samples/portal-10.8.json",
        "samples/faulty.json",
        "samples/gap-and-early-end-10.9.json",
        "samples/enterprise-11.4.json",
    ];
    for file in files {
        for as_of in ["2019-01-05", "2024-02-29 13:30", "2026-12-30", "2027-01-03", "2031-01-01"] {
            let (page, json) = both(&["report", file], as_of);
            let license = &json["licenses"][0];
            let (rows, items) = (page.rows(), license["items"].as_array().unwrap());
            assert_eq!(rows.len(), items.len());
            for (row, item) in rows.iter().zip(items) {
                let doubt = if item["certain"] == true { "" } else { " ?" };
                assert_eq!(row.id, item["id"]);
                assert_eq!(row.cell("status"), Some(format!("{}{doubt}", item["status"].as_str().unwrap()).as_str()));
                if item["kind"] != "capability" {
                    assert_eq!(
                        row.cell("seats"),
                        Some(format!("{}{doubt}", item["usableSeats"]).as_str()),
                        "{file} {as_of}"
                    );
                }
            }
            let administrators = license["administrators"].as_array().unwrap().iter().map(text).collect::<Vec<_>>();
            let said = page.texts("at").first().cloned().unwrap();
            assert!(said.starts_with(&as_of[..10]), "{said}");
            let data = page.data();
            let types =
                data["administrators"][0].as_array().unwrap().iter().map(|one| text(&one["id"])).collect::<Vec<_>>();
            assert!(administrators.iter().all(|one| types.contains(one)), "{administrators:?} of {types:?}");
        }
    }
}

#[test]
fn every_entry_stands_behind_its_item() {
    let (page, _) = both(&["report", "samples/gap-and-early-end-10.9.json"], "2026-12-30");
    let why =
        seatline(&["why", "viewerUT", "samples/gap-and-early-end-10.9.json", "--as-of", "2026-12-30", "-f", "json"]);
    let rows = page.rows();
    let index = rows.iter().position(|row| row.id == "viewerUT").unwrap();
    let said = page.texts("why")[index].clone();
    for entry in why.json()["entries"].as_array().unwrap() {
        let wanted = format!("line {}: {} seats from", entry["location"]["line"], entry["maxUsers"]);
        assert!(said.contains(&wanted), "{wanted} in {said}");
        assert!(said.contains(entry["reading"].as_str().unwrap()), "{entry} in {said}");
    }
}

#[test]
fn fit_and_preflight_show_what_is_assigned_and_short() {
    let [old, new, members] = RENEWAL;
    for as_of in ["2026-11-30", "2026-12-31 12:00", "2030-01-01"] {
        let (page, json) = both(&["fit", new, "--usage", members], as_of);
        let rows = page.rows();
        for item in json["items"].as_array().unwrap().iter().filter(|item| !item["assigned"].is_null()) {
            let row = find(&rows, item);
            for (cell, member) in [("seats", "usableSeats"), ("assigned", "assigned"), ("available", "available")] {
                assert_eq!(row.cell(cell), Some(text(&item[member]).as_str()), "{cell} of {item}");
            }
            let short = item["assigned"].as_u64().unwrap().saturating_sub(item["usableSeats"].as_u64().unwrap());
            assert_eq!(row.cell("short"), Some(short.to_string().as_str()));
        }
        let (page, json) = both(&["preflight", new, "--usage", members, "--over", old, "--no-policy"], as_of);
        let rows = page.rows();
        for item in json["items"].as_array().unwrap() {
            assert_eq!(find(&rows, item).cell("seats"), Some(text(&item["new"]).as_str()));
            assert_eq!(find(&rows, item).cell("assigned"), Some(text(&item["assigned"]).as_str()));
        }
    }
}

#[test]
fn diff_shows_both_sides_of_what_changes() {
    let (page, json) = both(&["diff", "samples/portal-10.8.json", "samples/renewed-11.1.json"], "2019-06-01");
    let rows = page.rows();
    let changed: Vec<_> = json["items"].as_array().unwrap().iter().filter(|item| item["changed"] == true).collect();
    assert!(rows.len() == changed.len() && !rows.is_empty());
    for item in changed.iter().filter(|item| item["kind"] != "capability") {
        let row = find(&rows, item);
        assert_eq!(row.cell("old").map(|cell| cell.trim_end_matches(" ?")), Some(text(&item["old"]).as_str()));
        assert_eq!(row.cell("seats").map(|cell| cell.trim_end_matches(" ?")), Some(text(&item["new"]).as_str()));
    }
}
