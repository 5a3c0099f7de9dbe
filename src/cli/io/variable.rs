//! Environment variables other than those of options, which clap reads.

use std::ffi::OsString;

/// The value of a variable; `None` where it is unset or empty.
pub(crate) fn variable(name: &str) -> Option<OsString> {
    std::env::var_os(name).filter(|value| !value.is_empty())
}
