//! `seatline fit`, and the rules of `check` that need usage: numbers against a naive re-computation, every form of usage,
//! and what must not be counted.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    reason = "a test"
)]

#[path = "../common/mod.rs"]
mod common;

mod agreement;
mod case;
mod check;
mod files;
mod formats;
mod lists;
mod naive;
mod options;
mod sheets;
mod stories;
