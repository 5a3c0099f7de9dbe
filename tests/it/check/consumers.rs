//! The formats of services, read by the rules of each service.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use serde_json::{Value, json};

use super::fixtures::{check, folders};
use crate::common::{Run, command, seatline};

pub(super) const CONSUMERS: &str = "tests/fixtures/check/consumers";

pub(super) fn results(log: &Value) -> Vec<Value> {
    log["runs"][0]["results"].as_array().unwrap().clone()
}

#[test]
fn rules_have_names_and_no_page_is_invented() {
    let log = seatline(&["check", "samples/portal-10.8.json", "--no-policy", "-f", "sarif"]).json();
    let driver = &log["runs"][0]["tool"]["driver"];
    let homepage = env!("CARGO_PKG_HOMEPAGE");
    assert_eq!(driver["informationUri"].is_null(), homepage.is_empty());
    for rule in driver["rules"].as_array().unwrap() {
        let name = rule["name"].as_str().unwrap();
        assert!(name.starts_with(|letter: char| letter.is_ascii_uppercase()) && !name.contains('-'), "{name}");
        assert_eq!(rule["helpUri"].is_null(), homepage.is_empty());
        let help = rule["help"]["markdown"].as_str().unwrap();
        assert!(!help.contains("](../") && !help.contains("](#"), "{name}: {help}");
    }
}

#[test]
fn waived_findings_are_left_out_where_that_is_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    let policy = folder.path().join("policy.toml");
    let waiver = "[[waiver]]\nrule = \"seat-gap\"\nkind = \"*\"\nid = \"*\"\nuntil = 2099-01-01\nreason = \"known\"\n";
    fs::write(&policy, waiver).unwrap();
    let sample = "samples/gap-and-early-end-10.9.json";
    let arguments = ["check", sample, "--as-of", "2026-11-01", "--policy", policy.to_str().unwrap()];
    let run = |more: &[&str]| seatline(&[&arguments[..], more].concat());
    let gaps = |more: &[&str]| {
        let results = results(&run(&[&["-f", "sarif"][..], more].concat()).json());
        results
            .iter()
            .filter(|result| result["ruleId"] == "seat-gap")
            .map(|gap| gap["suppressions"].clone())
            .collect::<Vec<_>>()
    };
    assert_eq!(gaps(&["--waived", "omit"]), [Value::Null; 0]);
    for more in [&[][..], &["--waived", "suppress"]] {
        assert!(
            gaps(more).iter().all(|suppressions| suppressions[0]["status"] == "accepted") && !gaps(more).is_empty()
        );
    }
    let refused = run(&["--waived", "omit"]);
    assert!(refused.code == 2 && refused.stderr.contains("-f sarif"), "{refused:?}");
    let gitlab = run(&["-f", "gitlab"]).json();
    assert!(gitlab.as_array().unwrap().iter().all(|issue| issue["check_name"] != "seat-gap"));
    assert!(!run(&["-f", "azure"]).stdout.contains("seat-gap"));
}

#[test]
fn of_too_many_results_the_worst_are_kept() {
    let entry = |number| format!(r#"{{"id": "x{number}", "maxUsers": 1, "startDate": 1542672000000}}"#);
    let entries: Vec<_> = (0..26_000).map(entry).collect();
    let bad = r#"{"id": "bad", "maxUsers": -1, "startDate": 1542672000000}"#;
    let list = format!("{}, {bad}", entries.join(", "));
    let text = format!(r#"{{"MyEsri": {{"version": "11.1", "provision": {{"userTypes": [], "apps": [{list}]}}}}}}"#);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("license.json");
    fs::write(&path, text).unwrap();
    let (annotations, summary) = (folder.path().join("annotations"), folder.path().join("summary.md"));
    let github = format!("github={}", annotations.display());
    let arguments =
        ["check", path.to_str().unwrap(), "--as-of", "2027-01-01", "--no-policy", "-f", "sarif", "-f", &github];
    let run: Run = command(&arguments).env("GITHUB_STEP_SUMMARY", &summary).output().unwrap().into();
    let log = run.json();
    let results = results(&log);
    assert_eq!(results.len(), 25_000);
    assert!(results.iter().any(|result| result["ruleId"] == "unreadable-entry"));
    assert!(run.stderr.contains("results are left out"), "{}", run.stderr);
    let invocation = &log["runs"][0]["invocations"][0];
    assert!(invocation["toolExecutionNotifications"][0]["message"]["text"].as_str().unwrap().contains("left out"));
    assert_eq!(invocation["executionSuccessful"], true);
    // What a waiver accepts, here the warnings, gives way to everything that is open.
    let policy = folder.path().join("policy.toml");
    let waiver =
        "[[waiver]]\nrule = \"unknown-id\"\nkind = \"*\"\nid = \"*\"\nuntil = 2099-01-01\nreason = \"known\"\n";
    fs::write(&policy, waiver).unwrap();
    let waived = seatline(&[&arguments[..4], &["--policy", policy.to_str().unwrap(), "-f", "sarif"]].concat()).json();
    let waived = self::results(&waived);
    assert!(waived.len() == 25_000 && waived.iter().all(|result| result["suppressions"].is_null()));
    assert!(waived.iter().any(|result| result["ruleId"] == "unreadable-entry"));
    // GitHub shows ten annotations of a job, and no summary of more than a mebibyte.
    let annotations = fs::read_to_string(annotations).unwrap();
    assert_eq!(annotations.lines().filter(|line| line.starts_with("::")).count(), 10);
    assert!(annotations.starts_with("::error ") && annotations.contains(" more not annotated; "));
    let summary = fs::read_to_string(summary).unwrap();
    assert!(summary.len() < 1_000 && summary.contains(" in 1 license") && summary.contains("too long"), "{summary}");
}

/// The paths in SARIF, GitLab, GitHub and Azure that a run in this folder gives its files.
fn paths(folder: &Path, file: &str, variable: Option<(&str, &Path)>) -> [String; 4] {
    let run = |format: &str| -> Run {
        let mut command = command(&["check", file, "--as-of", "2026-11-01", "--no-policy", "-f", format]);
        if let Some((name, value)) = variable {
            command.env(name, value);
        }
        command.current_dir(folder).output().unwrap().into()
    };
    let part = |format: &str, from: &str, to: &str| {
        let text = run(format).stdout;
        text.split_once(from).unwrap().1.split_once(to).unwrap().0.to_owned()
    };
    let sarif = results(&run("sarif").json())[0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"].clone();
    let gitlab = run("gitlab").json()[0]["location"]["path"].clone();
    [
        sarif.as_str().unwrap().to_owned(),
        gitlab.as_str().unwrap().to_owned(),
        // The runner makes the colon of a drive a colon again.
        part("github", "file=", ",line").replace("%3A", ":"),
        part("azure", "sourcepath=", ";line"),
    ]
}

#[test]
fn paths_are_those_from_the_root_of_the_repository() {
    let site = tempfile::tempdir().unwrap();
    let root = site.path().canonicalize().unwrap();
    fs::create_dir_all(root.join("repo/.git")).unwrap();
    fs::create_dir_all(root.join("repo/a/b")).unwrap();
    for file in ["repo/x.json", "repo/a/x.json", "outside.json"] {
        fs::copy("samples/gap-and-early-end-10.9.json", root.join(file)).unwrap();
    }
    let all = |path: &str| [(); 4].map(|()| path.to_owned());
    assert_eq!(paths(&root.join("repo"), ".//x.json", None), all("x.json"));
    assert_eq!(paths(&root.join("repo/a/b"), "../x.json", None), all("a/x.json"));
    assert_eq!(paths(&root.join("repo/a"), root.join("repo/x.json").to_str().unwrap(), None), all("x.json"));
    for variable in ["GITHUB_WORKSPACE", "CI_PROJECT_DIR"] {
        assert_eq!(paths(&root.join("repo/a"), "x.json", Some((variable, &root))), all("repo/a/x.json"));
    }
    // A file outside of the repository has its absolute path, in whichever way it is named.
    let outside = root.join("outside.json");
    let outside = outside.to_str().unwrap();
    let shown = if cfg!(windows) { outside.trim_start_matches(r"\\?\").replace('\\', "/") } else { outside.to_owned() };
    for file in [outside, "../outside.json", ".././repo/../outside.json"] {
        let [sarif, gitlab, github, azure] = paths(&root.join("repo"), file, None);
        assert!(sarif.starts_with("file:///") && sarif.ends_with("/outside.json"), "{sarif}");
        assert_eq!([gitlab.as_str(), github.as_str(), azure.as_str()], [shown.as_str(); 3]);
    }
    // Without a repository the working directory is the root.
    assert_eq!(paths(&root, outside, None), all("outside.json"));
    assert_eq!(paths(&root, "./repo/../outside.json", None), all("outside.json"));
}

#[test]
fn a_file_has_the_same_fingerprints_in_whichever_way_it_is_named() {
    let site = tempfile::tempdir().unwrap();
    let root = site.path().canonicalize().unwrap();
    fs::create_dir_all(root.join("repo/.git")).unwrap();
    for file in ["repo/x.json", "outside.json"] {
        fs::copy("samples/gap-and-early-end-10.9.json", root.join(file)).unwrap();
    }
    let fingerprints = |file: &str| {
        let arguments = ["check", file, "--as-of", "2026-11-01", "--no-policy", "-f", "gitlab"];
        let run: Run = command(&arguments).current_dir(root.join("repo")).output().unwrap().into();
        let issues = run.json();
        issues.as_array().unwrap().iter().map(|issue| issue["fingerprint"].to_string()).collect::<BTreeSet<_>>()
    };
    for (file, others) in [("x.json", ["./x.json", "../repo/x.json"]), ("../outside.json", ["./../outside.json", ""])] {
        let absolute = root.join("repo").join(file).canonicalize().unwrap();
        let found = fingerprints(file);
        assert!(!found.is_empty());
        for other in others.into_iter().filter(|other| !other.is_empty()).chain([absolute.to_str().unwrap()]) {
            assert_eq!(fingerprints(other), found, "{other}");
        }
    }
}

#[test]
fn standard_input_is_no_file_to_anyone() {
    let folder = tempfile::tempdir().unwrap();
    let input = fs::read_to_string("samples/gap-and-early-end-10.9.json").unwrap();
    fs::write(folder.path().join("stdin"), &input).unwrap();
    let run = |text: &str, format: &str| -> Run {
        let mut child = command(&["check", "-", "stdin", "--as-of", "2026-11-01", "--no-policy", "-f", format])
            .current_dir(folder.path())
            .stdin(std::process::Stdio::piped())
            .stdout(std::process::Stdio::piped())
            .stderr(std::process::Stdio::piped())
            .spawn()
            .unwrap();
        std::io::Write::write_all(&mut child.stdin.take().unwrap(), text.as_bytes()).unwrap();
        child.wait_with_output().unwrap().into()
    };
    let log = run(&input, "sarif").json();
    let results = results(&log);
    let uris: BTreeSet<_> = results
        .iter()
        .map(|result| result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"].to_string())
        .collect();
    assert_eq!(uris, BTreeSet::from(["\"stdin\"".to_owned()]));
    let prints: BTreeSet<_> = results.iter().map(|result| result["partialFingerprints"].to_string()).collect();
    assert_eq!(prints.len(), results.len(), "a file that is called so is another one");
    let gitlab = run(&input, "gitlab").json();
    let gitlab = gitlab.as_array().unwrap();
    assert!(gitlab.iter().all(|issue| issue["location"]["path"] == "stdin"));
    let prints: BTreeSet<_> = gitlab.iter().map(|issue| issue["fingerprint"].to_string()).collect();
    assert_eq!(prints.len(), gitlab.len());
    for text in [input.as_str(), "{\n  ]"] {
        let github = run(text, "github").stdout;
        let of_stdin: Vec<_> = github.lines().filter(|line| line.contains("::<stdin>:")).collect();
        assert!(!of_stdin.is_empty(), "{github}");
        for line in of_stdin {
            let (properties, message) = line.strip_prefix("::").unwrap().split_once("::").unwrap();
            assert!(properties.split_once(' ').unwrap().1.starts_with("title="), "{line}");
            let place: Vec<_> = message.split(':').take(3).collect();
            assert!(place[1..].iter().all(|number| number.parse::<u32>().is_ok()), "{line}");
        }
        let azure = run(text, "azure").stdout;
        let of_stdin = azure.lines().filter(|line| line.contains("]<stdin>:"));
        for line in of_stdin {
            assert!(!line.contains("sourcepath") && !line.contains("linenumber"), "{line}");
        }
        assert!(azure.contains("<stdin>:"), "{azure}");
    }
}

/// The test cases as class and name. It fails unless the elements are those of the schema that Jenkins' xUnit plugin
/// ships.
pub(super) fn cases(xml: &str) -> Vec<(String, String)> {
    let document = roxmltree::Document::parse(xml).unwrap();
    let allowed = |element: &str| -> (&[&str], &[&str], &[&str]) {
        // Required attributes, optional attributes, and elements inside.
        match element {
            "testsuites" => (&[], &["name", "time", "tests", "failures", "errors"], &["testsuite"]),
            "testsuite" => (
                &["name", "tests", "failures", "errors"],
                &["group", "time", "skipped", "timestamp", "hostname", "id", "package", "file", "log", "url"],
                &["testsuite", "properties", "testcase", "system-out", "system-err"],
            ),
            "properties" => (&[], &[], &["property"]),
            "property" => (&["name", "value"], &[], &[]),
            "testcase" => (
                &["name"],
                &["time", "classname", "group"],
                &["skipped", "error", "failure", "system-out", "system-err"],
            ),
            "skipped" | "error" | "failure" => (&[], &["type", "message"], &[]),
            "system-out" | "system-err" => (&[], &[], &[]),
            other => panic!("no element {other}"),
        }
    };
    assert!(document.root_element().has_tag_name("testsuites"));
    for node in document.descendants().filter(roxmltree::Node::is_element) {
        let (required, optional, inside) = allowed(node.tag_name().name());
        for attribute in node.attributes() {
            let name = attribute.name();
            assert!(required.contains(&name) || optional.contains(&name), "{}: {name}", node.tag_name().name());
        }
        assert!(required.iter().all(|name| node.attribute(*name).is_some()), "{node:?}");
        assert!(
            node.children().filter(roxmltree::Node::is_element).all(|child| inside.contains(&child.tag_name().name()))
        );
        if ["skipped", "error", "failure"].contains(&node.tag_name().name()) {
            assert!(node.text().is_some_and(|text| !text.trim().is_empty()), "the reason is what GitLab shows");
        }
    }
    let cases = document.descendants().filter(|node| node.has_tag_name("testcase"));
    let cases: Vec<_> = cases
        .map(|case| [case.attribute("classname"), case.attribute("name")].map(|text| text.unwrap().to_owned()))
        .map(|[class, name]| (class, name))
        .collect();
    let distinct: BTreeSet<_> = cases.iter().collect();
    assert_eq!(distinct.len(), cases.len(), "names are unique: {xml}");
    cases
}

#[test]
fn junit_is_as_jenkins_has_it_and_its_names_know_no_lines() {
    for folder in folders() {
        for (class, name) in cases(&check(&folder, "fires", "junit").stdout) {
            assert!(class.contains("fires"), "{class}");
            let number = name.rsplit(' ').next().unwrap();
            assert!(!number.contains(':') && number.parse::<u32>().is_err(), "{name}");
        }
    }
    let faulty = cases(&seatline(&["check", "samples/faulty.json", "--as-of", "2027-01-01", "-f", "junit"]).stdout);
    assert!(faulty.len() > 40);
}

#[test]
fn each_document_that_cannot_be_read_is_a_case_of_its_own() {
    let file = format!("{CONSUMERS}/junit-two-bad-lines.jsonl");
    let run = seatline(&["check", &file, "--as-of", "2027-01-01", "--no-policy", "-f", "junit"]);
    assert_eq!(run.code, 3);
    let read: Vec<_> = cases(&run.stdout).into_iter().filter(|(_, name)| name.starts_with("read")).collect();
    let class = format!("{file}, not read");
    assert_eq!(read, [(class.clone(), "read, document 2".to_owned()), (class, "read, document 4".to_owned())]);
    let document = roxmltree::Document::parse(&run.stdout).unwrap();
    let properties: BTreeMap<_, _> = document
        .descendants()
        .filter(|node| node.has_tag_name("property"))
        .map(|node| (node.attribute("name").unwrap(), node.attribute("value").unwrap()))
        .collect();
    assert_eq!((properties["read, document 2: line"], properties["read, document 4: line"]), ("2", "4"));
    let gitlab = seatline(&["check", &file, "--as-of", "2027-01-01", "--no-policy", "-f", "gitlab"]).json();
    let bad: Vec<_> =
        gitlab.as_array().unwrap().iter().filter(|issue| issue["severity"] == "blocker").cloned().collect();
    assert_eq!(
        bad.iter().map(|issue| issue["location"]["lines"]["begin"].clone()).collect::<Vec<_>>(),
        [json!(2), json!(4)]
    );
    assert_ne!(bad[0]["fingerprint"], bad[1]["fingerprint"]);
    assert!(bad.iter().all(|issue| issue["location"]["path"] == file));
}

#[test]
fn azure_gets_errors_and_warnings_and_no_other_command() {
    let id = "##vso[task.setvariable variable=x]y;]%\\r";
    let license = format!(
        r###"{{"MyEsri": {{"provision": {{"userTypes": [{{"id": "{id}", "maxUsers": -1, "startDate": 1542672000000}},
            {{"id": "{id}", "maxUsers": 1, "startDate": 1542672000000, "##vso[x]y": 1}}]}}}}}}"###
    );
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a;b].json");
    fs::write(&path, license).unwrap();
    let run = seatline(&["check", path.to_str().unwrap(), "--as-of", "2027-01-01", "--no-policy", "-f", "azure"]);
    let mut issues = 0;
    for line in run.stdout.lines() {
        let commands: Vec<_> = line.match_indices("##").map(|(at, _)| at).collect();
        if commands.is_empty() {
            continue;
        }
        assert_eq!(commands, [0], "{line}");
        let (properties, message) = line.strip_prefix("##vso[task.logissue ").unwrap().split_once(']').unwrap();
        let properties: BTreeMap<_, _> =
            properties.split(';').map(|property| property.split_once('=').unwrap()).collect();
        assert!(["error", "warning"].contains(&properties["type"]) && !message.is_empty(), "{line}");
        assert!(properties["sourcepath"].ends_with("a%3Bb%5D.json"), "{line}");
        assert!(properties["linenumber"].parse::<u32>().unwrap() > 0 && !properties["code"].is_empty());
        issues += 1;
    }
    assert!(issues > 0 && run.stdout.lines().last().unwrap().contains("errors"), "{}", run.stdout);
}

#[cfg(unix)]
#[test]
fn the_name_of_a_file_is_no_command() {
    let folder = tempfile::tempdir().unwrap();
    let name = "##vso[task.setvariable variable=x]y.json";
    for (text, file) in [(fs::read_to_string("samples/gap-and-early-end-10.9.json").unwrap(), name), ("{".into(), name)]
    {
        fs::write(folder.path().join(file), text).unwrap();
        let output = command(&["check", file, "--as-of", "2027-03-01", "--no-policy", "-f", "azure"])
            .current_dir(folder.path())
            .output()
            .unwrap();
        let run: Run = output.into();
        assert!(run.stdout.contains("vso[task.setvariable"), "{run:?}");
        for line in run.stdout.lines() {
            // The agent takes the first command that it finds in a line.
            assert!(line.find("##").is_none_or(|at| line[at..].starts_with("##vso[task.logissue ")), "{line}");
        }
    }
}

#[test]
fn one_cause_is_one_annotation_one_row_and_one_block() {
    let arguments = ["check", "samples/renewed-11.1.json", "--as-of", "2028-06-15", "--no-policy", "-f"];
    let output = |format| seatline(&[&arguments[..], &[format]].concat()).stdout;
    let github = output("github");
    let annotations: Vec<_> = github.lines().filter(|line| line.starts_with("::")).collect();
    assert_eq!(annotations.len(), 1, "{github}");
    assert!(
        annotations[0].contains("13 items: the seats end ") && annotations[0].contains("indoors: it ends"),
        "{github}"
    );
    let azure = output("azure");
    let issues: Vec<_> = azure.lines().filter(|line| line.starts_with("##vso[")).collect();
    assert_eq!(issues.len(), 1, "{azure}");
    assert!(issues[0].contains("]13 items: the seats end ") && issues[0].contains("%0Aindoors: it ends"), "{azure}");
    let markdown = output("markdown");
    assert_eq!(markdown.lines().filter(|line| line.contains("expiring-soon")).count(), 1, "{markdown}");
    let text = output("text");
    assert_eq!(text.matches("error[expiring-soon]").count(), 1, "{text}");
    assert!(
        text.contains("14 items, 2028-06-30 12:00")
            && text.lines().any(|line| line.trim_start().starts_with("142:24  creatorUT")),
        "{text}"
    );
    // Findings with different words are all there.
    let halves =
        ["check", "tests/fixtures/check/words/diff-says-safe-renewal-halves-at-turn.json", "--as-of", "2026-11-01"];
    let text = seatline(&[&halves[..], &["--no-policy"]].concat()).stdout;
    let drop = text.split("\n\n").find(|block| block.contains("[seats-drop]")).unwrap();
    assert!(drop.contains("3 items, 2026-12-31 12:00") && drop.contains("there are 60 seats instead of 120"), "{text}");
}

#[test]
fn the_summary_of_a_job_begins_with_a_blank_line() {
    let folder = tempfile::tempdir().unwrap();
    let summary = folder.path().join("summary.md");
    fs::write(&summary, "| a table |\n|---|\n| that is open |").unwrap();
    let arguments = ["check", "samples/faulty.json", "--as-of", "2027-01-01", "--no-policy", "-f", "github"];
    command(&arguments).env("GITHUB_STEP_SUMMARY", &summary).output().unwrap();
    let text = fs::read_to_string(&summary).unwrap();
    assert!(text.starts_with("| a table |\n|---|\n| that is open |\n\n"), "{text}");
    let rows: Vec<_> = text.lines().filter_map(|line| line.strip_prefix("| ")?.split(' ').next()).collect();
    let severities: Vec<_> = rows.into_iter().filter(|word| ["error", "warning", "info"].contains(word)).collect();
    let worst_first = |pair: &[&str]| {
        ["error", "warning", "info"].iter().position(|one| *one == pair[0])
            <= ["error", "warning", "info"].iter().position(|one| *one == pair[1])
    };
    assert!(severities.len() > 5 && severities.windows(2).all(worst_first), "{text}");
}

/// An id may look like the number that the second finding of an item has.
#[test]
fn no_two_cases_of_junit_have_one_name() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("license.json");
    let entry = |id: &str, seats: Value, at: i64| json!({"id": id, "maxUsers": seats, "startDate": at});
    let entries = [
        entry("a", json!("5"), 1_542_672_000_000),
        entry("a", json!("6"), 1_642_672_000_000),
        entry("a #2", json!("5"), 1_542_672_000_000),
        entry("a #2", json!("7"), 1_642_672_000_000),
    ];
    let license = json!({"MyEsri": {"version": "11.4", "provision": {"userTypes": entries}}});
    std::fs::write(&path, license.to_string()).unwrap();
    let run = seatline(&["check", path.to_str().unwrap(), "-f", "junit", "--as-of", "2026-06-01", "--no-policy"]);
    let names: Vec<_> = run.stdout.lines().filter(|line| line.contains("<testcase")).map(str::trim).collect();
    let distinct: std::collections::BTreeSet<_> = names.iter().copied().collect();
    assert!(names.len() > 4 && distinct.len() == names.len(), "{names:#?}");
}

/// A name that is no Unicode: GitHub and Git know files by their bytes, so SARIF has each byte (RFC 3986 escapes octets). With the
/// replacement character in its place the alert would name a file that is not in the repository. Texts and JSON, which can hold no
/// such byte, have the replacement character.
#[cfg(target_os = "linux")]
#[test]
fn a_path_that_is_no_unicode_is_the_path_byte_for_byte() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    let site = tempfile::tempdir().unwrap();
    let root = site.path().canonicalize().unwrap();
    fs::create_dir(root.join(".git")).unwrap();
    let [folder, file] = [&b"a\xFF"[..], b"\xFE \xC3\xA9.json"].map(OsStr::from_bytes);
    fs::create_dir(root.join(folder)).unwrap();
    fs::copy("samples/gap-and-early-end-10.9.json", root.join(folder).join(file)).unwrap();
    fs::write(root.join(folder).join("bad.json"), "{").unwrap();
    let run = |format: &str, named: &Path| -> Run {
        let mut command = command(&["check", "--as-of", "2026-11-01", "--no-policy", "-f", format]);
        command.arg(named).current_dir(&root).output().unwrap().into()
    };
    for named in [Path::new(folder), Path::new("."), root.as_path()] {
        let log = run("sarif", named).json();
        let uri = |place: &Value| place["physicalLocation"]["artifactLocation"]["uri"].as_str().unwrap().to_owned();
        let uris: BTreeSet<_> = results(&log).iter().map(|result| uri(&result["locations"][0])).collect();
        assert_eq!(uris, BTreeSet::from(["a%FF/%FE%20%C3%A9.json".to_owned()]));
        let bad = &log["runs"][0]["invocations"][0]["toolExecutionNotifications"][0]["locations"][0];
        assert_eq!(uri(bad), "a%FF/bad.json");
        let gitlab = run("gitlab", named).json();
        assert_eq!(gitlab[1]["location"]["path"], "a\u{FFFD}/\u{FFFD} é.json");
    }
    // Two files with one name in texts: nobody can say which of the two is meant.
    fs::copy("samples/gap-and-early-end-10.9.json", root.join(folder).join(OsStr::from_bytes(b"\xFD \xC3\xA9.json")))
        .unwrap();
    let log = run("sarif", Path::new(folder)).json();
    let uris: BTreeSet<_> = results(&log)
        .iter()
        .map(|result| result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"].to_string())
        .collect();
    assert_eq!(uris, BTreeSet::from(["\"a%EF%BF%BD/%EF%BF%BD%20%C3%A9.json\"".to_owned()]));
}

#[test]
fn no_help_speaks_of_a_format_that_check_has_not() {
    let help = seatline(&["check", "--help"]).stdout;
    assert!(help.contains("In jsonl, write only these fields") && !help.contains("csv, "), "{help}");
    let refused = seatline(&["check", "samples/portal-10.8.json", "--fields", "id"]);
    assert!(refused.code == 2 && refused.stderr.contains("--fields is for the format jsonl\n"), "{refused:?}");
}

#[test]
fn the_path_of_a_policy_is_code_in_markdown() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("of us")).unwrap();
    fs::write(folder.path().join("of us/our policy"), "").unwrap();
    fs::copy("samples/portal-10.8.json", folder.path().join("a.json")).unwrap();
    let arguments = ["check", "a.json", "--policy", "of us/our policy", "--as-of", "2019-01-01", "-f", "markdown"];
    let run: Run = command(&arguments).current_dir(folder.path()).output().unwrap().into();
    assert!(run.stdout.lines().next().unwrap().contains("; policy `of us/our policy`; as of "), "{run:?}");
}
