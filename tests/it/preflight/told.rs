//! The words of each format about a trouble, read by themselves: no number appears as if it were of another day,
//! certain, or of other items.

use std::fs;

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::common::seatline;
use crate::workbook::book::{Book, Cell};

/// The formats that describe an action in words.
pub(super) const FORMATS: [&str; 5] = ["table", "markdown", "github", "ics", "mail"];

/// Entries of a license: an id, seats, and their start.
pub(crate) type Entries<'e> = &'e [(&'e str, Value, &'e str)];

/// The files of an import.
pub(crate) struct Site(TempDir);

impl Site {
    pub(crate) fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    pub(crate) fn path(&self, name: &str) -> String {
        self.0.path().join(name).to_str().unwrap().to_owned()
    }

    /// Writes a license with entries of each kind.
    pub(crate) fn license(&self, name: &str, kinds: &[(&str, Entries<'_>)]) -> String {
        let entry = |(id, seats, day): &(&str, Value, &str)| {
            let at = if day.contains('T') { (*day).to_owned() } else { format!("{day}T00:00:00Z") };
            let at: chrono::DateTime<chrono::Utc> = at.parse().unwrap();
            json!({"id": id, "maxUsers": seats, "startDate": at.timestamp_millis()})
        };
        let kind = |(kind, entries): &(&str, Entries<'_>)| {
            ((*kind).to_owned(), entries.iter().map(entry).collect::<Vec<_>>().into())
        };
        let provision: serde_json::Map<String, Value> = kinds.iter().map(kind).collect();
        self.write(name, &json!({"MyEsri": {"version": "11.4", "provision": provision}}).to_string())
    }

    /// Writes an old license that gives 9 or 12 creators, which is not certain, and 5 viewers.
    pub(super) fn doubtful_old(&self) -> String {
        let creators = [9, 12].map(|seats| ("creatorUT", json!(seats), "2026-01-01"));
        let entries = [creators.as_slice(), &[("viewerUT", json!(5), "2026-01-01")]].concat();
        self.license("old.json", &[("userTypes", &entries)])
    }

    pub(crate) fn write(&self, name: &str, text: &str) -> String {
        fs::write(self.path(name), text).unwrap();
        self.path(name)
    }

    /// Writes members: an administrator, and so many others of each user type.
    pub(crate) fn members(&self, types: &[(&str, usize)]) -> String {
        let mut text = "username,userLicenseTypeId,role\nada,creatorUT,org_admin\n".to_owned();
        for (id, number) in types {
            (0..*number).for_each(|nth| text += &format!("{id}{nth},{id},org_user\n"));
        }
        self.write("members.csv", &text)
    }
}

/// The answer on 2026-11-26, in one line.
pub(super) fn told(format: &str, new: &str, rest: &[&str]) -> String {
    let run = seatline(
        &[&["preflight", new, "--as-of", "2026-11-26", "--no-policy", "-q", "-f", format, "--width", "400"], rest]
            .concat(),
    );
    assert!(run.code < 2, "{run:?}");
    let text = run.stdout.replace("\r\n ", "").replace("\\n", " ").replace(['\\', '`'], "");
    let text = without_marks_of_dates(&text);
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A page without the elements that keep lines from breaking in a date.
fn without_marks_of_dates(page: &str) -> String {
    let mut parts = page.split("<span class=\"whole\">");
    let first = parts.next().unwrap().to_owned();
    parts.fold(first, |text, part| {
        let (date, rest) = part.split_once("</span>").unwrap();
        text + date + rest
    })
}

pub(super) fn json(new: &str, rest: &[&str]) -> Value {
    seatline(&[&["preflight", new, "--as-of", "2026-11-26", "--no-policy", "-q", "-f", "json"], rest].concat()).json()
}

pub(super) fn sheets(new: &str, rest: &[&str]) -> Book {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("answer.xlsx");
    let output = ["--as-of", "2026-11-26", "--no-policy", "-q", "-o", file.to_str().unwrap()];
    seatline(&[&["preflight", new], rest, &output[..]].concat());
    Book::read(&fs::read(&file).unwrap())
}

/// 20 seats; 15 from 2027 on; none from June on; 5 from August on.
fn shrinking(site: &Site) -> String {
    let seats = [(20, "2026-01-01"), (15, "2027-01-01"), (0, "2027-06-01"), (5, "2027-08-01"), (0, "2028-01-01")];
    let entries: Vec<_> = seats.iter().map(|(seats, day)| ("creatorUT", json!(seats), *day)).collect();
    let viewers = [("viewerUT", json!(50), "2026-01-01"), ("viewerUT", json!(0), "2028-01-01")];
    site.license("new.json", &[("userTypes", &[&entries[..], &viewers].concat())])
}

#[test]
fn what_grows_worse_is_told_from_its_first_day_on() {
    let site = Site::new();
    let (new, members) = (shrinking(&site), site.members(&[("creatorUT", 19)]));
    let usage = ["--usage", members.as_str()];
    let report = json(&new, &usage);
    let item = &report["actions"][0]["items"][0];
    let at_first = json!({
        "assigned": 20, "planned": 0, "old": null, "oldCertain": null, "seats": 15, "short": 5, "lockedOut": 19,
        "lockedOutCertainly": 19
    });
    assert_eq!((&item["short"], &item["worstAt"]), (&json!(20), &json!("2027-06-01T00:00:00Z")), "{item:#}");
    assert_eq!(item["atFirst"], at_first, "{item:#}");
    let first = "GO, THEN ACT by 2027-01-01 00:00 (in 36 days): get 5 seats of Creator (creatorUT), 20 in all by 2027-06-01 00:00 \
                 and 15 from 2027-08-01 00:00 on, up to 19 fewer if as many members are moved, or 19 members are locked out; ";
    assert!(report["headline"].as_str().unwrap().starts_with(first), "{report:#}");
    for format in FORMATS {
        let text = told(format, &new, &usage);
        let [seats, none] =
            if format == "mail" { ["15 in the file", "0 in the file"] } else { ["15 seats", "0 seats"] };
        let locked_out = if format == "mail" { "" } else { ", 19 locked out" };
        let words = format!(
            "Creator (creatorUT): 20 assigned, {seats}, 5 short{locked_out}, worst from 2027-06-01 00:00: {none}, 20 short, \
             from 2027-08-01 00:00 15 short"
        );
        assert!(text.contains(&words), "{format}: {words}\n{text}");
    }
    let page = told("html", &new, &usage);
    let cells = |from: &str, seats: u64, short: u64| {
        format!("{from}<td class=\"n\">20</td><td class=\"n\">{seats}</td><td class=\"n\">{short}</td>")
    };
    assert!(page.contains(&cells("<td class=\"date\">2027-01-01 00:00</td>", 15, 5)), "{page}");
    assert!(page.contains(&cells("<th class=\"date\" scope=\"row\">worst: 2027-06-01 00:00</th>", 0, 20)), "{page}");
    assert!(page.contains(&cells("<th class=\"date\" scope=\"row\">then: 2027-08-01 00:00</th>", 5, 15)), "{page}");
    let book = sheets(&new, &usage);
    let row = &book.table("Actions")[0];
    let number = |number: u32| Cell::Number(number.into());
    assert_eq!((&row["From"], &row["Short then"]), (&Cell::date("2027-01-01T00:00:00Z"), &number(5)));
    assert_eq!((&row["Worst from"], &row["Short"]), (&Cell::date("2027-06-01T00:00:00Z"), &number(20)));
    assert_eq!((&row["Less from"], &row["Short from then"]), (&Cell::date("2027-08-01T00:00:00Z"), &number(15)));
}

#[test]
fn what_is_planned_and_moved_is_told_by_name() {
    let site = Site::new();
    let (new, members) = (shrinking(&site), site.members(&[("creatorUT", 9), ("viewerUT", 40)]));
    let plan = site.write("plan.csv", "kind,id,count,from\nuserType,viewerUT,60,2027-04-01\nuserType,creatorUT,6,\n");
    let usage = ["--usage", &members, "--plan", &plan, "--map", "viewerUT=creatorUT"];
    let report = json(&new, &usage);
    assert_eq!((&report["plan"], &report["moved"]), (&json!(plan), &json!(40)), "{report:#}");
    for format in FORMATS {
        let text = told(format, &new, &usage);
        assert!(text.contains("(creatorUT): 50 assigned after the moves and 6 planned, "), "{format}: {text}");
        let named = format!("after 40 moves of user type, and what is planned in {}", plan.replace('\\', ""));
        // A calendar and an annotation show actions only.
        assert!(["github", "ics"].contains(&format) || text.contains(&named), "{format}: {text}");
    }
    let page = told("html", &new, &usage);
    assert!(page.contains("<td class=\"n\">50 + 6 planned</td>"), "{page}");
    let book = sheets(&new, &usage);
    let row = &book.table("Actions")[0];
    assert_eq!((&row["Assigned"], &row["Planned"]), (&Cell::Number(50.0), &Cell::Number(6.0)));
    let summary = book.table("Summary");
    let said =
        |what: &str| summary.iter().find(|row| row["What"] == Cell::Text(what.into())).unwrap()["Answer"].clone();
    assert_eq!([said("Members"), said("Moves")], [Cell::Number(50.0), Cell::Number(40.0)]);
    assert_eq!(said("Plan"), Cell::Text(plan));
}

/// The advice to move members names the user types with spare seats, and a number of members.
#[test]
fn members_are_moved_only_where_there_are_seats() {
    let site = Site::new();
    let entries = |viewers: u64| [("creatorUT", json!(10), "2026-01-01"), ("viewerUT", json!(viewers), "2026-01-01")];
    let members = site.members(&[("creatorUT", 19)]);
    for (viewers, words) in [
        (0, "get 10 seats of Creator (creatorUT), or 19 members are locked out"),
        (4, "get 10 seats of Creator (creatorUT), 4 fewer if as many members are moved, or 19 members are locked out"),
        (10, "get 10 seats of Creator (creatorUT) or move as many members, or 19 members are locked out"),
    ] {
        let new = site.license("new.json", &[("userTypes", &entries(viewers))]);
        let report = json(&new, &["--usage", &members]);
        assert_eq!(report["actions"][0]["toDo"], words);
    }
}

/// What nobody counted belongs to the whole verdict, not to the last action.
#[test]
fn how_far_is_known_is_a_clause_of_its_own() {
    let site = Site::new();
    let (new, members) = (shrinking(&site), site.members(&[("creatorUT", 29)]));
    let headline = json(&new, &["--usage", &members])["headline"].as_str().unwrap().to_owned();
    let known = "; this is as far as is known: app bundles, extensions and apps were not counted; the license ends for \
                 everybody on 2028-01-01 00:00";
    assert!(headline.contains(known), "{headline}");
    // Entries of another kind that can be read in more than one way do not change the end of user types.
    let apps = [("nav", json!(3), "2026-01-01"), ("nav", json!(5), "2026-01-01"), ("nav", json!(0), "2028-01-01")];
    let user_types = [("creatorUT", json!(90), "2026-01-01"), ("creatorUT", json!(0), "2028-01-01")];
    let new = site.license("new.json", &[("userTypes", &user_types), ("apps", &apps)]);
    let headline = json(&new, &["--usage", &members])["headline"].as_str().unwrap().to_owned();
    let end = "; the license ends for everybody on 2028-01-01 00:00, in 401 days; looked at for a year, until 2027-11-26 \
               00:00, since nav can be read in more than one way";
    assert!(headline.ends_with(end), "{headline}");
}

#[test]
fn the_mail_counts_a_retired_extension_once() {
    let site = Site::new();
    let user_types = [("creatorUT", json!(9), "2026-01-01")];
    let old = [("utilityNetwork", json!(20), "2026-01-01"), ("parcelFabric", json!(5), "2026-01-01")];
    let old = site.license("old.json", &[("userTypes", &user_types), ("extensions", &old)]);
    let new = [("advediting", json!(30), "2026-01-01")];
    let new = site.license("new.json", &[("userTypes", &user_types), ("extensions", &new)]);
    let text = told("mail", &new, &["--over", &old]);
    let place = "; it takes the place of perhaps parcelFabric and utilityNetwork";
    for line in [
        &format!("- advediting: 0 seats before, 30 at the import: 30 more{place} "),
        "- utilityNetwork: 20 seats before, 0 at the import: 20 fewer ",
        "- parcelFabric: 5 seats before, 0 at the import: 5 fewer ",
    ] {
        assert!(text.contains(line), "{line}\n{text}");
    }
}

#[test]
fn an_old_license_that_is_not_certain_is_marked_and_the_mark_explained() {
    let site = Site::new();
    let old = site.doubtful_old();
    let new = [("creatorUT", json!(9), "2026-01-01"), ("viewerUT", json!(3), "2026-01-01")];
    let new = site.license("new.json", &[("userTypes", &new)]);
    let rest = ["--over", old.as_str()];
    assert_eq!(json(&new, &rest)["items"][0]["oldCertain"], false);
    let mail = told("mail", &new, &rest);
    assert!(
        mail.contains("(creatorUT): 9 seats before (not certain), 9 at the import: the difference is not known"),
        "{mail}"
    );
    assert!(mail.contains("(viewerUT): 5 seats before, 3 at the import: 2 fewer"), "{mail}");
    let legend = "not certain: the file, or the old license, can be read in more than one way";
    assert_eq!(mail.matches(legend).count(), 1, "{mail}");
    let markdown = told("markdown", &new, &rest);
    assert!(
        markdown.contains("| 9 ? | 9 |") && markdown.contains("? not certain: a license can be read"),
        "{markdown}"
    );
    let page = told("html", &new, &rest);
    let explained = "? not certain: a license can be read in more than one way";
    assert!(page.contains("<td class=\"n\">9 ?</td>") && page.matches(explained).count() == 1, "{page}");
    // The mark of tables does not appear in a mail.
    let new = site.license(
        "new.json",
        &[("userTypes", &[("creatorUT", json!(9), "2026-01-01"), ("creatorUT", json!("x"), "2027-01-01")])],
    );
    let mail = told("mail", &new, &rest);
    assert!(mail.contains("ends 2027-01-01 00:00, and the old license states no end (not certain)"), "{mail}");
    assert!(!mail.contains(" ?") && mail.matches(legend).count() == 1, "{mail}");
    // Without a mark there is no explanation of it.
    let table = told("table", "samples/renewal/new.json", &["--nobody-yet"]);
    assert!(!table.contains("not certain:"), "{table}");
}

#[test]
fn what_an_ended_license_gave_is_told_as_of_its_end() {
    let site = Site::new();
    let old = [("creatorUT", json!(100), "2026-01-01"), ("creatorUT", json!(0), "2026-06-30")];
    let old = site.license("old.json", &[("userTypes", &old)]);
    let new = site.license("new.json", &[("userTypes", &[("creatorUT", json!(80), "2026-01-01")])]);
    let mail = told("mail", &new, &["--over", &old]);
    let before =
        "(creatorUT): 100 seats just before the old license ended on 2026-06-30 00:00, 80 at the import: 20 fewer";
    assert!(mail.contains(before), "{mail}");
    assert!(
        mail.contains("100 in the old license before it ended, and nobody counted who needs them, 80 in the file"),
        "{mail}"
    );
    assert!(mail.contains("what it gave just before its end is taken as needed"), "{mail}");
    let row = sheets(&new, &["--over", &old]).table("Seats")[0].clone();
    assert_eq!(row["Old before its end"], Cell::Number(100.0));
    // Where nobody needs anything, the message does not say so.
    let headline = json(&new, &["--over", &old, "--nobody-yet"])["headline"].as_str().unwrap().to_owned();
    assert!(
        headline.starts_with("GO; ") && headline.ends_with("; the old license ended on 2026-06-30 00:00"),
        "{headline}"
    );
}

#[test]
fn a_mail_says_plainly_what_it_is_about() {
    let site = Site::new();
    let members = site.members(&[("creatorUT", 19)]);
    let new = [("creatorUT", json!(20), "2026-01-01"), ("creatorUT", json!(15), "2026-12-10")];
    let new = site.license("new.json", &[("userTypes", &new)]);
    let mail = told("mail", &new, &["--usage", &members]);
    let subject = "Subject: ArcGIS Enterprise license new.json: no-go for the import on 2026-11-26 00:00, something must be done \
                   by 2026-12-10 00:00 (UTC) ";
    assert!(mail.starts_with(subject), "{mail}");
    let short = "In short: no-go. What is asked for below must be done by 2026-12-10 00:00 (UTC), in 14 days. The file is not \
                 to be imported on 2026-11-26 00:00 unless it is certain that this will be done. ";
    assert!(mail.contains(short), "{mail}");
    assert!(mail.contains("no end of the license is stated, perhaps it has none"), "{mail}");
    // An old license that gives nothing has no known end.
    let empty = site.license("empty.json", &[("userTypes", &[])]);
    let mail = told("mail", &empty, &["--nobody-yet"]);
    assert!(mail.contains("- no user type has seats, at the import or later"), "{mail}");
    let short = "below is done before. No user type of the license has seats, now or later. There are no members yet. ";
    assert!(mail.contains(short), "{mail}");
    assert!(!mail.contains("is not known") || !mail.contains("an end of the license"), "{mail}");
}

#[test]
fn an_end_is_not_said_where_seats_come_back() {
    let site = Site::new();
    let (new, members) = (shrinking(&site), site.members(&[("creatorUT", 19)]));
    let back = "none from 2027-06-01 00:00 to 2027-08-01 00:00, then 5";
    for format in ["table", "markdown", "html", "mail"] {
        let text = told(format, &new, &["--usage", &members]);
        assert!(text.contains(back), "{format}: {text}");
    }
}

/// Seats that are not certain do not count as seats for an administrator.
#[test]
fn seats_that_are_not_certain_are_marked_in_every_action() {
    let site = Site::new();
    let entries = [("creatorUT", json!(80), "2026-01-01"), ("creatorUT", json!(100), "2026-01-01")];
    let new = site.license("new.json", &[("userTypes", &entries)]);
    for format in FORMATS {
        let seats = if format == "mail" { "80 in the file" } else { "80 seats" };
        let text = told(format, &new, &["--nobody-yet"]);
        assert!(text.contains(&format!("0 assigned, {seats}, not certain")), "{format}: {text}");
    }
    let page = told("html", &new, &["--nobody-yet"]);
    assert!(
        page.contains("<td class=\"n\">80 ?</td>") && page.matches("? not certain: a license").count() == 1,
        "{page}"
    );
    let row = &sheets(&new, &["--nobody-yet"]).table("Actions")[0];
    assert_eq!((&row["Seats"], &row["Certain"]), (&Cell::Number(80.0), &Cell::Text("no".into())));
    let diff = ["diff", &new, &new, "--as-of", "2026-11-26", "-f"];
    for format in ["table", "markdown"] {
        let text = seatline(&[&diff[..], &[format]].concat()).stdout;
        assert!(!text.contains("? not certain"), "nothing changes, and no mark stands in {text}");
    }
    let old = site.license("old.json", &[("userTypes", &[("creatorUT", json!(70), "2026-01-01")])]);
    let text = seatline(&["diff", &old, &new, "--as-of", "2026-11-26", "--width", "200"]).stdout;
    assert_eq!(text.matches("? not certain: a license can be read in more than one way").count(), 1, "{text}");
}
