//! What a page of text depends on besides its content.

use crate::time::{Instant, Zone};

/// What a page of text depends on besides its content.
#[derive(Clone, Copy, Debug)]
pub struct Page {
    /// For all dates and days.
    pub zone: Zone,
    /// The instant that is spoken of.
    pub as_of: Instant,
    /// How many columns there are; `None` for as many as needed.
    pub width: Option<u16>,
    /// Whether colours may be used.
    pub color: bool,
}
