//! The seats of an item after the as-of, in words. An end is never said where seats come back.

use crate::answers::Page;
use crate::answers::phrase::DOUBT;
use crate::answers::words::count;
use crate::seats::{Gap, SeatTimeline, Status};
use crate::time::Instant;

/// A change in words, and how far away it is, where that matters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct OutlookPart {
    pub(super) text: String,
    pub(super) away: Option<String>,
}

impl OutlookPart {
    fn new(text: impl Into<String>) -> Self {
        Self { text: text.into(), away: None }
    }

    fn away(self, away: String) -> Self {
        Self { away: Some(away), ..self }
    }

    /// The change and the remaining time in one line: "ends 2027-01-01 00:00 (31 days left)".
    pub(super) fn in_one_line(self) -> String {
        match self.away {
            Some(away) => format!("{} ({away})", self.text),
            None => self.text,
        }
    }

    pub(super) fn in_lines(self) -> impl Iterator<Item = String> {
        std::iter::once(self.text).chain(self.away)
    }
}

/// The most gaps that are shown one by one; further gaps are counted.
const MOST_GAPS: usize = 2;

/// The changes in the order of time: "60 from …", "none from … to …, then 45", "ends …". Without `seats` the text has
/// no numbers.
pub(super) fn outlook(timeline: &SeatTimeline, seats: bool, page: &Page) -> Vec<OutlookPart> {
    let words = OutlookWords { timeline, seats, page };
    let now = page.as_of;
    let status = timeline.status_at(now);
    let gaps: Vec<_> = timeline.gaps().filter(|gap| gap.from > now).collect();
    let next = timeline.next_change(now);
    let end = timeline.final_end();
    let mut phrases = Vec::new();
    let mut shown = 2 * gaps.len() + usize::from(end.is_some_and(|end| end > now));
    if let Some(next) = next.filter(|next| next.seats > 0) {
        let again = if status == Status::Lapsed { "again " } else { "" };
        phrases
            .push(OutlookPart::new(format!("{again}{}", words.from(next.seats, next.at))).away(words.until(next.at)));
        shown += 1;
    }
    phrases.extend(gaps.iter().take(MOST_GAPS).map(|gap| words.gap(*gap)));
    if let Some(more) = gaps.len().checked_sub(MOST_GAPS).filter(|more| *more > 0) {
        phrases.push(OutlookPart::new(count(u64::try_from(more).unwrap_or(u64::MAX), "more gap")));
    }
    let later = timeline.steps().iter().filter(|step| step.at > now).count();
    if let Some(more) = later.checked_sub(shown).filter(|more| *more > 0) {
        phrases.push(OutlookPart::new(count(u64::try_from(more).unwrap_or(u64::MAX), "more change")));
    }
    phrases.extend(words.end(status, end, gaps.is_empty()));
    if let Some(until) = timeline.certain_until(now).filter(|until| *until > now) {
        phrases.push(OutlookPart::new(format!("certain until {}", page.zone.show(until))));
    }
    phrases
}

/// The end after which there are never seats again: "ends 2027-01-01 00:00". An end after 2100 may mean that there is
/// none.
pub(super) fn final_end(end: Instant, date: &str) -> String {
    if end > Instant::YEAR_2100 { format!("no end stated, perhaps perpetual ({date})") } else { format!("ends {date}") }
}

struct OutlookWords<'w> {
    timeline: &'w SeatTimeline,
    seats: bool,
    page: &'w Page,
}

impl OutlookWords<'_> {
    /// A date in words, marked with `?` where readings differ by then.
    fn date(&self, at: Instant) -> String {
        let beyond = self.timeline.certain_until(self.page.as_of).is_some_and(|until| at >= until);
        format!("{}{}", self.page.zone.show(at), if beyond { DOUBT } else { "" })
    }

    fn until(&self, at: Instant) -> String {
        format!("in {}", self.page.zone.span(self.page.as_of, at))
    }

    fn from(&self, seats: u64, at: Instant) -> String {
        if self.seats { format!("{seats} from {}", self.date(at)) } else { format!("from {}", self.date(at)) }
    }

    fn gap(&self, gap: Gap) -> OutlookPart {
        let then =
            if self.seats { format!(", then {}", self.timeline.seats_at(gap.to)) } else { ", then again".to_owned() };
        let text = format!("none from {} to {}{then}", self.date(gap.from), self.date(gap.to));
        if gap.from > self.page.as_of {
            OutlookPart::new(text).away(self.until(gap.from))
        } else {
            OutlookPart::new(text)
        }
    }

    fn end(&self, status: Status, end: Option<Instant>, steady: bool) -> Option<OutlookPart> {
        let Page { zone, as_of, .. } = *self.page;
        match (end, status) {
            (Some(end), _) if end <= as_of => {
                let ago = format!("{} ago", zone.span(end, as_of));
                Some(OutlookPart::new(format!("ended {}", zone.show(end))).away(ago))
            }
            (Some(end), Status::Active) if steady && end <= Instant::YEAR_2100 => {
                let left = format!("{} left", zone.span(as_of, end));
                Some(OutlookPart::new(final_end(end, &self.date(end))).away(left))
            }
            (Some(end), _) => Some(OutlookPart::new(final_end(end, &self.date(end)))),
            (None, Status::Empty) => Some(OutlookPart::new(match self.timeline.certain_until(Instant::MIN) {
                None => "never".to_owned(),
                Some(Instant::MIN) => "not certain".to_owned(),
                // The fewest that the entries can mean is nothing.
                Some(from) => format!("perhaps from {}{DOUBT}", zone.show(from)),
            })),
            (None, _) => {
                let doubt = if self.timeline.certain_until(as_of).is_some() { DOUBT } else { "" };
                Some(OutlookPart::new(format!("no end stated{doubt}")))
            }
        }
    }
}
