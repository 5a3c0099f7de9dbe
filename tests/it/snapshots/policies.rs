//! The error for every mistake in a policy.

use std::fs;

use super::{Topic, session};
use crate::common::{Run, command};

pub(super) const TOPIC: Topic = Topic { folder: "policies", names, text };

/// The mistakes, each with a policy that makes it.
const MISTAKES: &[(&str, &str)] = &[
    ("no TOML", "= 1\n"),
    ("an open bracket", "[levels\n"),
    ("a repeated key", "portal-version = \"11.4\"\nportal-version = \"11.4\"\n"),
    ("an unknown key, and one that is like it", "portal-verison = \"11.4\"\n"),
    ("an unknown key", "owner = \"us\"\n"),
    ("a version that is a number", "portal-version = 11.4\n"),
    ("a version that is none", "portal-version = \"eleven\"\n"),
    ("an unknown rule, and one that is like it", "[levels]\nseat-gp = \"allow\"\n"),
    ("an unknown rule", "[levels]\nparking = \"allow\"\n"),
    ("an unknown level, and one that is like it", "[levels]\nseat-gap = \"alow\"\n"),
    ("an unknown level", "[levels]\nseat-gap = \"fatal\"\n"),
    ("a level that is a number", "[levels]\nseat-gap = 1\n"),
    ("levels that are a number", "levels = 1\n"),
    ("a level below error of what is always one", "[levels]\nunreadable-entry = \"warning\"\n"),
    ("an unknown threshold", "[thresholds]\nexpiring-soon = \"P30D\"\n"),
    ("a threshold that is no duration", "[thresholds]\nwaiver-ending = \"14 days\"\n"),
    ("a threshold of hours", "[thresholds]\nexpiring-soon-error = \"PT12H\"\n"),
    (
        "a warning that is later than the error",
        "[thresholds]\nexpiring-soon-error = \"3mo\"\nexpiring-soon-warning = \"30d\"\n",
    ),
    ("a warning of use above the error that is the default", "[thresholds]\nusage-high-warning = 99\n"),
    ("a percentage of 0", "[thresholds]\nusage-high-warning = 0\n"),
    ("a percentage above 100", "[thresholds]\nusage-high-error = 120\n"),
    ("a percentage that is text", "[thresholds]\nusage-high-error = \"95 %\"\n"),
    ("no user type of the administrator", "[admin]\non = 2027-01-01\n"),
    ("an empty user type of the administrator", "[admin]\ninitial-user-type = \"\"\n"),
    ("a day that no month has", "[admin]\ninitial-user-type = \"creatorUT\"\non = \"2027-02-30\"\n"),
    ("minutes or months", "[admin]\ninitial-user-type = \"creatorUT\"\non = \"+3m\"\n"),
    ("a duration that is none", "[admin]\ninitial-user-type = \"creatorUT\"\nfor = \"a month\"\n"),
    ("a duration below 0", "[admin]\ninitial-user-type = \"creatorUT\"\nfor = \"-3d\"\n"),
    ("items in one pair of brackets", "[item]\nkind = \"userType\"\nid = \"creatorUT\"\nrequired = true\n"),
    ("an item in braces", "item = { kind = \"userType\", id = \"x\", required = true }\n"),
    ("an unknown kind, and one that is like it", "[[item]]\nkind = \"usertype\"\nid = \"x\"\nrequired = true\n"),
    ("an unknown kind", "[[item]]\nkind = \"server\"\nid = \"x\"\nrequired = true\n"),
    ("an item without id", "[[item]]\nkind = \"userType\"\nrequired = true\n"),
    ("an empty id", "[[item]]\nkind = \"userType\"\nid = \"\"\nrequired = true\n"),
    ("nothing said of an item", "[[item]]\nkind = \"userType\"\nid = \"x\"\n"),
    ("an item forbidden and expected", "[[item]]\nkind = \"app\"\nid = \"x\"\nforbidden = true\nminimum-seats = 1\n"),
    ("seats below 0", "[[item]]\nkind = \"userType\"\nid = \"x\"\nminimum-seats = -1\n"),
    ("seats of a capability", "[[item]]\nkind = \"capability\"\nid = \"x\"\nminimum-seats = 1\n"),
    ("an end that is a number of seconds", "[[item]]\nkind = \"app\"\nid = \"x\"\nearliest-end = \"1546300800\"\n"),
    ("files that are no list", "[[item]]\nkind = \"app\"\nid = \"x\"\nrequired = true\nfiles = \"prod/**\"\n"),
    ("no file at all", "[[item]]\nkind = \"app\"\nid = \"x\"\nrequired = true\nfiles = []\n"),
    ("a pattern that is none", "[[item]]\nkind = \"app\"\nid = \"x\"\nrequired = true\nfiles = [\"ok/**\", \"a[\"]\n"),
    ("a folder as a pattern", "[[item]]\nkind = \"app\"\nid = \"x\"\nrequired = true\nfiles = [\"prod/\"]\n"),
    ("a time without a day", "[[item]]\nkind = \"app\"\nid = \"x\"\nearliest-end = 12:00:00\n"),
    (
        "an item twice",
        "[[item]]\nkind = \"app\"\nid = \"x\"\nrequired = true\n[[item]]\nkind = \"app\"\nid = \"x\"\nminimum-seats = 1\n",
    ),
    ("a waiver of which a part is missing", "[[waiver]]\nrule = \"seat-gap\"\n"),
    (
        "a waiver of an unknown rule",
        "[[waiver]]\nrule = \"seat-gaps\"\nkind = \"*\"\nid = \"*\"\nuntil = 2027-01-31\nreason = \"known\"\n",
    ),
    (
        "a waiver of an unknown kind",
        "[[waiver]]\nrule = \"seat-gap\"\nkind = \"usertype\"\nid = \"*\"\nuntil = 2027-01-31\nreason = \"known\"\n",
    ),
    (
        "a waiver of an empty id",
        "[[waiver]]\nrule = \"seat-gap\"\nkind = \"*\"\nid = \"\"\nuntil = 2027-01-31\nreason = \"known\"\n",
    ),
    (
        "a waiver of what cannot be waived",
        "[[waiver]]\nrule = \"unreadable-entry\"\nkind = \"*\"\nid = \"*\"\nuntil = 2027-01-31\nreason = \"known\"\n",
    ),
    (
        "a waiver without reason",
        "[[waiver]]\nrule = \"seat-gap\"\nkind = \"*\"\nid = \"*\"\nuntil = 2027-01-31\nreason = \" \"\n",
    ),
    (
        "a waiver until a relative day",
        "[[waiver]]\nrule = \"seat-gap\"\nkind = \"*\"\nid = \"*\"\nuntil = \"+30d\"\nreason = \"known\"\n",
    ),
];

fn names() -> Vec<String> {
    vec!["mistakes".to_owned()]
}

fn text(_: &str) -> String {
    let folder = tempfile::tempdir().unwrap();
    fs::copy("samples/renewed-11.1.json", folder.path().join("license.json")).unwrap();
    let mut text = String::new();
    for (mistake, policy) in MISTAKES {
        fs::write(folder.path().join("seatline.toml"), policy).unwrap();
        let arguments = ["check", "license.json", "--as-of", "2027-01-01"];
        let run: Run = command(&arguments).current_dir(folder.path()).output().unwrap().into();
        text += &format!("# {mistake}\n{}", session(&arguments, &run));
        assert_eq!(run.code, 2, "{text}");
    }
    text
}

#[test]
fn every_error_of_a_policy_is_as_saved() {
    TOPIC.compare();
}
