//! Workbooks, read back by another crate: values have the types of the JSON, text stays text, and the same question
//! gives the same bytes.
//!
//! `.ci/readers` tests workbooks with LibreOffice and openpyxl, on other days too.

pub(crate) mod book;
mod hostile;
mod marks;
mod prices;

use std::fs;

use serde_json::{Value, json};

use crate::common::seatline;
use crate::preflight::told::Site;
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
            let ends = match (item["status"] == "active", item["endsAt"].is_null()) {
                (true, true) => Cell::Text("no end stated".into()),
                (true, false) => date("endsAt"),
                // The end of seats that come later is not told as theirs.
                (false, _) => Cell::Text("–".into()),
            };
            assert_eq!(row["No seats from"], ends, "{file} {item}");
            let change = item["nextChange"]["at"].as_str().map_or(Cell::Text("–".into()), Cell::date);
            assert_eq!(row["Seats change"], change, "{file} {item}");
        }
        assert_eq!(book.names.first().map(String::as_str), Some("Summary"), "{file}");
        assert!(book.names.ends_with(&["About".to_owned()]), "{file}: {:?}", book.names);
    }
}

#[test]
fn what_has_no_seats_has_no_days_left() {
    let site = Site::new();
    let file = site.license(
        "license.json",
        &[(
            "userTypes",
            &[
                ("gapUT", json!(20), "2026-01-01"),
                ("gapUT", json!(0), "2027-03-15"),
                ("gapUT", json!(20), "2027-04-01"),
                ("gapUT", json!(0), "2029-03-15"),
                ("laterUT", json!(5), "2027-04-01"),
                ("laterUT", json!(0), "2029-03-15"),
                ("nowUT", json!(5), "2026-01-01"),
                ("nowUT", json!(0), "2027-03-30"),
            ],
        )],
    );
    let members = site.members(&[("gapUT", 1), ("laterUT", 1), ("nowUT", 1)]);
    let in_gap = ["--as-of", "2027-03-20"];
    let none = Cell::Text("–".into());
    let rows = Book::read(&xlsx(&[&["report", &file], &in_gap[..]].concat()).0).table("Seats");
    let left =
        |id: &str| rows.iter().find(|row| row["Id"] == Cell::Text(id.into())).map(|row| row["Days left"].clone());
    assert_eq!(
        ["gapUT", "laterUT", "nowUT"].map(left),
        [Some(none.clone()), Some(none.clone()), Some(Cell::Number(10.0))]
    );
    for command in [&["fit"][..], &["preflight", "--no-policy"]] {
        let book = Book::read(&xlsx(&[command, &[&file, "--usage", &members], &in_gap].concat()).0);
        for row in book.table("Seats") {
            let is_given = row["Id"] == Cell::Text("nowUT".into());
            assert_eq!(row["No seats from"] == none, !is_given, "{command:?}: {row:?}");
        }
    }
}

/// Every other answer that has a workbook, on inputs of several kinds.
fn others() -> Vec<Vec<&'static str>> {
    let [old, new, members] = ["samples/renewal/old.json", "samples/renewal/new.json", "samples/renewal/members.csv"];
    let as_of = ["--as-of", "2026-12-01T00:00Z"];
    let all: [&[&str]; 9] = [
        &["timeline", "samples/gap-and-early-end-10.9.json"],
        &["timeline", "samples/faulty.json", "samples/history.jsonl", "--by", "date"],
        &["diff", old, new],
        &["diff", "samples/renewed-11.1.json", "samples/faulty.json"],
        &["fit", new, "--usage", members],
        &["fit", "samples/faulty.json", "--usage", "samples/stories/license-resource-11.1.json"],
        &["preflight", new, "--usage", members, "--over", old, "--no-policy"],
        &["preflight", new, "--over", old, "--no-policy"],
        &["preflight", new, "--nobody-yet", "--no-policy"],
    ];
    all.into_iter().map(|command| [command, &as_of].concat()).collect()
}

#[test]
fn every_answer_has_its_sheets_and_the_exit_code_of_json() {
    for command in others() {
        let (bytes, code) = xlsx(&command);
        let run = seatline(&[&command[..], &["-q", "-f", "json"]].concat());
        assert_eq!(code, run.code, "{command:?}");
        let book = Book::read(&bytes);
        let sheets: &[&str] = match command[0] {
            "diff" => &["Summary", "Seats", "Timeline", "Changes", "About"],
            "preflight" => &["Summary", "Actions", "Seats", "Timeline", "About"],
            "fit" => &["Summary", "Seats", "Timeline", "Members", "Findings", "About"],
            _ => &["Summary", "Seats", "Timeline", "Findings", "About"],
        };
        let shown: Vec<&str> = book.names.iter().map(String::as_str).collect();
        assert!(["Summary", "Seats", "About"].iter().all(|name| shown.contains(name)), "{command:?}: {shown:?}");
        // The sheets in this order, those that have rows.
        assert!(sheets.iter().filter(|name| shown.contains(name)).eq(shown.iter()), "{command:?}: {shown:?}");
        let verdict = ["headline", "verdict"].iter().find_map(|member| run.json()[*member].as_str().map(str::to_owned));
        if let Some(verdict) = verdict {
            assert_eq!(book.table("Summary")[0]["Answer"], Cell::Text(verdict), "{command:?}");
        }
    }
}

#[test]
fn owned_assigned_and_short_are_those_of_json() {
    let number = |value: &Value, none: &str| {
        value.as_i64().map_or(Cell::Text(none.into()), |number| Cell::Number(number as f64))
    };
    for command in others().into_iter().filter(|command| ["fit", "preflight"].contains(&command[0])) {
        let (book, report) = (Book::read(&xlsx(&command).0), json(&command));
        let items = report["items"].as_array().unwrap();
        let rows = book.table("Seats");
        assert_eq!(rows.len(), items.len(), "{command:?}");
        for (row, item) in rows.iter().zip(items) {
            assert_eq!(row["Id"], Cell::text(&item["id"]), "{command:?}");
            let owned = if item["new"].is_null() { &item["usableSeats"] } else { &item["new"] };
            assert_eq!(row["Owned"], number(owned, "–"), "{command:?} {item}");
            assert_eq!(row["Assigned"], number(&item["assigned"], "not counted"), "{command:?} {item}");
            if let (Some(owned), Some(assigned)) = (owned.as_i64(), item["assigned"].as_i64()) {
                assert_eq!(row["Available"], Cell::Number((owned - assigned) as f64), "{command:?} {item}");
                assert_eq!(row["Short"], Cell::Number((assigned - owned).max(0) as f64), "{command:?} {item}");
            }
            let fits = item["fits"].as_bool().map_or("not known", |fits| if fits { "yes" } else { "no" });
            assert_eq!(row["Fits"], Cell::Text(fits.into()), "{command:?} {item}");
        }
        for (number, action) in report["actions"].as_array().into_iter().flatten().enumerate() {
            let own: Vec<_> = book
                .table("Actions")
                .into_iter()
                .filter(|row| row["No."] == Cell::Number((number + 1) as f64))
                .collect();
            assert_eq!(own.len(), action["items"].as_array().unwrap().len().max(1), "{command:?}");
            assert_eq!(own[0]["Due"], Cell::date(action["due"].as_str().unwrap()), "{command:?}");
            assert_eq!(own[0]["To do"], Cell::text(&action["toDo"]), "{command:?}");
        }
    }
}

#[test]
fn old_new_and_what_is_lost_are_those_of_json() {
    for command in others().into_iter().filter(|command| command[0] == "diff") {
        let (book, report) = (Book::read(&xlsx(&command).0), json(&command));
        let items = report["items"].as_array().unwrap();
        let rows = book.table("Seats");
        assert_eq!(rows.len(), items.len(), "{command:?}");
        for (row, item) in rows.iter().zip(items) {
            assert_eq!(row["Id"], Cell::text(&item["id"]), "{command:?}");
            for (column, member) in [("Old", "old"), ("New", "new"), ("Difference", "delta")] {
                if let Some(number) = item[member].as_i64() {
                    assert_eq!(row[column], Cell::Number(number as f64), "{command:?} {column} {item}");
                }
            }
            for (column, member) in [("Old certain", "oldCertainUntil"), ("New certain", "newCertainUntil")] {
                let certain = item[member] != report["asOf"];
                assert_eq!(row[column], Cell::Text(if certain { "yes" } else { "no" }.into()), "{command:?} {item}");
            }
        }
        let changes = book.table("Changes");
        let findings = report["findings"].as_array().unwrap();
        let told = changes.iter().take(findings.len()).map(|row| row["Message"].clone());
        assert!(told.eq(findings.iter().map(|found| Cell::text(&found["message"]))), "{command:?}");
        let changed = items.iter().filter(|item| item["changed"] == true).count();
        assert_eq!(changes.len(), findings.len() + changed, "{command:?}");
    }
}

/// A cell breaks its lines itself, so the second line of a table's text is part of the same sentence there.
#[test]
fn what_changes_is_said_without_the_line_breaks_of_a_table() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str, seats: &[u64]| {
        let entry = |(month, seats): (u64, &u64)| {
            let start = 1_767_225_600_000 + month * 30 * 86_400_000;
            serde_json::json!({"id": "creatorUT", "maxUsers": seats, "startDate": start})
        };
        let entries: Vec<_> = (0..).zip(seats).map(entry).collect();
        let path = folder.path().join(name);
        let provision = serde_json::json!({"userTypes": entries});
        fs::write(&path, serde_json::json!({"MyEsri": {"version": "11.4", "provision": provision}}).to_string())
            .unwrap();
        path.to_str().unwrap().to_owned()
    };
    let (old, new) = (path("old.json", &[5]), path("new.json", &[5, 4, 3, 2]));
    let diff = ["diff", &old, &new, "--as-of", "2026-01-02T00:00Z"];
    let table = seatline(&[&diff[..], &["--width", "200"]].concat()).stdout;
    assert!(table.contains("from 2026-03-02 00:00,\n"), "a table breaks it: {table}");
    let book = Book::read(&xlsx(&diff).0);
    let of_creator = |row: &&std::collections::HashMap<String, Cell>| {
        row["What"] == Cell::Text("change".into()) && row["Id"] == Cell::Text("creatorUT".into())
    };
    let said = book.table("Changes").iter().find(of_creator).unwrap()["Message"].clone();
    let sentence = "OLD 5, no end stated; NEW 5 → 4 on 2026-01-31 00:00, then 3 from 2026-03-02 00:00, then 2 from 2026-04-01 00:00, \
                    no end stated";
    assert_eq!(said, Cell::Text(sentence.into()));
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
    let reports = REPORTS.iter().map(|file| vec!["report", file, "--as-of", "2026-12-01"]);
    for command in reports.chain(others()) {
        let of = |zone: &str| xlsx(&[&command[..], &["--tz", zone]].concat()).0;
        let (one, other) = (of("Europe/Berlin"), of("Europe/Berlin"));
        assert!(one == other, "{command:?}: other bytes");
        assert!(one != of("Asia/Tokyo"), "{command:?}: the zone changes nothing");
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
    assert_eq!((run.code, fs::read(&file).unwrap()), (3, b"before".to_vec()), "{run:?}");
    let several = ["report", "samples/portal-10.8.json", "no-such-file.json", "-f", "xlsx"];
    let run = crate::common::command(&several).output().unwrap();
    assert_eq!(run.status.code(), Some(3), "{run:?}");
    let about = Book::read(&run.stdout).table("About");
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
