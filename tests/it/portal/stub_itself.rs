//! The stub is held to what is published about portals, by a client of a few lines that says byte for byte what it sends.

mod client;
mod faults;
mod hosts;
mod license;
mod members;
mod moves;
mod sign_in;
mod tls;
