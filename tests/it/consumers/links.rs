//! Links (OSC 8) and colours: where they are forced, and nowhere else without a terminal.

use crate::common::command;

const FAULTY: &str = "samples/faulty.json";

fn check(set: &[(&str, &str)], more: &[&str]) -> String {
    let mut command =
        command(&[&["check", FAULTY, "--as-of", "2027-01-01", "--no-policy", "--exit-zero"], more].concat());
    // The variables in which a terminal describes itself count only where stdout is a terminal.
    command.env("TERM", "xterm-kitty").env("VTE_VERSION", "7600").envs(set.iter().copied());
    String::from_utf8(command.output().unwrap().stdout).unwrap()
}

/// The targets of the links, and the text as it is shown.
fn read(text: &str) -> (Vec<(String, String)>, String) {
    let (mut links, mut shown) = (Vec::new(), String::new());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("\u{1b}]8;;") {
        let (target, after) = after.split_once("\u{1b}\\").unwrap();
        let (label, after) = after.split_once("\u{1b}]8;;\u{1b}\\").unwrap();
        links.push((label.to_owned(), target.to_owned()));
        shown.extend([before, label]);
        rest = after;
    }
    (links, shown + rest)
}

#[test]
fn places_and_rules_are_links_where_colours_are_forced() {
    for (set, more) in [(vec![("CLICOLOR_FORCE", "1")], vec![]), (vec![], vec!["--color", "always"])] {
        let text = check(&set, &more);
        let (links, shown) = read(&text);
        let place = links.iter().find(|(label, _)| label.starts_with("samples/faulty.json:92:9")).unwrap();
        let path = std::path::absolute(FAULTY).unwrap().to_string_lossy().replace(' ', "%20").replace('\\', "/");
        assert!(place.1.starts_with("file://") && place.1.ends_with(&path), "{place:?}");
        let rule = links.iter().find(|(label, _)| label == "unreadable-entry").unwrap();
        assert!(rule.1.ends_with("docs/rules/unreadable-entry.md"), "{rule:?}");
        assert!(shown.contains("\u{1b}[1m\u{1b}[31m"), "colours too");
        let plain: String = check(&[], &[]);
        let (before, colored) = shown.split_once("\u{1b}[").unwrap();
        let after = colored.split("\u{1b}[").map(|part| part.split_once('m').unwrap().1);
        let uncoloured: String = std::iter::once(before).chain(after).collect();
        assert_eq!(uncoloured.lines().next(), plain.lines().next(), "links change nothing that is shown");
    }
}

#[test]
fn a_pipe_gets_no_escape() {
    for (set, more) in [
        (vec![], vec![]),
        (vec![("NO_COLOR", "1"), ("CLICOLOR_FORCE", "1")], vec![]),
        (vec![("CLICOLOR_FORCE", "0")], vec![]),
        (vec![("CLICOLOR_FORCE", "")], vec![]),
        (vec![("CLICOLOR_FORCE", "1")], vec!["--color", "never"]),
        (vec![("CLICOLOR_FORCE", "1")], vec!["-f", "json"]),
        (vec![("CLICOLOR_FORCE", "1")], vec!["-f", "markdown"]),
        (vec![("CLICOLOR_FORCE", "1")], vec!["-f", "github"]),
        (vec![("CLICOLOR_FORCE", "1")], vec!["-f", "junit"]),
        (vec![("FORCE_COLOR", "1"), ("TERM_PROGRAM", "iTerm.app")], vec![]),
    ] {
        assert!(!check(&set, &more).contains('\u{1b}'), "{set:?} {more:?}");
    }
}

#[test]
fn nothing_is_forced_on_stderr_either() {
    let errors = |force: &str| {
        let mut command = command(&["report", "nowhere.json"]);
        String::from_utf8(command.env("CLICOLOR_FORCE", force).output().unwrap().stderr).unwrap()
    };
    assert!(errors("1").contains('\u{1b}') && !errors("0").contains('\u{1b}'));
    let usage = |force: &str| {
        let mut command = command(&["report", "--no-such-option"]);
        String::from_utf8(command.env("CLICOLOR_FORCE", force).output().unwrap().stderr).unwrap()
    };
    assert!(usage("1").contains('\u{1b}') && !usage("0").contains('\u{1b}'));
}

#[test]
fn other_tables_have_links_too() {
    for line in [
        "preflight samples/faulty.json --over samples/renewal/old.json --as-of 2027-01-01 --no-policy",
        "diff samples/renewed-11.1.json samples/faulty.json --as-of 2027-01-01",
        "report samples/faulty.json --as-of 2027-01-01",
        "timeline samples/faulty.json --as-of 2027-01-01",
    ] {
        let arguments: Vec<_> = line.split(' ').chain(["--color", "always"]).collect();
        let text = String::from_utf8(command(&arguments).output().unwrap().stdout).unwrap();
        assert!(!read(&text).0.is_empty(), "{line}: {text}");
        let file = tempfile::tempdir().unwrap();
        let path = file.path().join("out.txt");
        let arguments: Vec<_> = line.split(' ').chain(["-o", path.to_str().unwrap()]).collect();
        command(&arguments).env("CLICOLOR_FORCE", "1").output().unwrap();
        assert!(!std::fs::read_to_string(&path).unwrap().contains('\u{1b}'), "a file gets none: {line}");
    }
}

#[test]
fn standard_input_is_no_file_to_link_to() {
    let input = std::fs::read(FAULTY).unwrap();
    let run = crate::common::seatline_with_input(
        &["check", "-", "--as-of", "2027-01-01", "--no-policy", "--exit-zero", "--color", "always"],
        &input,
    );
    let (links, shown) = read(&run.stdout);
    assert!(shown.contains("<stdin>:") && !links.iter().any(|(label, _)| label.contains("stdin")), "{links:?}");
}
