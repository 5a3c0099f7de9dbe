//! A build agent reads the log of a build: no name from a license may become a command to the agent.

use std::fs;

use serde_json::json;

use crate::common::command;

/// Finds a command in a line as the agent of Azure Pipelines and the runner of GitHub Actions do.
fn is_command(line: &str) -> bool {
    let workflow = line.trim_start().strip_prefix("::").and_then(|rest| rest.split_once("::"));
    let workflow = workflow.is_some_and(|(command, _)| {
        let name = command.split(' ').next().unwrap();
        !name.is_empty() && name.chars().all(|letter| letter.is_ascii_alphabetic() || letter == '-')
    });
    workflow || line.contains("##vso[") || line.contains("##[")
}

#[test]
fn no_name_is_a_command_to_the_agent_of_a_build() {
    let names = [
        "##vso[task.setvariable variable=PATH]/tmp",
        "###vso[task.prependpath]/tmp",
        "##[add-mask]a",
        "a ##[stop-commands]b",
        "::add-mask::a",
        "  ::stop-commands::b",
        "x ::warning file=a,line=1::c",
        "###[error]c",
    ];
    let entries: Vec<_> = names
        .iter()
        .flat_map(|name| {
            [
                json!({"id": name, "maxUsers": -1, "startDate": 1_542_672_000_000_u64}),
                json!({"id": name, "maxUsers": 3, "startDate": 1_542_672_000_000_u64}),
                json!({"id": name, "maxUsers": 0, "startDate": 1_830_000_000_000_u64}),
            ]
        })
        .collect();
    let types: Vec<_> = names.iter().map(|name| json!({"id": name, "name": name, "level": name})).collect();
    let license = json!({"MyEsri": {
        "version": "##vso[x.y]1", "::add-mask::": 1, "##[error]": 2, "definitions": {"userTypes": types},
        "provision": {"userTypes": entries, "apps": entries},
        "portalCapabilities": [{"id": names[0], "startDate": 1_542_672_000_000_u64, "endDate": 1_830_000_000_000_u64}],
    }});
    let other = json!({"MyEsri": {"version": "11.1", "provision": {"userTypes": []}}});
    let folder = tempfile::tempdir().unwrap();
    // Windows allows this name.
    let file = "##vso[task.complete]a.json";
    fs::write(folder.path().join(file), license.to_string()).unwrap();
    fs::write(folder.path().join("other.json"), other.to_string()).unwrap();
    fs::write(folder.path().join("##[error]bad.json"), "{").unwrap();
    let plan = format!("kind,id,count\nuserType,{0},5\napp,{0},7\n", names[1]);
    fs::write(folder.path().join("plan.csv"), plan).unwrap();
    let runs: &[&[&str]] = &[
        &["report", file, "##[error]bad.json"],
        &["timeline", file],
        &["admins", file],
        &["check", file, "##[error]bad.json", "--no-policy"],
        &["diff", file, "other.json"],
        &["fit", file, "--plan", "plan.csv"],
        &["preflight", "other.json", "--over", file],
        &["why", names[0], file],
        &["why", "vso", file],
    ];
    let formats = [&[][..], &["-f", "json"], &["-f", "markdown"], &["-f", "csv"], &["-f", "jsonl"], &["--width", "30"]];
    let mut lines = 0;
    for run in runs {
        for format in formats.iter().chain([&&["-f", "github"][..], &&["-f", "azure"][..]].map(|format| *format).iter())
        {
            let arguments = [run, *format, &["--as-of", "2027-01-01"]].concat();
            let output = command(&arguments).current_dir(folder.path()).output().unwrap();
            let text = [output.stdout, output.stderr].map(|bytes| String::from_utf8(bytes).unwrap()).concat();
            for line in text.lines() {
                lines += 1;
                // The only commands are the annotations.
                let line = match format {
                    ["-f", "azure"] => line.strip_prefix("##vso[task.logissue ").unwrap_or(line),
                    ["-f", "github"] => {
                        let rest =
                            ["::error ", "::warning ", "::notice "].iter().find_map(|start| line.strip_prefix(start));
                        rest.unwrap_or(line)
                    }
                    _ => line,
                };
                assert!(!is_command(line), "{arguments:?}: {line}");
            }
        }
    }
    assert!(lines > 500, "only {lines} lines");
}
