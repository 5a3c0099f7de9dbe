//! What `seatline check` finds, and how it tells it: every rule on its fixtures, every format read back by somebody else.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test")]

#[path = "../common/mod.rs"]
mod common;
mod exit_codes;
mod fixtures;
mod formats;
mod policy;
mod regions;
mod regressions;
mod secrets;
