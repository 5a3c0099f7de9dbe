//! The day on which a license ends, as far as its items agree.

use std::collections::BTreeMap;

use crate::license::{Item, ItemKind};
use crate::time::{Instant, Zone};

/// The earliest end on the calendar day in `zone` on which more than half of the items with an end after `as_of` end. `None` for
/// a single item.
#[must_use]
pub fn common_end(items: &[Item<'_>], as_of: Instant, zone: Zone) -> Option<Instant> {
    let mut days: BTreeMap<_, (usize, Instant)> = BTreeMap::new();
    let mut count = 0;
    for item in items.iter().filter(|item| item.kind != ItemKind::Capability) {
        let Some(end) = item.timeline.final_end().filter(|end| *end > as_of) else { continue };
        count += 1;
        let (times, earliest) = days.entry(zone.day(end)).or_insert((0, end));
        *times += 1;
        *earliest = end.min(*earliest);
    }
    days.into_values().find(|(times, _)| *times > 1 && *times * 2 > count).map(|(_, earliest)| earliest)
}
