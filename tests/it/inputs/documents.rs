//! The tables of documents in docs/formats.md: each row has a fixture, and every command of a row works.

use std::collections::BTreeSet;
use std::path::Path;

use crate::common::seatline;

const FOLDER: &str = "tests/fixtures/documents";

/// The files that the placeholders of a command stand for.
const STANDS_FOR: [(&str, &str); 3] = [
    ("LICENSE", "tests/fixtures/documents/license-file.json"),
    ("RESOURCE", "tests/fixtures/documents/license-resource.json"),
    ("MEMBERS", "tests/fixtures/documents/members.json"),
];

struct Row {
    document: String,
    /// The last cell.
    says: String,
    fixture: String,
}

/// The name of a fixture: "license in an envelope" is license-in-an-envelope.
fn stem(document: &str) -> String {
    let words = document.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_ascii_lowercase).collect::<Vec<_>>().join("-")
}

/// The fixtures that are there, by their stems.
fn fixtures() -> Vec<(String, String)> {
    let files = std::fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join(FOLDER)).unwrap();
    let names = files.map(|file| file.unwrap().file_name().into_string().unwrap());
    names.map(|name| (name.split('.').next().unwrap().to_owned(), format!("{FOLDER}/{name}"))).collect()
}

/// The rows of the table under a heading whose last column has this title.
fn rows(last_column: &str) -> Vec<Row> {
    let text = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/formats.md")).unwrap();
    let head = format!("| document | where it comes from | {last_column} |");
    let (_, table) = text.split_once(&head).unwrap_or_else(|| panic!("no table with {head}"));
    let fixtures = fixtures();
    let rows = table.lines().skip(2).take_while(|line| line.starts_with('|'));
    let rows = rows.map(|line| {
        let cells: Vec<_> = line.trim_matches('|').split(" | ").map(str::trim).collect();
        let [document, place, says] = cells.as_slice() else { panic!("three cells: {line}") };
        assert!(!place.is_empty() && !says.is_empty(), "{line}");
        let stem = stem(document);
        let fixture = fixtures.iter().find(|(name, _)| *name == stem);
        let fixture = fixture.unwrap_or_else(|| panic!("no fixture {FOLDER}/{stem} for the row {document}")).1.clone();
        Row { document: (*document).to_owned(), says: (*says).to_owned(), fixture }
    });
    rows.collect()
}

/// The commands in a cell: the texts between backticks that begin with the name of a command.
fn commands(cell: &str) -> Vec<Vec<&str>> {
    const COMMANDS: [&str; 9] = ["report", "timeline", "admins", "check", "diff", "fit", "preflight", "why", "moves"];
    let quoted = cell.split('`').skip(1).step_by(2).map(|text| text.split_whitespace().collect::<Vec<_>>());
    quoted.filter(|words| words.first().is_some_and(|first| COMMANDS.contains(first))).collect()
}

#[test]
fn what_is_good_for_something_is() {
    for Row { document, says, fixture } in rows("good for") {
        let commands = commands(&says);
        assert!(commands.iter().any(|words| words.iter().any(|word| word.ends_with("FILE"))), "{document}: {says}");
        for words in commands {
            let arguments = words.iter().map(|word| match STANDS_FOR.iter().find(|(name, _)| name == word) {
                Some((_, path)) => (*path).to_owned(),
                None => word.replace("FILE", &fixture),
            });
            let arguments: Vec<_> = arguments.collect();
            let arguments: Vec<_> = arguments.iter().map(String::as_str).collect();
            let run = seatline(&[&arguments[..], &["--as-of", "2026-06-01"]].concat());
            assert!(run.code <= 1, "{document}: {arguments:?}: {run:?}");
            assert!(!run.stdout.is_empty(), "{document}: {arguments:?}: {run:?}");
        }
    }
}

#[test]
fn what_is_of_no_use_is_called_by_its_name() {
    for Row { document, says, fixture } in rows("what it is called") {
        for arguments in [vec!["report", &fixture], vec!["fit", STANDS_FOR[0].1, "--usage", &fixture]] {
            let run = seatline(&arguments);
            assert_eq!(run.code, 3, "{document}: {run:?}");
            assert!(run.stderr.contains(&says), "{document}: {says} in {}", run.stderr);
        }
    }
}

#[test]
fn every_fixture_has_a_row() {
    let rows = ["good for", "what it is called"].into_iter().flat_map(rows);
    let rows: Vec<_> = rows.map(|row| stem(&row.document)).collect();
    let stems: BTreeSet<_> = rows.iter().cloned().collect();
    assert_eq!(stems.len(), rows.len(), "a document is there twice");
    let fixtures: BTreeSet<_> = fixtures().into_iter().map(|(stem, _)| stem).collect();
    assert_eq!(fixtures, stems);
}
