//! Tests of the stub: it behaves as Esri's documentation says of portals. A small client sends exact bytes.

mod client;
mod faults;
mod hosts;
mod license;
mod members;
mod moves;
mod sign_in;
mod tls;
