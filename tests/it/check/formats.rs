//! The other formats, each read back by an independent reader.

use serde_json::Value;

use super::fixtures::{check, findings, folders};
use crate::common::{assert_schema, command, seatline};

#[test]
fn json_is_as_its_schema_says() {
    for folder in folders() {
        assert_schema("check", &check(&folder, "fires", "json").json());
    }
}

#[test]
fn junit_counts_what_json_counts() {
    for folder in folders() {
        let report = check(&folder, "fires", "json").json();
        let xml = check(&folder, "fires", "junit").stdout;
        let document = roxmltree::Document::parse(&xml).unwrap();
        let count = |name: &str| document.descendants().filter(|node| node.has_tag_name(name)).count();
        assert_eq!(count("failure"), usize::try_from(report["summary"]["errors"].as_u64().unwrap()).unwrap());
        assert_eq!(count("skipped"), usize::try_from(report["summary"]["waived"].as_u64().unwrap()).unwrap());
        for finding in findings(&report) {
            let name = finding["rule"].as_str().unwrap();
            let told = document.descendants().any(|node| {
                node.has_tag_name("testcase") && node.attribute("name").is_some_and(|case| case.starts_with(name))
            });
            assert!(told, "{}: {name}", folder.display());
        }
    }
}

#[test]
fn junit_fails_on_what_the_run_fails_on() {
    let failures = |fail_on: &str| {
        let run = seatline(&[
            "check",
            "samples/faulty.json",
            "--as-of",
            "2027-01-01",
            "--no-policy",
            "-f",
            "junit",
            "--fail-on",
            fail_on,
        ]);
        let failures = roxmltree::Document::parse(&run.stdout)
            .unwrap()
            .descendants()
            .filter(|node| node.has_tag_name("failure"))
            .count();
        (run.code, failures > 0)
    };
    assert_eq!([failures("error"), failures("info"), failures("never")], [(1, true), (1, true), (0, false)]);
}

/// Command, properties and message.
type Annotation = (String, Vec<(String, String)>, String);

/// Reads a workflow command as the runner does: `::command name=value,…::message`, with escapes undone.
fn command_of(line: &str) -> Option<Annotation> {
    let unescape = |text: &str| {
        ["%3A", "%2C", "%0D", "%0A", "%25"]
            .iter()
            .zip([":", ",", "\r", "\n", "%"])
            .fold(text.to_owned(), |text, (escaped, plain)| text.replace(escaped, plain))
    };
    let (head, message) = line.strip_prefix("::")?.split_once("::")?;
    let (command, properties) = head.split_once(' ')?;
    let properties = properties.split(',').map(|property| {
        let (name, value) = property.split_once('=').unwrap();
        (name.to_owned(), unescape(value))
    });
    Some((command.to_owned(), properties.collect(), unescape(message)))
}

#[test]
fn github_gets_the_worst_ten() {
    let run = seatline(&["check", "samples/faulty.json", "--as-of", "2027-01-01", "--no-policy", "-f", "github"]);
    let commands: Vec<_> = run.stdout.lines().filter_map(command_of).collect();
    assert_eq!(commands.len(), 10);
    assert!(commands.iter().all(|(command, ..)| command == "error"), "{commands:?}");
    let json = seatline(&["check", "samples/faulty.json", "--as-of", "2027-01-01", "--no-policy", "-f", "json"]).json();
    let messages: Vec<_> = findings(&json).into_iter().map(|finding| finding["message"].clone()).collect();
    for (_, properties, message) in &commands {
        assert!(messages.iter().any(|known| known == message), "{message}");
        assert!(properties.iter().any(|(name, value)| name == "file" && value == "samples/faulty.json"));
        let number = |name: &str| properties.iter().find(|(known, _)| known == name).unwrap().1.parse::<u32>().unwrap();
        assert!(number("line") >= 1 && number("endLine") >= number("line"));
    }
    assert!(run.stdout.lines().last().unwrap().contains("more not annotated"), "{}", run.stdout);
}

#[test]
fn github_names_with_percent_signs_come_back() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("50%,a:b.json");
    std::fs::copy("samples/faulty.json", &path).unwrap();
    let run = seatline(&["check", path.to_str().unwrap(), "--as-of", "2027-01-01", "--no-policy", "-f", "github"]);
    let (_, properties, _) = run.stdout.lines().find_map(command_of).unwrap();
    let path = path.to_str().unwrap();
    let path = if cfg!(windows) { path.replace('\\', "/") } else { path.to_owned() };
    assert_eq!(properties[0], ("file".to_owned(), path));
}

#[test]
fn github_gets_a_job_summary() {
    let folder = tempfile::tempdir().unwrap();
    let summary = folder.path().join("summary.md");
    std::fs::write(&summary, "before\n").unwrap();
    let status =
        command(&["check", "samples/portal-10.8.json", "--as-of", "2021-01-01", "--no-policy", "-f", "github"])
            .env("GITHUB_STEP_SUMMARY", &summary)
            .output()
            .unwrap();
    assert_eq!(status.status.code(), Some(1));
    let text = std::fs::read_to_string(&summary).unwrap();
    assert!(text.starts_with("before\n") && text.contains("| `expired` |"), "{text}");
}

#[test]
fn several_formats_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let (sarif, junit) = (format!("sarif={}", path("out.sarif")), format!("junit={}", path("out.xml")));
    let run = seatline(&[
        "check",
        "samples/faulty.json",
        "--as-of",
        "2027-01-01",
        "--no-policy",
        "-f",
        &sarif,
        "-f",
        "text",
        "-f",
        &junit,
    ]);
    assert_eq!(run.code, 1);
    assert!(run.stdout.contains("error[conflicting-entries]"), "{}", run.stdout);
    let log: Value = serde_json::from_str(&std::fs::read_to_string(path("out.sarif")).unwrap()).unwrap();
    assert_eq!(log["version"], "2.1.0");
    assert!(roxmltree::Document::parse(&std::fs::read_to_string(path("out.xml")).unwrap()).is_ok());
}

#[test]
fn text_shows_the_entry_with_a_caret_and_what_to_do() {
    let run = seatline(&["check", "samples/gap-and-early-end-10.9.json", "--as-of", "2026-11-01", "--no-policy"]);
    let text = run.stdout;
    let gap = text.split("\n\n").find(|one| one.contains("error[seat-gap]")).unwrap();
    let lines: Vec<_> = gap.lines().collect();
    assert!(lines[0].starts_with("samples/gap-and-early-end-10.9.json:205:24: error[seat-gap]: viewerUT: "), "{gap}");
    let at = lines[2].find("1798416000000").unwrap();
    assert_eq!(lines[3].find('^'), Some(at), "{gap}");
    assert!(lines[4].starts_with("  = help: "), "{gap}");
    assert!(text.lines().last().unwrap().contains("no policy"), "{text}");
}
