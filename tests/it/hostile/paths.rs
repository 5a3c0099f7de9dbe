//! Files and folders that are missing, or have deceiving names.

use std::fs;
use std::path::Path;

use serde_json::Value;

use super::FORMATS;
use super::case::{ENTRY, SECRET, license};
#[cfg(unix)]
use super::outcome::Outcome;
use super::outcome::run;

const LIST: &str = r#"{"userTypes":[{"id":"creatorUT"}]}"#;

/// Runs `report` in every format, and expects this exit code and this number of errors on stderr.
fn reports(arguments: &[&str], path: &Path, exit_code: i32, errors: usize) -> Value {
    for format in FORMATS {
        let arguments = [&["report", "-f", format], arguments].concat();
        let outcome = run(&arguments, path, None);
        assert_eq!(outcome.faults(errors, exit_code), Vec::<String>::new(), "{format}");
    }
    run(&[&["report", "-f", "json"], arguments].concat(), path, None).json().unwrap_or_default()
}

fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        fs::write(folder.path().join(name), text).unwrap();
    }
    folder
}

#[test]
fn a_missing_file_cannot_be_read() {
    let folder = folder(&[]);
    let report = reports(&[], &folder.path().join("missing.json"), 3, 1);
    assert_eq!(report["failures"][0]["code"], "cannot-read");
}

#[test]
fn a_folder_without_license_is_a_failure() {
    for files in [&[][..], &[("list.json", LIST)], &[("license.txt", LIST)]] {
        let report = reports(&[], folder(files).path(), 3, 1);
        assert_eq!(report["failures"][0]["code"], "no-license", "{files:?}");
    }
}

#[test]
fn a_folder_skips_what_is_known_and_reports_what_is_not() {
    let good = license(ENTRY);
    let error = r#"{"error":{"code":499,"message":"Token Required","details":[]}}"#;
    let known = folder(&[("a.json", &good), ("b.json", LIST), ("c.txt", SECRET)]);
    assert_eq!(reports(&[], known.path(), 0, 0)["licenses"].as_array().unwrap().len(), 1);
    let unknown = folder(&[("a.json", &good), ("b.json", SECRET), ("c.json", &good), ("d.json", "{}")]);
    let report = reports(&[], unknown.path(), 3, 2);
    assert_eq!(report["licenses"].as_array().unwrap().len(), 2);
    assert_eq!(report["failures"][0]["code"], "not-json");
    assert_eq!(report["failures"][1]["code"], "unknown-kind");
    let answers = folder(&[("a.json", &good), ("b.json", error), ("c.json", "<html></html>")]);
    reports(&[], answers.path(), 0, 0);
}

#[test]
fn an_administrator_list_that_is_none_is_a_failure() {
    let good = license(ENTRY);
    let truncated = format!("{LIST:.10}");
    let html = format!("<html>{SECRET}</html>");
    let odd = r#"{"userTypes":[{"id":"creatorUT"},{"id":7}]}"#;
    let lists = [(&good, "license document"), (&truncated, "not JSON"), (&html, "HTML"), (&odd.to_owned(), "id")];
    for (list, message) in lists {
        let folder = folder(&[("license.json", &good), ("list.txt", list)]);
        let (license, list) = (folder.path().join("license.json"), folder.path().join("list.txt"));
        let arguments = ["--admins", list.to_str().unwrap()];
        reports(&arguments, &license, 3, 1);
        let outcome = run(&[&["report"], &arguments[..]].concat(), &license, None);
        let stderr = String::from_utf8(outcome.stderr).unwrap();
        assert!(stderr.contains("list.txt") && stderr.contains(message), "{stderr} does not say {message:?}");
    }
    let folder = folder(&[("one.json", &good), ("two.json", &good), ("list.txt", LIST)]);
    let list = folder.path().join("list.txt");
    reports(&["--admins", list.to_str().unwrap()], folder.path(), 2, 1);
}

/// Other systems do not allow such a name of a file.
#[cfg(unix)]
#[test]
fn the_name_of_a_file_is_as_untrusted_as_its_bytes() {
    for name in
        ["=1+1.json", "@x\u{202e}.json", "\u{1b}[2J.json", "a\nb.json", "\u{9b}31m.json", "-x.json", "<script>.json"]
    {
        for (text, exit_code) in [(license(ENTRY), 0), (SECRET.to_owned(), 3), (LIST.to_owned(), 3), (license("7"), 0)]
        {
            let folder = folder(&[(name, &text)]);
            let errors = usize::from(exit_code == 3);
            reports(&[], folder.path(), exit_code, errors);
            let inside = |format| run_inside(folder.path(), format, name);
            inside("csv").csv_rows().unwrap();
            assert_eq!(inside("markdown").markdown_faults(), Vec::<String>::new(), "{name:?}");
            assert_eq!(inside("table").faults(errors, exit_code), Vec::<String>::new(), "{name:?}");
        }
    }
}

/// Runs `report` on a file in the working directory, so that the path begins with the name.
#[cfg(unix)]
fn run_inside(folder: &Path, format: &str, name: &str) -> Outcome {
    super::outcome::run_in(Some(folder), &["report", "-f", format, "--"], Path::new(name), None)
}
