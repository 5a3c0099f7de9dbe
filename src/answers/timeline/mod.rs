//! The JSON of `seatline timeline`, version 1. Fields may be added, never changed.

mod ics;
mod text;

pub use ics::timeline_ics;
pub use text::{By, timeline_csv, timeline_jsonl, timeline_markdown, timeline_table};

use std::borrow::Cow;
use std::ops::Range;

use serde::Serialize;

use crate::answers::{FailureReport, Filter, FindingReport, findings};
use crate::license::catalog::known_as;
use crate::license::{Item, ItemKind, LicenseDocument, common_end};
use crate::rules::reading;
use crate::seats::{SeatTimeline, Status};
use crate::source::{DocumentPlace, Source};
use crate::time::{Instant, Zone};

/// What changes when.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct TimelineReport {
    /// `seatline/timeline/v1`.
    #[cfg_attr(test, schemars(extend("const" = TimelineReport::SCHEMA)))]
    pub schema: &'static str,
    /// The instant that statuses and remaining times speak of.
    pub as_of: Instant,
    /// The first instant of the window; null for all that was.
    pub from: Option<Instant>,
    /// The last instant of the window; null for all that will be.
    pub to: Option<Instant>,
    /// The licenses.
    pub licenses: Vec<TimelineLicense>,
    /// Every item of every license.
    pub items: Vec<TimelineItem>,
    /// The inputs that could not be read.
    pub failures: Vec<FailureReport>,
}

/// One license.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct TimelineLicense {
    /// Where the license is from: what its envelope says, else the name of the input.
    pub source: String,
    /// The name of the input; positions are in it.
    pub file: String,
    /// Which document of the input, from 0.
    pub document: usize,
    /// When it was fetched, as its envelope says; null where that is not told.
    pub fetched_at: Option<String>,
    /// The version of the file, as it stands there.
    pub version: Option<String>,
    /// The end after the as-of that most items share, by calendar day; null where most do not agree.
    pub common_end: Option<Instant>,
    /// What was not plainly read.
    pub findings: Vec<FindingReport>,
    /// Which of [`TimelineReport::items`] are its own.
    #[serde(skip)]
    pub rows: Range<usize>,
}

/// One item over time.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct TimelineItem {
    /// The name of the input.
    pub source: String,
    /// Which document of the input, from 0.
    pub document: usize,
    /// What it is.
    pub kind: ItemKind,
    /// Its id.
    pub id: String,
    /// The document's name for it.
    pub name: Option<String>,
    /// Its published name.
    pub known_as: Option<String>,
    /// Seats at the as-of; null for capabilities.
    pub usable_seats: Option<u64>,
    /// In one word, at the as-of.
    pub status: Status,
    /// The first instant, from the as-of on, at which readings differ; null if never.
    pub certain_until: Option<Instant>,
    /// Seats just before the first of the steps; null for capabilities.
    pub seats_before: Option<u64>,
    /// The steps within the window.
    pub steps: Vec<TimelineStep>,
    /// The times without seats between two with some, as far as they touch the window.
    pub gaps: Vec<GapReport>,
    /// The step to 0 after which there are never seats again; null where there is none.
    pub final_end: Option<Instant>,
    /// Whether there are seats and no end is stated.
    pub open_end: bool,
    /// By how many calendar days the end is later than the common one; negative is earlier. Null where either is missing,
    /// or the end is not after the as-of.
    pub days_after_common_end: Option<i64>,
    /// The whole step function, for drawing.
    #[serde(skip)]
    pub timeline: SeatTimeline,
}

/// A step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct TimelineStep {
    /// When it begins.
    pub at: Instant,
    /// The seats from then on; null for capabilities.
    pub seats: Option<u64>,
    /// Whether there is anything from then on.
    pub active: bool,
    /// Whether all readings agree on it.
    pub certain: bool,
}

/// A gap.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct GapReport {
    /// The first instant without.
    pub from: Instant,
    /// The first instant with seats again.
    pub to: Instant,
    /// How long, in calendar days; 0 within one day.
    pub days: i64,
}

/// What is asked of time.
#[derive(Clone, Copy, Debug)]
pub struct Window {
    /// For statuses.
    pub as_of: Instant,
    /// The first instant.
    pub from: Option<Instant>,
    /// The last instant.
    pub to: Option<Instant>,
    /// For calendar days.
    pub zone: Zone,
}

impl Window {
    fn holds(&self, at: Instant) -> bool {
        self.from.is_none_or(|from| from <= at) && self.to.is_none_or(|to| at <= to)
    }
}

impl TimelineReport {
    /// The name of this form.
    pub const SCHEMA: &'static str = "seatline/timeline/v1";

    /// With no license yet.
    #[must_use]
    pub fn new(window: Window) -> Self {
        let Window { as_of, from, to, .. } = window;
        Self { schema: Self::SCHEMA, as_of, from, to, licenses: Vec::new(), items: Vec::new(), failures: Vec::new() }
    }

    /// Adds a license document that was found in a source, as far as the filter asks for it.
    pub fn add(
        &mut self,
        source: &Source,
        place: &DocumentPlace,
        document: &LicenseDocument<'_>,
        window: Window,
        filter: &Filter,
    ) {
        let items = Item::all(document);
        let common_end = common_end(&items, window.as_of, window.zone);
        let version = document.my_esri.version.as_written();
        let first = self.items.len();
        let asked = filter.within(items.iter().map(|item| item.id.as_ref()));
        for item in &items {
            if asked.asks_for(item.kind, &item.id, item.timeline.status_at(window.as_of)) {
                let report = timeline_item(source, place, item, version.as_deref(), common_end, window);
                self.items.push(report);
            }
        }
        let unclear = reading(document, &items, window.as_of);
        self.licenses.push(TimelineLicense {
            source: place.told_source(source).to_owned(),
            file: source.name().to_owned(),
            document: place.index,
            fetched_at: place.fetched_at().map(str::to_owned),
            version: version.map(Cow::into_owned),
            common_end,
            findings: findings(source, place, unclear),
            rows: first..self.items.len(),
        });
    }
}

fn timeline_item(
    source: &Source,
    place: &DocumentPlace,
    item: &Item<'_>,
    version: Option<&str>,
    common_end: Option<Instant>,
    window: Window,
) -> TimelineItem {
    let Window { as_of, zone, .. } = window;
    let timeline = &item.timeline;
    let seated = item.kind != ItemKind::Capability;
    let steps: Vec<_> = timeline.steps().iter().filter(|step| window.holds(step.at)).collect();
    let before = steps.first().map_or(window.from.unwrap_or(Instant::MIN), |step| step.at);
    let before = timeline.steps().iter().rev().find(|step| step.at < before).map_or(0, |step| step.seats);
    let final_end = timeline.final_end();
    let gaps = timeline
        .gaps()
        .filter(|gap| window.from.is_none_or(|from| gap.to > from) && window.to.is_none_or(|to| gap.from <= to));
    TimelineItem {
        source: place.told_source(source).to_owned(),
        document: place.index,
        kind: item.kind,
        id: item.id.clone().into_owned(),
        name: item.definition.and_then(|definition| definition.name()).map(Cow::into_owned),
        known_as: known_as(item.kind, &item.id, version.and_then(|version| version.parse().ok())).map(str::to_owned),
        usable_seats: seated.then(|| timeline.seats_at(as_of)),
        status: timeline.status_at(as_of),
        certain_until: timeline.certain_until(as_of),
        seats_before: seated.then_some(before),
        steps: steps
            .into_iter()
            .map(|step| TimelineStep {
                at: step.at,
                seats: seated.then_some(step.seats),
                active: step.seats > 0,
                certain: timeline.certain_until(step.at.min(as_of)).is_none_or(|until| until > step.at),
            })
            .collect(),
        gaps: gaps
            .map(|gap| GapReport { from: gap.from, to: gap.to, days: zone.days_between(gap.from, gap.to) })
            .collect(),
        final_end,
        open_end: timeline.steps().last().is_some_and(|step| step.seats > 0),
        days_after_common_end: common_end
            .zip(final_end.filter(|end| seated && *end > as_of))
            .map(|(common, end)| zone.days_between(common, end)),
        timeline: timeline.clone(),
    }
}
