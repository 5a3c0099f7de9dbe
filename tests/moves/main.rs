//! The order of moves, against searches that try everything.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test")]

mod case;
mod few;
mod named;
mod oracle;
mod reasons;
