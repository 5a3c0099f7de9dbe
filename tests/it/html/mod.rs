//! Pages of HTML without a browser: they are well-formed, load nothing, have the same numbers as the JSON, and are the
//! same bytes for the same question.
//!
//! `.ci/browser` tests them in a browser.

pub(crate) mod page;
mod rows;

use std::fs;

use crate::common::{seatline, seatline_with_input};
use page::Page;

const RENEWAL: [&str; 3] = ["samples/renewal/old.json", "samples/renewal/new.json", "samples/renewal/members.csv"];

/// A command line for each answer that has a page, with inputs of all kinds.
fn commands() -> Vec<Vec<&'static str>> {
    let [old, new, members] = RENEWAL;
    vec![
        vec!["report", "samples/portal-10.8.json"],
        vec!["report", "samples/faulty.json", "samples/gap-and-early-end-10.9.json"],
        vec!["report", "samples/history.jsonl"],
        vec!["timeline", "samples/gap-and-early-end-10.9.json"],
        vec!["timeline", "samples/faulty.json", "--by", "date"],
        vec!["diff", old, new],
        vec!["diff", new, old],
        vec!["diff", "samples/portal-10.8.json", "samples/renewed-11.1.json"],
        vec!["diff", "samples/stories/license-resource-11.1.json", new],
        vec!["fit", new, "--usage", members],
        vec!["preflight", new, "--usage", members, "--over", old, "--no-policy"],
        vec!["preflight", old, "--usage", members, "--no-policy"],
        vec!["preflight", new, "--nobody-yet", "--no-policy"],
        vec!["preflight", new, "--over", "samples/stories/license-resource-11.1.json", "--no-policy"],
    ]
}

fn html(command: &[&str], as_of: &str) -> String {
    let run = seatline(&[command, &["--as-of", as_of, "-q", "-f", "html"]].concat());
    assert!(run.code <= 1, "{command:?}: {run:?}");
    run.stdout
}

#[test]
fn every_page_is_well_formed_and_closed() {
    for command in commands() {
        let text = html(&command, "2026-11-30");
        let page = Page::parse(&text).unwrap_or_else(|error| panic!("{command:?}: {error}"));
        page.assert_closed();
        page.assert_accessible();
        assert_eq!(text, html(&command, "2026-11-30"), "{command:?}: other bytes");
    }
}

#[test]
fn the_ending_of_a_file_chooses_the_page() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("Report.HTML");
    let run = seatline(&["samples/portal-10.8.json", "--as-of", "2019-01-01", "-o", file.to_str().unwrap()]);
    assert_eq!((run.code, run.stdout.as_str()), (0, ""), "{run:?}");
    let text = fs::read_to_string(file).unwrap();
    assert!(text.starts_with("<!DOCTYPE html>") && text.ends_with("</html>\n"));
}

#[test]
fn a_command_without_a_page_refuses_one() {
    let run = seatline(&["admins", "samples/portal-10.8.json", "-o", "x.html"]);
    assert_eq!(run.code, 2, "{run:?}");
    assert!(run.stderr.contains("admins has no format for .html"), "{run:?}");
}

#[test]
fn names_from_a_file_are_text() {
    let names = ["<script>x</script>", "</script><!--", "\" onload=\"x", "a\u{202e}b\u{7}", "&amp;", "]]>"];
    let types: Vec<_> = names
        .iter()
        .map(|id| serde_json::json!({"id": id, "name": id, "level": id, "description": id, "extensions": [{"id": id}]}))
        .collect();
    let entries: Vec<_> = names
        .iter()
        .flat_map(|id| [(5, 1_767_225_600_000_i64), (0, 1_798_761_600_000)].map(|(seats, at)| (id, seats, at)))
        .map(|(id, seats, at)| serde_json::json!({"id": id, "maxUsers": seats, "startDate": at}))
        .collect();
    let license = serde_json::json!({"MyEsri": {
        "version": names[0],
        "definitions": {"userTypes": types},
        "provision": {"userTypes": entries},
    }});
    for command in ["report", "timeline"] {
        let arguments = [command, "-", "--as-of", "2026-06-01", "-q", "-f", "html"];
        let run = seatline_with_input(&arguments, license.to_string().as_bytes());
        let page = Page::parse(&run.stdout).unwrap();
        page.assert_closed();
        let shown = ["<script>x</script>", "</script><!--", "\" onload=\"x", "a\\u202eb\\u0007", "&amp;", "]]>"];
        assert_eq!(page.rows().iter().map(|row| row.id.as_str()).collect::<Vec<_>>(), shown);
        let data = page.data();
        assert_eq!(
            data["items"].as_array().unwrap().iter().map(|item| item["id"].as_str().unwrap()).collect::<Vec<_>>(),
            names
        );
        assert!(!run.stdout.chars().any(|one| one == '\u{202e}' || one == '\u{7}'));
    }
}

#[test]
fn the_verdict_is_the_first_thing_and_what_to_do_the_second() {
    let [old, new, members] = RENEWAL;
    let command = ["preflight", new, "--usage", members, "--over", old, "--no-policy"];
    let text = html(&command, "2026-11-30");
    let run = seatline(&[&command[..], &["--as-of", "2026-11-30", "-q", "-f", "json"]].concat());
    let json = run.json();
    let page = Page::parse(&text).unwrap();
    let headings = page.headings();
    assert_eq!(headings[0], json["headline"].as_str().unwrap());
    assert_eq!(headings[1], "What to do, by when");
    assert!(headings[2].starts_with("by 2026-12-31 12:00 (in 31 days)"), "{headings:?}");
}

#[test]
fn an_input_that_cannot_be_read_leaves_the_page_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("x.html");
    fs::write(&file, "before").unwrap();
    let run = seatline(&["fit", "README.md", "--nobody-yet", "-o", file.to_str().unwrap()]);
    assert_eq!(run.code, 3, "{run:?}");
    assert_eq!(fs::read_to_string(file).unwrap(), "before");
}
