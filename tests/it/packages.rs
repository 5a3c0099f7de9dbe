//! The content of packages: man pages and completions, from the definition of the command line.

use std::fs;
use std::path::Path;

use serde_json::json;

use crate::common::{Run, command, seatline};

/// The completions that a shell is offered at the last of these words.
fn offered(words: &[&str]) -> Vec<String> {
    offered_at(words, words.len())
}

fn offered_at(words: &[&str], index: usize) -> Vec<String> {
    let run = command(&[&["--", "seatline"], words].concat())
        .env("SEATLINE_COMPLETE", "bash")
        .env("_CLAP_COMPLETE_INDEX", index.to_string())
        .env("_CLAP_COMPLETE_COMP_TYPE", "9")
        .env("_CLAP_IFS", "\n")
        .output();
    let run = Run::from(run.unwrap());
    assert_eq!((run.code, run.stderr.as_str()), (0, ""));
    run.stdout.lines().map(str::to_owned).collect()
}

fn generated() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let run = seatline(&["generate", folder.path().to_str().unwrap()]);
    assert_eq!((run.code, run.stdout.as_str(), run.stderr.as_str()), (0, "", ""));
    folder
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut names: Vec<_> = entries.collect();
    names.sort();
    names
}

/// The commands that `--help` lists.
fn commands() -> Vec<String> {
    let help = seatline(&["--help"]).stdout;
    let list = help.split_once("Commands:\n").unwrap().1.split_once("\n\n").unwrap().0;
    let words = list.lines().filter(|line| line.starts_with("  ") && !line.starts_with("   "));
    words.map(|line| line.split_whitespace().next().unwrap().to_owned()).filter(|name| name != "help").collect()
}

#[test]
fn a_man_page_for_each_command() {
    let folder = generated();
    let mut wanted: Vec<_> = commands().iter().map(|name| format!("seatline-{name}.1")).collect();
    assert!(wanted.contains(&"seatline-preflight.1".to_owned()), "{wanted:?}");
    wanted.push("seatline.1".to_owned());
    wanted.sort();
    let man = folder.path().join("man");
    assert_eq!(names(&man), wanted);
    // The page has every option of the help.
    for name in commands() {
        let page = fs::read_to_string(man.join(format!("seatline-{name}.1"))).unwrap().replace('\\', "");
        let help = seatline(&[&name, "--help"]).stdout;
        let options = help.split_whitespace().filter(|word| word.starts_with("--") && word.len() > 2);
        let is_letter = |char: char| char.is_ascii_lowercase() || char == '-';
        let options = options.map(|word| word.split(|char| !is_letter(char)).next().unwrap());
        let missing: Vec<_> = options.filter(|option| !page.contains(option)).collect();
        assert!(missing.is_empty(), "{name}: {missing:?}");
    }
}

#[test]
fn a_script_for_each_shell() {
    let folder = generated();
    let scripts = folder.path().join("completions");
    assert_eq!(names(&scripts), ["_seatline", "_seatline.ps1", "seatline.bash", "seatline.fish"]);
    for name in names(&scripts) {
        let script = fs::read_to_string(scripts.join(&name)).unwrap();
        assert!(script.contains("SEATLINE_COMPLETE") && script.contains("seatline"), "{name}: {script}");
    }
}

#[test]
fn a_folder_that_cannot_be_made() {
    let run = seatline(&["generate", "Cargo.toml"]);
    assert_eq!((run.code, run.stdout.as_str()), (2, ""));
    assert!(run.stderr.contains("Cargo.toml"), "{}", run.stderr);
}

#[test]
fn commands_options_and_rules_are_offered() {
    assert_eq!(offered(&["pre"]), ["preflight"]);
    assert_eq!(offered(&["explain", "seat-g"]), ["seat-gap"]);
    assert!(offered(&["report", "--as"]).contains(&"--as-of".to_owned()));
    assert!(!offered(&[""]).contains(&"generate".to_owned()));
}

#[test]
fn ids_of_the_file_are_offered() {
    let license = "samples/renewal/new.json";
    assert_eq!(offered(&["report", license, "--id", "c"]), ["creatorUT"]);
    // After a comma the next id begins.
    assert_eq!(offered(&["report", license, "--id", "creatorUT,v"]), ["creatorUT,viewerUT"]);
    assert_eq!(offered_at(&["why", "vi", license], 2), ["viewerUT"]);
    assert!(offered(&["report", "samples/renewal", "--id", "G"]).contains(&"GISProfessionalStdUT".to_owned()));
    assert!(offered(&["report", "no-such-file.json", "--id", ""]).is_empty());
}

#[test]
fn an_id_that_a_shell_would_run_is_not_offered() {
    let folder = tempfile::tempdir().unwrap();
    let license = folder.path().join("license.json");
    let entry = |id: &str| json!({"id": id, "maxUsers": 1, "startDate": 1_704_067_200_000_u64});
    let ids = ["$(touch x)", "`id`", "a b", "a;b", "a\nb", "a\u{202e}b", "plain.id-1_x"];
    let document = json!({"MyEsri": {"provision": {"userTypes": ids.map(entry)}}});
    fs::write(&license, document.to_string()).unwrap();
    assert_eq!(offered(&["report", license.to_str().unwrap(), "--id", ""]), ["plain.id-1_x"]);
}
