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
    /// The seats; where there are two licenses, those of the new one.
    pub(in crate::answers) seats: &'r SeatTimeline,
    pub(in crate::answers) old: Option<&'r SeatTimeline>,
    /// The seats that are needed.
    pub(in crate::answers) need: Option<&'r Need>,
    /// When it is not certain how many are needed.
    pub(in crate::answers) need_doubts: &'r [Doubt],
    /// Whether somebody counted the assigned seats.
    pub(in crate::answers) counted: bool,
    pub(in crate::answers) administrator: Option<Administrator>,
    /// The entries that the seats come from.
    pub(in crate::answers) explanation: Option<&'r ItemEntries>,
    pub(in crate::answers) findings: Vec<&'r FindingReport>,
    /// Further facts about the item from the document.
    pub(in crate::answers) about: Vec<String>,
}

impl<'r> ItemLine<'r> {
    /// An item with nothing but its seats.
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
            explanation: None,
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
        let is_explained =
            self.explanation.is_some_and(|all| !all.entries.is_empty() || !all.other_readings.is_empty());
        is_explained || !self.findings.is_empty() || !self.about.is_empty()
    }

    /// The picture of the seats over time, of the seats that are needed, and of those of the old license.
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

    /// The instants at which something about the item changes. The facts that a portal states of its own license hold
    /// for all time.
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
