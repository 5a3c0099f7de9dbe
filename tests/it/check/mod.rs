//! The findings of `seatline check`: every rule on its fixtures, and every format read back by an independent reader.

mod agents;
mod consumers;
mod exit_codes;
mod files;
mod fingerprints;
pub(crate) mod fixtures;
mod formats;
mod masks;
mod policy;
mod regions;
mod regressions;
mod secrets;
mod words;
