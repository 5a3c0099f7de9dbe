//! A strip of months: how many items end, begin a gap, and fall in each.

use std::collections::BTreeMap;

use chrono::Datelike;
use maud::{Markup, html};

use crate::answers::Page;
use crate::answers::html::line::ItemLine;
use crate::answers::phrase::DOUBT;
use crate::answers::words::count;
use crate::seats::{SeatTimeline, Step};
use crate::time::Instant;

/// The most months that are shown; what comes after them is counted together.
const MOST: i64 = 24;

#[derive(Clone, Copy, Debug, Default)]
struct Month {
    ends: u64,
    gaps: u64,
    falls: u64,
    /// Whether one of them lies beyond the time up to which all readings of the license agree.
    doubtful: bool,
}

impl Month {
    /// Adds a fall of the seats. It is an end only where seats never come back.
    fn add(&mut self, timeline: &SeatTimeline, step: &Step, doubtful: bool) {
        match step.seats {
            0 if timeline.final_end() == Some(step.at) => self.ends += 1,
            0 => self.gaps += 1,
            _ => self.falls += 1,
        }
        self.doubtful |= doubtful;
    }

    fn and(self, other: Self) -> Self {
        Self {
            ends: self.ends + other.ends,
            gaps: self.gaps + other.gaps,
            falls: self.falls + other.falls,
            doubtful: self.doubtful || other.doubtful,
        }
    }

    fn is_empty(self) -> bool {
        (self.ends, self.gaps, self.falls) == (0, 0, 0)
    }

    /// The counts in words: "26 ends, 1 fall".
    fn words(self) -> String {
        let parts = [(self.ends, "end"), (self.gaps, "gap"), (self.falls, "fall")];
        let parts = parts.into_iter().filter(|(number, _)| *number > 0);
        let words: Vec<_> = parts.map(|(number, noun)| count(number, noun)).collect();
        format!("{}{}", words.join(", "), if self.doubtful { DOUBT } else { "" })
    }

    fn class(self) -> &'static str {
        match (self.ends, self.gaps, self.falls) {
            (0, 0, 0) => "none",
            (0, 0, _) => "falls",
            _ => "ends",
        }
    }
}

/// The months from the one after the as-of to the last one in which seats end or fall.
pub(in crate::answers) fn months(lines: &[ItemLine<'_>], page: &Page) -> Markup {
    let mut found: BTreeMap<i64, Month> = BTreeMap::new();
    for line in lines {
        let mut before = line.seats.seats_at(page.as_of);
        let doubt = line.seats.certain_until(page.as_of);
        for step in line.seats.steps().iter().filter(|step| step.at > page.as_of) {
            if step.seats < before
                && step.at <= Instant::YEAR_2100
                && let Some(day) = page.zone.day(step.at)
            {
                let month = i64::from(day.year()) * 12 + i64::from(day.month0());
                found.entry(month).or_default().add(line.seats, step, doubt.is_some_and(|doubt| doubt <= step.at));
            }
            before = step.seats;
        }
    }
    let first = found.keys().next().copied().unwrap_or(0);
    let beyond = found.split_off(&(first + MOST));
    let later = beyond.values().fold(Month::default(), |sum, month| sum.and(*month));
    let last = found.keys().next_back().copied().unwrap_or(first - 1);
    let named = (first..=last).map(|number| {
        let month = found.get(&number).copied().unwrap_or_default();
        (format!("{:04}-{:02}", number.div_euclid(12), number.rem_euclid(12) + 1), month)
    });
    let later = Some(("later".to_owned(), later)).filter(|(_, later)| !later.is_empty());
    let all: Vec<_> = named.chain(later).collect();
    html! {
        h3 { "Ends, gaps and falls of seats, month by month" }
        ol.months {
            @for (name, month) in &all {
                li class=(month.class()) { span { (name) } " " b { (month.words()) } }
            }
            @if all.is_empty() { li.none { "nothing" } }
        }
    }
}
