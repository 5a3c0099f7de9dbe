//! `timeline` as a calendar of the days on which seats fall.

use std::collections::BTreeMap;
use std::rc::Rc;

use crate::answers::calendar::{Calendar, EventLicense, Happening, day};
use crate::answers::{Page, TimelineItem, TimelineLicense, TimelineReport, phrase};
use crate::layout::ics;
use crate::license::ItemKind;
use crate::seats::Step;
use crate::text::visible;
use crate::time::Instant;

/// A calendar with one event for each license, day and cause. The identifier of an event is the same in every run, so
/// that a second import adds no second event; events of two portals never have the same identifier.
#[must_use]
pub fn timeline_ics(report: &TimelineReport, page: &Page, calendar: &Calendar) -> String {
    let mut happenings = Vec::new();
    for license in &report.licenses {
        let items = report.items.get(license.rows.clone()).unwrap_or_default();
        let mut days: BTreeMap<(i64, CalendarCause), Vec<CalendarChange<'_>>> = BTreeMap::new();
        let told = |change: &CalendarChange<'_>| !change.is_perhaps_never();
        for change in items.iter().flat_map(|item| changes(item, report.as_of)).filter(told) {
            days.entry((change.fall.at.utc_day(), change.cause)).or_default().push(change);
        }
        let origin = &license.origin;
        let of_license = calendar.license(&origin.source, &origin.file, origin.fetched_at.as_deref(), origin.document);
        for ((_, cause), changes) in days {
            // A day is taken as a whole, even where the window begins or ends within it, so that the event does not
            // depend on the time of the run.
            if changes.iter().any(|change| change.is_in(report.from, report.to)) {
                happenings.extend(of_day(&of_license, license, cause, &changes, page, calendar));
            }
        }
    }
    ics::calendar(&calendar.title(), page.as_of, &calendar.events(happenings, page))
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

/// The change of an item on a day in UTC on which its seats fall.
struct CalendarChange<'r> {
    item: &'r TimelineItem,
    cause: CalendarCause,
    /// The seats just before the first fall of the day.
    before: u64,
    /// The first step of the day to fewer seats.
    fall: Step,
    /// The steps of the day after `fall`.
    later: &'r [Step],
    /// The first step, from `fall` on, to the fewest seats of the day.
    lowest: Step,
    /// The step with which there are seats again, where there are none at the end of the day and some later.
    back: Option<Step>,
    certain: bool,
}

/// The changes of an item, one for each day on which its seats fall.
fn changes(item: &TimelineItem, as_of: Instant) -> Vec<CalendarChange<'_>> {
    let mut changes = Vec::new();
    let mut before = 0;
    for steps in item.timeline.steps().chunk_by(|one, next| one.at.utc_day() == next.at.utc_day()) {
        let mut left = steps;
        while let [step, later @ ..] = left {
            if step.seats < before {
                changes.push(CalendarChange::new(item, before, *step, later, as_of));
                break;
            }
            before = step.seats;
            left = later;
        }
        before = steps.last().map_or(before, |step| step.seats);
    }
    changes
}

impl<'r> CalendarChange<'r> {
    fn new(item: &'r TimelineItem, before: u64, fall: Step, later: &'r [Step], as_of: Instant) -> Self {
        let lowest = later.iter().fold(fall, |lowest, step| if step.seats < lowest.seats { *step } else { lowest });
        let last = later.last().copied().unwrap_or(fall);
        let cause = match lowest.seats {
            _ if Some(last.at) == item.final_end => CalendarCause::End,
            0 => CalendarCause::Gap,
            _ => CalendarCause::Fall,
        };
        let back = item.timeline.next_change(last.at).filter(|_| last.seats == 0);
        let doubt = item.timeline.certain_until(fall.at.min(as_of));
        let certain = doubt.is_none_or(|from| from > back.unwrap_or(last).at);
        Self { item, cause, before, fall, later, lowest, back, certain }
    }

    /// Whether a step of the day lies in the window.
    fn is_in(&self, from: Option<Instant>, to: Option<Instant>) -> bool {
        self.steps().any(|step| from.is_none_or(|from| from <= step.at) && to.is_none_or(|to| step.at <= to))
    }

    /// The steps of the day, from the first fall on.
    fn steps(&self) -> impl Iterator<Item = Step> {
        std::iter::once(self.fall).chain(self.later.iter().copied())
    }

    /// Whether it is an end so late that it may mean "never", or on the last day of the calendar.
    fn is_perhaps_never(&self) -> bool {
        // The day after the last of the calendar cannot be written, and an event ends there.
        let ends_after_the_calendar = self.fall.at.utc_day() == Instant::END_OF_CALENDAR.utc_day();
        ends_after_the_calendar || (self.cause == CalendarCause::End && self.lowest.at > Instant::YEAR_2100)
    }

    fn name(&self) -> &str {
        let TimelineItem { id, name, known_as, .. } = self.item;
        name.as_deref().or(known_as.as_deref()).unwrap_or(id)
    }

    /// The change in short: "Creator 200 → 0", with the end of a gap.
    fn short(&self, page: &Page) -> String {
        let numbers = match self.item.kind {
            ItemKind::Capability => String::new(),
            _ => format!(" {} → {}", self.before, self.lowest.seats),
        };
        let until = match self.cause {
            CalendarCause::Gap => self.gap(page),
            CalendarCause::End | CalendarCause::Fall => String::new(),
        };
        format!("{}{numbers}{until}", visible(self.name()))
    }

    /// The end of the first gap of the day: " until 2027-01-15 04:00".
    fn gap(&self, page: &Page) -> String {
        let back = self.item.timeline.next_change(self.lowest.at);
        let again = self.steps().find(|step| step.seats == 0 && step.at > self.lowest.at);
        let back = back.map_or_else(String::new, |back| format!(" until {}", page.zone.show(back.at)));
        let again = again.map_or_else(String::new, |again| format!(", and again from {}", page.zone.show(again.at)));
        format!("{back}{again}")
    }

    /// The change in full: "user type Creator (creatorUT): 10 → 3 at 2026-12-31 06:00, then 20 at 2026-12-31 09:00".
    fn long(&self, page: &Page) -> String {
        let TimelineItem { kind, id, name, known_as, .. } = self.item;
        let own = name.as_deref().or(known_as.as_deref());
        let (name, known_as) = phrase::name(own, known_as.as_deref());
        let name = Some(format!("{name}{known_as}")).filter(|whole| !whole.is_empty() && name != id);
        let what = name.map_or_else(|| id.clone(), |name| format!("{name} ({id})"));
        let steps = self.steps().chain(self.back).map(|step| {
            let seats = match kind {
                ItemKind::Capability if Some(step.at) == self.item.final_end => "ends".to_owned(),
                ItemKind::Capability if step.seats == 0 => "none".to_owned(),
                ItemKind::Capability => "back".to_owned(),
                _ if step == self.fall => format!("{} → {}", self.before, step.seats),
                _ => step.seats.to_string(),
            };
            format!("{seats} at {}", page.zone.show(step.at))
        });
        let steps = steps.collect::<Vec<_>>().join(", then ");
        let doubt = if self.certain { "" } else { " (not certain)" };
        format!("{} {}: {steps}{doubt}", kind.noun(), visible(&what))
    }
}

/// The event for a day and a cause; `None` where the day is beyond the calendar.
fn of_day(
    of_license: &Rc<EventLicense>,
    license: &TimelineLicense,
    cause: CalendarCause,
    changes: &[CalendarChange<'_>],
    page: &Page,
    calendar: &Calendar,
) -> Option<Happening> {
    let first = changes.iter().map(|change| change.fall.at).min()?;
    let named_is_certain = changes.first().is_none_or(|change| change.certain);
    let doubt = match changes.iter().all(|change| change.certain) {
        true => "",
        false if named_is_certain => "; some not certain",
        false => " (not certain)",
    };
    let lines = changes.iter().map(|change| change.long(page));
    let about = format!("{}, {}", license.origin.file, license.origin.what());
    let about = format!("{}; times in {}, as of {}", visible(&about), page.zone, page.zone.show(page.as_of));
    Some(Happening {
        license: Rc::clone(of_license),
        cause: cause.as_str(),
        on: first.utc_day().to_string(),
        day: day(page, first)?,
        summary: format!("{}: {}{doubt}", calendar.portal(&license.origin.source), summary(cause, changes, page)),
        description: lines.chain([about]).collect::<Vec<_>>().join("\n"),
    })
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
