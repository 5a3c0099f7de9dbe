//! `timeline`: from a license document to the instants at which its seats change.

mod bar;
mod by_date;
mod html;
mod ics;
mod rows;
mod text;
mod value;
mod xlsx;

pub use html::timeline_html;
pub use ics::timeline_ics;
pub use text::{By, timeline_markdown, timeline_table};
pub use value::{GapReport, TimelineItem, TimelineLicense, TimelineReport, TimelineStep};
pub(crate) use xlsx::timeline_xlsx;

use std::borrow::Cow;
use std::collections::HashSet;
use std::sync::Arc;

use crate::answers::why::explanations;
use crate::answers::{Filter, ItemEntries, Origin, findings};
use crate::license::catalog::known_as;
use crate::license::{Item, ItemKind, common_end};
use crate::rules::reading;
use crate::seats::SeatTimeline;
use crate::source::License;
use crate::time::{Instant, Zone};

/// The question that `timeline` asks of licenses.
#[derive(Clone, Copy, Debug)]
pub struct TimelineQuestion {
    /// The instant that statuses and remaining times refer to.
    pub as_of: Instant,
    /// The first instant of the window; `None` for all past changes.
    pub from: Option<Instant>,
    /// The last instant of the window; `None` for all later changes.
    pub to: Option<Instant>,
    /// The zone of calendar days.
    pub zone: Zone,
}

impl TimelineQuestion {
    fn holds(&self, at: Instant) -> bool {
        self.from.is_none_or(|from| from <= at) && self.to.is_none_or(|to| at <= to)
    }
}

impl TimelineReport {
    /// An answer without licenses, for [`Self::add`].
    #[must_use]
    pub fn new(window: TimelineQuestion) -> Self {
        let TimelineQuestion { as_of, from, to, .. } = window;
        Self {
            schema: Self::SCHEMA.into(),
            as_of,
            from,
            to,
            licenses: Vec::new(),
            items: Vec::new(),
            failures: Vec::new(),
        }
    }

    /// Adds the items of a license document that the filter selects.
    pub fn add(&mut self, license: License<'_>, zone: Zone, filter: &Filter) {
        let document = license.document;
        let window = TimelineQuestion { as_of: self.as_of, from: self.from, to: self.to, zone };
        let items = Item::all(document);
        let common_end = common_end(&items, window.as_of, window.zone);
        let common_end_certain = common_end.map(|common| {
            let with_it = |item: &&Item<'_>| {
                item.timeline.final_end().is_some_and(|end| window.zone.days_between(common, end) == 0)
            };
            items.iter().filter(with_it).all(|item| item.timeline.certain_until(window.as_of).is_none())
        });
        let origin = Arc::new(Origin::of(license));
        let first = self.items.len();
        let asked = filter.within(items.iter().map(|item| item.id.as_ref()));
        for item in &items {
            if asked.asks_for(item.kind, &item.id, item.timeline.status_at(window.as_of)) {
                self.items.push(timeline_item(&origin, item, common_end, window));
            }
        }
        let unclear = reading(document, &items, window.as_of);
        let mut findings = findings(license, unclear);
        let left: HashSet<_> = self.items.iter().skip(first).map(|item| (item.kind, item.id.as_str())).collect();
        filter.apply_to_findings(&mut findings, &left);
        self.licenses.push(TimelineLicense {
            origin,
            common_end,
            common_end_certain,
            findings,
            rows: first..self.items.len(),
        });
    }

    /// Adds to every item of the license that was added last the entries that its seats come from, for a page.
    pub fn add_entries(&mut self, license: License<'_>, zone: Zone) {
        let rows = self.licenses.last().map_or(0..0, |license| license.rows.clone());
        let mut rows = self.items.get_mut(rows).unwrap_or_default().iter_mut().peekable();
        let all = explanations(license, self.as_of, zone);
        for (item, explanation) in Item::all(license.document).iter().zip(all) {
            if let Some(row) = rows.next_if(|row| row.kind == item.kind && row.id == item.id) {
                row.explanation = explanation;
            }
        }
    }
}

/// The first readable start of entries that give no step.
fn perhaps_begins(timeline: &SeatTimeline) -> Option<Instant> {
    let first = timeline.doubts().first().filter(|_| timeline.steps().is_empty())?;
    (first.from > Instant::MIN).then_some(first.from)
}

fn timeline_item(
    origin: &Arc<Origin>,
    item: &Item<'_>,
    common_end: Option<Instant>,
    window: TimelineQuestion,
) -> TimelineItem {
    let TimelineQuestion { as_of, zone, .. } = window;
    let timeline = &item.timeline;
    let seated = item.kind != ItemKind::Capability;
    let steps: Vec<_> = timeline.steps().iter().filter(|step| window.holds(step.at)).collect();
    let before = steps.first().map_or(window.from.unwrap_or(Instant::MIN), |step| step.at);
    let before = timeline.steps().iter().rev().find(|step| step.at < before).map_or(0, |step| step.seats);
    let final_end = timeline.final_end();
    let gaps = timeline
        .gaps()
        .filter(|gap| window.from.is_none_or(|from| gap.to > from) && window.to.is_none_or(|to| gap.from <= to));
    let version = origin.version.as_deref().and_then(|version| version.parse().ok());
    TimelineItem {
        origin: Arc::clone(origin),
        kind: item.kind,
        id: item.id.clone().into_owned(),
        name: item.definition.and_then(|definition| definition.name()).map(Cow::into_owned),
        known_as: known_as(item.kind, &item.id, version).map(str::to_owned),
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
        perhaps_begins: perhaps_begins(timeline).filter(|at| !seated && window.holds(*at)),
        timeline: timeline.clone(),
        explanation: ItemEntries::default(),
    }
}
