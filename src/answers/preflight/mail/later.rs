//! The seats of an item after the import, compared with the old license.

use crate::answers::Page;
use crate::answers::preflight::lowest::{is_lowest_doubtful, lowest_words};
use crate::answers::preflight::value::{PreflightItem, PreflightReport};
use crate::seats::{SeatTimeline, Step};
use crate::time::Instant;

/// The mark after numbers that are not certain.
pub(super) const DOUBT: &str = " (not certain)";

/// An item from the import on.
pub(super) struct SeatsAfterImport<'r> {
    item: &'r PreflightItem,
    /// The seats in the old license; `None` where they are not told.
    old: Option<&'r SeatTimeline>,
    as_of: Instant,
    /// Whether the old license has ended by the import. Its seats just before its end are then compared.
    ended: bool,
}

impl<'r> SeatsAfterImport<'r> {
    pub(super) fn of(item: &'r PreflightItem, report: &'r PreflightReport) -> Self {
        let ended = report.old.as_ref().is_some_and(|old| old.ended.is_some());
        Self { item, old: item.old_timeline.as_ref(), as_of: report.as_of, ended }
    }

    /// Whether the seats change at the import or later.
    pub(super) fn changes(&self) -> bool {
        let is_less = self.item.new.is_some_and(|new| self.item.lowest.seats < new);
        is_less || self.steps_before_end().next().is_some() || self.old.is_some_and(|old| self.differs(old))
    }

    fn differs(&self, old: &SeatTimeline) -> bool {
        let new = &self.item.timeline;
        let is_certain = old.certain_until(self.as_of).is_none() && new.certain_until(self.as_of).is_none();
        // After the end of the old license, what it gave before is compared with every later number.
        let later = new.steps().iter().filter(|_| !self.ended).chain(old.steps());
        let mut instants = later.map(|step| step.at).filter(|at| *at > self.as_of).chain([self.as_of]);
        !is_certain || instants.any(|at| old.seats_at(at) != new.seats_at(at))
    }

    /// The steps after the import, without the final end.
    fn steps_before_end(&self) -> impl Iterator<Item = &'r Step> {
        let timeline = &self.item.timeline;
        let (as_of, end) = (self.as_of, timeline.final_end());
        timeline.steps().iter().filter(move |step| step.at > as_of && Some(step.at) != end)
    }

    /// The later seats in words: the fewest, the first rise, the first difference from the old license, an end that
    /// differs, and from when on the seats are not certain.
    pub(super) fn later(&self, page: &Page) -> String {
        let (item, new) = (self.item, self.item.new.unwrap_or(0));
        let show = |at: Instant| page.zone.show(at);
        let certain_now = item.timeline.is_certain_at(self.as_of);
        let ends = self.ends(page);
        let mut parts = Vec::new();
        let is_the_end = item.lowest.seats == 0 && item.timeline.final_end() == Some(item.lowest.at) && ends.is_some();
        if item.lowest.seats < new && !is_the_end {
            let certain = !is_lowest_doubtful(item, None, page);
            let (fewest, difference) = (lowest_words(item, page), net(new, item.lowest.seats, certain && certain_now));
            parts.push(format!("fewest later: {fewest}{} ({difference})", if certain { "" } else { DOUBT }));
        }
        if let Some(rise) = self.steps_before_end().find(|step| step.seats > new) {
            let certain = item.timeline.is_certain_at(rise.at);
            let difference = net(new, rise.seats, certain && certain_now);
            let doubt = if certain { "" } else { DOUBT };
            parts.push(format!("later {} from {}{doubt} ({difference})", rise.seats, show(rise.at)));
        }
        parts.extend(self.old.filter(|_| !self.ended).and_then(|old| self.apart(old)).map(|(at, seats)| {
            let given = item.timeline.seats_at(at);
            format!("from {} {given} instead of {seats} in the old license", show(at))
        }));
        parts.extend(ends);
        let doubt_later = |timeline: &SeatTimeline| timeline.certain_until(self.as_of).filter(|at| *at > self.as_of);
        parts.extend(doubt_later(&item.timeline).map(|at| format!("not certain from {} on", show(at))));
        let old = self.old.and_then(doubt_later);
        parts.extend(old.map(|at| format!("what the old license gives is not certain from {} on", show(at))));
        parts.into_iter().map(|part| format!("; {part}")).collect()
    }

    /// The first step of the old license after the import at which both licenses give different seats, before either
    /// ends; with the seats of the old license.
    fn apart(&self, old: &SeatTimeline) -> Option<(Instant, u64)> {
        let ends = [old.final_end(), self.item.timeline.final_end()];
        let before_end = |at: Instant| ends.iter().flatten().all(|end| at < *end);
        let mut later = old.steps().iter().filter(|step| step.at > self.as_of && before_end(step.at));
        let apart = later.find(|step| step.seats != self.item.timeline.seats_at(step.at))?;
        let is_certain = old.is_certain_at(apart.at) && self.item.timeline.is_certain_at(apart.at);
        is_certain.then_some((apart.at, apart.seats))
    }

    /// The end where both licenses give seats and end at different times: "ends 2026-12-31 12:00 instead of
    /// 2029-12-31 12:00".
    fn ends(&self, page: &Page) -> Option<String> {
        let gives = |timeline: &SeatTimeline| {
            let later = timeline.steps().iter().filter(|step| step.at > self.as_of);
            timeline.seats_at(self.as_of) > 0 || later.into_iter().any(|step| step.seats > 0)
        };
        let old = self.old.filter(|old| !self.ended && gives(old))?;
        let new = Some(&self.item.timeline).filter(|new| gives(new))?;
        if old.final_end() == new.final_end() {
            return None;
        }
        let end = |timeline: &SeatTimeline| timeline.final_end().map(|end| page.zone.show(end));
        let is_certain = old.certain_until(self.as_of).is_none() && new.certain_until(self.as_of).is_none();
        let words = match (end(new), end(old)) {
            (Some(new), Some(old)) => format!("ends {new} instead of {old}"),
            (Some(new), None) => format!("ends {new}, and the old license states no end"),
            (None, Some(old)) => format!("no end stated, instead of {old}"),
            (None, None) => return None,
        };
        Some(format!("{words}{}", if is_certain { "" } else { DOUBT }))
    }
}

/// How many seats more or fewer.
pub(super) fn net(before: u64, after: u64, certain: bool) -> String {
    match (after.checked_sub(before), before.saturating_sub(after)) {
        _ if !certain => "the difference is not known".to_owned(),
        (Some(0), _) => "no change".to_owned(),
        (Some(more), _) => format!("{more} more"),
        (None, fewer) => format!("{fewer} fewer"),
    }
}
