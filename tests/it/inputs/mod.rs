//! The files that people really have: every file of `tests/fixtures/inputs` with the command a user would run, and
//! similar files.

mod agreement;
mod built_in;
mod cases;
mod cuts;
mod documents;
mod envelopes;
mod forms;
mod lines;
mod named;
mod never;
mod odd;
mod organization;
mod samples;
mod unread;
mod wrong;

/// The path of a fixture.
fn fixture(name: &str) -> String {
    format!("tests/fixtures/inputs/{name}")
}

/// Writes a file, and gives its path.
pub(crate) fn write(folder: &tempfile::TempDir, name: &str, content: impl AsRef<[u8]>) -> String {
    let path = folder.path().join(name);
    std::fs::write(&path, content).unwrap();
    path.to_str().unwrap().to_owned()
}
