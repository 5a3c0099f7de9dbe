//! Days left, in the bands that renewals are planned by.

use maud::{Markup, html};

use crate::answers::Page;
use crate::answers::html::line::ItemLine;
use crate::answers::phrase::DOUBT;
use crate::seats::SeatTimeline;
use crate::time::Instant;

/// The time until an item has no seats, because of a gap or the end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Left {
    /// The number of calendar days.
    Days(i64),
    /// The item has seats, and no end is stated.
    NoEnd,
    /// The item has no seats.
    None,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Band {
    Month,
    TwoMonths,
    ThreeMonths,
    FourMonths,
    Later,
    NoEnd,
    None,
}

impl Band {
    pub(super) const ALL: [Self; 7] =
        [Self::Month, Self::TwoMonths, Self::ThreeMonths, Self::FourMonths, Self::Later, Self::NoEnd, Self::None];

    pub(super) const fn label(self) -> &'static str {
        match self {
            Self::Month => "0–29 days",
            Self::TwoMonths => "30–59 days",
            Self::ThreeMonths => "60–89 days",
            Self::FourMonths => "90–120 days",
            Self::Later => "over 120 days",
            Self::NoEnd => "no end stated",
            Self::None => "none now",
        }
    }

    /// The class name, which style and script use.
    pub(super) const fn class(self) -> &'static str {
        match self {
            Self::Month => "b0",
            Self::TwoMonths => "b1",
            Self::ThreeMonths => "b2",
            Self::FourMonths => "b3",
            Self::Later => "b4",
            Self::NoEnd => "b5",
            Self::None => "b6",
        }
    }
}

impl Left {
    pub(super) fn of(timeline: &SeatTimeline, page: &Page) -> Self {
        match timeline.end_after(page.as_of) {
            _ if timeline.seats_at(page.as_of) == 0 => Self::None,
            Some(end) if end <= Instant::YEAR_2100 => Self::Days(page.zone.days_between(page.as_of, end)),
            _ => Self::NoEnd,
        }
    }

    /// Whether every reading of the license agrees on it.
    pub(super) fn is_certain(self, timeline: &SeatTimeline, page: &Page) -> bool {
        let doubt = timeline.certain_until(page.as_of);
        match self {
            Self::None => timeline.is_certain_at(page.as_of),
            Self::NoEnd => doubt.is_none(),
            Self::Days(_) => doubt.is_none_or(|doubt| timeline.end_after(page.as_of).is_some_and(|end| end < doubt)),
        }
    }

    pub(super) fn days(self) -> Option<i64> {
        match self {
            Self::Days(days) => Some(days),
            Self::NoEnd | Self::None => None,
        }
    }

    pub(super) fn band(self) -> Band {
        match self {
            Self::Days(..30) => Band::Month,
            Self::Days(..60) => Band::TwoMonths,
            Self::Days(..90) => Band::ThreeMonths,
            Self::Days(..=120) => Band::FourMonths,
            Self::Days(_) => Band::Later,
            Self::NoEnd => Band::NoEnd,
            Self::None => Band::None,
        }
    }
}

/// The number of items of a license in each band, marked where one of them is perhaps in another band.
pub(in crate::answers) fn bands(lines: &[ItemLine<'_>], page: &Page) -> Markup {
    let mut counts = [(0_usize, true); Band::ALL.len()];
    for line in lines {
        let left = Left::of(line.seats, page);
        for ((count, certain), _) in counts.iter_mut().zip(Band::ALL).filter(|(_, one)| *one == left.band()) {
            *count += 1;
            *certain &= left.is_certain(line.seats, page);
        }
    }
    let text = |(count, certain): (usize, bool)| format!("{count}{}", if certain { "" } else { DOUBT });
    html! {
        h3 { "Days until there are no seats" }
        ul.bands {
            @for (band, count) in Band::ALL.into_iter().zip(counts) {
                li class=(band.class()) { span { (band.label()) } " " b data-band=(band.class()) { (text(count)) } }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_day_is_in_one_band() {
        let band = |days| Left::Days(days).band().label();
        let edges = [0, 29, 30, 59, 60, 89, 90, 120, 121].map(band);
        let expected = [
            "0–29 days",
            "0–29 days",
            "30–59 days",
            "30–59 days",
            "60–89 days",
            "60–89 days",
            "90–120 days",
            "90–120 days",
            "over 120 days",
        ];
        assert_eq!(edges, expected);
    }
}
