//! The program and a portal: a stub that behaves as Esri's documentation says, and everything that can go wrong
//! between the two.

mod answers;
pub(crate) mod apply;
mod by_itself;
mod cookies;
mod extensions;
mod fetch;
mod hosts;
mod keys;
mod leaks;
mod members;
mod missing;
mod offline;
mod progress;
mod refused;
mod retries;
pub(crate) mod run;
mod saving;
mod searched;
mod secrets;
mod sign_in;
mod silence;
pub(crate) mod stub;
mod stub_itself;
mod tls;
mod usage;
mod ways;
