//! The entries that an item's seats come from, in the words of `why`, and the findings about the item.

use maud::{Markup, html};

use crate::answers::html::line::ItemLine;
use crate::answers::html::parts::{finding, list, text};
use crate::answers::{Page, WhyEntry};

/// The content that a click on an item shows.
pub(super) fn entries(line: &ItemLine<'_>, page: &Page) -> Markup {
    html! {
        div.why {
            @for about in &line.about { p { (text(about)) } }
            @if let Some(explanation) = line.explanation {
                @if !explanation.entries.is_empty() {
                    ol.entries { @for one in &explanation.entries { (entry(one, line, page)) } }
                }
                (list(&explanation.other_readings))
            }
            @if !line.findings.is_empty() {
                ul.findings { @for one in &line.findings { (finding(one)) } }
            }
        }
    }
}

/// An entry in words: "line 24: 120 seats from 2026-01-01 00:00: until the next entry".
fn entry(entry: &WhyEntry, line: &ItemLine<'_>, page: &Page) -> Markup {
    let seats = match (line.is_capability(), entry.max_users) {
        (true, _) => String::new(),
        (false, None) => "? seats ".to_owned(),
        (false, Some(1)) => "1 seat ".to_owned(),
        (false, Some(seats)) => format!("{seats} seats "),
    };
    let from = entry.start_date.map_or_else(|| "?".to_owned(), |at| page.zone.show(at));
    let to = entry.end_date.map_or_else(String::new, |at| format!(" to {}", page.zone.show(at)));
    let started = entry.start_date.is_some_and(|start| start <= page.as_of);
    let now = entry.words.at(started, entry.holds, line.kind).unwrap_or_default();
    html! {
        li class=[entry.holds.then_some("holds")] {
            "line " (entry.words.line) ": " (seats) "from " (from) (to) ": " (text(&entry.words.always)) span.reading { (now) }
        }
    }
}
