//! The mails of `preflight`.

use super::{Topic, session};
use crate::common::seatline;

pub(super) const TOPIC: Topic = Topic { folder: "mails", names, text };

const CASES: [(&str, &str); 6] = [
    (
        "act",
        "preflight samples/renewal/new.json --over samples/renewal/old.json --usage samples/renewal/members.csv --prices samples/renewal/prices.csv --as-of 2026-12-01",
    ),
    ("go", "preflight samples/renewed-11.1.json --over samples/stories/license-resource-11.1.json --as-of 2026-03-01"),
    (
        "no-go",
        "preflight samples/stories/staging-11.1.json --over samples/stories/license-resource-11.1.json --as-of 2026-03-01",
    ),
    ("faulty", "preflight samples/faulty.json --over samples/renewed-11.1.json --as-of 2027-01-01"),
    ("end", "preflight samples/renewal/old.json --usage samples/renewal/members.csv --as-of 2026-12-20"),
    (
        "late",
        "preflight samples/stories/renewal-12-hours-late.json --over samples/stories/term-2024-to-2027.json --as-of 2027-03-20 --tz America/New_York",
    ),
];

fn names() -> Vec<String> {
    CASES.iter().map(|(name, _)| (*name).to_owned()).collect()
}

fn text(name: &str) -> String {
    let (_, line) = CASES.iter().find(|(known, _)| *known == name).unwrap();
    let arguments: Vec<_> = line.split(' ').chain(["--no-policy", "-f", "mail"]).collect();
    session(&arguments, &seatline(&arguments))
}

#[test]
fn every_mail_is_as_saved() {
    TOPIC.compare();
}
