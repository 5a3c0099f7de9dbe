//! The content of packages: man pages and completions, from the definition of the command line.

#[cfg(unix)]
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use serde_json::json;

use crate::common::{Run, command, seatline};

/// The answer to a shell that asks for completions, after the words that a shell gives.
fn answered(shell: &str, words: &[&str]) -> String {
    let run = command(&[&["--"], words].concat()).env("SEATLINE_COMPLETE", shell).output();
    let run = Run::from(run.unwrap());
    assert_eq!((run.code, run.stderr.as_str()), (0, ""));
    run.stdout
}

/// What is offered at the last of these words: first the kind of names of files, if any, and what stands before them.
fn offered(words: &[&str]) -> Vec<String> {
    offered_at(words, words.len())
}

fn offered_at(words: &[&str], index: usize) -> Vec<String> {
    let index = index.to_string();
    let answer = answered("fish", &[&[index.as_str(), "seatline"], words].concat());
    let mut lines = answer.lines();
    let (kind, prefix) = lines.next().unwrap().split_once('\t').unwrap();
    let files = (kind != "words").then(|| format!("<{kind}>{prefix}"));
    files.into_iter().chain(lines.map(|line| line.split('\t').next().unwrap().to_owned())).collect()
}

/// What bash is offered at the end of a line, of which readline replaces the last part.
fn offered_to_bash(line: &str, replaced: &str) -> Vec<String> {
    answered("bash", &[line, replaced, ""]).lines().skip(1).map(str::to_owned).collect()
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
        // Nothing of the line is run.
        assert!(!script.contains("Invoke-Expression") && !script.contains("eval"), "{name}: {script}");
    }
    // The same scripts without a package.
    let run = Run::from(command(&[]).env("SEATLINE_COMPLETE", "zsh").output().unwrap());
    assert_eq!(run.stdout, fs::read_to_string(scripts.join("_seatline")).unwrap());
    let run = Run::from(command(&[]).env("SEATLINE_COMPLETE", "tcsh").output().unwrap());
    assert_eq!((run.code, run.stdout.as_str()), (2, ""));
    assert!(run.stderr.contains("known are bash, zsh, fish, powershell"), "{}", run.stderr);
}

/// The text of a man page, without the marks of roff.
fn man_page(name: &str) -> String {
    let page = fs::read_to_string(generated().path().join("man").join(format!("{name}.1"))).unwrap();
    page.replace("\\-", "-").replace(['\\'], "").replace("fB", "").replace("fI", "").replace("fR", "")
}

/// A section of a man page.
fn section<'p>(page: &'p str, name: &str) -> &'p str {
    let start = page.split_once(&format!(".SH {name}\n")).unwrap_or_else(|| panic!("no {name}: {page}")).1;
    start.split("\n.SH").next().unwrap()
}

#[test]
fn man_pages_have_exit_codes_and_variables() {
    let documented = fs::read_to_string("docs/exit-codes.md").unwrap().replace('`', "");
    for name in commands() {
        let page = man_page(&format!("seatline-{name}"));
        let codes = section(&page, "\"EXIT STATUS\"");
        let meanings: Vec<_> = codes.split(".TP\n").filter_map(|code| code.trim().split_once('\n')).collect();
        let meaning = |code: &str| meanings.iter().find(|(known, _)| *known == code).map(|(_, meaning)| *meaning);
        assert_eq!(meaning("0"), Some("done, nothing to object"), "{codes}");
        assert!(meaning("2").is_some() && meaning("130").is_some(), "{codes}");
        // Whichever command answers no, the documentation says the same of it.
        let row = documented.lines().find(|line| line.starts_with("| 1 ")).unwrap();
        match meaning("1") {
            Some(meaning) => assert!(row.contains(&format!("{name}: {meaning}")), "{name}: {meaning}\n{row}"),
            None => assert!(!row.contains(&format!("{name}: ")), "{name}: {row}"),
        }
        assert_eq!(meaning("4").is_some(), ["fetch", "moves"].contains(&name.as_str()), "{name}: {codes}");
        let variables = section(&page, "ENVIRONMENT");
        for (option, variable) in
            [("--tz ", "SEATLINE_TZ"), ("--policy ", "SEATLINE_POLICY"), ("--url ", "SEATLINE_URL")]
        {
            assert_eq!(page.contains(option), variables.contains(variable), "{name}: {variables}");
        }
        assert_eq!(variables.contains("SEATLINE_TOKEN"), page.contains("--token-file"), "{name}: {variables}");
        assert_eq!(section(&page, "\"SEE ALSO\"").trim(), "seatline(1)");
    }
}

#[test]
fn man_pages_have_a_usage_and_a_date() {
    let page = man_page("seatline-check");
    assert_eq!(section(&page, "SYNOPSIS").trim(), "seatline check [OPTIONS] FILE...");
    assert!(section(&page, "ARGUMENTS").contains("FILE"), "{page}");
    assert!(section(&page, "OPTIONS").contains("--fail-on"), "{page}");
    let folder = tempfile::tempdir().unwrap();
    let generate = |epoch: &str| {
        let run = command(&["generate", folder.path().to_str().unwrap()]).env("SOURCE_DATE_EPOCH", epoch).output();
        Run::from(run.unwrap())
    };
    assert_eq!(generate("1795737600").code, 0);
    let page = fs::read_to_string(folder.path().join("man/seatline.1")).unwrap();
    assert!(page.contains(".TH seatline 1 2026-11-27 \"seatline "), "{page}");
    assert_eq!(generate("tomorrow").code, 2);
}

/// The files of a release have their names in one place, and the README says these.
#[cfg(unix)]
#[test]
fn the_readme_names_the_files_of_a_release() {
    let output = std::process::Command::new("bash").args([".ci/artefact", "all"]).output().unwrap();
    let names: BTreeSet<_> = std::str::from_utf8(&output.stdout).unwrap().lines().map(str::to_owned).collect();
    assert_eq!(names.len(), 5, "{output:?}");
    let readme = fs::read_to_string("README.md").unwrap();
    let version = env!("CARGO_PKG_VERSION");
    let starts = [format!("seatline-{version}-"), format!("seatline_{version}-")];
    let words = readme.split(|char: char| !char.is_ascii_alphanumeric() && !"-_.".contains(char));
    let named: BTreeSet<_> = words.filter(|word| starts.iter().any(|start| word.starts_with(start))).collect();
    assert_eq!(named, names.iter().map(String::as_str).collect());
    // Every release has another version, and no line is left with an old one.
    assert_eq!(readme.matches("example.com/v").count(), readme.matches(&format!("example.com/v{version}")).count());
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
    // A file without a command is one for report.
    assert_eq!(offered(&[license, "--id", "c"]), ["creatorUT"]);
    assert_eq!(offered(&["report", license, "--id=c"]), ["--id=creatorUT"]);
    assert_eq!(offered(&["fit", license, "--map", "c"]), ["creatorUT"]);
    assert_eq!(offered(&["fit", license, "--map", "creatorUT=v"]), ["creatorUT=viewerUT"]);
}

#[test]
fn bash_is_offered_what_readline_replaces() {
    let license = "samples/renewal/new.json";
    assert_eq!(offered_to_bash(&format!("seatline report {license} --id=c"), "c"), ["creatorUT"]);
    assert_eq!(offered_to_bash(&format!("seatline report '{license}' --id c"), "c"), ["creatorUT"]);
    assert_eq!(offered_to_bash(&format!("seatline fit {license} --map creatorUT=v"), "v"), ["viewerUT"]);
    assert_eq!(answered("bash", &["seatline report a.json > x", "x", ""]), "files\t");
}

#[test]
fn files_are_left_to_the_shell() {
    assert_eq!(offered(&["report", ""]), ["<files>"]);
    // Where no command begins so, the word is a file; where one does, the word is that command.
    assert_eq!(offered(&["sam"]), ["<files>"]);
    assert_eq!(offered(&["repo"]), ["report"]);
    assert_eq!(offered(&["-q", "--as-of", "now", "sam"]), ["<files>"]);
    assert_eq!(offered(&["check", "a.json", "--usage=m"]), ["<files>--usage="]);
    assert_eq!(offered(&["check", "a.json", "-f", "sarif=m"]), ["<files>sarif="]);
    assert_eq!(offered(&["preflight", "a.json", "--pack", ""]), ["<folders>"]);
    assert!(offered(&["report", "a.json", "--as-of", "m"]).is_empty());
    assert!(offered(&["--width", "m"]).is_empty());
}

#[test]
fn formats_and_zones_are_offered() {
    let formats = ["text", "json", "jsonl", "sarif", "junit", "github", "gitlab", "azure", "markdown"];
    assert_eq!(offered(&["check", "a.json", "-f", ""]), formats);
    assert_eq!(offered(&["report", "a.json", "-f", "x"]), ["xlsx"]);
    assert_eq!(offered(&["report", "a.json", "--tz", "Europe/Berl"]), ["Europe/Berlin"]);
    // zsh takes a colon for the end of a value.
    assert!(
        answered("zsh", &["3", "seatline", "check", "-f", "sar"]).ends_with("\nsarif:SARIF 2.1.0, for code scanning")
    );
    // PowerShell's script puts a sign before the word, which may be empty.
    assert!(answered("powershell", &["2", "seatline", "explain", "=seat-g"]).contains("\nseat-gap\t"));
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
