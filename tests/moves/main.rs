//! The order of moves, against searches that try everything; and `seatline moves` as users run it.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test")]

mod case;
#[path = "../common/mod.rs"]
mod common;
mod few;
mod formats;
mod inputs;
mod named;
mod oracle;
mod plans;
mod portal;
mod reasons;
mod refusals;
