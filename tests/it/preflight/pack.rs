//! `--pack`: the folder appears complete, or stays as it was.

use std::fs;
use std::path::Path;

use crate::common::{Run, command, seatline};
use crate::preflight::RENEWAL;

fn question() -> Vec<&'static str> {
    [&["preflight"], &RENEWAL[..], &["--no-policy"]].concat()
}

const FILES: [&str; 4] = ["preflight.html", "preflight.ics", "preflight.md", "preflight.xlsx"];

fn pack(folder: &Path, more: &[&str]) -> Run {
    seatline(&[&question()[..], &["--pack", folder.to_str().unwrap()], more].concat())
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<_> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

fn contents(folder: &Path) -> Vec<(String, Vec<u8>)> {
    names(folder).into_iter().map(|name| (name.clone(), fs::read(folder.join(name)).unwrap())).collect()
}

#[test]
fn each_file_is_what_its_format_writes() {
    let root = tempfile::tempdir().unwrap();
    let folder = root.path().join("out");
    let prices = ["--prices", "samples/renewal/prices.csv", "--name", "production", "--remind", "30"];
    let run = pack(&folder, &prices);
    // The verdict is printed as without --pack.
    assert_eq!(run.code, 0, "{run:?}");
    assert!(run.stdout.starts_with("GO, THEN ACT by 2026-12-31 12:00"), "{run:?}");
    assert!(run.stderr.contains(&format!("{}: {}", folder.display(), FILES.join(", "))), "{run:?}");
    assert_eq!(names(&folder), FILES);
    assert_eq!(names(root.path()), ["out"]);
    for (file, format) in FILES.into_iter().zip(["html", "ics", "markdown", "xlsx"]) {
        let calendar: &[&str] = if format == "ics" { &["--name", "production", "--remind", "30"] } else { &[] };
        let alone = command(&[&question()[..], &prices[..2], calendar, &["-f", format]].concat()).output().unwrap();
        assert!(!alone.stdout.is_empty() && fs::read(folder.join(file)).unwrap() == alone.stdout, "{file}");
    }
    // The same question gives the same bytes.
    let again = root.path().join("again");
    pack(&again, &[&prices[..], &["--width", "40", "--color", "always", "-f", "json"]].concat());
    assert_eq!(contents(&again), contents(&folder));
}

#[test]
fn a_folder_that_is_there_is_kept_unless_it_may_be_replaced() {
    let root = tempfile::tempdir().unwrap();
    let folder = root.path().join("out");
    fs::create_dir(&folder).unwrap();
    for before in [&[][..], &[("notes.txt", "mine"), ("preflight.md", "old")]] {
        before.iter().for_each(|(name, text)| fs::write(folder.join(name), text).unwrap());
        let run = pack(&folder, &[]);
        assert_eq!((run.code, run.stdout.as_str()), (2, ""), "{run:?}");
        assert!(run.stderr.contains("is there already: --force replaces the pack in it"), "{run:?}");
        assert_eq!(names(&folder).len(), before.len());
    }
    assert_eq!(pack(&folder, &["--force"]).code, 0);
    assert_eq!(names(&folder), ["notes.txt", FILES[0], FILES[1], FILES[2], FILES[3]]);
    assert_eq!(fs::read_to_string(folder.join("notes.txt")).unwrap(), "mine");
    assert!(fs::read_to_string(folder.join("preflight.md")).unwrap().starts_with("## GO, THEN ACT"));
    assert_eq!(names(root.path()), ["out"]);
    let run = pack(&folder.join("notes.txt"), &["--force"]);
    assert_eq!(run.code, 2, "{run:?}");
    assert!(run.stderr.contains("this is no folder"), "{run:?}");
    assert_eq!(seatline(&[&question()[..], &["--force"]].concat()).code, 2);
}

#[test]
fn what_cannot_be_answered_makes_no_pack() {
    let root = tempfile::tempdir().unwrap();
    let folder = root.path().join("a/out");
    for (arguments, code) in [
        (["preflight", "nowhere.json", "--nobody-yet"], 3),
        (["preflight", "samples/renewal/new.json", "--no-policy"], 2),
    ] {
        let run = seatline(&[&arguments[..], &["--pack", folder.to_str().unwrap()]].concat());
        assert_eq!(run.code, code, "{run:?}");
        assert_eq!(names(root.path()), [""; 0]);
    }
}

#[test]
fn an_input_is_not_written_over() {
    let root = tempfile::tempdir().unwrap();
    let prices = root.path().join("preflight.md");
    fs::write(&prices, "kind,id,unitPrice,currency,period\n").unwrap();
    let run = pack(root.path(), &["--force", "--prices", prices.to_str().unwrap()]);
    assert_eq!(run.code, 2, "{run:?}");
    assert_eq!(names(root.path()), ["preflight.md"]);
}

#[cfg(unix)]
#[test]
fn a_full_disk_leaves_nothing_and_loses_nothing() {
    let full = |folder: &Path, more: &[&str]| -> Run {
        crate::common::on_a_full_disk(
            &command(&[&question()[..], &["--pack", folder.to_str().unwrap()], more].concat()),
            4,
        )
    };
    let root = tempfile::tempdir().unwrap();
    let folder = root.path().join("a/out");
    let run = full(&folder, &[]);
    assert_eq!((run.code, run.stdout.as_str()), (2, ""), "{run:?}");
    assert!(run.stderr.contains("cannot be written: "), "{run:?}");
    assert_eq!(names(root.path()), [""; 0]);
    assert_eq!(pack(&folder, &[]).code, 0);
    fs::write(folder.join("notes.txt"), "mine").unwrap();
    let before = contents(&folder);
    assert_eq!(full(&folder, &["--force"]).code, 2);
    assert_eq!(contents(&folder), before);
    assert_eq!(names(&root.path().join("a")), ["out"]);
}

/// Killed at any moment by a signal that no program can catch: the folder is missing, as it was before, or complete.
#[cfg(unix)]
#[test]
fn a_killed_run_leaves_no_half_of_a_pack() {
    let root = tempfile::tempdir().unwrap();
    let whole = root.path().join("whole");
    assert_eq!(pack(&whole, &[]).code, 0);
    let whole = contents(&whole);
    let folder = root.path().join("out");
    for round in 0..30_u64 {
        let force: &[&str] = if folder.exists() { &["--force"] } else { &[] };
        let mut run = command(&[&question()[..], &["--pack", folder.to_str().unwrap(), "-q"], force].concat());
        let mut child = run.stdout(std::process::Stdio::null()).stderr(std::process::Stdio::null()).spawn().unwrap();
        std::thread::sleep(std::time::Duration::from_millis(round * 4));
        let _ = child.kill();
        child.wait().unwrap();
        assert!(!folder.exists() || contents(&folder) == whole, "{round}: {:?}", names(&folder));
    }
    // A leftover disturbs nobody.
    let force: &[&str] = if folder.exists() { &["--force"] } else { &[] };
    assert_eq!(pack(&folder, force).code, 0);
    assert_eq!((contents(&folder), names(root.path())), (whole, vec!["out".to_owned(), "whole".to_owned()]));
}

/// Ctrl-C, or a request to end, at many moments: nothing is left, not even a hidden file.
#[cfg(unix)]
#[test]
fn an_interrupted_run_leaves_nothing() {
    for (round, signal) in (0..16_u64).flat_map(|round| [(round, "INT"), (round, "TERM")]) {
        let root = tempfile::tempdir().unwrap();
        let folder = root.path().join("a/out");
        let mut run = command(&[&question()[..], &["--pack", folder.to_str().unwrap(), "-q"]].concat());
        let mut child = run.stdout(std::process::Stdio::null()).spawn().unwrap();
        std::thread::sleep(std::time::Duration::from_millis(round * 4));
        let _ = std::process::Command::new("sh")
            .arg("-c")
            .arg(format!("kill -{signal} {} 2> /dev/null", child.id()))
            .status();
        child.wait().unwrap();
        let left: Vec<_> =
            walkdir::WalkDir::new(root.path()).into_iter().map(|entry| entry.unwrap().into_path()).collect();
        if folder.exists() {
            assert_eq!(names(&folder), FILES, "{round} {signal}");
            assert_eq!(names(&root.path().join("a")), ["out"], "{round} {signal}");
        } else {
            assert_eq!(left, [root.path()], "{round} {signal}");
        }
    }
}
