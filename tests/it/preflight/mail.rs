//! `-f mail`: a plain text that says what to do, what changes and when, what is unknown, and which lines say so.

use std::fs;

use serde_json::{Value, json};

use crate::common::{seatline, words};
use crate::preflight::RENEWAL;
use crate::preflight::told::Site;

fn mail(arguments: &[&str]) -> String {
    let run = seatline(&[&["preflight"], arguments, &["--no-policy", "-f", "mail"]].concat());
    assert!(run.code < 2, "{run:?}");
    run.stdout
}

#[test]
fn a_buyer_finds_what_is_asked_for() {
    let text = mail(&[&RENEWAL[..], &["--prices", "samples/renewal/prices.csv"]].concat());
    let (subject, rest) = text.split_once("\n\n").unwrap();
    assert_eq!(
        subject,
        "Subject: ArcGIS Enterprise license new.json: can be imported on 2026-12-01 00:00; something must be done by \
         2026-12-31 12:00 (UTC); the license ends on 2029-12-31 12:00, in 1126 days"
    );
    let words = words(rest);
    for told in [
        "the file can be imported then, and what is asked for below must be done by 2026-12-31 12:00 (UTC), in 30 days",
        "1. Purchasing, by 2026-12-31 12:00 (UTC), in 30 days: get 163 seats of 3 user types, or 387 members are locked out",
        "Creator (creatorUT): 110 assigned, 60 in the file, 50 short, 32775.00 EUR a year, at 655.50 for one",
        "Creator (creatorUT): 120 seats before, 120 at the import: no change; fewest later: 60 from 2026-12-31 12:00 (60 fewer)",
        "2026-12-01 00:00: the import",
        "2029-12-31 12:00: the license ends for everybody",
        "the missing seats, if all that have a price are bought (true-up): 58515.00 EUR a year",
        "no price, so in no sum: viewerUT (300 old, 300 new, 50 unassigned, 100 short)",
        "samples/renewal/new.json, line 49: Creator (creatorUT), 60 seats from 2026-12-31 12:00",
        "Times are in UTC.",
    ] {
        assert!(words.contains(told), "{told}\n{text}");
    }
    assert!(rest.lines().all(|line| line.chars().count() <= 76), "{text}");
    assert!(!text.contains('\u{1b}') && !text.contains('\t'), "{text}");
}

#[test]
fn nothing_is_said_more_surely_than_it_is_known() {
    // Nobody counted apps, bundles and extensions.
    let text =
        words(&mail(&["samples/renewal/old.json", "--usage", "samples/renewal/members.csv", "--as-of", "2026-06-01"]));
    assert!(text.contains("as far as is known it can be imported on 2026-06-01"), "{text}");
    assert!(text.contains("This is so as far as is known: 3 questions are open"), "{text}");
    let open = "Open questions -------------- - nobody counted how many app bundles are assigned";
    assert!(text.contains(open), "{text}");
    assert!(
        text.contains("what the import replaces was not given, so what changes at the import is not known"),
        "{text}"
    );
    // The mail asks for something from Esri.
    let text = words(&mail(&["samples/faulty.json", "--over", "samples/renewed-11.1.json", "--as-of", "2027-01-01"]));
    assert!(text.contains("Esri Customer Service, before the import: ask Esri what the license gives of"), "{text}");
    assert!(text.contains("not certain, since the file can be read in more than one way"), "{text}");
    assert!(text.contains("no-go. The file is not to be imported then, unless"), "{text}");
    assert!(
        text.contains(
            "GISProfessionalStdUT): 40 seats before, 0 at the import (not certain): the difference is not known"
        ),
        "{text}"
    );
    // The reader of a mail does not know the options of the command.
    assert!(!text.contains(" --a") && !text.contains("--usage"), "{text}");
}

#[test]
fn names_of_a_file_do_nothing_in_a_mail() {
    let folder = tempfile::tempdir().unwrap();
    let evil = "x\r\nBcc: all@example.com\r\n\r\n\u{202e}\u{1b}[31m\n.\nFrom x";
    let entry = |seats: u64, at: u64| json!({"id": evil, "maxUsers": seats, "startDate": at});
    let license = json!({"MyEsri": {
        "version": "11.4\r\nSubject: y",
        "definitions": {"userTypes": [{"id": evil, "name": evil, "level": "2"}]},
        "provision": {"userTypes": [entry(5, 1_767_225_600_000), entry(1, 1_798_718_400_000), entry(0, 1_893_412_800_000)]},
    }});
    let path = folder.path().join("new\u{202e}.json");
    fs::write(&path, license.to_string()).unwrap();
    let path = path.to_str().unwrap();
    let text = mail(&[path, "--over", path, "--as-of", "2026-06-01"]);
    let hidden = |one: char| one.is_control() && one != '\n' || one == '\u{202e}';
    assert!(!text.contains(hidden), "{text:?}");
    for start in ["Bcc:", "From x", "."] {
        assert!(!text.lines().any(|line| line.starts_with(start)), "{start} {text}");
    }
    assert_eq!(text.lines().filter(|line| line.starts_with("Subject:")).count(), 1, "{text}");
    assert!(text.lines().nth(1) == Some(""), "{text}");
}

#[test]
fn a_mail_is_the_same_whatever_the_terminal() {
    let plain = mail(&RENEWAL);
    assert_eq!(mail(&[&RENEWAL[..], &["--width", "30", "--color", "always"]].concat()), plain);
    assert!(plain.contains("What changes") && !plain.contains("Costs"));
}

#[test]
fn a_source_that_is_no_path_is_named_whole() {
    let site = Site::new();
    let document: Value = serde_json::from_str(&fs::read_to_string(RENEWAL[0]).unwrap()).unwrap();
    for source in ["https://prod.example.com/portal", "https://test.example.com/portal/", "prod: 7/2027"] {
        let file = site.write("envelope.json", &json!({"source": source, "document": document}).to_string());
        let text = mail(&[&file, "--nobody-yet", "--as-of", "2026-12-01"]);
        assert!(text.starts_with(&format!("Subject: ArcGIS Enterprise license {source}: ")), "{text}");
        assert!(words(&text).contains(&format!("the license file {source} ({file}) for our")), "{text}");
    }
    // A blank source names nothing: the file does.
    let file = site.write("envelope.json", &json!({"source": " ", "document": document}).to_string());
    let text = mail(&[&file, "--nobody-yet", "--as-of", "2026-12-01"]);
    assert!(text.starts_with("Subject: ArcGIS Enterprise license envelope.json: "), "{text}");
}

#[test]
fn an_id_of_several_kinds_is_named_with_its_kind() {
    let site = Site::new();
    let entries = |seats: u64| [("sameId", json!(seats), "2026-01-01")];
    let license = |name: &str, seats: u64| {
        site.license(
            name,
            &[("userTypes", &entries(seats + 2)), ("extensions", &entries(seats)), ("apps", &entries(seats + 1))],
        )
    };
    let (old, new) = (license("old.json", 20), license("new.json", 10));
    let text = words(&mail(&[&new, "--over", &old, "--as-of", "2026-12-01"]));
    for told in
        ["- user type sameId: 22 in the old", "- extension sameId: 20 in the old", "- app sameId: 21 in the old"]
    {
        assert!(text.contains(told), "{told}: {text}");
    }
    let text = seatline(&["diff", &old, &new, "--as-of", "2026-12-01"]).words();
    for told in
        ["user type sameId: 12 seats instead", "extension sameId: 10 seats instead", "app sameId: 11 seats instead"]
    {
        assert!(text.contains(told), "{told}: {text}");
    }
}
