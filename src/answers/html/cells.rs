//! Cells that the script changes. A cell holds the very text that the script writes for the same day.

use maud::{Markup, html};

use crate::answers::Page;
use crate::answers::html::bands::Left;
use crate::answers::html::entries::entries;
use crate::answers::html::line::ItemLine;
use crate::answers::html::parts::text;
use crate::answers::outlook::{OutlookPart, outlook};
use crate::answers::phrase::{DOUBT, name};
use crate::seats::SeatTimeline;
use crate::time::Instant;

/// The name and the id; a click shows where the seats come from.
pub(in crate::answers) fn item(line: &ItemLine<'_>, page: &Page) -> Markup {
    let (own, known_as) = name(line.name, line.known_as);
    let title = html! {
        @if !own.is_empty() { span.name { (text(own)) } " " }
        @if !known_as.is_empty() { span.known { (text(known_as.trim_start())) } " " }
        code { (text(line.id)) }
    };
    html! {
        th scope="row" {
            @if !line.has_more() {
                (title)
            } @else {
                details { summary { (title) } (entries(line, page)) }
            }
        }
    }
}

/// The seats at an instant, "60" or "60 ?"; of a capability whether the license gives it.
pub(super) fn seats(timeline: &SeatTimeline, is_capability: bool, at: Instant) -> String {
    let seats = match (is_capability, timeline.seats_at(at)) {
        (true, 0) => "–".to_owned(),
        (true, _) => "there".to_owned(),
        (false, seats) => seats.to_string(),
    };
    seats + doubt(timeline.is_certain_at(at))
}

pub(super) fn doubt(certain: bool) -> &'static str {
    if certain { "" } else { DOUBT }
}

pub(in crate::answers) fn seats_cell(line: &ItemLine<'_>, page: &Page) -> Markup {
    html! { td.n data-c="seats" { (seats(line.seats, line.is_capability(), page.as_of)) } }
}

pub(in crate::answers) fn status_cell(line: &ItemLine<'_>, page: &Page) -> Markup {
    let status = line.seats.status_at(page.as_of);
    html! {
        td.(status.as_str()) data-c="status" { (status) (doubt(line.seats.is_certain_at(page.as_of))) }
    }
}

/// The cell with the days until the item has no seats.
pub(in crate::answers) fn left_cell(line: &ItemLine<'_>, page: &Page) -> Markup {
    let left = Left::of(line.seats, page);
    let mark = doubt(left.is_certain(line.seats, page));
    let days = left.days().map_or_else(String::new, |days| format!("{days}{mark}"));
    html! { td.n.(left.band().class()) data-c="left" { (days) } }
}

/// The cell with the later changes of the seats, each in a line.
pub(in crate::answers) fn dates(line: &ItemLine<'_>, page: &Page) -> Markup {
    let phrases = outlook(line.seats, !line.is_capability(), page);
    html! { td.words data-c="dates" { @for phrase in phrases { div { (OutlookPart::in_one_line(phrase)) } } } }
}
