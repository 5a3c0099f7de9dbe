//! All integration tests in one program. They run `seatline` as a user does, and compare the library with oracles
//! that share no code with it.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice,
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    reason = "a test"
)]

mod admins;
mod check;
mod cli;
mod common;
mod consumers;
mod diff;
mod docs;
mod faults;
mod fit;
mod hostile;
mod house;
mod html;
mod in_memory;
mod inputs;
mod left_edge;
mod moves;
pub(crate) mod oracle;
mod packages;
mod portal;
mod preflight;
mod prices;
mod published;
mod read_back;
mod report;
mod snapshots;
mod timeline;
mod why;
mod workbook;
