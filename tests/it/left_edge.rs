//! What stands at the left edge of a table begins a row: a wrapped line would read as an id.

use std::collections::BTreeSet;

use crate::common::seatline;
use crate::snapshots::command_line;

/// Cases of the snapshots, at least one of each command with a table.
const CASES: [&str; 12] = [
    "report-faulty",
    "report-prices",
    "timeline-date",
    "timeline-item-faulty",
    "admins-catalog",
    "diff-prices",
    "diff-late",
    "diff-faulty",
    "fit-members",
    "preflight-act",
    "moves-order",
    "why-conflict",
];

/// The lines that begin at the left edge.
fn at_the_left_edge(line: &str, width: u32) -> Vec<String> {
    let width = width.to_string();
    let arguments: Vec<_> = line.split(' ').chain(["--width", &width]).collect();
    let shown = seatline(&arguments).stdout;
    shown.lines().filter(|line| !line.is_empty() && !line.starts_with(' ')).map(str::to_owned).collect()
}

fn first_word(text: &str) -> &str {
    text.split_whitespace().next().unwrap_or_default().trim_end_matches(':')
}

/// What only the narrow form of `moves` has at the left edge: a heading, and the numbers of the batches.
const OF_BATCHES: [&str; 3] = ["Batches", "1.", "2."];

#[test]
fn a_wrapped_line_never_begins_at_the_left_edge() {
    for (nth, case) in (0..).zip(CASES) {
        let line = command_line(case);
        let widest = at_the_left_edge(line, 1000);
        // A narrow page has what follows "FILE: " in a line of its own.
        let begins: BTreeSet<_> =
            widest.iter().flat_map(|line| line.split(": ")).map(first_word).chain(OF_BATCHES).collect();
        assert!(begins.len() > 3, "{case}: {begins:?}");
        // Each width is asked of four cases.
        for width in (30 + nth % 3..=140).step_by(3) {
            for line in at_the_left_edge(line, width) {
                // The beginning of a broken id stands at the edge.
                let is_begin = begins.iter().any(|whole| whole.starts_with(first_word(&line)));
                assert!(is_begin, "{case} at {width}: {line}");
            }
        }
    }
}
