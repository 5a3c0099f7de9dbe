//! The commands: each reads its inputs, makes an answer and writes it.

pub(super) mod admins;
pub(super) mod apply;
pub(super) mod check;
mod check_rows;
pub(super) mod diff;
pub(super) mod explain;
pub(super) mod extensions;
pub(super) mod fetch;
pub(super) mod fit;
pub(super) mod generate;
pub(super) mod moves;
mod moves_output;
pub(super) mod preflight;
pub(super) mod report;
pub(super) mod schema;
pub(super) mod timeline;
pub(super) mod why;
