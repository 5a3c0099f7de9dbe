//! The fewest seats of an item later, in words.

use std::fmt::Write;

use crate::answers::Page;
use crate::answers::phrase::DOUBT;
use crate::answers::preflight::value::PreflightItem;
use crate::license::ItemKind;
use crate::time::Instant;

/// The fewest seats from the import on, marked where they are not certain.
pub(super) fn lowest(item: &PreflightItem, until: Option<Instant>, page: &Page) -> String {
    format!("{}{}", lowest_words(item, page), if is_lowest_doubtful(item, until, page) { DOUBT } else { "" })
}

/// Whether readings disagree about the fewest seats.
pub(super) fn is_lowest_doubtful(item: &PreflightItem, until: Option<Instant>, page: &Page) -> bool {
    // "Not fewer later" is a statement about all of the time looked at.
    let last = if is_less_later(item, page) { Some(item.lowest.at) } else { until };
    item.certain_until.is_some_and(|doubt| last.is_none_or(|last| doubt <= last))
}

fn is_less_later(item: &PreflightItem, page: &Page) -> bool {
    item.new.is_none_or(|new| item.lowest.seats < new) && item.lowest.at > page.as_of
}

/// The fewest seats: "60 from 2026-12-31 12:00", "none from 2027-03-01 00:00 to 2027-04-01 00:00, then 45".
pub(super) fn lowest_words(item: &PreflightItem, page: &Page) -> String {
    let is_less = is_less_later(item, page);
    match item.lowest.seats {
        0 if is_less => {
            let again = item.timeline.next_change(item.lowest.at);
            let again = again.map_or_else(String::new, |step| {
                let seats = if item.kind == ItemKind::Capability { "there".to_owned() } else { step.seats.to_string() };
                format!(" to {}, then {seats}{}", page.zone.show(step.at), after(item, step.at, page))
            });
            format!("none from {}{again}", page.zone.show(item.lowest.at))
        }
        seats if is_less && item.kind != ItemKind::Capability => {
            format!("{seats} from {}", page.zone.show(item.lowest.at))
        }
        _ => "not less".to_owned(),
    }
}

/// The words about the time after a gap: "; a second gap from 2027-03-01 00:00 to 2027-03-10 00:00, ends 2029-12-31
/// 12:00".
fn after(item: &PreflightItem, again: Instant, page: &Page) -> String {
    let mut gaps = item.timeline.gaps().filter(|gap| gap.from > again);
    let mut text = String::new();
    if let Some(gap) = gaps.next() {
        let _ = write!(text, "; a second gap from {} to {}", page.zone.show(gap.from), page.zone.show(gap.to));
    }
    if let more @ 1.. = gaps.count() {
        let _ = write!(text, " and {more} more");
    }
    let seats = item.timeline.seats_at(again);
    if item.timeline.steps().iter().any(|step| step.at > again && step.seats > 0 && step.seats < seats) {
        text.push_str(", fewer later");
    }
    if let Some(end) = item.timeline.final_end() {
        let _ = write!(text, ", ends {}", page.zone.show(end));
    }
    text
}
