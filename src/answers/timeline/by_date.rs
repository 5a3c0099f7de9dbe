//! The changes of all items in one list, by date.

use std::borrow::Cow;

use maud::{Markup, html};

use crate::answers::html::text;
use crate::answers::origin::SourceTitles;
use crate::answers::phrase::{self, DOUBT};
use crate::answers::{Page, TimelineItem, TimelineReport, TimelineStep};
use crate::layout::{Cell, Grid, Tone};
use crate::time::Instant;

/// The words for the start of a capability whose end cannot be read.
pub(super) const PERHAPS_BEGINS: &str = "perhaps begins";

/// A step of an item, and the seats before it.
struct ItemChange<'r> {
    item: &'r TimelineItem,
    step: Cow<'r, TimelineStep>,
    before: Option<u64>,
    /// Whether `before` is certain.
    before_certain: bool,
}

/// How a change is laid out. A narrower layout has fewer columns and leaves nothing out.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Layout {
    /// A column for each fact.
    Wide,
    /// The name and the file under the id.
    Under,
    /// Everything under the date.
    Narrow,
}

/// The changes of all licenses, with their files where there are several licenses; `None` where nothing changes.
pub(super) fn grid(
    report: &TimelineReport,
    titles: &SourceTitles<'_>,
    page: &Page,
    for_terminal: bool,
) -> Option<Grid> {
    let changes = changes(report);
    if changes.is_empty() {
        return None;
    }
    let make = |layout| lay_out(&changes, report.licenses.len() > 1, titles, page, layout);
    let wide = make(Layout::Wide);
    if !for_terminal || wide.fits(page.width) {
        return Some(wide);
    }
    let under = make(Layout::Under);
    Some(if under.fits(page.width) { under } else { make(Layout::Narrow) })
}

/// The changes of all licenses as a table of an HTML page.
pub(super) fn markup(report: &TimelineReport, titles: &SourceTitles<'_>, page: &Page) -> Markup {
    let changes = changes(report);
    let several = report.licenses.len() > 1;
    let seats = |seats: Option<u64>| seats.map_or_else(String::new, |seats| seats.to_string());
    html! {
        @if !changes.is_empty() {
            div.scroll tabindex="0" role="region" aria-label="All changes by date" {
                table {
                    thead {
                        tr {
                            th scope="col" { "date" }
                            @if several { th scope="col" { "file" } }
                            th scope="col" { "kind" }
                            th scope="col" { "item" }
                            th.n scope="col" { "before" }
                            th.n scope="col" { "after" }
                            th scope="col" { "what" }
                        }
                    }
                    tbody {
                        @for change in &changes {
                            @let ItemChange { item, step, before, before_certain } = change;
                            @let (name, known_as) = phrase::name(item.name.as_deref(), item.known_as.as_deref());
                            @let (what, tone) = what(change, page);
                            tr {
                                td.date { (page.zone.show(step.at)) }
                                @if several { td { (text(&titles.short(&item.origin))) } }
                                td { (item.kind.noun()) }
                                th scope="row" {
                                    (text(&format!("{name}{known_as}"))) " " code { (text(&item.id)) }
                                }
                                td.n { (seats(*before)) @if before.is_some() && !before_certain { (DOUBT) } }
                                td.n { (seats(step.seats)) @if !step.certain { (DOUBT) } }
                                td.bad[tone == Tone::Bad] { (what) }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn changes(report: &TimelineReport) -> Vec<ItemChange<'_>> {
    let mut changes: Vec<_> = report.items.iter().flat_map(changes_of).collect();
    // The sort is stable: changes at one instant stay in the order of the items.
    changes.sort_by_key(|change| change.step.at);
    changes
}

fn changes_of(item: &TimelineItem) -> impl Iterator<Item = ItemChange<'_>> {
    // The number before a change has the mark of the number after the change before.
    let just_before = |step: &TimelineStep| Instant::from_epoch_ms(step.at.epoch_ms().saturating_sub(1));
    let at_first = item.steps.first().is_none_or(|first| item.timeline.is_certain_at(just_before(first)));
    let before = std::iter::once((item.seats_before, at_first));
    let before = before.chain(item.steps.iter().map(|step| (step.seats, step.certain)));
    let changes = item.steps.iter().map(Cow::Borrowed).chain(item.perhaps_begins.map(|at| {
        // Nobody knows how many seats there are, and whether there is anything.
        Cow::Owned(TimelineStep { at, seats: None, active: true, certain: false })
    }));
    changes.zip(before).map(move |(step, (before, before_certain))| ItemChange { item, step, before, before_certain })
}

fn lay_out(changes: &[ItemChange<'_>], several: bool, titles: &SourceTitles<'_>, page: &Page, layout: Layout) -> Grid {
    let mut header = vec!["date"];
    if layout == Layout::Wide {
        header.extend(several.then_some("file"));
    }
    header.extend(match layout {
        Layout::Wide => ["kind", "item", "name", ">before", ">after", "what"].as_slice(),
        Layout::Under => ["kind", "item", ">before", ">after", "what"].as_slice(),
        Layout::Narrow => [].as_slice(),
    });
    let mut grid = Grid::new(&header);
    let mut previous = None;
    for change in changes {
        let ItemChange { item, step, before, before_certain } = change;
        let date = if previous == Some(step.at) { String::new() } else { page.zone.show(step.at) };
        previous = Some(step.at);
        let (name, known_as) = phrase::name(item.name.as_deref(), item.known_as.as_deref());
        let file = several.then(|| titles.short(&item.origin));
        let named = Some(format!("{name}{known_as}")).filter(|name| !name.is_empty());
        let seats = |seats: Option<u64>| seats.map_or_else(String::new, |seats| seats.to_string());
        let doubt = if before.is_none() || *before_certain { "" } else { DOUBT };
        let (before, after) = (seats(*before) + doubt, seats(step.seats) + if step.certain { "" } else { DOUBT });
        let (what, tone) = what(change, page);
        if layout == Layout::Narrow {
            let numbers = if before.is_empty() { what } else { format!("{before} to {after}: {what}") };
            let about = [Some(item.kind.noun().to_owned()), named, file, Some(numbers)].into_iter().flatten();
            let lines = std::iter::once(item.id.clone()).chain(about.map(|line| format!("  {line}")));
            let date = Some(date).filter(|date| !date.is_empty());
            let lines = date.into_iter().chain(lines.map(|line| format!("  {line}")));
            grid.row([Cell::lines(lines)]);
            continue;
        }
        let mut row = vec![Cell::new(date)];
        if layout == Layout::Wide {
            row.extend(file.map(Cell::id));
            row.extend([Cell::new(item.kind.noun()), Cell::id(&item.id), Cell::named(name, known_as)]);
        } else {
            let under = named.into_iter().chain(file).map(|line| format!("  {line}"));
            row.push(Cell::new(item.kind.noun()));
            row.push(Cell::ids(std::iter::once(item.id.clone()).chain(under).collect()));
        }
        row.extend([Cell::new(before), Cell::new(after), Cell::new(what).tone(tone)]);
        grid.row(row);
    }
    grid
}

/// The word for a change: "begins", "more", "fewer", "gap until …", "again", "ends".
fn what(change: &ItemChange<'_>, page: &Page) -> (String, Tone) {
    let ItemChange { item, step, before, .. } = change;
    if item.perhaps_begins == Some(step.at) {
        return (format!("{PERHAPS_BEGINS}{DOUBT}"), Tone::Plain);
    }
    if !step.active {
        let back = item.timeline.steps().iter().find(|later| later.at > step.at);
        return match back {
            Some(back) => (format!("gap until {}", page.zone.show(back.at)), Tone::Bad),
            None if step.at > Instant::YEAR_2100 => ("no end stated, perhaps perpetual".to_owned(), Tone::Plain),
            None => ("ends".to_owned(), Tone::Bad),
        };
    }
    let held_before = |at: Instant| item.timeline.steps().first().is_some_and(|first| first.at < at);
    let none = item.timeline.seats_at(Instant::from_epoch_ms(step.at.epoch_ms() - 1)) == 0;
    let (what, tone) = match (none, *before < step.seats) {
        (true, _) if held_before(step.at) => ("again", Tone::Good),
        (true, _) => ("begins", Tone::Good),
        (false, true) => ("more", Tone::Good),
        (false, false) => ("fewer", Tone::Bad),
    };
    (what.to_owned(), tone)
}
