//! A calendar of the days on which seats fall.

use std::collections::{BTreeMap, HashSet};
use std::path::{Component, Path, PathBuf};

use chrono::Days;
use uuid::Uuid;

use crate::answers::{Origin, Page, TimelineItem, TimelineLicense, TimelineReport, phrase, words};
use crate::layout::ics::{self, Event};
use crate::license::ItemKind;
use crate::text::visible;
use crate::time::Instant;

/// What a calendar depends on besides the timelines.
#[derive(Clone, Debug)]
pub struct Calendar {
    /// What the portal is called; without it, by the source or the file of its license.
    pub name: Option<String>,
    /// Reminders: so many days before each event. They are events, since subscribed calendars drop alarms.
    pub reminders: Vec<u32>,
    /// The working directory: the path of a file tells its portal from others.
    pub folder: PathBuf,
}

/// One event for each license, day and cause. Its identifier stays the same from one run to the next, so that importing
/// twice doubles nothing, and two portals have none in common.
#[must_use]
pub fn timeline_ics(report: &TimelineReport, page: &Page, calendar: &Calendar) -> String {
    let mut events = Vec::new();
    let mut identities = HashSet::new();
    for license in &report.licenses {
        let items = report.items.get(license.rows.clone()).unwrap_or_default();
        let mut days: BTreeMap<(i64, Cause), Vec<Change<'_>>> = BTreeMap::new();
        for change in items.iter().flat_map(changes) {
            days.entry((change.day, change.cause)).or_default().push(change);
        }
        let identity = identity(&license.origin, calendar, &mut identities);
        for ((_, cause), changes) in days {
            events.extend(of_day(&identity, license, cause, &changes, page, calendar));
        }
    }
    let name = calendar.name.as_deref().map_or_else(|| "ArcGIS Enterprise license".into(), visible);
    ics::calendar(&name, page.as_of, &events)
}

/// Why an item stands in a calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Cause {
    End,
    Gap,
    Fall,
}

impl Cause {
    const fn as_str(self) -> &'static str {
        match self {
            Self::End => "end",
            Self::Gap => "gap",
            Self::Fall => "fall",
        }
    }
}

/// What becomes of an item on a day on which it has fewer seats for a time.
struct Change<'r> {
    item: &'r TimelineItem,
    /// Days from 1970 on, of UTC.
    day: i64,
    cause: Cause,
    /// The first step of the day that falls.
    at: Instant,
    before: u64,
    lowest: u64,
    /// At the end of the day.
    last: u64,
    /// Of a gap: when there are seats again.
    back: Option<Instant>,
    certain: bool,
}

/// The days on which an item falls, each with the fewest seats of that day.
fn changes(item: &TimelineItem) -> Vec<Change<'_>> {
    const DAY: i64 = 86_400_000;
    let day = |at: Instant| at.epoch_ms().div_euclid(DAY);
    let mut changes = Vec::new();
    let first = item.steps.first().map_or(Instant::MIN, |step| step.at);
    let steps = item.timeline.steps();
    let mut before = steps.iter().rev().find(|step| step.at < first).map_or(0, |step| step.seats);
    let seats = |at| item.timeline.seats_at(at);
    for steps_of_day in item.steps.chunk_by(|one, next| day(one.at) == day(next.at)) {
        let fall = steps_of_day.iter().find(|step| seats(step.at) < before);
        let lowest = steps_of_day.iter().min_by_key(|step| seats(step.at));
        let last = steps_of_day.last().map_or(before, |step| seats(step.at));
        if let (Some(fall), Some(low)) = (fall, lowest) {
            let lowest = seats(low.at);
            let ends = steps_of_day.iter().any(|step| Some(step.at) == item.final_end);
            let back = item.timeline.next_change(low.at).filter(|_| lowest == 0 && !ends).map(|step| step.at);
            changes.push(Change {
                item,
                day: day(low.at),
                cause: match (lowest, ends) {
                    (_, true) => Cause::End,
                    (0, false) => Cause::Gap,
                    _ => Cause::Fall,
                },
                at: fall.at,
                before,
                lowest: if ends { 0 } else { lowest },
                last,
                back,
                certain: steps_of_day.iter().all(|step| step.certain),
            });
        }
        before = last;
    }
    changes
}

impl Change<'_> {
    fn name(&self) -> &str {
        let TimelineItem { id, name, known_as, .. } = self.item;
        name.as_deref().or(known_as.as_deref()).unwrap_or(id)
    }

    /// "Creator 200 → 0".
    fn short(&self, page: &Page) -> String {
        let numbers = match self.item.kind {
            ItemKind::Capability => String::new(),
            _ => format!(" {} → {}", self.before, self.lowest),
        };
        let back = self.back.map_or_else(String::new, |back| format!(" until {}", page.zone.show(back)));
        format!("{}{numbers}{back}", visible(self.name()))
    }

    /// "user type Creator (creatorUT): 200 → 0 at 2026-12-31 12:00".
    fn long(&self, page: &Page) -> String {
        let TimelineItem { kind, id, name, known_as, .. } = self.item;
        let (name, known_as) = phrase::name(name.as_deref(), known_as.as_deref());
        let name = Some(format!("{name}{known_as}")).filter(|whole| !whole.is_empty() && name != id);
        let what = name.map_or_else(|| id.clone(), |name| format!("{name} ({id})"));
        let numbers = match (kind, self.cause) {
            (ItemKind::Capability, Cause::End) => "ends".to_owned(),
            (ItemKind::Capability, _) => "none".to_owned(),
            _ => format!("{} → {}", self.before, self.lowest),
        };
        let back = self.back.map_or_else(String::new, |back| {
            let again = if *kind == ItemKind::Capability {
                String::new()
            } else {
                format!(", then {}", self.item.timeline.seats_at(back))
            };
            format!(" until {}{again}", page.zone.show(back))
        });
        let rises = self.cause == Cause::Fall && self.last != self.lowest;
        let later = if rises { format!("; {} at the end of the day", self.last) } else { String::new() };
        let doubt = if self.certain { "" } else { " (not certain)" };
        let what = visible(&what);
        format!("{} {what}: {numbers} at {}{back}{later}{doubt}", kind.noun(), page.zone.show(self.at))
    }
}

/// The event of a day and a cause, and its reminders.
fn of_day(
    identity: &str,
    license: &TimelineLicense,
    cause: Cause,
    changes: &[Change<'_>],
    page: &Page,
    calendar: &Calendar,
) -> Vec<Event> {
    let first = changes.iter().map(|change| change.at).min();
    let Some((first, shown)) = first.and_then(|first| Some((first, page.zone.day(first)?))) else { return Vec::new() };
    let portal = calendar.name.as_deref().unwrap_or(&license.origin.source);
    let doubt = if changes.iter().all(|change| change.certain) { "" } else { " (not certain)" };
    let summary = format!("{}: {}{doubt}", visible(portal), summary(cause, changes, page));
    let lines = changes.iter().map(|change| change.long(page));
    let about = format!("{}, {}", license.origin.file, license.origin.what());
    let about = format!("{}; times in {}, as of {}", visible(&about), page.zone, page.zone.show(page.as_of));
    let description = lines.chain([about]).collect::<Vec<_>>().join("\n");
    let name = format!("{identity} {} {}", cause.as_str(), first.epoch_ms());
    let uid = |name: &str| Uuid::new_v5(&Uuid::NAMESPACE_OID, name.as_bytes()).to_string();
    let reminders = calendar.reminders.iter().filter_map(|days| {
        let day = shown.checked_sub_days(Days::new((*days).into()))?;
        let count = words::count((*days).into(), "day");
        let (uid, summary) = (uid(&format!("{name} {days}")), format!("in {count}: {summary}"));
        Some(Event { uid, day, summary, description: description.clone() })
    });
    let mut events: Vec<_> = reminders.collect();
    events.push(Event { uid: uid(&name), day: shown, summary, description });
    events
}

/// "12 items end, among them Creator 200 → 0".
fn summary(cause: Cause, changes: &[Change<'_>], page: &Page) -> String {
    let Some(first) = changes.first() else { return String::new() };
    let (one, many) = match cause {
        Cause::End => ("ends", "end"),
        Cause::Gap => ("has a gap", "have a gap"),
        Cause::Fall => ("falls", "fall"),
    };
    match changes.len() {
        1 => {
            let short = first.short(page);
            format!("{} {one}: {short}", first.item.kind.noun())
        }
        count => format!("{count} items {many}, among them {}", first.short(page)),
    }
}

/// What tells the events of a license from those of others: its portal, and which of the portal's licenses it is.
fn identity(origin: &Origin, calendar: &Calendar, identities: &mut HashSet<String>) -> String {
    let path = absolute(&calendar.folder, Path::new(&origin.file));
    let portal = match &calendar.name {
        Some(name) => format!("name {name:?}"),
        None if origin.source != origin.file => format!("source {:?}", origin.source),
        None => format!("file {path:?}"),
    };
    let mut candidates = [portal.clone(), format!("{portal} document {}", origin.document)].into_iter();
    let free = candidates.find(|identity| !identities.contains(identity));
    let identity = free.unwrap_or_else(|| format!("{portal} file {path:?} document {}", origin.document));
    identities.insert(identity.clone());
    identity
}

/// Without asking the file system.
fn absolute(folder: &Path, file: &Path) -> PathBuf {
    let mut absolute = PathBuf::new();
    for component in folder.join(file).components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir => {
                absolute.pop();
            }
            other => absolute.push(other),
        }
    }
    absolute
}
