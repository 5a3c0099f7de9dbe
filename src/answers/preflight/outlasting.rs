//! Whether the old license outlasts the new one.

use crate::answers::preflight::subject::ImportSubject;
use crate::license::{Horizon, HorizonReason, ItemKind};
use crate::time::Instant;

/// The clause "; the old license goes on until 2029-12-31 12:00"; empty unless it ends later than the new one.
pub(super) fn old_goes_on(subject: &ImportSubject<'_>) -> String {
    let Some(old_license) = &subject.old_license else { return String::new() };
    let ends = match (subject.horizon.license_end, &subject.horizon.reason) {
        (Some(end), _) => Some(end),
        (None, HorizonReason::NoSeats(_)) => None,
        // The new license has no end.
        (None, _) => return String::new(),
    };
    let old = Horizon::new(&old_license.items, subject.as_of, subject.zone);
    let is_doubtful = |id: &str| {
        let timeline = old_license.timeline(ItemKind::UserType, id);
        timeline.is_some_and(|timeline| timeline.certain_until(subject.as_of).is_some())
    };
    match (old.license_end, &old.reason) {
        (Some(end), _) if ends.is_some_and(|own| end <= own) => String::new(),
        (Some(end), _) if end > Instant::YEAR_2100 => {
            format!("; no end of the old license is stated, perhaps perpetual ({})", subject.zone.show(end))
        }
        (Some(end), reason) => {
            let is_certain = !matches!(reason, HorizonReason::NotCertain(ItemKind::UserType, _));
            let doubt = if is_certain { "" } else { " (not certain: it can be read in more than one way)" };
            format!("; the old license goes on until {}{doubt}", subject.zone.show(end))
        }
        (None, HorizonReason::NoEnd(id)) if !is_doubtful(id) => {
            "; no end of the old license is stated, perhaps perpetual".to_owned()
        }
        (None, _) => String::new(),
    }
}
