//! Names, numbers and dates that would do harm in a workbook.

use serde_json::json;

use super::book::{Book, Cell};
use crate::common::seatline;

/// Texts in a license as id and name, each with the text that the workbook must have.
fn names() -> Vec<(String, String)> {
    let same = [
        "=1+1",
        "+1",
        "-1+1",
        "@SUM(1,1)",
        "=cmd|' /C calc'!A0",
        "＝1+1",
        "_x0041_",
        "<b>&amp;]]>",
        "TRUE",
        "1E5",
        "#REF!",
        "'",
        "{0}",
        "=",
        " a ",
        "🌍",
    ];
    let mut names: Vec<_> = same.map(|name| (name.to_owned(), name.to_owned())).to_vec();
    names.push(("\u{1}\u{b}\u{1f}\u{7f}\u{9f}".to_owned(), "\\u0001\\u000b\\u001f\\u007f\\u009f".to_owned()));
    names.push(("a\tb\r\nc".to_owned(), "a\\u0009b\\u000d\\u000ac".to_owned()));
    names.push(("\u{fffe}\u{ffff}\u{202e}".to_owned(), "\\ufffe\\uffff\\u202e".to_owned()));
    names.push(("x".repeat(40_000), "x".repeat(32_760) + "… (cut)"));
    names
}

#[test]
fn text_from_a_file_stays_text_and_none_is_too_long() {
    let entry = |id: &str, seats: u64, at: i64| json!({"id": id, "maxUsers": seats, "startDate": at});
    let types: Vec<_> = names().iter().map(|(id, _)| json!({"id": id, "name": id})).collect();
    let entries: Vec<_> =
        names().iter().flat_map(|(id, _)| [entry(id, 5, 1_767_225_600_000), entry(id, 0, 1_798_761_600_000)]).collect();
    let license = json!({"MyEsri": {"version": "=1+1", "definitions": {"userTypes": types}, "provision": {"userTypes": entries}}});
    let book = book(&license.to_string(), &[]);
    let rows = book.table("Seats");
    assert_eq!(rows.len(), names().len());
    for (row, (_, shown)) in rows.iter().zip(names()) {
        assert_eq!((&row["Id"], &row["Name"]), (&Cell::Text(shown.clone()), &Cell::Text(shown)));
    }
    for sheet in &book.names {
        for formula in book.formulas(sheet) {
            assert!(
                formula.starts_with("LOOKUP(") || formula.starts_with("IF(ISNUMBER(") || formula == "Seats!$B$1",
                "{formula}"
            );
        }
    }
}

#[test]
fn a_number_that_excel_would_change_is_text() {
    let most = 9_007_199_254_740_991_u64;
    let license = json!({"MyEsri": {"version": "11.4", "provision": {"userTypes": [
        {"id": "a", "maxUsers": most, "startDate": 1_767_225_600_000_i64},
        {"id": "a", "maxUsers": 7, "startDate": 1_798_761_600_000_i64},
        {"id": "b", "maxUsers": 999_999_999_999_999_u64, "startDate": 1_767_225_600_000_i64}]}}});
    let seats = |as_of: &str| {
        let book = book(&license.to_string(), &["--as-of", as_of]);
        let [rows, sums] = ["Seats", "Summary"].map(|sheet| book.table(sheet));
        (rows[0]["Seats"].clone(), rows[1]["Seats"].clone(), sums[0]["Seats"].clone())
    };
    let text = |text: &str| Cell::Text(text.to_owned());
    let whole = Cell::Number(999_999_999_999_999.0);
    let long = (text("9,007,199,254,740,991"), whole.clone(), text("10,007,199,254,740,990"));
    assert_eq!(seats("2026-12-01"), long);
    assert_eq!(seats("2027-12-01"), (Cell::Number(7.0), whole, text("1,000,000,000,000,006")));
}

#[test]
fn a_date_that_excel_does_not_have_is_text() {
    let license = json!({"MyEsri": {"version": "11.4", "provision": {"userTypes": [
        {"id": "a", "maxUsers": 5, "startDate": 1_767_225_600_000_i64},
        {"id": "a", "maxUsers": 0, "startDate": 253_402_300_799_999_i64}]}}})
    .to_string();
    let end = |zone: &str| book(&license, &["--tz", zone]).table("Seats")[0]["Ends for good"].clone();
    assert_eq!(end("UTC"), Cell::date("9999-12-31T23:59:59.999Z"));
    assert_eq!(end("Asia/Tokyo"), Cell::Text("9999-12-31T23:59:59.999Z".into()));
}

fn book(license: &str, more: &[&str]) -> Book {
    let folder = tempfile::tempdir().unwrap();
    let [input, output] = ["in.json", "out.xlsx"].map(|name| folder.path().join(name).to_str().unwrap().to_owned());
    std::fs::write(&input, license).unwrap();
    let as_of = if more.contains(&"--as-of") { &[][..] } else { &["--as-of", "2026-12-01"] };
    let run = seatline(&[&["report", &input, "-o", &output], as_of, more].concat());
    assert_eq!(run.code, 0, "{run:?}");
    Book::read(&std::fs::read(output).unwrap())
}
