//! Files for the program, and its answers about them.

use std::path::PathBuf;

use serde_json::{Value, json};

use crate::common::{Run, seatline};

/// 2020-09-13T12:26:40Z
pub(super) const BASE: i64 = 1_600_000_000_000;
pub(super) const HOUR: i64 = 3_600_000;

/// A folder that is removed after the test.
pub(super) struct Files(tempfile::TempDir);

impl Files {
    pub(super) fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    /// Writes a file, and gives its path.
    pub(super) fn add(&self, name: &str, content: impl AsRef<[u8]>) -> String {
        let path = self.path(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, content).unwrap();
        path.to_str().unwrap().to_owned()
    }

    pub(super) fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// A license with 5 Creators and 5 Viewers for ten hours from [`BASE`] on.
    pub(super) fn license(&self) -> String {
        let ids = ["creatorUT", "viewerUT"];
        let entry =
            |id: &str, seats: u64, hour: i64| json!({"id": id, "maxUsers": seats, "startDate": BASE + hour * HOUR});
        let entries: Vec<_> = ids.iter().flat_map(|id| [entry(id, 5, 0), entry(id, 0, 10)]).collect();
        let definitions: Vec<_> = ids.iter().map(|id| json!({"id": id, "name": id})).collect();
        let document =
            json!({"MyEsri": {"definitions": {"userTypes": definitions}, "provision": {"userTypes": entries}}});
        self.add("license.json", document.to_string())
    }
}

/// `seatline fit LICENSE` an hour after [`BASE`].
pub(super) fn fit(license: &str, arguments: &[&str]) -> Run {
    let as_of = (BASE + HOUR).to_string();
    seatline(&[&["fit", license, "--as-of", &as_of][..], arguments].concat())
}

/// The report of a run; it must be there, whether the members fit or not.
pub(super) fn report(license: &str, arguments: &[&str]) -> Value {
    let run = fit(license, &[arguments, &["-f", "json"]].concat());
    assert!(run.code <= 1, "{run:?}");
    run.json()
}

/// The assigned seats of a user type.
pub(super) fn assigned(report: &Value, id: &str) -> Value {
    item(report, id)["assigned"].clone()
}

pub(super) fn item<'v>(report: &'v Value, id: &str) -> &'v Value {
    report["items"].as_array().unwrap().iter().find(|item| item["id"] == id).unwrap_or(&Value::Null)
}

/// Asserts that the run refused its input: one line that contains all of `parts`, and no numbers. JSON says that
/// nothing is known.
pub(super) fn assert_refused(run: &Run, parts: &[&str]) {
    assert_eq!(run.code, 3, "{parts:?}: {run:?}");
    if !run.stdout.is_empty() {
        let report = run.json();
        let items = report.get("items").is_none_or(|items| *items == json!([]));
        assert!(items && report["fits"].is_null(), "{run:?}");
        assert!(!report["failures"].as_array().unwrap().is_empty(), "{run:?}");
    }
    assert_eq!(run.stderr.lines().count(), 1, "{run:?}");
    for part in parts {
        assert!(run.stderr.contains(part), "{part}: {run:?}");
    }
}
