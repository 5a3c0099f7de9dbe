//! Every command and every format of it has a case that looks at its output. Who adds one adds a case.

use std::collections::BTreeSet;

use super::{command_lines, help};
use crate::common::seatline;

/// Commands without a table.
const WITHOUT_TABLE: [(&str, &str); 3] = [
    ("explain", "its list and a page are the topic `explain`"),
    ("fetch", "its list of files is in the topic `portal`"),
    ("schema", "it writes the files of docs/schema"),
];

/// The formats of each command that a test looks at: `table`, `text` and `markdown` in `tables.rs`, `json` in `read_back.rs`,
/// rows, pages, workbooks and calendars in the tests of their command, `mail` in `mails.rs`, the formats of services in `check`.
const FORMATS: [(&str, &str); 9] = [
    ("report", "table, json, jsonl, csv, markdown, html, xlsx"),
    ("timeline", "table, json, jsonl, csv, markdown, html, xlsx, ics"),
    ("admins", "table, json, jsonl, csv, markdown"),
    ("check", "text, json, jsonl, sarif, junit, github, gitlab, azure, markdown"),
    ("diff", "table, json, csv, markdown, html, xlsx"),
    ("fit", "table, json, csv, markdown, html, xlsx"),
    ("preflight", "table, json, csv, markdown, html, xlsx, github, ics, mail"),
    ("why", "text, json, markdown"),
    ("moves", "table, json, csv, markdown, python"),
];

/// The formats that a command names when it refuses one; `None` if it has no formats.
fn formats(command: &str) -> Option<String> {
    let refused = seatline(&[command, "--format", "no-such-format"]).stderr;
    let (_, known) = refused.split_once("possible values: ").or_else(|| refused.split_once("known are "))?;
    Some(known.lines().next().unwrap().trim_end_matches(']').to_owned())
}

#[test]
fn every_command_and_every_format_has_a_case() {
    let shown: BTreeSet<_> = command_lines().filter_map(|line| line.split(' ').next()).collect();
    let commands = help::commands();
    for command in &commands {
        let elsewhere = WITHOUT_TABLE.iter().any(|(known, _)| known == command);
        assert!(elsewhere != shown.contains(command.as_str()), "{command} has no case in tables.rs, or two places");
        let known = FORMATS.iter().find(|(known, _)| known == command).map(|(_, formats)| (*formats).to_owned());
        assert_eq!(formats(command), known, "{command}: write a test that looks at the format, then name it here");
    }
    let listed = WITHOUT_TABLE.iter().chain(&FORMATS).map(|(command, _)| *command);
    assert_eq!(listed.collect::<BTreeSet<_>>(), commands.iter().map(String::as_str).collect());
}
