//! `seatline report` against the documented meaning of a license: 150 random documents, tidy and untidy, each asked
//! about at several instants, agree item by item with a naive computation that shares no code with the program.
//!
//! `reading` reads values, `readings` decides what is certain by trying every reading, and `expected` makes the
//! report; `documents` and `text` make the documents.

pub(crate) mod documents;
mod expected;
pub(crate) mod random;
mod reading;
mod readings;
mod text;

use std::path::Path;
use std::{fs, thread};

use serde_json::Value;

use crate::common::{assert_schema, command};
use expected::{Oracle, rfc3339};
use random::Random;

const GROUPS: u64 = 10;
const DOCUMENTS_IN_A_GROUP: usize = 15;
const INSTANTS_IN_A_GROUP: usize = 6;
/// How many reports with disagreements are shown.
const MOST_SHOWN: usize = 3;

/// Documents, as values and as files, that are asked about at the same instants.
struct Group {
    random: Random,
    folder: tempfile::TempDir,
    documents: Vec<Value>,
    as_ofs: Vec<i64>,
}

impl Group {
    fn new(seed: u64) -> Self {
        let mut random = Random::new(seed);
        let instants = documents::instants(&mut random);
        let documents: Vec<Value> =
            (0..DOCUMENTS_IN_A_GROUP).map(|_| documents::license(&mut random, &instants)).collect();
        let folder = tempfile::tempdir().unwrap();
        for (index, document) in documents.iter().enumerate() {
            let text = text::write(&mut random, document);
            let read: Value = serde_json::from_str(&text).unwrap();
            assert_eq!(&read, document, "the document as it is written");
            fs::write(folder.path().join(file_name(index)), text).unwrap();
        }
        let mut as_ofs: Vec<i64> = instants.iter().flat_map(|instant| [instant - 1, *instant, instant + 1]).collect();
        random.shuffle(&mut as_ofs);
        as_ofs.truncate(INSTANTS_IN_A_GROUP);
        Self { random, folder, documents, as_ofs }
    }
}

fn file_name(index: usize) -> String {
    format!("{index:03}.json")
}

/// All groups, each in a thread of its own.
fn in_every_group(check: fn(Group, &mut Disagreements)) {
    let all = thread::scope(|scope| {
        let run = |seed| {
            let mut found = Disagreements::default();
            check(Group::new(seed), &mut found);
            found
        };
        let threads: Vec<_> = (1..=GROUPS).map(|seed| scope.spawn(move || run(seed))).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).fold(Disagreements::default(), Disagreements::and)
    });
    all.end();
}

/// `seatline report PATH --as-of … -f json` with further arguments, checked against the published schema.
fn report(path: &Path, as_of: i64, arguments: &[&Path]) -> Value {
    let mut command = command(&["report"]);
    command.arg(path).args(["--as-of", &rfc3339(as_of), "-f", "json"]).args(arguments);
    let output = command.output().unwrap();
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(0), "{command:?}\n{stderr}");
    let report = serde_json::from_slice(&output.stdout).unwrap();
    assert_schema("report", &report);
    report
}

/// The differences between program and oracle.
#[derive(Default)]
struct Disagreements {
    items_compared: usize,
    count: usize,
    shown: Vec<String>,
}

impl Disagreements {
    /// Compares the report on one document at one instant.
    fn license(&mut self, document: &Value, oracle: &Oracle<'_>, as_of: i64, got: &Value) {
        let mut lines = Vec::new();
        let mut compare = |what: &str, field: &str, expected: &Value, got: &Value| {
            if expected != got {
                lines.push(format!("  {what}: {field}: expected {expected}, got {got}"));
            }
        };
        compare("license", "version", &oracle.version(), &got["version"]);
        compare("license", "administrators", &oracle.administrators(as_of).into(), &got["administrators"]);
        let findings = got["findings"].as_array().unwrap();
        let has_error = findings.iter().any(|finding| finding["severity"] == "error");
        compare("license", "has an error finding", &reading::is_faulty(document).into(), &has_error.into());
        let (expected, got) = (oracle.items(as_of), got["items"].as_array().unwrap());
        let names = |items: &[Value]| -> Value { items.iter().map(name).collect::<Vec<_>>().into() };
        compare("license", "items", &names(&expected), &names(got));
        for (expected, got) in expected.iter().zip(got) {
            self.items_compared += 1;
            for (field, value) in expected.as_object().unwrap() {
                compare(&name(expected), field, value, got.get(field).unwrap_or(&Value::Null));
            }
        }
        self.count += lines.len();
        if !lines.is_empty() && self.shown.len() < MOST_SHOWN {
            self.shown.push(format!("as of {}, of {document}:\n{}\n", rfc3339(as_of), lines.join("\n")));
        }
    }

    fn and(mut self, other: Self) -> Self {
        self.items_compared += other.items_compared;
        self.count += other.count;
        self.shown.extend(other.shown);
        self
    }

    fn end(mut self) {
        let Self { items_compared, count, .. } = self;
        self.shown.truncate(MOST_SHOWN);
        assert!(items_compared > 1000, "only {items_compared} items were compared");
        assert!(count == 0, "{count} disagreements over {items_compared} items\n{}", self.shown.join("\n"));
    }
}

fn name(item: &Value) -> String {
    format!("{} {}", item["kind"].as_str().unwrap(), item["id"])
}

#[test]
fn every_item_on_every_day_agrees() {
    in_every_group(|group, disagreements| {
        let oracles: Vec<Oracle<'_>> = group.documents.iter().map(|document| Oracle::new(document, None)).collect();
        for as_of in &group.as_ofs {
            let report = report(group.folder.path(), *as_of, &[]);
            assert_eq!(report["schema"], "seatline/report/v1");
            assert_eq!(report["asOf"], rfc3339(*as_of));
            assert_eq!(report["failures"], Value::Array(Vec::new()));
            let licenses = report["licenses"].as_array().unwrap();
            assert_eq!(licenses.len(), group.documents.len());
            for (index, license) in licenses.iter().enumerate() {
                assert!(license["source"].as_str().unwrap().ends_with(&file_name(index)), "{}", license["source"]);
                assert_eq!(license["document"], 0);
                disagreements.license(&group.documents[index], &oracles[index], *as_of, license);
            }
        }
    });
}

#[test]
fn every_item_agrees_under_an_administrator_list() {
    in_every_group(|mut group, disagreements| {
        for (index, document) in group.documents.iter().enumerate() {
            let administrators = documents::administrators(&mut group.random);
            let list: Vec<Value> = administrators.iter().map(|id| serde_json::json!({ "id": id })).collect();
            let list_path = group.folder.path().join("administrators.txt");
            fs::write(&list_path, serde_json::json!({ "userTypes": list }).to_string()).unwrap();
            let as_of = *group.random.pick(&group.as_ofs);
            let path = group.folder.path().join(file_name(index));
            let report = report(&path, as_of, &[Path::new("--admins"), &list_path]);
            let oracle = Oracle::new(document, Some(&administrators));
            disagreements.license(document, &oracle, as_of, &report["licenses"][0]);
        }
    });
}
