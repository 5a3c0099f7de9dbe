//! Workbooks, read back by another crate: values and their types are those of JSON, text stays text, and the same question gives
//! the same bytes.
//!
//! What LibreOffice and openpyxl make of them, on other days too, `.ci/readers` looks at.

mod book;
mod hostile;

use std::fs;

use serde_json::Value;

use crate::common::seatline;
use book::{Book, Cell};

const REPORTS: [&str; 5] = [
    "samples/portal-10.8.json",
    "samples/gap-and-early-end-10.9.json",
    "samples/faulty.json",
    "samples/enterprise-11.4.json",
    "samples/history.jsonl",
];

/// The bytes of the answer, and its exit code.
fn xlsx(command: &[&str]) -> (Vec<u8>, i32) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("answer.xlsx");
    let run = seatline(&[command, &["-q", "-o", file.to_str().unwrap()]].concat());
    assert!(run.stdout.is_empty(), "{command:?}: {run:?}");
    (fs::read(&file).unwrap_or_else(|error| panic!("{command:?}: {error}: {run:?}")), run.code)
}

fn json(command: &[&str]) -> Value {
    seatline(&[command, &["-q", "-f", "json"]].concat()).json()
}

#[test]
fn every_item_is_a_row_with_the_values_of_json() {
    for file in REPORTS {
        let command = ["report", file, "--as-of", "2026-12-01T00:00Z"];
        let (bytes, code) = xlsx(&command);
        assert_eq!(code, 0);
        let (book, report) = (Book::read(&bytes), json(&command));
        let licenses = report["licenses"].as_array().unwrap();
        let items: Vec<&Value> = licenses.iter().flat_map(|license| license["items"].as_array().unwrap()).collect();
        let rows = book.table("Seats");
        assert_eq!(rows.len(), items.len(), "{file}");
        for (row, item) in rows.iter().zip(items) {
            let date = |member: &str| item[member].as_str().map_or(Cell::Text("–".into()), Cell::date);
            let count = |seats: &Value| seats.as_u64().map_or(Cell::Empty, |seats| Cell::Number(seats as f64));
            assert_eq!(row["Id"], Cell::text(&item["id"]), "{file}");
            assert_eq!(row["Seats"], count(&item["usableSeats"]), "{file} {item}");
            assert_eq!(row["Status"], Cell::text(&item["status"]), "{file} {item}");
            let certain = item["certain"] == true;
            assert_eq!(row["Certain"], Cell::Text(if certain { "yes" } else { "no" }.into()), "{file} {item}");
            let until = if certain { date("certainUntil") } else { Cell::Text("now".into()) };
            assert_eq!(row["Certain until"], until, "{file} {item}");
            assert_eq!(row["Ends for good"], date("finalEnd"), "{file} {item}");
            let open = item["endsAt"].is_null() && item["status"] == "active";
            let ends = if open { Cell::Text("no end stated".into()) } else { date("endsAt") };
            assert_eq!(row["No seats from"], ends, "{file} {item}");
            let change = item["nextChange"]["at"].as_str().map_or(Cell::Text("–".into()), Cell::date);
            assert_eq!(row["Seats change"], change, "{file} {item}");
        }
        assert_eq!(book.names.first().map(String::as_str), Some("Summary"), "{file}");
        assert!(book.names.ends_with(&["About".to_owned()]), "{file}: {:?}", book.names);
    }
}

#[test]
fn the_seats_follow_the_date_by_formulas_and_hidden_sheets() {
    let (bytes, _) = xlsx(&["report", "samples/gap-and-early-end-10.9.json", "--as-of", "2026-12-01"]);
    let book = Book::read(&bytes);
    assert_eq!(book.names, ["Summary", "Seats", "Timeline", "About"]);
    assert_eq!(book.hidden, ["steps", "sums", "chart", "clock"]);
    let formulas = book.formulas("Seats");
    assert!(formulas.iter().any(|formula| formula.starts_with("LOOKUP(asked,steps!")), "{formulas:?}");
    assert_eq!(book.formulas("Summary").first().map(String::as_str), Some("Seats!$B$1"));
}

#[test]
fn the_same_question_gives_the_same_bytes() {
    for file in REPORTS {
        let command = ["report", file, "--as-of", "2026-12-01", "--tz", "Europe/Berlin"];
        let (one, other) = (xlsx(&command).0, xlsx(&command).0);
        assert!(one == other, "{file}: other bytes");
        assert!(one != xlsx(&[&command[..4], &["--tz", "Asia/Tokyo"]].concat()).0, "{file}: the zone changes nothing");
    }
}

#[test]
fn a_format_may_be_said_and_the_workbook_go_into_a_pipe() {
    let arguments = ["samples/portal-10.8.json", "--as-of", "2019-01-01", "-f", "xlsx"];
    let output = crate::common::command(&arguments).output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(Book::read(&output.stdout).table("Seats").len(), 26);
}

#[test]
fn a_workbook_is_replaced_only_by_a_whole_one() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("Report.XLSX");
    fs::write(&file, "before").unwrap();
    let output = file.to_str().unwrap();
    let run = seatline(&["report", "no-such-file.json", "-o", output]);
    assert_eq!((run.code, fs::read(&file).unwrap()), (3, b"before".to_vec()), "{run:?}");
    let run = seatline(&["report", "samples/portal-10.8.json", "--as-of", "0500-01-01", "-o", output]);
    assert_eq!((run.code, fs::read(&file).unwrap()), (2, b"before".to_vec()), "{run:?}");
    assert!(run.stderr.contains("1901 to 9999"), "{run:?}");
    let run = seatline(&["report", "samples/portal-10.8.json", "no-such-file.json", "-o", output]);
    assert_eq!(run.code, 3, "{run:?}");
    let about = Book::read(&fs::read(&file).unwrap()).table("About");
    let failed: Vec<_> = about.iter().filter(|row| row["Could not be read"] != Cell::Text("–".into())).collect();
    assert_eq!(failed.len(), 1, "{about:?}");
    assert_eq!(failed[0]["File"], Cell::Text("no-such-file.json".into()));
}

#[test]
fn a_command_without_a_workbook_refuses_one() {
    let run = seatline(&["admins", "samples/portal-10.8.json", "-o", "x.xlsx"]);
    assert_eq!(run.code, 2, "{run:?}");
    assert!(run.stderr.contains("admins has no format for .xlsx"), "{run:?}");
}
