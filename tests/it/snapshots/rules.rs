//! The findings of each rule on its fixture: severity, place, message, advice.

use std::fmt::Write;
use std::path::Path;

use serde_json::Value;

use super::Topic;
use crate::check::fixtures::{check, findings, folders};

pub(super) const TOPIC: Topic = Topic { folder: "rules", names, text };

fn names() -> Vec<String> {
    folders().iter().map(|folder| folder.file_name().unwrap().to_str().unwrap().to_owned()).collect()
}

fn text(rule: &str) -> String {
    let folder = Path::new("tests/fixtures/rules").join(rule);
    let report = check(&folder, "fires", "json").json();
    let mut text = String::new();
    for finding in findings(&report).iter().filter(|finding| finding["rule"] == rule) {
        let word = |name: &str| finding[name].as_str().unwrap_or("-");
        let (location, advice) = (&finding["location"], word("advice"));
        writeln!(text, "{} {} {}", word("severity"), word("kind"), word("id")).unwrap();
        writeln!(text, "at {} {}", location["pointer"].as_str().unwrap_or("-"), place(location)).unwrap();
        writeln!(text, "{}\nadvice: {advice}\n", word("message")).unwrap();
    }
    text
}

/// A place: LINE:COLUMN-LINE:COLUMN.
fn place(location: &Value) -> String {
    let at = |name: &str| &location[name];
    format!("{}:{}-{}:{}", at("line"), at("column"), at("endLine"), at("endColumn"))
}

#[test]
fn every_message_is_as_saved() {
    TOPIC.compare();
}
