//! `timeline` as a calendar of the days on which seats fall.

use std::collections::BTreeMap;

use crate::answers::calendar::{Calendar, Happening, Portals};
use crate::answers::{Page, TimelineItem, TimelineLicense, TimelineReport, phrase};
use crate::layout::ics::{self, CalendarEvent};
use crate::license::ItemKind;
use crate::seats::Step;
use crate::text::visible;
use crate::time::Instant;

/// A calendar with one event for each license, day and cause. The identifier of an event is the same in every run, so
/// that a second import adds no second event; events of two portals never have the same identifier.
#[must_use]
pub fn timeline_ics(report: &TimelineReport, page: &Page, calendar: &Calendar) -> String {
    let mut events = Vec::new();
    let mut portals = Portals::of(calendar);
    for license in &report.licenses {
        let items = report.items.get(license.rows.clone()).unwrap_or_default();
        let mut days: BTreeMap<(i64, CalendarCause), Vec<CalendarChange<'_>>> = BTreeMap::new();
        for change in items.iter().flat_map(|item| changes(item, report)) {
            days.entry((change.at.utc_day(), change.cause)).or_default().push(change);
        }
        let identity = portals.identity(&license.origin.source, &license.origin.file, license.origin.document);
        for ((_, cause), changes) in days {
            events.extend(of_day(&identity, license, cause, &changes, page, calendar));
        }
    }
    ics::calendar(&calendar.title(), page.as_of, &events)
}

/// The cause for which an item stands in the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum CalendarCause {
    End,
    Gap,
    Fall,
}

impl CalendarCause {
    const fn as_str(self) -> &'static str {
        match self {
            Self::End => "end",
            Self::Gap => "gap",
            Self::Fall => "fall",
        }
    }
}

/// The change of an item on a day on which its seats fall, for a time or for good.
struct CalendarChange<'r> {
    item: &'r TimelineItem,
    cause: CalendarCause,
    /// The first instant of the day at which the seats fall.
    at: Instant,
    before: u64,
    lowest: u64,
    /// The seats at the end of the day.
    last: u64,
    /// For a gap: the step with which there are seats again.
    back: Option<Step>,
    /// For a gap that ends on the same day: the instant at which there are no seats once more.
    again: Option<Instant>,
    certain: bool,
}

/// The changes of an item on each day in UTC on which its seats fall, each with the fewest seats of that day. Days are
/// looked at as a whole, even where the window begins or ends within one: the event of a day does not depend on the
/// time of the run.
fn changes<'r>(item: &'r TimelineItem, report: &TimelineReport) -> Vec<CalendarChange<'r>> {
    let in_window =
        |step: &Step| report.from.is_none_or(|from| from <= step.at) && report.to.is_none_or(|to| step.at <= to);
    let mut changes = Vec::new();
    let mut before = 0;
    for steps in item.timeline.steps().chunk_by(|one, next| one.at.utc_day() == next.at.utc_day()) {
        let last = steps.last().map_or(before, |step| step.seats);
        let fall = steps.iter().find(|step| step.seats < before).filter(|_| steps.iter().any(in_window));
        let lowest = steps.iter().min_by_key(|step| step.seats);
        if let (Some(fall), Some(lowest)) = (fall, lowest) {
            let ends = steps.iter().any(|step| Some(step.at) == item.final_end);
            let cause = match lowest.seats {
                _ if ends => CalendarCause::End,
                0 => CalendarCause::Gap,
                _ => CalendarCause::Fall,
            };
            let back = item.timeline.next_change(lowest.at).filter(|_| cause == CalendarCause::Gap);
            let again = steps.iter().find(|step| step.seats == 0 && back.is_some_and(|back| step.at > back.at));
            let until = steps.last().map_or(fall.at, |step| step.at);
            let doubt = item.timeline.certain_until(fall.at.min(report.as_of));
            changes.push(CalendarChange {
                item,
                cause,
                at: fall.at,
                before,
                lowest: lowest.seats,
                last,
                back,
                again: again.map(|step| step.at),
                certain: doubt.is_none_or(|from| from > until),
            });
        }
        before = last;
    }
    changes
}

impl CalendarChange<'_> {
    fn name(&self) -> &str {
        let TimelineItem { id, name, known_as, .. } = self.item;
        name.as_deref().or(known_as.as_deref()).unwrap_or(id)
    }

    /// The change in short: "Creator 200 → 0".
    fn short(&self, page: &Page) -> String {
        let numbers = match self.item.kind {
            ItemKind::Capability => String::new(),
            _ => format!(" {} → {}", self.before, self.lowest),
        };
        let back = self.back.map_or_else(String::new, |back| format!(" until {}", page.zone.show(back.at)));
        format!("{}{numbers}{back}", visible(self.name()))
    }

    /// The change in full: "user type Creator (creatorUT): 200 → 0 at 2026-12-31 12:00".
    fn long(&self, page: &Page) -> String {
        let TimelineItem { kind, id, name, known_as, .. } = self.item;
        let (name, known_as) = phrase::name(name.as_deref(), known_as.as_deref());
        let name = Some(format!("{name}{known_as}")).filter(|whole| !whole.is_empty() && name != id);
        let what = name.map_or_else(|| id.clone(), |name| format!("{name} ({id})"));
        let numbers = match (kind, self.cause) {
            (ItemKind::Capability, CalendarCause::End) => "ends".to_owned(),
            (ItemKind::Capability, _) => "none".to_owned(),
            _ => format!("{} → {}", self.before, self.lowest),
        };
        let back = self.back.map_or_else(String::new, |back| {
            let seats = if *kind == ItemKind::Capability { String::new() } else { format!(", then {}", back.seats) };
            format!(" until {}{seats}", page.zone.show(back.at))
        });
        let again = self.again.map_or_else(String::new, |at| format!("; none again at {}", page.zone.show(at)));
        let rises = self.cause == CalendarCause::Fall && self.last != self.lowest;
        let later = if rises { format!("; {} at the end of the day", self.last) } else { String::new() };
        let doubt = if self.certain { "" } else { " (not certain)" };
        let what = visible(&what);
        format!("{} {what}: {numbers} at {}{back}{again}{later}{doubt}", kind.noun(), page.zone.show(self.at))
    }
}

/// The event for a day and a cause, and its reminders.
fn of_day(
    identity: &str,
    license: &TimelineLicense,
    cause: CalendarCause,
    changes: &[CalendarChange<'_>],
    page: &Page,
    calendar: &Calendar,
) -> Vec<CalendarEvent> {
    let first = changes.iter().map(|change| change.at).min();
    let Some((first, day)) = first.and_then(|first| Some((first, page.zone.day(first)?))) else { return Vec::new() };
    let doubt = if changes.iter().all(|change| change.certain) { "" } else { " (not certain)" };
    let lines = changes.iter().map(|change| change.long(page));
    let about = format!("{}, {}", license.origin.file, license.origin.what());
    let about = format!("{}; times in {}, as of {}", visible(&about), page.zone, page.zone.show(page.as_of));
    let happening = Happening {
        identity: identity.to_owned(),
        cause: cause.as_str(),
        first: first.epoch_ms().to_string(),
        day,
        summary: format!("{}: {}{doubt}", calendar.portal(&license.origin.source), summary(cause, changes, page)),
        description: lines.chain([about]).collect::<Vec<_>>().join("\n"),
    };
    happening.events(&calendar.reminders)
}

/// The title of an event: "12 items end, among them Creator 200 → 0".
fn summary(cause: CalendarCause, changes: &[CalendarChange<'_>], page: &Page) -> String {
    let Some(first) = changes.first() else { return String::new() };
    let (one, many) = match cause {
        CalendarCause::End => ("ends", "end"),
        CalendarCause::Gap => ("has a gap", "have a gap"),
        CalendarCause::Fall => ("falls", "fall"),
    };
    match changes.len() {
        1 => {
            let short = first.short(page);
            format!("{} {one}: {short}", first.item.kind.noun())
        }
        count => format!("{count} items {many}, among them {}", first.short(page)),
    }
}
