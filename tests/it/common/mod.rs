//! Runs the program as a user does, without the variables of the environment that it reads.

mod calendar;
mod schema;

use std::ffi::OsString;
use std::io::Write;
use std::process::{Command, Output, Stdio};

use serde_json::Value;

pub(crate) use calendar::{events, sequence};
pub(crate) use schema::{SARIF, assert_schema, schema_faults};

/// The result of a run.
#[derive(Debug)]
pub(crate) struct Run {
    pub(crate) code: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Run {
    /// The JSON on stdout.
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.stdout).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }

    /// The words on stdout, without line breaks and columns.
    pub(crate) fn words(&self) -> String {
        words(&self.stdout)
    }
}

/// The words of a text, without its line breaks.
pub(crate) fn words(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A text in UTF-16 with a byte order mark, as PowerShell writes it.
pub(crate) fn utf16(text: &str) -> Vec<u8> {
    [0xFEFF].into_iter().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect()
}

impl From<Output> for Run {
    fn from(output: Output) -> Self {
        Self {
            code: output.status.code().unwrap_or(-1),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
        }
    }
}

/// The program that cargo has built, or, before a release, the one that is released.
fn program() -> OsString {
    std::env::var_os("SEATLINE_TEST_PROGRAM").unwrap_or_else(|| env!("CARGO_BIN_EXE_seatline").into())
}

/// The program, in the root of the repository, without the variables that it reads.
pub(crate) fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(program());
    command.args(arguments).current_dir(env!("CARGO_MANIFEST_DIR")).stdin(Stdio::null());
    for (name, _) in std::env::vars_os() {
        let name = name.to_string_lossy().into_owned();
        let is_proxy = name.to_ascii_lowercase().ends_with("_proxy");
        if name.starts_with("SEATLINE_") || name.starts_with("CLICOLOR") || name.starts_with("SSL_CERT_") || is_proxy {
            command.env_remove(name);
        }
    }
    for name in ["GITHUB_WORKSPACE", "GITHUB_STEP_SUMMARY", "CI_PROJECT_DIR"] {
        command.env_remove(name);
    }
    command.env_remove("NO_COLOR").env_remove("COLUMNS").env_remove("RUST_BACKTRACE");
    command
}

/// Runs a command on a full disk, imitated by a limit on the size of files, in blocks of 512 bytes. The signal of that
/// limit is ignored, so that writing fails as on a full disk.
#[cfg(unix)]
pub(crate) fn on_a_full_disk(command: &Command, blocks: u32) -> Run {
    let mut limited = Command::new("sh");
    limited.arg("-c").arg(format!(r#"trap '' XFSZ; ulimit -f {blocks} && exec "$@""#)).arg("sh");
    limited.arg(command.get_program()).args(command.get_args());
    limited.current_dir(command.get_current_dir().unwrap());
    for (name, value) in command.get_envs() {
        match value {
            Some(value) => limited.env(name, value),
            None => limited.env_remove(name),
        };
    }
    limited.output().unwrap().into()
}

pub(crate) fn seatline(arguments: &[&str]) -> Run {
    command(arguments).output().unwrap().into()
}

pub(crate) fn seatline_with_input(arguments: &[&str], input: &[u8]) -> Run {
    let mut child =
        command(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let input = input.to_vec();
    // The program may end before it has read its input.
    let writer = std::thread::spawn(move || drop(stdin.write_all(&input)));
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap();
    output.into()
}
