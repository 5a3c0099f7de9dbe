//! An item as the pages of all answers show it.

use crate::answers::{FindingReport, ItemEntries};
use crate::layout::html::{Chart, Curve};
use crate::license::{Administrator, ItemKind};
use crate::seats::{Doubt, Need, SeatTimeline};
use crate::time::Instant;

/// An item as the pages of all answers show it.
#[derive(Clone, Debug)]
pub(in crate::answers) struct ItemLine<'r> {
    pub(in crate::answers) kind: ItemKind,
    pub(in crate::answers) id: &'r str,
    pub(in crate::answers) name: Option<&'r str>,
    pub(in crate::answers) known_as: Option<&'r str>,
    /// Its seats; of two licenses, those of the new one.
    pub(in crate::answers) seats: &'r SeatTimeline,
    /// Those of the old one.
    pub(in crate::answers) old: Option<&'r SeatTimeline>,
    /// What is needed.
    pub(in crate::answers) need: Option<&'r Need>,
    /// When it is not certain how many are needed.
    pub(in crate::answers) need_doubts: &'r [Doubt],
    /// Whether somebody counted what is assigned.
    pub(in crate::answers) counted: bool,
    pub(in crate::answers) administrator: Option<Administrator>,
    /// Where its seats come from.
    pub(in crate::answers) told: Option<&'r ItemEntries>,
    pub(in crate::answers) findings: Vec<&'r FindingReport>,
    /// What the document says of it besides.
    pub(in crate::answers) about: Vec<String>,
}

impl<'r> ItemLine<'r> {
    /// With its seats alone.
    pub(in crate::answers) fn new(
        kind: ItemKind,
        id: &'r str,
        name: Option<&'r str>,
        known_as: Option<&'r str>,
        seats: &'r SeatTimeline,
    ) -> Self {
        Self {
            kind,
            id,
            name,
            known_as,
            seats,
            old: None,
            need: None,
            need_doubts: &[],
            counted: false,
            administrator: None,
            told: None,
            findings: Vec::new(),
            about: Vec::new(),
        }
    }

    pub(super) fn is_capability(&self) -> bool {
        self.kind == ItemKind::Capability
    }

    /// Whether every reading agrees on how many are needed at an instant.
    pub(super) fn is_need_certain(&self, at: Instant) -> bool {
        !self.need_doubts.iter().any(|doubt| doubt.holds(at))
    }

    /// Whether a click shows more.
    pub(super) fn has_more(&self) -> bool {
        let told = self.told.is_some_and(|told| !told.entries.is_empty() || !told.other_readings.is_empty());
        told || !self.findings.is_empty() || !self.about.is_empty()
    }

    /// Its seats over time, what is needed of them, and what the old license gives.
    pub(in crate::answers) fn picture(&self, chart: &Chart) -> maud::Markup {
        let mut curves = vec![curve("seats", self.seats, false)];
        curves.extend(self.old.map(|old| curve("old", old, true)));
        curves.extend(self.need.map(|need| Curve {
            class: "need",
            steps: need.steps().iter().map(|(at, count)| (at.epoch_ms(), *count)).collect(),
            begins: need.steps().first().map(|(at, _)| at.epoch_ms()),
            dashed: true,
            doubts: Vec::new(),
        }));
        chart.draw(&curves)
    }

    /// When anything of it changes. What a portal tells of its own license has been so for ever, which is no change.
    pub(super) fn changes(&self) -> impl Iterator<Item = Instant> {
        let timelines = std::iter::once(self.seats).chain(self.old);
        let steps = timelines.flat_map(|timeline| timeline.steps().iter().map(|step| step.at));
        let needs = self.need.into_iter().flat_map(|need| need.steps().iter().map(|(at, _)| *at));
        steps.chain(needs).filter(|at| *at != Instant::MIN)
    }
}

fn curve(class: &'static str, timeline: &SeatTimeline, dashed: bool) -> Curve {
    let doubts = timeline.doubts().iter();
    Curve {
        class,
        steps: timeline.steps().iter().map(|step| (step.at.epoch_ms(), step.seats)).collect(),
        begins: None,
        dashed,
        doubts: doubts.map(|doubt| (doubt.from.epoch_ms(), doubt.to.map(Instant::epoch_ms))).collect(),
    }
}
