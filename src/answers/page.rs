//! The settings of a text for people.

use crate::time::{Instant, Zone};

/// The settings of a text for people: what its form depends on besides the answer.
#[derive(Clone, Copy, Debug)]
pub struct Page {
    /// The zone of all dates and days.
    pub zone: Zone,
    /// The as-of of the answer.
    pub as_of: Instant,
    /// The width in columns; `None` for as many as needed.
    pub width: Option<u16>,
    /// Whether colours may be used.
    pub color: bool,
}
