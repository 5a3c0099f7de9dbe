//! seatline for Python: the console script, and the functions that the module `seatline` is built on.

use std::ffi::OsString;
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use pyo3::prelude::*;
use pyo3::types::PyBytes;

/// The longest time until a Ctrl-C is noticed.
const SIGNALS: Duration = Duration::from_millis(100);

/// The native part of the module `seatline`.
#[pymodule]
mod _seatline {
    #[pymodule_export]
    use super::{answer, main};
}

/// Runs the program with these arguments, without its name. Documents in memory are read where their names stand.
///
/// Returns its exit code and what it wrote to stdout and to stderr. Other threads run meanwhile. After a Ctrl-C
/// nobody waits for the run any more.
#[pyfunction]
fn answer(
    py: Python<'_>,
    arguments: Vec<OsString>,
    documents: Vec<(String, Vec<u8>)>,
) -> PyResult<(u8, Py<PyBytes>, Py<PyBytes>)> {
    let (done, mut result) = mpsc::channel();
    thread::Builder::new().spawn(move || {
        // Where a Ctrl-C came meanwhile, nobody waits for the answer any more.
        let _ = done.send(seatline::cli::answer(with_name(arguments), documents));
    })?;
    loop {
        let (waited, rest) = py.detach(move || (result.recv_timeout(SIGNALS), result));
        result = rest;
        match waited {
            Ok(answer) => {
                let bytes = |bytes: &[u8]| PyBytes::new(py, bytes).unbind();
                return Ok((answer.exit_code, bytes(&answer.stdout), bytes(&answer.stderr)));
            }
            Err(mpsc::RecvTimeoutError::Timeout) => py.check_signals()?,
            Err(mpsc::RecvTimeoutError::Disconnected) => {
                return Err(pyo3::exceptions::PyRuntimeError::new_err("seatline ended without an answer"));
            }
        }
    }
}

/// Runs the program with these arguments, without its name, and returns its exit code.
#[pyfunction]
fn main(py: Python<'_>, arguments: Vec<OsString>) -> u8 {
    py.detach(|| seatline::cli::main(with_name(arguments)))
}

fn with_name(arguments: Vec<OsString>) -> Vec<OsString> {
    std::iter::once(OsString::from("seatline")).chain(arguments).collect()
}
