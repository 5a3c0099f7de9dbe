//! Any bytes as a document, through every command that takes one, in every format: the first byte chooses.
#![no_main]

use libfuzzer_sys::fuzz_target;
use seatline_fuzz::ask;

const QUESTIONS: [&[&str]; 30] = [
    &["report", "-", "-f", "table"],
    &["report", "-", "-f", "json"],
    &["report", "-", "-f", "jsonl"],
    &["report", "-", "--inline", "-f", "jsonl"],
    &["report", "-", "-f", "csv"],
    &["report", "-", "-f", "html"],
    &["report", "-", "-f", "xlsx"],
    &["report", "-", "--for", "P30D", "-f", "markdown"],
    &["timeline", "-", "-f", "table", "--width", "40"],
    &["timeline", "-", "--by", "date"],
    &["timeline", "-", "-f", "json"],
    &["timeline", "-", "--tz", "Europe/Berlin", "-f", "ics"],
    &["timeline", "-", "-f", "csv", "--excel=semicolon"],
    &["admins", "-", "-f", "json"],
    &["admins", "-", "-f", "table"],
    &["check", "-", "--no-policy", "-f", "text"],
    &["check", "-", "--no-policy", "-f", "json"],
    &["check", "-", "--no-policy", "-f", "sarif"],
    &["check", "-", "--no-policy", "-f", "junit"],
    &["check", "-", "--no-policy", "-f", "github"],
    &["check", "-", "--no-policy", "-f", "gitlab"],
    &["check", "-", "--no-policy", "-f", "markdown"],
    &["check", "-", "--no-policy", "-f", "html"],
    &["why", "creatorUT", "-", "-f", "text"],
    &["why", "creatorUT", "-", "-f", "json"],
    &["preflight", "-", "--nobody-yet", "--no-policy", "-f", "json"],
    &["preflight", "-", "--nobody-yet", "--no-policy", "-f", "mail"],
    &["fit", "-", "--nobody-yet", "-f", "json"],
    &["report", "-", "--lines", "-f", "jsonl"],
    &["check", "-", "--lines", "--no-policy", "-f", "jsonl"],
];

fuzz_target!(|data: &[u8]| {
    if let Some((choice, document)) = data.split_first()
        && let Some(question) = QUESTIONS.get(usize::from(*choice) % QUESTIONS.len())
    {
        ask(question, document);
    }
});
