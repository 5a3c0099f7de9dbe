//! `seatline fit`, and the rules of `check` that need usage: numbers against a naive computation, every form of
//! usage, and lists that must not be counted.

mod agreement;
mod built_in;
mod case;
mod check;
mod files;
mod formats;
mod lists;
mod naive;
mod options;
mod sheets;
mod stories;
mod verdicts;
