//! A license is confidential: values that are not read are shown nowhere.

use crate::common::seatline_with_input;

const SECRET: &str = "hunter2-SGVsbG8";

#[test]
fn no_format_and_no_message_shows_an_unknown_member() {
    // On one line, with the secret at every level and errors of many kinds around it.
    let license = format!(
        r#"{{"signature": "{SECRET}", "MyEsri": {{"version": {{"s": "{SECRET}"}}, "capabilities": "{SECRET}", "licenseManager": {{"mac": "{SECRET}"}}, "definitions": {{"userTypes": [{{"id": "creatorUT", "name": 5, "level": ["{SECRET}"], "extensions": [{{"id": "x", "entitlements": [{{"k": "{SECRET}"}}]}}]}}, "{SECRET}"]}}, "provision": {{"apps": {{"x": "{SECRET}"}}, "userTypes": [{{"id": "creatorUT", "token": "{SECRET}", "token": "{SECRET}", "maxUsers": {{"n": "{SECRET}"}}, "startDate": 1542672000}}, {{"id": {{"x": "{SECRET}"}}, "maxUsers": -1, "startDate": 1542672000000, "apps": ["ok", {{"x": "{SECRET}"}}]}}, "{SECRET}"]}}, "portalCapabilities": [{{"id": "indoors", "startDate": ["{SECRET}"], "secret": "{SECRET}"}}]}}}}"#
    );
    let broken = license.replacen("\"startDate\": 1542672000}", "\"startDate\": }", 1);
    let repeated = license.replacen("\"maxUsers\": -1", "\"maxUsers\": -1, \"maxUsers\": 2", 1);
    for (input, code) in [(&license, 1), (&broken, 3), (&repeated, 3)] {
        for format in ["text", "json", "jsonl", "sarif", "junit", "github", "markdown"] {
            let run = seatline_with_input(
                &["check", "-", "--no-policy", "--as-of", "2027-01-01", "-f", format, "--color", "always"],
                input.as_bytes(),
            );
            assert_eq!(run.code, code, "{format}: {run:?}");
            assert!(!run.stdout.contains("hunter2") && !run.stderr.contains("hunter2"), "{format}: {run:?}");
        }
        for format in ["table", "json", "jsonl", "csv", "markdown"] {
            let run = seatline_with_input(&["report", "-", "--as-of", "2027-01-01", "-f", format], input.as_bytes());
            assert!(!run.stdout.contains("hunter2") && !run.stderr.contains("hunter2"), "{format}: {run:?}");
        }
        let run = seatline_with_input(&["check", "-", "--init", "--as-of", "2027-01-01"], input.as_bytes());
        assert!(!run.stdout.contains("hunter2") && !run.stderr.contains("hunter2"), "{run:?}");
    }
}
