//! Inputs, outputs, messages and exit codes.

pub(super) mod before;
mod busy;
pub(super) mod connect;
pub(super) mod credentials;
pub(super) mod exit;
mod hidden;
pub(super) mod inputs;
pub(super) mod links;
pub(super) mod messages;
pub(super) mod moved;
pub(super) mod output;
pub(super) mod pack;
pub(super) mod policy;
pub(super) mod progress;
pub(super) mod repository;
pub(super) mod resumable;
pub(super) mod same_file;
pub(super) mod staging;
pub(super) mod stream;
pub(super) mod streams;
pub(super) mod unread;
pub(super) mod usage;
pub(super) mod variable;
pub(super) mod wildcards;
