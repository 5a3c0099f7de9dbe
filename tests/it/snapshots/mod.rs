//! Snapshots of the program's output: every message of a rule, every table, every help, every error of a policy or a
//! list of prices, every mail.
//!
//! To accept a change: `INSTA_UPDATE=always cargo test --test it snapshots`, then read `git diff`. `.ci/run` accepts
//! nothing by itself. A file in `saved` that belongs to no case any more is deleted by hand; `nothing_is_left_over`
//! names it.

mod coverage;
mod explain;
mod help;
mod mails;
mod messages;
mod policies;
mod portal;
mod prices;
mod rules;
mod tables;

use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use crate::common::Run;

pub(crate) use tables::{command_line, command_lines};

/// Cases of one sort, each with a file in `saved/FOLDER`.
struct Topic {
    folder: &'static str,
    names: fn() -> Vec<String>,
    text: fn(&str) -> String,
}

const TOPICS: [Topic; 9] = [
    explain::TOPIC,
    help::TOPIC,
    mails::TOPIC,
    messages::TOPIC,
    policies::TOPIC,
    portal::TOPIC,
    prices::TOPIC,
    rules::TOPIC,
    tables::TOPIC,
];

impl Topic {
    /// Compares all cases with their files, and shows each difference.
    fn compare(&self) {
        let mut settings = insta::Settings::new();
        settings.set_snapshot_path(Path::new("saved").join(self.folder));
        settings.set_prepend_module_to_snapshot(false);
        settings.set_omit_expression(true);
        let names = (self.names)();
        assert!(!names.is_empty(), "no case of {}", self.folder);
        let differs = |name: &&String| {
            // The words of the system for a file that is not there.
            let of_system = std::io::Error::from_raw_os_error(2).to_string();
            let text = (self.text)(name).replace(&of_system, "No such file or directory (os error 2)");
            let compare = || settings.bind(|| insta::assert_snapshot!(name.as_str(), text));
            catch_unwind(AssertUnwindSafe(compare)).is_err()
        };
        let different: Vec<_> = names.iter().filter(differs).collect();
        assert!(different.is_empty(), "not as saved in {}: {different:?}", self.folder);
    }
}

/// A command line and its output, as in a console.
fn session(arguments: &[&str], run: &Run) -> String {
    let mut text = format!("$ seatline {}\n", arguments.join(" "));
    if run.code != 0 {
        text += &format!("? {}\n", run.code);
    }
    text += &run.stdout;
    if !run.stderr.is_empty() {
        text += &format!("--- stderr\n{}", run.stderr);
    }
    text + "\n"
}

#[test]
fn nothing_is_left_over() {
    let saved = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/snapshots/saved");
    let expected: BTreeSet<_> = TOPICS
        .iter()
        .flat_map(|topic| (topic.names)().into_iter().map(|name| format!("{}/{name}.snap", topic.folder)))
        .collect();
    let folders = saved.read_dir().unwrap().map(|folder| folder.unwrap().path());
    let files = folders.flat_map(|folder| folder.read_dir().unwrap().map(|file| file.unwrap().path()));
    let left_over: Vec<_> = files
        .map(|file| file.strip_prefix(&saved).unwrap().to_str().unwrap().replace('\\', "/"))
        // The file that insta writes beside a snapshot that differs is not kept: see .gitignore.
        .filter(|file| !file.ends_with(".snap.new") && !expected.contains(file))
        .collect();
    assert!(left_over.is_empty(), "no case has these files: {left_over:?}");
}

/// The snapshots of the house have the names of their tests.
#[test]
fn nothing_of_the_house_is_left_over() {
    let house = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/house");
    let text = |file: std::fs::DirEntry| std::fs::read_to_string(file.path()).unwrap_or_default();
    let tests: String = house.read_dir().unwrap().map(|file| text(file.unwrap())).collect();
    let saved = house.join("snapshots").read_dir().unwrap().map(|file| file.unwrap().file_name());
    let saved: Vec<_> = saved.map(|name| name.into_string().unwrap()).collect();
    assert!(saved.len() > 1);
    for name in saved.iter().filter(|name| !name.ends_with(".snap.new")) {
        let test = name.trim_end_matches(".snap").rsplit("__").next().unwrap();
        assert!(tests.contains(&format!("fn {test}()")), "no test has the file {name}");
    }
}
