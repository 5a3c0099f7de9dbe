//! Lines of JSON are written as each document is read.

use std::io::{BufRead, BufReader, Write};
use std::process::Stdio;
use std::time::Duration;

use serde_json::Value;

use crate::common::{command, seatline, seatline_with_input};

const LICENSE: &str =
    r#"{"MyEsri":{"provision":{"userTypes":[{"id":"creatorUT","maxUsers":5,"startDate":1600000000000}]}}}"#;

/// Feeds the program line by line: the output for each line must come before the next line is given. `head` lines
/// come before the first.
fn line_by_line(arguments: &[&str], head: usize) {
    let is_said = !arguments.contains(&"recognized");
    let arguments: Vec<_> = arguments.iter().copied().filter(|one| *one != "recognized").collect();
    let lines = if is_said { "--lines" } else { "-q" };
    let common = ["-", lines, "--as-of", "2027-01-01", "--color=never", "--no-policy"];
    let common = &common[..if arguments[0] == "check" { 6 } else { 5 }];
    let arguments = [&arguments, common].concat();
    let lines = |documents| {
        seatline_with_input(&arguments, format!("{LICENSE}\n").repeat(documents).as_bytes()).stdout.lines().count()
    };
    let (first, each) = (lines(1), lines(2) - lines(1));
    assert!(each > 0, "{arguments:?}");
    let mut child =
        command(&arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    let (mut stdin, stdout) = (child.stdin.take().unwrap(), child.stdout.take().unwrap());
    let (send, lines) = std::sync::mpsc::channel();
    std::thread::spawn(move || BufReader::new(stdout).lines().for_each(|line| drop(send.send(line.unwrap()))));
    let next = |count: usize, when: &str| {
        for _ in 0..count {
            let line = lines.recv_timeout(Duration::from_secs(60));
            assert!(line.is_ok(), "{arguments:?}: no row {when}");
        }
    };
    next(head, "before the first document");
    for (number, rows) in [first - head, each, each].into_iter().enumerate() {
        stdin.write_all(LICENSE.as_bytes()).and_then(|()| stdin.write_all(b"\n")).unwrap();
        next(rows, &format!("of document {number}"));
    }
    drop(stdin);
    assert_eq!(lines.iter().count(), 0, "{arguments:?}");
    assert!(child.wait().unwrap().code().is_some_and(|code| code < 2), "{arguments:?}");
}

#[test]
fn rows_are_there_as_soon_as_a_document_was_read() {
    for name in ["report", "timeline", "admins"] {
        line_by_line(&[name, "-f", "jsonl"], 0);
        line_by_line(&[name, "-f", "csv"], 1);
        line_by_line(&[name, "-f", "jsonl", "--inline"], 0);
    }
    for name in ["report", "timeline", "admins"] {
        // The first line shows that each line is a document. A single document could not be printed before its end.
        line_by_line(&[name, "-f", "jsonl", "recognized"], 0);
        line_by_line(&[name, "-f", "csv", "recognized"], 1);
    }
    line_by_line(&["check", "-f", "jsonl", "recognized"], 0);
    for name in ["report", "timeline"] {
        line_by_line(&[name, "-f", "jsonl", "--id", "creatorUT"], 0);
        // Where an id could still be refused, the header waits for the first row.
        line_by_line(&[name, "-f", "csv", "--id", "creatorUT", "--kind", "userType"], 0);
        line_by_line(&[name, "-f", "jsonl", "--inline", "--id", "nobody"], 0);
    }
    line_by_line(&["check", "-f", "jsonl"], 0);
}

#[test]
fn rows_of_a_stream_are_not_kept_back_without_bounds() {
    let arguments =
        ["report", "-", "--lines", "-f", "jsonl", "-q", "--as-of", "2027-01-01", "--id", "creatorUT,nobody"];
    let run = |documents| seatline_with_input(&arguments, format!("{LICENSE}\n").repeat(documents).as_bytes());
    let few = run(3);
    assert_eq!((few.code, few.stdout.as_str()), (2, ""), "a slip of the keyboard: nothing is written");
    let many = run(6000);
    assert_eq!((many.code, many.stdout.lines().count()), (2, 6000), "a stream: nothing is lost");
    assert!(many.stderr.contains("nobody"), "{}", many.stderr);
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_hides_no_input_that_cannot_be_read() {
    let run = |arguments: &[&str]| {
        let full = std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
        command(arguments).stdout(full).output().unwrap()
    };
    for line in [
        "report samples/renewal samples/faulty.json nowhere.json -f jsonl --as-of 2027-01-01",
        "report samples/history.jsonl nowhere.json -f csv --as-of 2027-01-01",
        "timeline samples/history.jsonl nowhere.json -f jsonl --as-of 2027-01-01",
        "admins samples/history.jsonl nowhere.json -f csv --as-of 2027-01-01",
        "check samples/faulty.json nowhere.json -f jsonl --no-policy --as-of 2027-01-01",
        "check samples/faulty.json nowhere.json -f sarif --no-policy --as-of 2027-01-01",
        "report nowhere.json -f json",
        "fit nowhere.json --nobody-yet -f json",
        "diff nowhere.json samples/faulty.json -f json",
    ] {
        let output = run(&line.split(' ').collect::<Vec<_>>());
        let errors = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(3), "{line}: {errors}");
        assert!(errors.contains("stdout"), "{line}: {errors}");
    }
    let written = run(&["report", "samples/faulty.json", "-f", "jsonl", "--as-of", "2027-01-01"]);
    assert_eq!(written.status.code(), Some(2));
}

#[test]
fn a_record_is_there_before_the_next_document() {
    for name in ["report", "timeline", "admins", "check"] {
        let refuses: &[&str] = if ["admins", "check"].contains(&name) { &["--exit-zero"] } else { &[] };
        let common = [name, "-", "--lines", "-f", "jsonl", "--inline", "--as-of", "2027-01-01", "-q"];
        let mut child =
            command(&[&common, refuses].concat()).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        let mut stdin = child.stdin.take().unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        // Input and output have buffers: the input is more than they hold.
        let document = format!("{LICENSE}\n");
        let feeder = std::thread::spawn(move || {
            for _ in 0..4000 {
                stdin.write_all(document.as_bytes()).unwrap();
            }
            stdin
        });
        let first: Value = serde_json::from_str(&lines.next().unwrap().unwrap()).unwrap();
        assert!(first["record"].is_string(), "{name}: {first}");
        // The input ends only now.
        let rest = std::thread::spawn(move || lines.count());
        drop(feeder.join().unwrap());
        assert!(rest.join().unwrap() > 4000, "{name}");
        assert!(child.wait().unwrap().success(), "{name}");
    }
}

#[test]
fn check_streams_the_same_findings_and_the_same_exit_code() {
    let folder = tempfile::tempdir().unwrap();
    let policy = folder.path().join("seatline.toml");
    std::fs::write(
        &policy,
        "[[waiver]]\nrule = \"no-end\"\nkind = \"userType\"\nid = \"viewerUT\"\nreason = \"known\"\nuntil = 2029-01-01\n\n[[waiver]]\nrule = \"seat-gap\"\nkind = \"app\"\nid = \"x\"\nreason = \"none\"\nuntil = 2029-01-01\n",
    )
    .unwrap();
    let whole = folder.path().join("whole.jsonl");
    for files in [
        vec!["samples/faulty.json"],
        vec!["samples/renewed-11.1.json", "samples/history.jsonl"],
        vec!["samples/faulty.json", "nowhere.json"],
    ] {
        for fail_on in ["error", "never"] {
            let options = ["--as-of", "2027-01-01", "-q", "--policy", policy.to_str().unwrap(), "--fail-on", fail_on];
            let one = seatline(&[&["check", "-f", "jsonl"], &files[..], &options].concat());
            let several = format!("jsonl={}", whole.display());
            let two = seatline(&[&["check", "-f", &several, "-f", "json"], &files[..], &options].concat());
            assert_eq!(one.code, two.code, "{files:?}");
            assert_eq!(one.stdout, std::fs::read_to_string(&whole).unwrap(), "{files:?}");
            let json = two.json();
            let licenses = json["licenses"].as_array().unwrap().iter();
            let findings = licenses.map(|license| license["findings"].as_array().unwrap().len()).sum::<usize>()
                + json["policy"]["findings"].as_array().map_or(0, Vec::len);
            assert_eq!(one.stdout.lines().count(), findings, "{files:?}");
        }
    }
}

#[test]
fn a_document_that_cannot_be_read_is_a_record_in_its_place() {
    let input = format!("{LICENSE}\n{{]\n{LICENSE}\n");
    let arguments = [
        "check",
        "-",
        "--lines",
        "-f",
        "jsonl",
        "--inline",
        "--no-policy",
        "--as-of",
        "2027-01-01",
        "-q",
        "--fail-on",
        "never",
    ];
    let run = seatline_with_input(&arguments, input.as_bytes());
    assert_eq!(run.code, 0, "{}", run.stderr);
    let records: Vec<Value> = run.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let whole: Vec<_> =
        records.iter().map(|record| record["record"].as_str().unwrap()).filter(|record| *record != "finding").collect();
    assert_eq!(whole, ["document", "failure", "document"]);
}

/// An endless input, like that of `yes`: the reader of the rows takes one row and ends.
#[test]
fn where_nobody_reads_on_nothing_more_is_read() {
    for arguments in
        [["report", "-f", "jsonl"], ["timeline", "-f", "csv"], ["admins", "-f", "jsonl"], ["check", "-f", "jsonl"]]
    {
        let mut child = command(&[&arguments[..], &["-", "--lines", "-q", "--as-of", "2027-01-01"]].concat())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let (mut stdin, mut stdout) = (child.stdin.take().unwrap(), BufReader::new(child.stdout.take().unwrap()));
        let some = format!("{LICENSE}\n").repeat(1000);
        let writer = std::thread::spawn(move || while stdin.write_all(some.as_bytes()).is_ok() {});
        assert!(stdout.read_line(&mut String::new()).unwrap() > 0, "{arguments:?}");
        drop(stdout);
        let (send, ended) = std::sync::mpsc::channel();
        let waiter = std::thread::spawn(move || send.send(child.wait().unwrap().code()));
        let code = ended.recv_timeout(Duration::from_secs(60));
        assert!(matches!(code, Ok(Some(0 | 1))), "{arguments:?}: {code:?}");
        writer.join().unwrap();
        waiter.join().unwrap().unwrap();
    }
}

#[test]
fn an_answer_that_is_no_license_has_its_line() {
    let error = r#"{"error": {"code": 499, "message": "Token Required.", "details": []}}"#;
    let license = LICENSE;
    for (input, line) in [
        (format!("{error}\n"), 1),
        (format!("{license}\n{error}\n{license}\n"), 2),
        (format!("\n\n{error}\n{license}\n"), 3),
        (format!("{license}\n{license}\n{{\"userTypes\": [{{\"id\": \"a\"}}]}}\n"), 3),
    ] {
        for more in [&["--inline"][..], &["--inline", "--lines"]] {
            let run = seatline_with_input(&[&["report", "-", "-f", "jsonl"], more].concat(), input.as_bytes());
            let records = run.stdout.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
            let failures: Vec<_> = records.filter(|record| record["record"] == "failure").collect();
            assert_eq!((failures.len(), &failures[0]["line"]), (1, &line.into()), "{more:?}: {input}: {}", run.stdout);
        }
    }
}
