//! `-f json` answers also where an input could not be read, and the file of `-o` stays as it is.

use serde_json::{Value, json};

use crate::common::{assert_schema, seatline};
use crate::inputs::write;

const GOOD: &str = "samples/renewed-11.1.json";
const USAGE: &str = "samples/stories/license-resource-11.1.json";
const MEMBERS: &str = "samples/stories/members-11.4.csv";

/// Inputs that cannot be read: a name, the content (`None`: the file is missing), and the code of the failure.
const BAD: [(&str, Option<&str>, &str); 6] = [
    ("missing.json", None, "cannot-read"),
    ("broken.json", Some("{\"MyEsri\": "), "not-json"),
    ("empty.json", Some(""), "empty"),
    ("page.json", Some("<html></html>"), "html"),
    ("error.json", Some("{\"error\": {\"code\": 499, \"message\": \"Token Required.\"}}"), "portal-error"),
    ("success.json", Some("{\"status\": \"success\"}"), "wrong-kind"),
];

/// Every command, with `BAD` in the place of the bad input, and the members of its answer that must then be null or
/// empty.
fn commands() -> Vec<(Vec<&'static str>, &'static [&'static str])> {
    const LISTS: &[&str] = &["licenses"];
    const NO_POLICY: &str = "--no-policy";
    const DIFF: &[&str] = &["nothingLost", "verdict", "items"];
    const FIT: &[&str] = &["fits", "items"];
    const PREFLIGHT: &[&str] = &["verdict", "items", "actions"];
    const MOVES: &[&str] = &["possible", "batches"];
    vec![
        (vec!["report", "BAD"], LISTS),
        (vec!["report", GOOD, "--admins", "BAD"], LISTS),
        (vec!["timeline", "BAD"], LISTS),
        (vec!["admins", "BAD"], LISTS),
        (vec!["admins", GOOD, "--admins", "BAD"], LISTS),
        (vec!["check", "BAD", NO_POLICY], LISTS),
        (vec!["check", GOOD, NO_POLICY, "--usage", "BAD"], LISTS),
        (vec!["check", GOOD, NO_POLICY, "--admins", "BAD"], LISTS),
        (vec!["diff", "BAD", GOOD], DIFF),
        (vec!["diff", GOOD, "BAD"], DIFF),
        (vec!["diff", USAGE, GOOD, "--future", "BAD"], DIFF),
        (vec!["diff", GOOD, GOOD, "--new-admins", "BAD"], DIFF),
        (vec!["fit", "BAD", "--usage", USAGE], FIT),
        (vec!["fit", GOOD, "--usage", "BAD"], FIT),
        (vec!["fit", GOOD, "--usage", USAGE, "BAD"], FIT),
        (vec!["preflight", "BAD", NO_POLICY, "--usage", USAGE], PREFLIGHT),
        (vec!["preflight", GOOD, NO_POLICY, "--usage", "BAD"], PREFLIGHT),
        (vec!["preflight", GOOD, NO_POLICY, "--over", "BAD"], PREFLIGHT),
        (vec!["preflight", GOOD, NO_POLICY, "--usage", USAGE, "--admins", "BAD"], PREFLIGHT),
        (vec!["why", "creatorUT", "BAD"], &["entries"]),
        (vec!["moves", "BAD", "--members", MEMBERS, "--map", "viewerUT=creatorUT"], MOVES),
        (vec!["moves", GOOD, "--members", "BAD", "--map", "viewerUT=creatorUT"], MOVES),
        (vec!["moves", GOOD, "--members", MEMBERS, "--map", "viewerUT=creatorUT", "--admins", "BAD"], MOVES),
    ]
}

#[test]
fn every_command_answers_where_an_input_could_not_be_read() {
    let folder = tempfile::tempdir().unwrap();
    for (name, content, expected) in BAD {
        let path = match content {
            Some(content) => write(&folder, name, content),
            None => folder.path().join(name).to_str().unwrap().to_owned(),
        };
        for (command, nothing) in commands() {
            let arguments: Vec<_> = command.iter().map(|one| if *one == "BAD" { path.as_str() } else { one }).collect();
            let with = [&arguments[..], &["-f", "json", "--as-of", "2026-03-01"]].concat();
            let run = seatline(&with);
            assert_eq!(run.code, 3, "{with:?}: {run:?}");
            let answer = run.json();
            assert_schema(command[0], &answer);
            let failures = answer["failures"].as_array().unwrap();
            let failure = |one: &Value| one["code"] == expected && one["source"].as_str().unwrap().contains(name);
            assert!(failures.iter().any(failure), "{with:?}: {expected} in {failures:#?}");
            for member in nothing {
                let value = &answer[*member];
                assert!(value.is_null() || *value == json!([]), "{with:?}: {member} is {value}");
            }
            assert!(run.stderr.contains(name), "{with:?}: {}", run.stderr);
        }
    }
}

#[test]
fn a_file_that_is_there_is_left_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let bad = write(&folder, "bad.json", "{");
    let output = write(&folder, "answer.json", "of yesterday");
    for (command, _) in commands() {
        let arguments: Vec<_> = command.iter().map(|one| if *one == "BAD" { bad.as_str() } else { one }).collect();
        let with = [&arguments[..], &["-f", "json", "--as-of", "2026-03-01", "-o", &output]].concat();
        let run = seatline(&with);
        assert_eq!((run.code, run.stdout.as_str()), (3, ""), "{with:?}: {run:?}");
        assert_eq!(std::fs::read_to_string(&output).unwrap(), "of yesterday", "{with:?}");
    }
}

#[test]
fn one_of_several_inputs_that_cannot_be_read_leaves_the_file_too() {
    let folder = tempfile::tempdir().unwrap();
    let (bad, output) = (write(&folder, "bad.json", "{"), write(&folder, "answer", "of yesterday"));
    for command in ["report", "timeline", "check"] {
        let policy: &[&str] = if command == "check" { &["--no-policy"] } else { &[] };
        for format in ["json", "markdown"] {
            let run = seatline(&[&[command, GOOD, &bad, "-f", format, "-o", &output], policy].concat());
            assert_eq!((run.code, run.stdout.as_str()), (3, ""), "{command} {format}: {run:?}");
            assert!(run.stderr.contains("--output is left as it is"), "{}", run.stderr);
            assert_eq!(std::fs::read_to_string(&output).unwrap(), "of yesterday", "{command} {format}");
        }
    }
}

#[test]
fn every_file_of_check_names_the_input_that_could_not_be_read() {
    let folder = tempfile::tempdir().unwrap();
    let bad = write(&folder, "bad.json", "{");
    for option in ["--usage", "--admins"] {
        let paths = ["junit", "gitlab", "sarif"].map(|format| {
            let path = folder.path().join(format!("{format}{option}")).to_str().unwrap().to_owned();
            (format!("{format}={path}"), path)
        });
        let mut arguments = vec!["check", GOOD, "--no-policy", option, &bad];
        paths.iter().for_each(|(format, _)| arguments.extend(["-f", format.as_str()]));
        let run = seatline(&arguments);
        assert_eq!(run.code, 3, "{run:?}");
        for (_, path) in &paths {
            let text = std::fs::read_to_string(path).unwrap();
            assert!(text.contains("bad.json") && text.contains("not JSON"), "{path}: {text}");
        }
    }
}
