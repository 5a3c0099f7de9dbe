//! A calendar (RFC 5545) of the days on which seats fall.

use icalendar::{Calendar, Component, Event, EventLike};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use crate::answers::{Page, TimelineItem, TimelineReport, TimelineStep};
use crate::license::ItemKind;
use crate::text::visible;

/// One all-day event per item and day on which its seats fall, in the zone of the page, and one for each reminder: so many
/// days before. Reminders are events, since subscribed calendars drop alarms. Identifiers stay the same from one run to the
/// next, so importing twice doubles nothing.
#[must_use]
pub fn timeline_ics(report: &TimelineReport, page: &Page, reminders: &[u32]) -> String {
    // A new one names the library as its maker, and a second PRODID is not allowed.
    let mut calendar = Calendar::empty();
    let properties = [("VERSION", "2.0"), ("PRODID", "-//seatline//seatline//EN"), ("CALSCALE", "GREGORIAN")];
    for property in properties {
        calendar.append_property(property);
    }
    calendar.name("ArcGIS Enterprise license");
    let several = report.licenses.len() > 1;
    for item in &report.items {
        let mut before = item.seats_before;
        let mut days: Vec<(&TimelineStep, Option<u64>)> = Vec::new();
        for step in &item.steps {
            let falls = match (before, step.seats) {
                (Some(before), Some(seats)) => seats < before,
                _ => !step.active,
            };
            // Of several falls on one day the last one tells what is left; what there was before the first stays.
            match days.last_mut() {
                Some((last, _)) if falls && page.zone.day(last.at) == page.zone.day(step.at) => *last = step,
                _ if falls => days.push((step, before)),
                _ => {}
            }
            before = step.seats;
        }
        for (step, before) in days {
            events(&mut calendar, item, step, before, page, reminders, several);
        }
    }
    calendar.done().to_string()
}

fn events(
    calendar: &mut Calendar,
    item: &TimelineItem,
    step: &TimelineStep,
    before: Option<u64>,
    page: &Page,
    reminders: &[u32],
    several: bool,
) {
    let Some(day) = page.zone.day(step.at) else { return };
    let id = visible(&item.id);
    let doubt = if step.certain { "" } else { " (not certain)" };
    let what = match (item.kind, before, step.seats) {
        (ItemKind::Capability, ..) | (_, None, _) | (_, _, None) => format!("{} {id} ends", item.kind.noun()),
        (_, Some(before), Some(0)) => format!("{} {id}: {before} seats end", item.kind.noun()),
        (_, Some(before), Some(seats)) => format!("{} {id}: {before} seats become {seats}", item.kind.noun()),
    };
    let description =
        format!("{what}{doubt} at {} ({})\n{}", page.zone.show(step.at), page.zone, visible(&item.source));
    let encoded = |text: &str| utf8_percent_encode(text, NON_ALPHANUMERIC).to_string();
    let source = if several { format!("{}-{}-", encoded(&item.source), item.document) } else { String::new() };
    let uid = format!("{source}{}-{}-{day}", item.kind, encoded(&item.id));
    let event = |uid: String, summary: String, day| {
        let mut event = Event::new();
        event.uid(&uid).summary(&summary).description(&description).starts(day);
        if let Some(stamp) = page.as_of.to_utc() {
            event.timestamp(stamp);
        }
        event.done()
    };
    calendar.push(event(format!("{uid}@seatline"), format!("{what}{doubt}"), day));
    for days in reminders {
        let Some(at) = day.checked_sub_days(chrono::Days::new((*days).into())) else { continue };
        let unit = if *days == 1 { "day" } else { "days" };
        let summary = format!("in {days} {unit}: {what}{doubt}");
        calendar.push(event(format!("{uid}-{days}@seatline"), summary, at));
    }
}
