//! A small portal in files, on which the program runs.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use crate::common::{Run, assert_schema, seatline};

/// The day of every run.
pub(crate) const DAY: &str = "2027-01-01";
const BEGIN: i64 = 1_600_000_000_000;

/// A license that gives these seats at any time.
pub(crate) fn license(seats: &[(&str, u64)]) -> String {
    let entries: Vec<_> =
        seats.iter().map(|(id, seats)| json!({"id": id, "maxUsers": seats, "startDate": BEGIN})).collect();
    license_of(&entries)
}

pub(crate) fn license_of(entries: &[Value]) -> String {
    json!({"MyEsri": {"version": "11.1", "provision": {"userTypes": entries}}}).to_string()
}

/// Files in a folder of their own.
pub(crate) struct Portal {
    folder: tempfile::TempDir,
}

impl Portal {
    /// Members as `username,userLicenseTypeId,role`, without role where it is empty; moves as `username,userType`.
    pub(crate) fn new(seats: &[(&str, u64)], members: &[&str], moves: &[&str]) -> Self {
        let portal = Self { folder: tempfile::tempdir().unwrap() };
        portal.write("license.json", &license(seats));
        portal.write("members.csv", &format!("username,userLicenseTypeId,role\n{}\n", members.join("\n")));
        portal.write("moves.csv", &format!("username,userType\n{}\n", moves.join("\n")));
        portal
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn name(&self, name: &str) -> String {
        self.path(name).to_str().unwrap().to_owned()
    }

    pub(crate) fn write(&self, name: &str, text: &str) -> String {
        fs::write(self.path(name), text).unwrap();
        self.name(name)
    }

    pub(crate) fn exists(&self, name: &str) -> bool {
        Path::new(&self.path(name)).exists()
    }

    /// Runs `seatline moves` with the license, the members and these arguments.
    pub(crate) fn run(&self, arguments: &[&str]) -> Run {
        let (license, members) = (self.name("license.json"), self.name("members.csv"));
        seatline(&[&["moves", &license, "--members", &members, "--as-of", DAY][..], arguments].concat())
    }

    /// As [`Self::run`], with the file of moves.
    pub(crate) fn moves(&self, arguments: &[&str]) -> Run {
        let moves = self.name("moves.csv");
        self.run(&[&["--moves", &moves][..], arguments].concat())
    }

    /// The report of that run, which is valid by its schema.
    pub(crate) fn report(&self, arguments: &[&str]) -> Value {
        let run = self.moves(&[arguments, &["-f", "json"]].concat());
        report_of(&run)
    }
}

pub(crate) fn report_of(run: &Run) -> Value {
    let report = run.json();
    assert_schema("moves", &report);
    assert_eq!((run.code, report["possible"] == true), (if run.code == 0 { 0 } else { 1 }, run.code == 0), "{run:?}");
    assert_eq!(report["possible"] == false, report["problems"].as_array().is_some_and(|list| !list.is_empty()));
    report
}

/// Codes and messages of the problems.
pub(crate) fn problems(report: &Value) -> Vec<(&str, &str)> {
    let list = report["problems"].as_array().unwrap().iter();
    list.map(|problem| (problem["code"].as_str().unwrap(), problem["message"].as_str().unwrap())).collect()
}
