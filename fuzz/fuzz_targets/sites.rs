//! Any bytes as one of the files that go with a license: the first byte chooses which.
#![no_main]

use libfuzzer_sys::fuzz_target;
use seatline_fuzz::{ask, name};

const LICENSE: &[u8] = include_bytes!("../../samples/enterprise-11.4.json");
const MEMBERS: &[u8] = include_bytes!("../../samples/stories/members-11.4.csv");

fuzz_target!(|data: &[u8]| {
    let Some((choice, text)) = data.split_first() else { return };
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = |name: &str, bytes: &[u8]| {
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).expect("a file in a temporary folder");
        path
    };
    let csv = file("given.csv", text);
    let json = file("given.json", text);
    let policy = file("seatline.toml", text);
    let members = file("members.csv", MEMBERS);
    let (csv, json, policy, members) = (name(&csv), name(&json), name(&policy), name(&members));
    let question: &[&str] = match choice % 12 {
        0 => &["fit", "-", "--usage", csv, "-f", "json"],
        1 => &["fit", "-", "--usage", json, "-f", "json"],
        2 => &["fit", "-", "--usage", members, "--plan", csv, "-f", "json"],
        3 => &["check", "-", "--policy", policy, "-f", "json"],
        4 => &["moves", "-", "--members", csv, "--map", "creatorUT=viewerUT", "-f", "json"],
        5 => &["moves", "-", "--members", members, "--moves", csv, "-f", "json"],
        6 => &["report", "-", "--prices", csv, "-f", "json"],
        7 => &["report", "-", "--admins", json, "-f", "json"],
        8 => &["check", "-", "--usage", csv, "--no-policy", "-f", "text"],
        9 => &["preflight", "-", "--usage", csv, "--policy", policy, "-f", "table"],
        10 => &["preflight", "-", "--usage", members, "--moves", csv, "--no-policy", "-f", "json"],
        _ => &["preflight", "-", "--over", json, "--no-policy", "-f", "markdown"],
    };
    ask(question, LICENSE);
});
