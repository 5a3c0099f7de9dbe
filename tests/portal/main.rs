//! The program and a portal: a stub that behaves as is published, and everything that can go wrong between the two.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice,
    reason = "a test"
)]

mod answers;
mod apply;
#[path = "../common/mod.rs"]
mod common;
mod fetch;
mod hosts;
mod members;
mod progress;
mod retries;
mod run;
mod saving;
mod secrets;
mod sign_in;
mod stub;
mod stub_itself;
mod tls;
mod usage;
