//! The list of rules and a page of `explain`.

use super::{Topic, session};
use crate::common::seatline;

pub(super) const TOPIC: Topic = Topic { folder: "explain", names, text };

fn names() -> Vec<String> {
    vec!["list".to_owned(), "page".to_owned()]
}

fn text(name: &str) -> String {
    let rule = (name == "page").then_some("over-assigned-later");
    let shown = ["40", "80", "120", "200"].map(|width| {
        let arguments: Vec<_> = ["explain"].into_iter().chain(rule).chain(["--width", width]).collect();
        session(&arguments, &seatline(&arguments))
    });
    shown.concat()
}

#[test]
fn explain_is_as_saved() {
    TOPIC.compare();
}
