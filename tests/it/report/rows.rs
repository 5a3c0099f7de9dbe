//! `jsonl` and `csv`.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::common::seatline;

fn run(arguments: &[&str]) -> String {
    let run = seatline(&[arguments, &["-q", "--as-of", "2027-01-01"]].concat());
    assert_eq!(run.code, 0, "{arguments:?}: {}", run.stderr);
    run.stdout
}

fn records(arguments: &[&str]) -> Vec<Value> {
    run(arguments).lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

const ORIGIN: [&str; 7] = ["record", "asOf", "source", "file", "document", "fetchedAt", "version"];

#[test]
fn a_record_is_the_item_of_the_json_with_its_document() {
    for (command, list, name) in
        [("report", "items", "item"), ("timeline", "items", "item"), ("admins", "userTypes", "userType")]
    {
        let file = "samples/enterprise-11.4.json";
        let whole: Value = serde_json::from_str(&run(&[command, file, "-f", "json"])).unwrap();
        let items = if command == "report" { &whole["licenses"][0][list] } else { &whole[list] };
        let records = records(&[command, file, "-f", "jsonl"]);
        assert_eq!(records.len(), items.as_array().unwrap().len());
        for (record, item) in records.iter().zip(items.as_array().unwrap()) {
            assert_eq!(record["record"], name);
            assert_eq!((&record["source"], &record["file"]), (&json!(file), &json!(file)));
            assert_eq!((&record["version"], &record["document"]), (&json!("11.4"), &json!(0)));
            assert_eq!((&record["asOf"], &record["fetchedAt"]), (&whole["asOf"], &Value::Null));
            for (key, value) in item.as_object().unwrap() {
                assert_eq!(&record[key], value, "{command} {key}");
            }
            let own = item.as_object().unwrap().keys().filter(|key| !ORIGIN.contains(&key.as_str())).count();
            // The JSON has it for the whole license, a record for the item.
            let costs = if command == "report" { ["price", "cost"].as_slice() } else { &[] };
            assert!(costs.iter().all(|name| record[*name].is_null() && record.get(name).is_some()), "{record}");
            assert_eq!(record.as_object().unwrap().len(), ORIGIN.len() + own + costs.len(), "{command}: {record}");
        }
    }
}

#[test]
fn every_name_that_can_be_asked_for_is_a_field() {
    for command in ["report", "timeline", "admins"] {
        for format in ["jsonl", "csv"] {
            let wrong = seatline(&[command, "samples/enterprise-11.4.json", "-f", format, "--fields", "zzzzzzzzzz"]);
            assert_eq!(wrong.code, 2);
            let known = wrong.stderr.trim().rsplit_once("known are ").unwrap().1.to_owned();
            let arguments =
                [command, "samples/enterprise-11.4.json", "-f", format, "--fields", &known.replace(' ', "")];
            let all = run(&arguments);
            let plain = run(&[command, "samples/enterprise-11.4.json", "-f", format]);
            let length = |text: &str| text.lines().next().unwrap().len();
            assert_eq!(length(&all), length(&plain), "{command} {format}: {known}");
        }
    }
}

#[test]
fn fields_are_chosen_and_a_wrong_one_is_refused() {
    let file = "samples/portal-10.8.json";
    let record = &records(&["report", file, "-f", "jsonl", "--fields", "kind,id", "--fields", "certain"])[0];
    assert_eq!(record, &json!({"kind": "userType", "id": "creatorUT", "certain": true}));
    let csv = run(&["report", file, "-f", "csv", "--fields", "usableSeats,id,nextChange"]);
    assert!(csv.starts_with("\"usableSeats\",\"id\",\"nextChangeAt\",\"nextChangeSeats\"\n0,\"creatorUT\""), "{csv}");
    let wrong = seatline(&["report", file, "-f", "jsonl", "--fields", "usableseats"]);
    assert_eq!(wrong.code, 2);
    assert!(wrong.stderr.contains("did you mean usableSeats?"), "{}", wrong.stderr);
    for (option, format) in [("--inline", "csv"), ("--inline", "json"), ("--excel", "jsonl"), ("--fields=id", "json")] {
        assert_eq!(seatline(&["report", file, "-f", format, option]).code, 2, "{option} {format}");
    }
}

#[test]
fn cells_of_csv_are_the_fields_of_the_json() {
    let file = "tests/fixtures/consumers/csv-semicolon-locale.json";
    let records = records(&["report", file, "-f", "jsonl"]);
    let csv = run(&["report", file, "-f", "csv"]);
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let header = reader.headers().unwrap().clone();
    let rows: Vec<BTreeMap<_, _>> = reader
        .records()
        .map(|row| header.iter().map(str::to_owned).zip(row.unwrap().iter().map(str::to_owned)).collect())
        .collect();
    assert_eq!(rows.len(), records.len());
    for (row, record) in rows.iter().zip(&records) {
        for name in ["id", "name", "description", "level", "status", "usableSeats", "version", "asOf"] {
            let value = match &record[name] {
                Value::Null => String::new(),
                Value::String(text) => text.clone(),
                other => other.to_string(),
            };
            let cell = row[name].strip_prefix('\'').unwrap_or(&row[name]);
            assert_eq!(cell, value, "{name}");
        }
    }
    // Importers split at different characters, so every text is quoted.
    assert!(
        csv.lines().all(|line| line.split(',').all(|cell| cell.is_empty() || !cell.starts_with(['B', 'x', '＝', '='])))
    );
}

#[test]
fn excel_gets_a_mark_its_separator_and_local_dates() {
    let file = "samples/portal-10.8.json";
    let arguments = [
        "report",
        file,
        "-f",
        "csv",
        "--excel=semicolon",
        "--tz",
        "America/New_York",
        "--fields",
        "id,finalEnd,version",
    ];
    let csv = run(&arguments);
    let first = "\u{feff}\"id\";\"finalEnd\";\"version\"\r\n\"creatorUT\";\"2020-10-20 16:23:14\";\"'10.8\"\r\n";
    assert!(csv.starts_with(first), "{csv:.200}");
}

#[test]
fn inline_gives_a_record_for_every_document() {
    let nothing =
        records(&["report", "tests/fixtures/consumers/jsonl-csv-nothing-known.json", "-f", "jsonl", "--inline"]);
    let kinds: Vec<_> = nothing.iter().map(|record| record["record"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["document", "finding"], "{nothing:?}");
    assert_eq!(nothing[1]["rule"], "unreadable-entry");
    let chosen =
        records(&["report", "samples/portal-10.8.json", "-f", "jsonl", "--inline", "--fields", "id,itemCount"]);
    let document = chosen.iter().find(|record| record["record"] == "document").unwrap();
    let file = "samples/portal-10.8.json";
    assert_eq!(
        document,
        &json!({"record": "document", "source": file, "file": file, "document": 0, "itemCount": chosen.len() - 1})
    );
}

/// A license of more than a megabyte, with user types that include extensions; `seats` are those of its last entry.
fn large_license(seats: &Value) -> String {
    let text = std::fs::read_to_string("samples/portal-10.8.json").unwrap();
    let mut license: Value = serde_json::from_str(&text).unwrap();
    let entries = license["MyEsri"]["provision"]["userTypes"].as_array_mut().unwrap();
    for (index, year) in (0..12_000).flat_map(|index| [(index, 0), (index, 1)]) {
        let start = 1_700_000_000_000_u64 + year * 200_000_000_000 + index;
        entries.push(json!({"id": format!("type{index}"), "maxUsers": index % 7 + year, "startDate": start}));
    }
    entries.last_mut().unwrap()["maxUsers"] = seats.clone();
    license.to_string()
}

#[test]
fn a_large_license_has_the_rows_of_its_items() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("large.json");
    let file = path.to_str().unwrap();
    for (seats, findings) in [(json!(5), 0), (Value::Null, 1)] {
        let text = large_license(&seats);
        assert!(text.len() > 1 << 20);
        std::fs::write(&path, text).unwrap();
        for kinds in [&[][..], &["--kind", "extension,userType", "--status", "active"]] {
            let whole = run(&[&["report", file, "-f", "json"], kinds].concat());
            let whole: Value = serde_json::from_str(&whole).unwrap();
            let mut rows = records(&[&["report", file, "-f", "jsonl", "--inline"], kinds].concat());
            let others: Vec<_> = rows.extract_if(.., |row| row["record"] != "item").collect();
            let items = whole["licenses"][0]["items"].as_array().unwrap();
            assert_eq!(rows.len(), items.len());
            for (row, item) in rows.iter().zip(items) {
                let members = item.as_object().unwrap();
                assert!(members.iter().all(|(name, value)| row[name] == *value), "{row}");
            }
            assert_eq!((&others[0]["record"], &others[0]["itemCount"]), (&json!("document"), &json!(items.len())));
            assert_eq!(others.len() - 1, findings);
        }
    }
}
