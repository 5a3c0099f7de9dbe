//! Costs: lists of prices in every form, costs compared with arithmetic of integers, and costs in every format.

mod certainly;
mod hostile;
mod missing;
mod naive;
mod said;
mod shown;
mod ways;

use std::fs;
use std::path::PathBuf;

/// The files that a test writes.
struct Files(tempfile::TempDir);

impl Files {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn add(&self, name: &str, bytes: impl AsRef<[u8]>) -> String {
        fs::write(self.path(name), bytes).unwrap();
        self.path(name).to_str().unwrap().to_owned()
    }
}
