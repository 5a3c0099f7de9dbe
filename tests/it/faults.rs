//! Faults around the program while it works: files that change, full disks, readers that go away. Existing files
//! stay, the message names the file, and the exit code is the documented one.
#![cfg(unix)]

use std::fs::{self, OpenOptions};
use std::io::Read;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use serde_json::Value;

use crate::common::{Run, command, on_a_full_disk, seatline};
use crate::portal::run::on_a_terminal;

const LICENSE: &str = "samples/portal-10.8.json";
/// Many more documents than a pipe and the program's own queues hold.
const DOCUMENTS: usize = 3_000;

fn line() -> String {
    serde_json::from_str::<Value>(&fs::read_to_string(LICENSE).unwrap()).unwrap().to_string() + "\n"
}

/// A run whose rows are not read yet, so that it waits in the middle of its work.
fn waiting(arguments: &[&str]) -> Child {
    let mut child = command(arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut first = [0; 1];
    child.stdout.as_mut().unwrap().read_exact(&mut first).unwrap();
    assert_eq!(first, *b"{");
    // The run goes on until the pipe is full.
    std::thread::sleep(Duration::from_millis(300));
    assert_eq!(child.try_wait().unwrap(), None);
    child
}

/// Reads the rows, and counts them by kind.
fn rest(child: Child) -> (Run, usize, Vec<Value>) {
    let run: Run = child.wait_with_output().unwrap().into();
    let first = format!("{{{}", run.stdout);
    let records: Vec<Value> = first.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let documents = records.iter().filter(|record| record["record"] == "document").count();
    let failures = records.into_iter().filter(|record| record["record"] == "failure").collect();
    (run, documents, failures)
}

#[test]
fn a_file_that_shrinks_while_it_is_read_fails_where_it_ends() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("lines.jsonl");
    fs::write(&path, line().repeat(DOCUMENTS)).unwrap();
    let whole = DOCUMENTS - 500;
    let child = waiting(&["report", path.to_str().unwrap(), "-f", "jsonl", "--inline"]);
    let cut = line().len() * whole + 100;
    OpenOptions::new().write(true).open(&path).unwrap().set_len(u64::try_from(cut).unwrap()).unwrap();
    let (run, documents, failures) = rest(child);
    assert_eq!((documents, failures.len()), (whole, 1), "{:?}", run.stderr);
    assert_eq!(failures[0]["line"], whole + 1);
    assert!(failures[0]["source"].as_str().unwrap().ends_with("lines.jsonl"));
    assert_eq!(run.code, 0, "failures of documents are rows: {:?}", run.stderr);
}

#[test]
fn a_file_that_vanishes_or_grows_while_it_is_read_is_read_to_its_end() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("lines.jsonl");
    fs::write(&path, line().repeat(DOCUMENTS)).unwrap();
    let child = waiting(&["report", path.to_str().unwrap(), "-f", "jsonl", "--inline"]);
    std::io::Write::write_all(&mut OpenOptions::new().append(true).open(&path).unwrap(), line().as_bytes()).unwrap();
    fs::remove_file(&path).unwrap();
    let (run, documents, failures) = rest(child);
    assert_eq!((run.code, documents, failures.len()), (0, DOCUMENTS + 1, 0), "{:?}", run.stderr);
}

#[test]
fn files_that_vanish_from_a_folder_are_failures_by_name() {
    let folder = tempfile::tempdir().unwrap();
    let path = |number: usize| folder.path().join(format!("{number:05}.json"));
    (0..DOCUMENTS).for_each(|number| fs::write(path(number), line()).unwrap());
    let child = waiting(&["report", folder.path().to_str().unwrap(), "-f", "jsonl", "--inline"]);
    let gone = DOCUMENTS - 10..DOCUMENTS;
    gone.clone().for_each(|number| fs::remove_file(path(number)).unwrap());
    let (run, documents, failures) = rest(child);
    assert_eq!((run.code, documents), (3, DOCUMENTS - gone.len()), "{:?}", run.stderr);
    let named: Vec<_> = failures.iter().map(|failure| failure["source"].as_str().unwrap().to_owned()).collect();
    assert_eq!(named, gone.map(|number| path(number).to_str().unwrap().to_owned()).collect::<Vec<_>>());
    assert!(run.stderr.contains("cannot be read"), "{:?}", run.stderr);
}

/// Nobody, not even root, can read the first bytes of a process's memory.
#[cfg(target_os = "linux")]
#[test]
fn what_cannot_be_read_in_a_folder_is_a_failure_by_name_and_the_rest_is_read() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    fs::copy(LICENSE, path("a.json")).unwrap();
    fs::copy(LICENSE, path("z.json")).unwrap();
    std::os::unix::fs::symlink("/proc/self/mem", path("m.json")).unwrap();
    std::os::unix::fs::symlink(".", path("again")).unwrap();
    let run = seatline(&["report", folder.path().to_str().unwrap(), "-f", "json"]);
    assert_eq!(run.code, 3, "{run:?}");
    let report = run.json();
    let names = |list: &str| -> Vec<String> {
        let all = report[list].as_array().unwrap().iter();
        all.map(|each| each["source"].as_str().unwrap().rsplit('/').next().unwrap().to_owned()).collect()
    };
    assert_eq!(names("licenses"), ["a.json", "z.json"]);
    assert_eq!(names("failures"), ["again", "m.json"], "{report}");
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let mut names: Vec<_> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn a_full_disk_leaves_the_file_as_it_was() {
    let folder = tempfile::tempdir().unwrap();
    for (arguments, file) in [
        (&["report", LICENSE][..], "out.json"),
        (&["report", LICENSE], "out.jsonl"),
        (&["report", LICENSE], "out.csv"),
        (&["report", LICENSE], "out.html"),
        (&["report", LICENSE], "out.xlsx"),
        (&["timeline", LICENSE], "out.ics"),
        (&["check", "samples/faulty.json", "--no-policy"], "out.sarif"),
        (&["preflight", "samples/renewal/new.json", "--over", "samples/renewal/old.json", "--no-policy"], "out.json"),
    ] {
        let path = folder.path().join(file);
        fs::write(&path, "old").unwrap();
        let out = path.to_str().unwrap();
        let run = on_a_full_disk(&command(&[arguments, &["--as-of", "2019-01-01", "-o", out]].concat()), 1);
        assert_eq!((run.code, run.stdout.as_str()), (2, ""), "{file}: {run:?}");
        assert!(run.stderr.contains(&format!("{out}: cannot be written")), "{file}: {run:?}");
        assert_eq!((fs::read_to_string(&path).unwrap().as_str(), names(folder.path())), ("old", vec![file.to_owned()]));
        fs::remove_file(&path).unwrap();
    }
}

#[test]
fn a_reader_that_goes_away_in_the_middle_is_no_error() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("lines.jsonl");
    fs::write(&path, line().repeat(DOCUMENTS)).unwrap();
    for format in ["jsonl", "csv"] {
        let mut run = command(&["report", path.to_str().unwrap(), "-f", format]);
        let mut child = run.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut some = [0; 1000];
        child.stdout.as_mut().unwrap().read_exact(&mut some).unwrap();
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        assert_eq!((output.status.code(), output.stderr.as_slice()), (Some(0), &b""[..]), "{format}");
    }
}

#[test]
fn a_full_standard_output_is_named_in_every_format() {
    for format in ["table", "json", "jsonl", "csv", "html"] {
        let full = OpenOptions::new().write(true).open("/dev/full").unwrap();
        let run: Run = command(&["report", LICENSE, "-f", format]).stdout(full).output().unwrap().into();
        assert_eq!(run.code, 2, "{format}: {run:?}");
        assert!(run.stderr.starts_with("error: stdout: cannot be written"), "{format}: {run:?}");
    }
}

/// A named pipe that nobody writes to at first stands for a large file.
#[test]
fn a_terminal_shows_what_is_being_read() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("large.json");
    let pipe = path.to_str().unwrap();
    assert!(Command::new("mkfifo").arg(&path).status().unwrap().success());
    for (more, is_shown) in [(&["-f", "table"][..], true), (&["-f", "json"], true), (&["-q"], false)] {
        let target = path.clone();
        let writer = std::thread::spawn(move || {
            let mut file = OpenOptions::new().write(true).open(target).unwrap();
            std::thread::sleep(Duration::from_millis(2_000));
            std::io::Write::write_all(&mut file, line().as_bytes()).unwrap();
        });
        let run = command(&[&["report", pipe, "--as-of", "2019-01-01"], more].concat());
        let (code, shown) = on_a_terminal(&run, "");
        writer.join().unwrap();
        assert_eq!(code, 0, "{shown}");
        let said = shown.find(&format!("{pipe}: reading ..."));
        assert_eq!(said.is_some(), is_shown, "{shown:?}");
        // The line of progress is gone before the answer is written.
        let answer = shown.find("creatorUT").unwrap();
        assert!(said.is_none_or(|said| said < answer && shown[said..answer].contains("\r\u{1b}[2K")), "{shown:?}");
    }
    // A quick run shows no progress.
    let (code, shown) = on_a_terminal(&command(&["report", "samples", "--as-of", "2019-01-01"]), "");
    assert_eq!(code, 0, "{shown}");
    assert!(!shown.contains("reading ..."), "{shown:?}");
}
