//! Costs in every format, and notes where a cost alone would mislead.

use serde_json::{Value, json};

use super::Files;
use crate::common::seatline;

const HEADER: &str = "kind,id,unitPrice,currency,period,validFrom\n";
const LICENSE: &str = "samples/renewal/new.json";
const MEMBERS: &str = "samples/renewal/members.csv";
const MEMBERS_OF_TWO: &str = "username,userLicenseTypeId,role\nana,creatorUT,org_admin\nbo,viewerUT,org_user\n";
const LICENSE_OF_TWO: &str = r#"{"MyEsri": {"version": "11.4", "provision": {"userTypes": [
    {"id": "creatorUT", "maxUsers": 0, "startDate": 1767225600000},
    {"id": "viewerUT", "maxUsers": 5, "startDate": 1767225600000}]}}}"#;
const PRICES: &str = "samples/renewal/prices.csv";

fn cells(line: &str) -> Vec<&str> {
    line.split(',').map(|cell| cell.trim_matches('"')).collect()
}

/// The rows of a CSV, each by the titles of the columns.
fn rows(text: &str) -> Vec<Value> {
    let mut lines = text.lines();
    let titles = cells(lines.next().unwrap());
    let row =
        |line| titles.iter().map(|title| (*title).to_owned()).zip(cells(line).into_iter().map(|cell| json!(cell)));
    lines.map(|line| Value::Object(row(line).collect())).collect()
}

fn row<'r>(rows: &'r [Value], id: &str) -> &'r Value {
    rows.iter().find(|row| row["id"] == id).unwrap()
}

#[test]
fn rows_have_what_json_has() {
    let common = ["--as-of", "2026-12-01", "--prices", PRICES];
    let report = seatline(&[&["report", LICENSE][..], &common, &["-f", "csv"]].concat());
    assert!(
        report.stderr.contains("note: samples/renewal/new.json: cost, owned: 136200.00 EUR a year\n"),
        "{report:?}"
    );
    assert!(
        report.stderr.contains("note: samples/renewal/new.json: no price, so in no sum: viewerUT (300 owned)\n"),
        "{report:?}"
    );
    let report = rows(&report.stdout);
    let creator = row(&report, "creatorUT");
    assert_eq!(
        [&creator["unitPrice"], &creator["currency"], &creator["period"], &creator["cost"]],
        ["640.00", "EUR", "year", "76800.00"]
    );
    assert_eq!([&row(&report, "viewerUT")["unitPrice"], &row(&report, "viewerUT")["cost"]], ["", ""]);
    let lines = seatline(&[&["report", LICENSE][..], &common, &["-f", "jsonl", "--fields", "id,price,cost"]].concat());
    let lines: Vec<Value> = lines.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let creator = row(&lines, "creatorUT");
    assert_eq!((&creator["price"]["amount"], &creator["cost"]["cost"]), (&json!("640.00"), &json!("76800.00")));
    let viewer = row(&lines, "viewerUT");
    assert_eq!((&viewer["price"], &viewer["cost"]["cost"]), (&Value::Null, &Value::Null));
    let fit = seatline(&[&["fit", LICENSE, "--usage", MEMBERS][..], &common, &["-f", "csv"]].concat());
    let creator = row(&rows(&fit.stdout), "creatorUT").clone();
    assert_eq!(
        [&creator["ownedCost"], &creator["unassignedCost"], &creator["trueUpSeats"]],
        ["76800.00", "6400.00", "50"]
    );
    assert_eq!(
        [&creator["trueUpUnitPrice"], &creator["trueUpCost"], &creator["trueUpCertain"]],
        ["655.50", "32775.00", "true"]
    );
    let diff = seatline(&[&["diff", "samples/renewal/old.json", LICENSE][..], &common, &["-f", "csv"]].concat());
    let creator = row(&rows(&diff.stdout), "creatorUT").clone();
    assert_eq!([&creator["oldCost"], &creator["newCost"], &creator["deltaCost"]], ["76800.00", "76800.00", "0.00"]);
    let over = ["preflight", LICENSE, "--over", "samples/renewal/old.json", "--usage", MEMBERS];
    let preflight = seatline(&[&over[..], &common, &["-f", "csv"]].concat());
    assert!(preflight.stderr.contains("note: cost, true-up: 58515.00 EUR a year\n"), "{preflight:?}");
    let text = preflight.stdout.lines().find(|line| line.contains("\"creatorUT\"")).unwrap();
    assert!(text.ends_with(",655.50,\"EUR\",\"year\",32775.00,\"true\""), "{text}");
}

#[test]
fn people_see_costs_in_every_format() {
    let common = ["--as-of", "2026-12-01", "--prices", PRICES];
    let report = vec!["report", LICENSE];
    let fit = vec!["fit", LICENSE, "--usage", MEMBERS];
    let diff = vec!["diff", "samples/renewal/old.json", LICENSE];
    let preflight = vec!["preflight", LICENSE, "--over", "samples/renewal/old.json", "--usage", MEMBERS];
    for (command, amounts) in [
        (report, &["136200.00"][..]),
        (fit, &["136200.00", "10360.00", "58515.00", "655.50 EUR a year"]),
        (diff, &["136200.00"]),
        (preflight, &["136200.00", "10360.00", "58515.00"]),
    ] {
        for format in ["table", "markdown", "html"] {
            let run = seatline(&[&command[..], &common, &["-f", format]].concat());
            for text in amounts.iter().chain(&[
                "Cost of the seats on 2026-12-01 00:00 (UTC)",
                "seats change later, first on 2026-12-31 12:00",
            ]) {
                assert!(run.stdout.contains(text), "{command:?} {format}: {text}\n{}", run.stdout);
            }
            assert!(
                run.stdout.replace('`', "").contains("no price, so in no sum: viewerUT (300 "),
                "{command:?} {format}"
            );
            let without = seatline(&[&command[..], &common[..2], &["-f", format]].concat());
            assert!(!without.stdout.contains("Cost of"), "{command:?} {format}");
        }
    }
}

#[test]
fn without_a_list_there_are_no_costs() {
    let run = seatline(&["report", LICENSE, "--as-of", "2026-12-01", "-f", "json"]);
    assert_eq!(run.json()["licenses"][0]["costs"], Value::Null);
}

#[test]
fn sums_are_of_the_items_that_are_asked_for() {
    let files = Files::new();
    let prices =
        files.add("prices.csv", format!("{HEADER}userType,creatorUT,1,EUR,year,\nuserType,viewerUT,1,EUR,year,\n"));
    let run =
        seatline(&["report", LICENSE, "--as-of", "2026-12-01", "--prices", &prices, "--id", "viewerUT", "-f", "json"]);
    let costs = &run.json()["licenses"][0]["costs"];
    assert_eq!(costs["sums"][0]["owned"]["cost"], "300");
    assert_eq!(costs["withoutPrice"], json!([]));
}

#[test]
fn seats_that_are_not_certain_and_their_cost_are_marked() {
    let files = Files::new();
    let prices = files.add(
        "prices.csv",
        format!("{HEADER}userType,GISProfessionalAdvUT,10,EUR,year,\nuserType,creatorUT,10,EUR,year,\n"),
    );
    let faulty = ["report", "samples/faulty.json", "--as-of", "2027-01-01", "--prices", &prices];
    let costs = seatline(&[&faulty[..], &["-f", "json"]].concat()).json()["licenses"][0]["costs"].clone();
    let item = costs["items"].as_array().unwrap().iter().find(|item| item["id"] == "GISProfessionalAdvUT").unwrap();
    assert_eq!((&item["owned"]["cost"], &item["owned"]["certain"]), (&json!("120"), &json!(false)));
    assert_eq!(costs["sums"][0]["owned"]["certain"], false);
    let table = seatline(&faulty).stdout;
    assert!(
        table.contains(" 120 ?") && table.contains("? not certain, neither these seats nor what they cost:"),
        "{table}"
    );
}

#[test]
fn a_cost_with_too_many_digits_is_told_and_never_rounded() {
    let files = Files::new();
    let prices = files.add(
        "prices.csv",
        format!("{HEADER}userType,creatorUT,0.1234567890123456789012345678,EUR,year,\nuserType,viewerUT,1,EUR,year,\n"),
    );
    let command = ["report", LICENSE, "--as-of", "2026-12-01", "--prices", &prices];
    let costs = seatline(&[&command[..], &["-f", "json"]].concat()).json()["licenses"][0]["costs"].clone();
    // 120 times this price has 30 digits; 96 bits hold 28 or 29 digits.
    assert_eq!(costs["items"][0]["owned"]["cost"], Value::Null, "{costs:#}");
    assert_eq!(costs["sums"][0]["owned"]["cost"], Value::Null, "{costs:#}");
    let table = seatline(&command).stdout;
    assert!(table.contains("too large: more digits than can be counted with exactly"), "{table}");
}

#[test]
fn an_id_that_was_perhaps_misspelt_is_told() {
    let files = Files::new();
    let prices = files.add(
        "prices.csv",
        format!("{HEADER}userType,CreatorUT,1,EUR,year,\napp,viewerUT,1,EUR,year,\napp,other,1,EUR,year,\n"),
    );
    let run = seatline(&["report", LICENSE, "--as-of", "2026-12-01", "--prices", &prices]);
    for text in [
        "prices.csv:2: no user type here has the id CreatorUT; did you mean creatorUT?",
        "prices.csv:3: no app here has the id viewerUT, but the user type viewerUT has no price",
    ] {
        assert!(run.stdout.contains(text), "{}", run.stdout);
    }
    assert!(!run.stdout.contains("other"), "a list for a whole company names more than one license has");
}

/// A price that begins after the as-of does not count.
#[test]
fn a_price_that_has_not_begun_is_told() {
    let files = Files::new();
    let prices = files.add("prices.csv", format!("{HEADER}userType,creatorUT,1,EUR,year,2027-01-01\n"));
    let run = seatline(&["report", LICENSE, "--as-of", "2026-12-01", "--prices", &prices]);
    assert!(run.stdout.contains("creatorUT (120 owned, its first price begins 2027-01-01 00:00)"), "{}", run.stdout);
    let run = seatline(&["report", LICENSE, "--as-of", "2027-01-01", "--prices", &prices, "-f", "json"]);
    assert_eq!(run.json()["licenses"][0]["costs"]["sums"][0]["owned"]["cost"], "60");
}

#[test]
fn where_old_has_ended_nothing_is_compared() {
    let run = seatline(&[
        "diff",
        "samples/renewal/old.json",
        LICENSE,
        "--as-of",
        "2027-01-01",
        "--prices",
        PRICES,
        "-f",
        "json",
    ]);
    let costs = &run.json()["costs"];
    assert_eq!([&costs["items"][0]["old"], &costs["items"][0]["delta"]], [&Value::Null, &Value::Null]);
    assert_eq!(costs["notes"], json!(["OLD has ended, so what it cost is not compared"]));
}

#[test]
fn a_portal_that_nobody_counted_has_no_true_up() {
    let run = seatline(&[
        "preflight",
        LICENSE,
        "--over",
        "samples/renewal/old.json",
        "--as-of",
        "2026-12-01",
        "--prices",
        PRICES,
        "-f",
        "json",
    ]);
    let json = run.json();
    let creator = &json["costs"]["items"][1];
    // Nobody counted. What OLD gives is needed, which is not certain.
    assert_eq!(
        (&creator["trueUp"]["seats"], &creator["trueUp"]["certain"]),
        (&json!(60), &json!(false)),
        "{creator:#}"
    );
    assert_eq!(json["costs"]["items"][0]["unassigned"], Value::Null);
    let notes = json["costs"]["notes"].to_string();
    let note = "where nobody counted, the true-up is for the difference to what the old license gives";
    assert!(notes.contains(note), "{notes}");
}

#[test]
fn the_sum_of_a_true_up_stands_wherever_its_rows_do() {
    let files = Files::new();
    let prices =
        files.add("prices.csv", format!("{HEADER}userType,creatorUT,10,EUR,year,\nuserType,viewerUT,1,USD,year,\n"));
    // Creators lack later, viewers never.
    let members = files.add("members.csv", MEMBERS_OF_TWO);
    let license = files.add("license.json", LICENSE_OF_TWO);
    let table = seatline(&["fit", &license, "--usage", &members, "--as-of", "2026-12-01", "--prices", &prices]).stdout;
    let sums: Vec<_> = table.lines().filter(|line| line.starts_with("sum ")).collect();
    assert!(sums.len() == 2 && sums[0].ends_with(" 10") && sums[1].ends_with(" 0"), "{table}");
}
