//! A strip of months: how much ends and how much falls in each.

use std::collections::BTreeMap;

use chrono::Datelike;
use maud::{Markup, html};

use crate::answers::Page;
use crate::answers::html::line::ItemLine;
use crate::time::Instant;

/// The most months that are shown; what comes after them is counted together.
const MOST: i64 = 24;

#[derive(Clone, Copy, Debug, Default)]
struct Month {
    ends: usize,
    falls: usize,
}

impl Month {
    fn add(&mut self, seats: u64) {
        if seats == 0 {
            self.ends += 1;
        } else {
            self.falls += 1;
        }
    }

    fn and(self, other: Self) -> Self {
        Self { ends: self.ends + other.ends, falls: self.falls + other.falls }
    }

    /// The counts in words: "26 end, 1 falls".
    fn words(self) -> String {
        let one = |count: usize, verb: &str| format!("{count} {verb}{}", if count == 1 { "s" } else { "" });
        let parts = [(self.ends, "end"), (self.falls, "fall")].into_iter().filter(|(count, _)| *count > 0);
        parts.map(|(count, verb)| one(count, verb)).collect::<Vec<_>>().join(", ")
    }

    fn class(self) -> &'static str {
        match (self.ends, self.falls) {
            (0, 0) => "none",
            (0, _) => "falls",
            _ => "ends",
        }
    }
}

/// The months from the one after the as-of to the last one in which seats end or fall.
pub(in crate::answers) fn months(lines: &[ItemLine<'_>], page: &Page) -> Markup {
    let mut found: BTreeMap<i64, Month> = BTreeMap::new();
    for line in lines {
        let mut before = line.seats.seats_at(page.as_of);
        for step in line.seats.steps().iter().filter(|step| step.at > page.as_of) {
            if step.seats < before
                && step.at <= Instant::YEAR_2100
                && let Some(day) = page.zone.day(step.at)
            {
                let month = i64::from(day.year()) * 12 + i64::from(day.month0());
                found.entry(month).or_default().add(step.seats);
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
    let later = Some(("later".to_owned(), later)).filter(|(_, later)| later.ends + later.falls > 0);
    let all: Vec<_> = named.chain(later).collect();
    html! {
        h3 { "What ends or falls, month by month" }
        ol.months {
            @for (name, month) in &all {
                li class=(month.class()) { span { (name) } " " b { (month.words()) } }
            }
            @if all.is_empty() { li.none { "nothing" } }
        }
    }
}
