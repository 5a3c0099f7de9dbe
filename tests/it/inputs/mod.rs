//! What people really hold: every file of `tests/fixtures/inputs` with the command a person would run, and its kin.

mod envelopes;
mod lines;
mod never;
mod odd;
mod wrong;

/// The path of a fixture.
fn fixture(name: &str) -> String {
    format!("tests/fixtures/inputs/{name}")
}
