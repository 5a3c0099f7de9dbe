//! The conditional formats and notes of a workbook, read from its XML, since calamine does not read them.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;

use flate2::read::DeflateDecoder;
use serde_json::json;

use super::book::{Book, Cell};
use super::xlsx;
use crate::preflight::told::Site;

/// The files in a workbook, by name.
fn parts(bytes: &[u8]) -> BTreeMap<String, String> {
    let number =
        |at: usize, length: usize| (0..length).map(|nth| usize::from(bytes[at + nth]) << (8 * nth)).sum::<usize>();
    let end = bytes.windows(4).rposition(|window| window == b"PK\x05\x06").unwrap();
    let (count, mut at) = (number(end + 10, 2), number(end + 16, 4));
    let mut parts = BTreeMap::new();
    for _ in 0..count {
        let (size, name, more, comment) =
            (number(at + 20, 4), number(at + 28, 2), number(at + 30, 2), number(at + 32, 2));
        let text = |from: usize, length: usize| String::from_utf8(bytes[from..from + length].to_vec()).unwrap();
        let local = number(at + 42, 4);
        let data = local + 30 + number(local + 26, 2) + number(local + 28, 2);
        let packed = &bytes[data..data + size];
        let mut unpacked = String::new();
        match number(at + 10, 2) {
            0 => unpacked.push_str(std::str::from_utf8(packed).unwrap()),
            _ => drop(DeflateDecoder::new(packed).read_to_string(&mut unpacked).unwrap()),
        }
        parts.insert(text(at + 46, name), unpacked);
        at += 46 + name + more + comment;
    }
    parts
}

/// The column of a cell, from 0, and its row, from 1.
fn place(cell: &str) -> (usize, usize) {
    let cell = cell.replace('$', "");
    let digits = cell.find(|one: char| one.is_ascii_digit()).unwrap();
    let (letters, row) = cell.split_at(digits);
    (letters.bytes().fold(0, |sum, letter| sum * 26 + usize::from(letter - b'A') + 1) - 1, row.parse().unwrap())
}

/// The conditional formats of a sheet: the marked column, by its header, and the condition, with headers in place of
/// cells.
fn marks(bytes: &[u8], sheet: &str) -> BTreeSet<(String, String)> {
    let (parts, book) = (parts(bytes), Book::read(bytes));
    let workbook = roxmltree::Document::parse(&parts["xl/workbook.xml"]).unwrap();
    let sheets = workbook
        .descendants()
        .filter(|node| node.has_tag_name(("http://schemas.openxmlformats.org/spreadsheetml/2006/main", "sheet")));
    let nth = sheets.into_iter().position(|one| one.attribute("name") == Some(sheet)).unwrap() + 1;
    let xml = roxmltree::Document::parse(&parts[&format!("xl/worksheets/sheet{nth}.xml")]).unwrap();
    let cells = book.cells(sheet);
    let mut marks = BTreeSet::new();
    for format in xml.descendants().filter(|node| node.tag_name().name() == "conditionalFormatting") {
        let first = format.attribute("sqref").unwrap().split(':').next().unwrap();
        let (column, row) = place(first);
        let title = |column: usize| match &cells[row - 2][column] {
            Cell::Text(text) => text.clone(),
            other => panic!("{other:?} above {first}"),
        };
        for rule in format.children().filter(|node| node.tag_name().name() == "cfRule") {
            assert!(rule.attribute("dxfId").is_some(), "it looks like nothing");
            let formulas = rule.children().filter_map(|node| node.text()).collect::<Vec<_>>();
            let when = match rule.attribute("type").unwrap() {
                "cellIs" => format!("{} {}", rule.attribute("operator").unwrap(), formulas.join(" ")),
                "expression" => {
                    let digits = row.to_string();
                    let pieces = formulas[0].split_inclusive(&digits);
                    let named = pieces.map(|piece| match piece.rfind('$').filter(|_| piece.ends_with(&digits)) {
                        Some(at) => format!("{}{}", &piece[..at], title(place(&piece[at..]).0)),
                        None => piece.to_owned(),
                    });
                    named.collect()
                }
                other => panic!("{other}"),
            };
            marks.insert((title(column), when));
        }
    }
    marks
}

fn of(marked: &[(&str, &str)]) -> BTreeSet<(String, String)> {
    marked.iter().map(|(column, certain)| ((*column).to_owned(), format!("{certain}=\"no\""))).collect()
}

/// The conditional formats that depend on a column of "yes" and "no".
fn doubtful(bytes: &[u8], sheet: &str) -> BTreeSet<(String, String)> {
    marks(bytes, sheet).into_iter().filter(|(_, when)| when.ends_with("=\"no\"")).collect()
}

#[test]
fn what_is_not_certain_is_marked_by_the_column_that_says_so() {
    let site = Site::new();
    let entries = [("creatorUT", json!(9), "2026-01-01"), ("creatorUT", json!(12), "2026-01-01")];
    let new = site.license("new.json", &[("userTypes", &entries)]);
    let members = site.members(&[("creatorUT", 11)]);
    let question = ["--as-of", "2026-11-26", "--usage", &members];
    let (preflight, _) = xlsx(&[&["preflight", &new, "--no-policy", "--over", &new], &question[..]].concat());
    assert_eq!(doubtful(&preflight, "Actions"), of(&[("Seats", "Certain"), ("Short", "Certain")]));
    let seats = [("Owned", "Certain"), ("Available", "Certain"), ("Short", "Short certain")];
    let old = [
        ("Old at the import", "Old certain"),
        ("Old later at most", "Old later certain"),
        ("Fewest", "Fewest certain"),
        ("Fewest from", "Fewest certain"),
    ];
    assert_eq!(doubtful(&preflight, "Seats"), of(&[&seats[..], &old].concat()));
    let (fit, _) = xlsx(&[&["fit", &new], &question[..]].concat());
    assert_eq!(doubtful(&fit, "Seats"), of(&seats));
    let then =
        ["First shortage", "Until", "Seats then", "Assigned then", "Short then"].map(|one| (one, "Certain then"));
    assert_eq!(doubtful(&fit, "Members"), of(&[&then[..], &[("Use in percent", "Use certain")]].concat()));
    // Missing seats are marked on every sheet.
    for (bytes, sheet) in [(&preflight, "Actions"), (&preflight, "Seats"), (&fit, "Seats"), (&fit, "Members")] {
        let lacks = marks(bytes, sheet).into_iter().filter(|(_, when)| when.starts_with("between 1 ")).count();
        assert!(lacks > 0, "{sheet}");
    }
}

/// All columns together are too wide to be read on paper.
#[test]
fn the_sheet_of_actions_has_the_columns_that_say_something() {
    let [old, new, members] = ["old.json", "new.json", "members.csv"].map(|name| format!("samples/renewal/{name}"));
    let titles = |more: &[&str]| {
        let command = [&["preflight", &new, "--no-policy", "--as-of", "2026-11-30"], more].concat();
        let rows = Book::read(&xlsx(&command).0).table("Actions");
        rows[0].keys().cloned().collect::<BTreeSet<_>>()
    };
    let always = [
        "No.",
        "Due",
        "Cause",
        "To do",
        "Kind",
        "Id",
        "Name",
        "What",
        "From",
        "Assigned",
        "Seats",
        "Short",
        "Certain",
        "Locked out",
        "Until",
        "Advice",
        "Lines",
    ];
    let of = |more: &[&str]| always.iter().chain(more).map(|title| (*title).to_owned()).collect::<BTreeSet<_>>();
    assert_eq!(titles(&["--usage", &members]), of(&[]));
    assert_eq!(titles(&["--over", &old]), of(&["Old", "Old certain", "Perhaps more"]));
}

#[test]
fn days_left_are_in_bands() {
    let (report, _) = xlsx(&["report", "samples/portal-10.8.json", "--as-of", "2020-08-01"]);
    let bands = marks(&report, "Seats").into_iter().filter(|(column, _)| column == "Days left").map(|(_, when)| when);
    let bands: Vec<_> = bands.collect();
    for band in ["0 29", "30 59", "60 89", "90 120"] {
        assert!(bands.contains(&format!("between {band}")), "{band} in {bands:?}");
    }
}

#[test]
fn a_number_that_excel_would_change_has_a_note() {
    let site = Site::new();
    let entries =
        [("a", json!(9_007_199_254_740_991_u64), "2026-01-01"), ("b", json!(999_999_999_999_999_u64), "2026-01-01")];
    let new = site.license("new.json", &[("userTypes", &entries)]);
    let (report, _) = xlsx(&["report", &new, "--as-of", "2026-11-26", "--kind", "userType"]);
    let parts = parts(&report);
    let notes: Vec<_> = parts.iter().filter(|(name, _)| name.starts_with("xl/comments")).collect();
    assert!(!notes.is_empty(), "{:?}", parts.keys());
    let places = notes.iter().flat_map(|(_, text)| {
        let xml = roxmltree::Document::parse(text).unwrap();
        let notes = xml.descendants().filter(|node| node.tag_name().name() == "comment");
        notes
            .map(|note| {
                let text: String = note.descendants().filter_map(|node| node.text()).collect();
                assert!(text.contains("This is text: Excel keeps 15 digits of a number"), "{text}");
                place(note.attribute("ref").unwrap())
            })
            .collect::<Vec<_>>()
    });
    let book = Book::read(&report);
    let cells = book.cells("Seats");
    // The number of a note does not tell its sheet.
    let cell = |(column, row): (usize, usize)| {
        book.names.iter().filter_map(|sheet| book.cells(sheet).get(row - 1)?.get(column).cloned()).collect::<Vec<_>>()
    };
    let noted: Vec<_> = places.flat_map(cell).collect();
    assert!(noted.contains(&Cell::Text("9,007,199,254,740,991".into())), "{noted:?}");
    // A number that Excel keeps is a number, without a note.
    assert!(cells.iter().flatten().any(|cell| *cell == Cell::Number(999_999_999_999_999.0)));
}
