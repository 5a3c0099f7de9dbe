//! Members locked out where seats are in doubt: `preflight`, `fit` and `check` give the same numbers in every format,
//! and keep certain numbers apart from possible ones.

use std::fs;

use serde_json::{Value, json};

use super::told::{FORMATS, Site, json, sheets, told};
use crate::common::seatline;
use crate::workbook::book::{Book, Cell};

/// 160 viewers on 150 or 200 seats; 18 editors, 3 of them with an unknown role, on 20 seats and later 15; and as many
/// analysts as there are seats by the cautious reading, or more seats.
fn site() -> (Site, String, String) {
    let site = Site::new();
    let entries = [
        ("creatorUT", json!(9), "2026-01-01"),
        ("viewerUT", json!(200), "2026-01-01"),
        ("viewerUT", json!(150), "2026-01-01"),
        ("editorUT", json!(20), "2026-01-01"),
        ("editorUT", json!(15), "2027-01-15"),
        ("insightsAnalystUT", json!(7), "2026-01-01"),
        ("insightsAnalystUT", json!(9), "2026-01-01"),
    ];
    let new = site.license("new.json", &[("userTypes", &entries)]);
    let mut members = "username,userLicenseTypeId,role\nada,creatorUT,org_admin\n".to_owned();
    for (id, role, number) in [
        ("viewerUT", "org_user", 160),
        ("editorUT", "org_user", 15),
        ("editorUT", "cust1", 3),
        ("insightsAnalystUT", "org_user", 7),
    ] {
        (0..number).for_each(|nth| members += &format!("{id}{role}{nth},{id},{role}\n"));
    }
    let members = site.write("members.csv", &members);
    (site, new, members)
}

fn run(command: &str, new: &str, members: &str, format: &str) -> String {
    let policy: &[&str] = if command == "fit" { &[] } else { &["--no-policy"] };
    let arguments = [command, new, "--usage", members, "--as-of", "2026-11-26", "-q", "-f", format];
    seatline(&[&arguments[..], policy].concat()).stdout
}

/// The members locked out: at most, and certainly.
fn numbers(of: &Value, name: &str, certainly: &str) -> [Option<u64>; 2] {
    [of[name].as_u64(), of[certainly].as_u64()]
}

#[test]
fn three_answers_tell_the_same_members() {
    let (_site, new, members) = site();
    let report = json(&new, &["--usage", &members]);
    let of_item = |id: &str| {
        let items = report["actions"].as_array().unwrap().iter().flat_map(|action| action["items"].as_array().unwrap());
        let item = items.filter(|item| item["id"] == id).max_by_key(|item| item["lockedOut"].as_u64()).unwrap();
        numbers(item, "lockedOut", "lockedOutCertainly")
    };
    let fit: Value = serde_json::from_str(&run("fit", &new, &members, "json")).unwrap();
    let of_fit = |id: &str| {
        let item = fit["items"].as_array().unwrap().iter().find(|item| item["id"] == id).unwrap();
        numbers(item, "misfitLockedOut", "misfitLockedOutCertainly")
    };
    let check: Value = serde_json::from_str(&run("check", &new, &members, "json")).unwrap();
    let of_check = |id: &str| {
        let findings = check["licenses"][0]["findings"].as_array().unwrap().iter();
        let about =
            |finding: &&Value| finding["rule"].as_str().unwrap().starts_with("over-assigned") && finding["id"] == id;
        let message = findings.clone().find(about).unwrap()["message"].as_str().unwrap().to_owned();
        message.rsplit_once(": ").unwrap().1.replace(" without administrator privileges locked out", "")
    };
    for (id, at_most, certainly, words) in [
        ("viewerUT", 160, 0, "up to 160 members"),
        ("insightsAnalystUT", 7, 0, "up to 7 members"),
        ("editorUT", 18, 15, "15 members (perhaps 3 more)"),
    ] {
        let numbers = [Some(at_most), Some(certainly)];
        assert_eq!(of_item(id), numbers, "{id} {report:#}");
        assert_eq!(of_fit(id), numbers, "{id} {fit:#}");
        assert_eq!(of_check(id), words, "{id}");
    }
    assert_eq!(numbers(&fit["firstMisfit"], "lockedOut", "lockedOutCertainly"), [Some(167), Some(0)]);
    let now = &report["actions"][0];
    assert_eq!(now["cause"], "unreadable");
    assert_eq!(numbers(now, "lockedOut", "lockedOutCertainly"), [Some(167), Some(0)]);
    let viewers =
        &fit["items"].as_array().unwrap().iter().find(|item| item["id"] == "viewerUT").unwrap()["firstShortage"];
    assert_eq!((&viewers["certain"], &viewers["lockedOutIsUpperBound"]), (&json!(false), &json!(true)));
}

#[test]
fn every_format_tells_them_apart() {
    let (site, new, members) = site();
    for format in FORMATS {
        let text = told(format, &new, &["--usage", &members]);
        assert!(text.contains("or up to 167 members are locked out"), "{format}: {text}");
        assert!(text.contains("or 15 members (perhaps 3 more) are locked out"), "{format}: {text}");
    }
    for format in ["table", "markdown", "html"] {
        let text = run("fit", &new, &members, format);
        for words in ["up to 167 members locked out", "15 (perhaps 3 more)", "up to 160", "up to 7"] {
            assert!(text.contains(words), "{format}: {words} {text}");
        }
    }
    let page = told("html", &new, &["--usage", &members]);
    for cell in ["<td>up to 160</td>", "<td>up to 7</td>", "<td>15 (perhaps 3 more)</td>"] {
        assert!(page.contains(cell), "{cell} {page}");
    }
    let number = |number: u32| Cell::Number(number.into());
    let of = |book: &Book, sheet: &str, id: &str| {
        let rows = book.table(sheet);
        let row = rows.iter().find(|row| row["Id"] == Cell::Text(id.into())).unwrap();
        [row["Locked out"].clone(), row["Perhaps more"].clone()]
    };
    let file = site.path("fit.xlsx");
    seatline(&["fit", &new, "--usage", &members, "--as-of", "2026-11-26", "-q", "-o", &file]);
    for (book, sheet) in
        [(sheets(&new, &["--usage", &members]), "Actions"), (Book::read(&fs::read(&file).unwrap()), "Members")]
    {
        assert_eq!(of(&book, sheet, "viewerUT"), [number(0), number(160)]);
        assert_eq!(of(&book, sheet, "insightsAnalystUT"), [number(0), number(7)]);
        assert_eq!(of(&book, sheet, "editorUT"), [number(15), number(3)]);
    }
    let csv = run("preflight", &new, &members, "csv");
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let header = reader.headers().unwrap().clone();
    let place = |name: &str| header.iter().position(|one| one == name).unwrap();
    let columns = ["id", "lockedOut", "lockedOutIsUpperBound", "lockedOutCertainly"].map(place);
    let rows: Vec<_> =
        reader.records().map(|row| columns.map(|column| row.as_ref().unwrap()[column].to_owned())).collect();
    for row in [["viewerUT", "160", "true", "0"], ["editorUT", "18", "true", "15"]] {
        assert!(rows.contains(&row.map(str::to_owned)), "{rows:?}");
    }
}

/// An entry without id may be of a user type that the license does not name.
#[test]
fn a_type_that_is_perhaps_there_locks_nobody_out_for_sure() {
    let site = Site::new();
    let entry = json!({"maxUsers": 90, "startDate": 1_767_225_600_000_i64});
    let text = json!({"MyEsri": {"version": "11.4", "provision": {"userTypes": [entry]}}}).to_string();
    let (new, members) = (site.write("new.json", &text), site.members(&[("viewerUT", 5)]));
    let fit: Value = serde_json::from_str(&run("fit", &new, &members, "json")).unwrap();
    assert_eq!(numbers(&fit["firstMisfit"], "lockedOut", "lockedOutCertainly"), [Some(5), Some(0)]);
    let check = run("check", &new, &members, "json");
    assert!(check.contains("does not have it: up to 5 members without administrator privileges locked out"), "{check}");
    let report = json(&new, &["--usage", &members]);
    assert_eq!(numbers(&report["actions"][0], "lockedOut", "lockedOutCertainly"), [Some(5), Some(0)]);
}

#[test]
fn the_old_license_is_marked_in_the_sheet_of_actions() {
    let site = Site::new();
    let old = site.doubtful_old();
    let new = [("creatorUT", json!(8), "2026-01-01"), ("viewerUT", json!(3), "2026-01-01")];
    let new = site.license("new.json", &[("userTypes", &new)]);
    let rows = sheets(&new, &["--over", &old]).table("Actions");
    let of = |id: &str| {
        let row =
            rows.iter().find(|row| row["Id"] == Cell::Text(id.into()) && row["Cause"] == Cell::Text("shortage".into()));
        let row = row.unwrap();
        [row["Old"].clone(), row["Old certain"].clone()]
    };
    assert_eq!(of("creatorUT"), [Cell::Number(9.0), Cell::Text("no".into())]);
    assert_eq!(of("viewerUT"), [Cell::Number(5.0), Cell::Text("yes".into())]);
}

/// What the old license gives later, and nobody counted, is needed too.
#[test]
fn a_workbook_tells_what_the_old_license_gives_later() {
    let site = Site::new();
    let old = [
        ("creatorUT", json!(9), "2026-01-01"),
        ("creatorUT", json!(12), "2027-02-01"),
        ("viewerUT", json!(5), "2026-01-01"),
    ];
    let old = site.license("old.json", &[("userTypes", &old)]);
    let new = site.license(
        "new.json",
        &[("userTypes", &[("creatorUT", json!(9), "2026-01-01"), ("viewerUT", json!(5), "2026-01-01")])],
    );
    let rows = sheets(&new, &["--over", &old]).table("Seats");
    let later: Vec<_> =
        rows.iter().map(|row| (row["Old at the import"].clone(), row["Old later at most"].clone())).collect();
    let none = Cell::Text("–".into());
    assert_eq!(later, [(Cell::Number(9.0), Cell::Number(12.0)), (Cell::Number(5.0), none)]);
}

/// Where nobody counted and the old license can be read in more than one way, the number of missing seats is unknown.
#[test]
fn what_lacks_is_not_certain_where_the_old_license_is_not() {
    let site = Site::new();
    let old = site.doubtful_old();
    let new = [("creatorUT", json!(9), "2026-01-01"), ("viewerUT", json!(3), "2026-01-01")];
    let new = site.license("new.json", &[("userTypes", &new)]);
    let page = told("html", &new, &["--over", &old]);
    for cell in ["<td class=\"n\" data-c=\"short\">0 ?</td>", "<td class=\"n\" data-c=\"short\">2</td>"] {
        assert!(page.contains(cell), "{cell} {page}");
    }
    assert!(page.contains("\"needDoubts\":[["), "{page}");
    let rows = sheets(&new, &["--over", &old]).table("Seats");
    let certain: Vec<_> = rows.iter().map(|row| (row["Short"].clone(), row["Short certain"].clone())).collect();
    let text = |text: &str| Cell::Text(text.into());
    assert_eq!(certain, [(Cell::Number(0.0), text("no")), (Cell::Number(2.0), text("yes"))]);
}

/// Nobody counted the capability, and it has no seats. That its fit is unknown must not make a `go` doubtful.
#[test]
fn a_capability_neither_fits_nor_not() {
    let site = Site::new();
    let window = |end: i64| json!({"id": "indoors", "startDate": 1_767_225_600_000_i64, "endDate": end});
    let license = |name: &str, end: i64| {
        let entry = json!({"id": "creatorUT", "maxUsers": 9, "startDate": 1_767_225_600_000_i64});
        let text = json!({"MyEsri": {"version": "11.4", "provision": {"userTypes": [entry]}, "portalCapabilities": [window(end)]}});
        site.write(name, &text.to_string())
    };
    let (old, new) = (license("old.json", 1_900_000_000_000), license("new.json", 1_799_000_000_000));
    let cell = |rest: &[&str]| {
        let rows = sheets(&new, rest).table("Seats");
        rows.iter().find(|row| row["Kind"] == Cell::Text("capability".into())).unwrap()["Fits"].clone()
    };
    assert_eq!(cell(&["--nobody-yet"]), Cell::Text("–".into()));
    assert_eq!(cell(&["--over", &old]), Cell::Text("no".into()));
}

#[test]
fn an_end_that_is_not_certain_is_no_end_to_act_on() {
    // The license ends on 2027-01-10 by one reading, on 2027-02-10 by the other.
    let site = Site::new();
    let entries = [
        ("creatorUT", json!(20), "2026-01-01"),
        ("creatorUT", json!(0), "2027-01-10"),
        ("creatorUT", json!(20), "2027-01-10"),
        ("creatorUT", json!(0), "2027-02-10"),
    ];
    let new = site.license("new.json", &[("userTypes", &entries)]);
    let members = "username,userLicenseTypeId,role\nada,creatorUT,org_admin\nbob,creatorUT,org_user\n";
    let members = site.write("members.csv", members);
    let report = json(&new, &["--usage", &members]);
    assert_eq!(report["licenseEnd"], "2027-01-10T00:00:00Z");
    assert_eq!(report["licenseEndCertain"], false);
    let headline = report["headline"].as_str().unwrap();
    let end = "the license ends for everybody on 2027-01-10 00:00, in 45 days (not certain: creatorUT can be read in more than one \
               way; at the latest on 2027-02-10 00:00)";
    assert!(headline.contains(end), "{headline}");
    let actions = report["actions"].as_array().unwrap();
    let told: Vec<_> = actions
        .iter()
        .map(|action| {
            let due = &action["due"].as_str().unwrap()[..10];
            (due, &action["cause"], &action["isLicenseEnd"], &action["addressee"])
        })
        .map(|(due, cause, is_end, whom)| format!("{due} {cause} {is_end} {whom}").replace('"', ""))
        .collect();
    let expected = [
        "2027-01-10 unreadable false esri",
        "2027-01-10 no-administrator false esri",
        "2027-02-10 shortage true purchasing",
    ];
    assert_eq!(told, expected);
    let to_do = actions[2]["toDo"].as_str().unwrap();
    assert!(to_do.starts_with("import the license that follows: this one ends, and "), "{to_do}");
    let mail = run("preflight", &new, &members, "mail");
    assert!(mail.contains("2027-01-10 00:00, in 45 days (not certain"), "{mail}");
}

#[test]
fn a_doubt_before_the_end_leaves_the_end_certain() {
    let site = Site::new();
    let entries = [
        ("creatorUT", json!(20), "2026-01-01"),
        ("creatorUT", json!("x"), "2027-03-01"),
        ("creatorUT", json!(20), "2027-04-01"),
        ("creatorUT", json!(0), "2029-12-31"),
    ];
    let new = site.license("new.json", &[("userTypes", &entries)]);
    let members = site.write("members.csv", "username,userLicenseTypeId,role\nada,creatorUT,org_admin\n");
    let report = json(&new, &["--usage", &members]);
    assert_eq!((&report["licenseEnd"], &report["licenseEndCertain"]), (&json!("2029-12-31T00:00:00Z"), &json!(true)));
    let headline = report["headline"].as_str().unwrap();
    assert!(headline.contains("; the license ends for everybody on 2029-12-31 00:00, in 1131 days;"), "{headline}");
    let fit: Value = serde_json::from_str(&run("fit", &new, &members, "json")).unwrap();
    assert_eq!(fit["licenseEndCertain"], true);
}
