//! A stream that is cut at any place gives the same records as the whole.

use proptest::prelude::*;
use proptest::test_runner::Config;
use serde_json::{Value, json};

use crate::common::seatline_with_input;

/// A line of a stream, good or bad.
#[derive(Clone, Copy, Debug)]
enum Line {
    License(u64),
    Envelope(u64),
    Broken,
    Trailing,
    OtherKind,
    OfNoKind,
    Html,
    PortalError,
    Repeated,
    Latin1,
    Blank,
}

impl Line {
    fn bytes(self) -> Vec<u8> {
        let license = |seats: u64| {
            // A count that cannot be read, so that there is a finding.
            let odd = if seats.is_multiple_of(3) { json!(-1) } else { json!(seats) };
            json!({"MyEsri": {"version": seats.to_string(), "provision": {"userTypes": [
                {"id": "creatorUT", "maxUsers": seats, "startDate": 1_700_000_000_000_i64},
                {"id": "viewerUT", "maxUsers": odd, "startDate": 1_700_000_000_000_i64}]}}})
        };
        match self {
            Self::License(seats) => license(seats).to_string().into_bytes(),
            Self::Envelope(seats) => {
                json!({"source": format!("portal-{seats}"), "document": license(seats)}).to_string().into_bytes()
            }
            Self::Broken => b"{\"MyEsri\": ".to_vec(),
            Self::Trailing => b"{\"MyEsri\": {}} {}".to_vec(),
            Self::OtherKind => b"{\"userTypes\": [{\"id\": \"creatorUT\"}]}".to_vec(),
            Self::OfNoKind => b"[7]".to_vec(),
            Self::Html => b"<html></html>".to_vec(),
            Self::PortalError => b"{\"error\": {\"code\": 499}}".to_vec(),
            Self::Repeated => b"{\"MyEsri\": {\"version\": 1, \"version\": 2}}".to_vec(),
            Self::Latin1 => b"{\"name\": \"caf\xE9\"}".to_vec(),
            Self::Blank => b"  ".to_vec(),
        }
    }

    fn is_document(self) -> bool {
        !matches!(self, Self::Blank)
    }
}

fn line() -> impl Strategy<Value = Line> {
    use Line::{Blank, Broken, Envelope, Html, Latin1, License, OfNoKind, OtherKind, PortalError, Repeated, Trailing};
    let other = [Broken, Trailing, OtherKind, OfNoKind, Html, PortalError, Repeated, Latin1, Blank];
    prop_oneof![
        2 => (0..20_u64).prop_map(License),
        1 => (0..20_u64).prop_map(Envelope),
        2 => prop::sample::select(other.to_vec()),
    ]
}

/// Removes the place from a record.
fn without_place(record: &mut Value) {
    match record {
        Value::Object(members) => {
            for place in ["document", "line", "column", "endLine", "endColumn"] {
                members.remove(place);
            }
            members.values_mut().for_each(without_place);
        }
        Value::Array(elements) => elements.iter_mut().for_each(without_place),
        _ => {}
    }
}

/// The records of a run without their places, and the number of documents that they account for.
fn records(command: &str, lines: &[Line]) -> (Vec<String>, usize) {
    let bytes: Vec<u8> = lines.iter().flat_map(|line| [line.bytes(), b"\n".to_vec()].concat()).collect();
    let mut arguments = vec![command, "-", "--lines", "--inline", "-f", "jsonl", "--as-of", "2026-06-01"];
    if command == "check" {
        arguments.extend(["--no-policy", "--exit-zero"]);
    }
    if command == "admins" {
        arguments.push("--exit-zero");
    }
    let run = seatline_with_input(&arguments, &bytes);
    assert_eq!((run.code, run.stderr.as_str()), (0, ""), "{command} {lines:?}: {run:?}");
    let mut records: Vec<Value> = run.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let documents = records.iter().filter(|one| one["record"] == "document" || one["record"] == "failure").count();
    records.iter_mut().for_each(without_place);
    (records.iter().map(Value::to_string).collect(), documents)
}

fn agrees(command: &str, lines: &[Line], cuts: &[usize]) {
    let (mut whole, documents) = records(command, lines);
    assert_eq!(documents, lines.iter().filter(|line| line.is_document()).count(), "{command} {lines:?}");
    let mut places: Vec<_> = cuts.iter().map(|cut| cut % (lines.len() + 1)).chain([0, lines.len()]).collect();
    places.sort_unstable();
    let mut parts: Vec<_> = places.windows(2).flat_map(|part| records(command, &lines[part[0]..part[1]]).0).collect();
    whole.sort_unstable();
    parts.sort_unstable();
    assert_eq!(parts, whole, "{command} {lines:?} cut at {places:?}");
}

const COMMANDS: [&str; 4] = ["report", "timeline", "admins", "check"];

proptest! {
    #![proptest_config(Config { cases: 24, failure_persistence: None, ..Config::default() })]

    #[test]
    fn parts_of_a_stream_give_the_records_of_the_whole(
        command in prop::sample::select(COMMANDS.to_vec()),
        lines in prop::collection::vec(line(), 0..12),
        cuts in prop::collection::vec(any::<usize>(), 0..4),
    ) {
        agrees(command, &lines, &cuts);
    }
}

#[test]
fn the_first_or_the_last_line_may_be_bad_and_there_may_be_none() {
    use Line::{Broken, Envelope, Latin1, License, OtherKind};
    for command in COMMANDS {
        for bad in [Broken, OtherKind, Latin1] {
            agrees(command, &[bad, License(3), Envelope(4)], &[1, 2]);
            agrees(command, &[License(3), Envelope(4), bad], &[2]);
        }
        agrees(command, &[], &[0, 0]);
        agrees(command, &[Broken], &[0, 1]);
    }
}
