//! Shared by the targets: the program inside this process.

use std::ffi::OsString;
use std::path::Path;

use seatline::cli::{Answer, answer};

/// The day on which everything is asked.
pub const AS_OF: &str = "2026-12-01";

/// Runs the program, and asserts what is true of every answer.
/// # Panics
/// Where an exit code is not one of the documented ones, an error is not told, or JSON is none.
pub fn ask(arguments: &[&str], stdin: &[u8]) -> Answer {
    let as_of: &[&str] = if arguments.starts_with(&["fetch"]) { &[] } else { &["--as-of", AS_OF] };
    let line = std::iter::once("seatline").chain(arguments.iter().copied()).chain(as_of.iter().copied());
    let said = answer(line.map(OsString::from).collect(), vec![("-".to_owned(), stdin.to_vec())]);
    assert!(said.exit_code <= 4, "{arguments:?} ended with {}", said.exit_code);
    assert!(said.exit_code < 2 || !said.stderr.is_empty(), "{arguments:?} ended with {} and said nothing", said.exit_code);
    assert!(str::from_utf8(&said.stderr).is_ok());
    if arguments.ends_with(&["-f", "json"]) && said.exit_code != 2 {
        let json = serde_json::from_slice::<serde_json::Value>(&said.stdout);
        assert!(json.is_ok(), "{arguments:?}: {json:?}");
    }
    if arguments.ends_with(&["-f", "jsonl"]) {
        let mut lines = said.stdout.split(|byte| *byte == b'\n').filter(|line| !line.is_empty());
        assert!(lines.all(|line| serde_json::from_slice::<serde_json::Value>(line).is_ok()), "{arguments:?}");
    }
    said
}

/// A path as an argument.
///
/// # Panics
/// Where it is no text, which those of a temporary folder are.
#[must_use]
pub fn name(path: &Path) -> &str {
    path.to_str().expect("a temporary folder has a plain name")
}
