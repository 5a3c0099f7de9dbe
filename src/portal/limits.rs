//! How long, how often and how much.

use std::time::Duration;

/// Limits on time, repetition and size.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// The time from the connection to the last byte of the answer.
    pub timeout: Duration,
    /// The number of times that a request is sent again, if it may be repeated.
    pub retries: u32,
    /// The largest answer in bytes, after decompression.
    pub max_answer: u64,
    /// The most members that a list may have.
    pub max_members: u64,
    /// The time for reading all pages of a list.
    pub list_time: Duration,
}

/// The time within which a host that answers at all accepts a connection.
const LONGEST_CONNECT: Duration = Duration::from_secs(10);

impl Limits {
    /// The time within which a connection must be made. It is less than that for the whole request, so that a host
    /// that never answers is told from a slow one.
    pub(super) fn connect_timeout(&self) -> Duration {
        (self.timeout * 3 / 4).min(LONGEST_CONNECT)
    }
}
