//! The environment, beside the variables of options, which clap reads.

use std::ffi::OsString;

/// The value of a variable; an empty one is unset.
pub(crate) fn variable(name: &str) -> Option<OsString> {
    std::env::var_os(name).filter(|value| !value.is_empty())
}
