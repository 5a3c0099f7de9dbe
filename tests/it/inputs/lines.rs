//! Files and streams of one document a line.

use std::io::Write;
use std::process::Stdio;

use serde_json::json;

use crate::common::{Run, command, seatline, seatline_with_input};
use crate::inputs::fixture;

fn license(version: &str) -> String {
    json!({"MyEsri": {"version": version, "provision": {"userTypes": [
        {"id": "creatorUT", "maxUsers": 7, "startDate": 1_700_000_000_000_i64}
    ]}}})
    .to_string()
}

fn versions(run: &Run) -> Vec<(u64, String)> {
    let report = run.json();
    let licenses = report["licenses"].as_array().unwrap().iter();
    licenses.map(|one| (one["document"].as_u64().unwrap(), one["version"].as_str().unwrap().to_owned())).collect()
}

fn failures(run: &Run) -> Vec<(u64, String)> {
    let report = run.json();
    let failures = report["failures"].as_array().unwrap().iter();
    failures.map(|one| (one["document"].as_u64().unwrap(), one["code"].as_str().unwrap().to_owned())).collect()
}

#[test]
fn a_broken_first_line_takes_no_other_with_it() {
    let path = fixture("first-line-broken-then-two-licenses.jsonl");
    let run = seatline(&["report", &path, "-f", "json", "--as-of", "2019-01-01"]);
    assert_eq!(run.code, 3, "{run:?}");
    assert_eq!(versions(&run), [(1, "10.8".to_owned()), (2, "10.8".to_owned())]);
    assert_eq!(failures(&run), [(0, "not-json".to_owned())]);
    assert!(run.stderr.contains(&format!("{path}:1:2: not JSON: ")), "{}", run.stderr);
}

#[test]
fn any_line_fails_alone_whatever_is_wrong_with_it() {
    let good = license("11.1");
    let bad: [(&[u8], &str); 9] = [
        (b"{", "not-json"),
        (b"{} {}", "not-json"),
        (b"\xFF\xFE{", "not-unicode"),
        (b"{\"name\": \"caf\xE9\"}", "not-unicode"),
        (b"<html></html>", "html"),
        (b"7", "unknown-kind"),
        (b"{\"MyEsri\": {\"version\": 1, \"version\": 2}}", "repeated-key"),
        (b"{\"error\": {\"code\": 499}}", "portal-error"),
        (b"{\"userTypes\": [{\"id\": \"creatorUT\"}]}", "wrong-kind"),
    ];
    for (line, code) in bad {
        for place in 0..3 {
            let mut lines = vec![good.as_bytes(); 2];
            lines.insert(place, line);
            // A text that begins like UTF-16 is read as UTF-16.
            if place == 0 && line.starts_with(b"\xFF") {
                continue;
            }
            let run = seatline_with_input(&["report", "-", "--lines", "-f", "json"], &lines.join(&b"\r\n"[..]));
            assert_eq!((run.code, versions(&run).len()), (3, 2), "{run:?}");
            assert_eq!(failures(&run), [(place as u64, code.to_owned())]);
        }
    }
}

#[test]
fn the_first_line_tells_where_nothing_else_does() {
    let bytes = [license("11.1").as_bytes(), b"\n\n\xE9\n", license("11.2").as_bytes()].concat();
    let run = seatline_with_input(&["report", "-", "-f", "json"], &bytes);
    assert_eq!(versions(&run), [(0, "11.1".to_owned()), (2, "11.2".to_owned())]);
    assert_eq!(failures(&run), [(1, "not-unicode".to_owned())]);
    assert!(run.stderr.contains("<stdin>:3:1: byte 0xE9"), "{}", run.stderr);
    let indented = format!("{}\n{}", serde_json::to_string_pretty(&json!({"MyEsri": {}})).unwrap(), license("11.2"));
    let run = seatline_with_input(&["report", "-", "-f", "json"], indented.as_bytes());
    assert_eq!(run.json()["licenses"].as_array().unwrap().len(), 2, "several in a row: {run:?}");
}

#[test]
fn utf_16_may_come_in_lines_too() {
    let text = format!("\u{FEFF}{}\r\nbroken\r\n{}\r\n", license("11.1"), license("11.2"));
    let bytes: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    for arguments in [&["report", "-", "--lines", "-f", "json"][..], &["report", "-", "-f", "json"]] {
        let run = seatline_with_input(arguments, &bytes);
        assert_eq!(versions(&run), [(0, "11.1".to_owned()), (2, "11.2".to_owned())]);
        assert_eq!(failures(&run), [(1, "not-json".to_owned())]);
    }
}

#[test]
fn a_license_over_several_lines_is_none_where_lines_were_said() {
    let text = format!("\u{FEFF}{}", license("11.1").replace("{\"MyEsri\"", "{\n\"MyEsri\""));
    let utf16: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    for form in ["json", "jsonl", "csv"] {
        for bytes in [text.as_bytes(), &utf16] {
            let run = seatline_with_input(&["report", "-", "--lines", "-f", form], bytes);
            assert!(run.code == 3 && run.stderr.contains("not JSON"), "{form}: {run:?}");
            let run = seatline_with_input(&["report", "-", "-f", form], bytes);
            assert_eq!(run.code, 0, "{form}: {run:?}");
        }
    }
}

#[test]
fn nothing_at_all_is_fine_where_lines_were_said() {
    for command in ["report", "timeline", "check"] {
        for input in ["", "\n \r\n"] {
            let run = seatline_with_input(&[command, "-", "--lines", "-f", "json"], input.as_bytes());
            assert_eq!((run.code, run.json()["licenses"].clone()), (0, json!([])), "{command}: {run:?}");
            let run = seatline_with_input(&[command, "-", "--lines", "-f", "jsonl"], input.as_bytes());
            assert_eq!((run.code, run.stdout.as_str(), run.stderr.as_str()), (0, "", ""), "{command}");
            let run = seatline_with_input(&[command, "-", "-f", "json"], input.as_bytes());
            assert_eq!((run.code, failures(&run)), (3, vec![(0, "empty".to_owned())]), "{command}: {run:?}");
        }
    }
}

#[test]
fn a_line_is_read_before_the_next_one_comes() {
    let mut child = command(&["report", "-", "--lines", "-f", "json"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let mut stderr = std::io::BufReader::new(child.stderr.take().unwrap());
    stdin.write_all(b"broken\n").unwrap();
    let mut message = String::new();
    std::io::BufRead::read_line(&mut stderr, &mut message).unwrap();
    assert!(message.contains("<stdin>:1:1: not JSON"), "{message}");
    drop(stdin);
    assert_eq!(child.wait().unwrap().code(), Some(3));
}

/// The mark at the beginning of an input has no column. Any other is a character of its line, however the input is read.
#[test]
fn a_byte_order_mark_in_the_middle_has_a_column_in_every_way_of_reading() {
    const MARK: &str = "\u{FEFF}";
    let good = json!({"MyEsri": {"version": "11.4", "provision": {"userTypes": [
        {"id": "creatorUT", "maxUsers": -1, "startDate": 1_700_000_000_000_i64}
    ]}}})
    .to_string();
    let column = good.find("-1").unwrap() + 1;
    let bad = "{\"x\":]";
    // The text, and for each document its line and column.
    let cases = [
        (format!("{MARK}{good}\n{good}\n"), vec![(1, column), (2, column)]),
        (format!("{good}\n{MARK}{good}\n"), vec![(1, column), (2, column + 1)]),
        (format!("\n{MARK}{good}\n {MARK}{good}\n"), vec![(2, column + 1), (3, column + 2)]),
        (format!("{good}{MARK}\n{MARK}\n{good}\n"), vec![(1, column), (3, column)]),
        (format!("{MARK}{good}\n{MARK}{bad}\n{good}\n"), vec![(1, column), (2, 7), (3, column)]),
    ];
    let folder = tempfile::tempdir().unwrap();
    let options = ["--no-policy", "--as-of", "2026-01-01", "-f", "json"];
    let places = |run: &Run| {
        let report = run.json();
        let of_findings = report["licenses"].as_array().unwrap().iter().flat_map(|license| {
            let findings = license["findings"].as_array().unwrap().iter();
            findings.filter(|finding| finding["rule"] == "unreadable-entry").map(|finding| finding["location"].clone())
        });
        let all = of_findings.chain(report["failures"].as_array().unwrap().iter().cloned());
        let mut all: Vec<_> =
            all.map(|place| (place["line"].as_u64().unwrap(), place["column"].as_u64().unwrap())).collect();
        all.sort_unstable();
        all
    };
    for (text, expected) in cases {
        let expected: Vec<_> = expected.into_iter().map(|(line, column)| (line, column as u64)).collect();
        let utf16: Vec<u8> =
            format!("{MARK}{}", text.trim_start_matches(MARK)).encode_utf16().flat_map(u16::to_le_bytes).collect();
        let mut runs = Vec::new();
        for (name, bytes) in
            [("a.json", text.as_bytes()), ("a.jsonl", text.as_bytes()), ("b.json", &utf16), ("b.jsonl", &utf16)]
        {
            let path = folder.path().join(name);
            std::fs::write(&path, bytes).unwrap();
            for more in [&[][..], &["--lines"]] {
                runs.push(seatline(&[&["check", path.to_str().unwrap()], more, &options].concat()));
                runs.push(seatline_with_input(&[&["check", "-"], more, &options].concat(), bytes));
            }
        }
        for run in runs {
            assert_eq!(places(&run), expected, "{text:?}: {run:?}");
        }
    }
}
