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

/// Seats that come back have not ended: the strip of months tells a gap from an end, and an end that is not certain from one
/// that is.
#[test]
fn the_strip_of_months_tells_gaps_and_doubts() {
    let (page, _) = both(&["report", "samples/gap-and-early-end-10.9.json"], "2026-11-30");
    let months = page.texts("months").concat();
    for month in ["2026-12 1 gap", "2027-09 1 end", "2028-03 11 ends"] {
        assert!(months.contains(month), "{month} in {months}");
    }
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("doubt.json");
    let entry = |seats: u64, at: i64| serde_json::json!({"id": "creatorUT", "maxUsers": seats, "startDate": at});
    // From 2027-01-10 on there are 0 or 20 seats, from 2027-02-10 on none.
    let entries = [
        entry(20, 1_767_225_600_000),
        entry(0, 1_799_539_200_000),
        entry(20, 1_799_539_200_000),
        entry(0, 1_802_217_600_000),
    ];
    let license = serde_json::json!({"MyEsri": {"version": "11.3", "provision": {"userTypes": entries}}});
    std::fs::write(&file, license.to_string()).unwrap();
    for command in [
        &["report", file.to_str().unwrap()][..],
        &["timeline", file.to_str().unwrap()],
        &["fit", file.to_str().unwrap(), "--nobody-yet"],
        &["preflight", file.to_str().unwrap(), "--nobody-yet", "--no-policy"],
    ] {
        let page = Page::parse(&html(command, "2026-11-30")).unwrap();
        assert_eq!(page.texts("months").concat().trim(), "2027-01 1 end ?", "{command:?}");
        let bands = page.texts("bands").concat();
        assert!(bands.contains("30–59 days 1 ?") && bands.contains("60–89 days 0"), "{command:?}: {bands}");
        if let Some(left) = page.rows()[0].cell("left") {
            assert_eq!(left, "41 ?", "{command:?}");
        }
    }
    // At the beginning of the doubt nobody knows whether there are seats.
    let page = Page::parse(&html(&["report", file.to_str().unwrap()], "2027-01-10")).unwrap();
    assert!(page.texts("bands").concat().contains("none now 1 ?"), "{:?}", page.texts("bands"));
}

/// What does not follow the day that the reader chooses says of which day it is; columns without content are left out.
#[test]
fn the_page_of_preflight_says_of_which_day_its_columns_are() {
    let [old, new, members] = RENEWAL;
    let command = ["preflight", new, "--usage", members, "--over", old, "--no-policy"];
    let text = html(&command, "2026-11-30");
    for title in ["old, at the import", "lowest after the import"] {
        assert!(text.contains(&format!(">{title}</th>")), "{title} {text}");
    }
    assert!(!text.contains(">what</th>") && !text.contains("scope=\"col\">old</th>"), "{text}");
    // Nobody was counted, so what OLD gives is what is needed.
    let text = html(&["preflight", new, "--over", old, "--no-policy"], "2026-11-30");
    assert!(text.contains("scope=\"col\">old</th>"), "{text}");
    let text = html(&command, "2027-01-01");
    assert!(text.contains(">old, before its end</th>"), "{text}");
}

/// On a phone a date is not broken: "2026-12-" at the end of a line is no date.
#[test]
fn no_line_of_a_verdict_breaks_in_a_date() {
    let [old, new, members] = RENEWAL;
    for command in [
        &["preflight", new, "--usage", members, "--over", old, "--no-policy"][..],
        &["fit", new, "--usage", members],
        &["diff", old, new],
    ] {
        let text = html(command, "2026-11-30");
        let header = text.split("<header>").nth(1).unwrap().split("</header>").next().unwrap();
        assert!(header.contains("<span class=\"whole\">2026-12-31 12:00</span>"), "{command:?}: {header}");
        let bare = header.replace("<span class=\"whole\">20", "");
        assert!(!bare.contains(" 2026-") && !bare.contains(" 2029-"), "{command:?}: {header}");
    }
}
