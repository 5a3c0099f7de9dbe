//! What `seatline check` finds, and how it tells it: every rule on its fixtures, every format read back by somebody else.

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
