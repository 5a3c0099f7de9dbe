//! `seatline preflight` as a page: first the verdict, then the actions by date.

use maud::{Markup, html};

use crate::answers::Page;
use crate::answers::costs::costs_html;
use crate::answers::html::{
    CourseColumn, Data, ItemLine, Scope, Sort, bands, chart, failures, footer, list, months, named, plain_controls,
    sentence, tables, text,
};
use crate::answers::phrase::DOUBT;
use crate::answers::preflight::action_value::{Action, ActionItem};
use crate::answers::preflight::growth::{eased, is_even, rises};
use crate::answers::preflight::item_words::ShortSeats;
use crate::answers::preflight::items_grid::{assigned_cell, old_cell};
use crate::answers::preflight::looked_at::looked_at;
use crate::answers::preflight::lowest::lowest;
use crate::answers::preflight::text::{DOUBT_LEGEND, places, replacements};
use crate::answers::preflight::value::{PreflightItem, PreflightReport, Verdict};
use crate::layout::html::Sheet;
use crate::time::Zone;

/// The page. Its reader can choose another day for the seats; the verdict is always about the import.
#[must_use]
pub fn preflight_html(report: &PreflightReport, page: &Page) -> String {
    let lines: Vec<_> = report.items.iter().map(line).collect();
    let chart = chart(&lines, page, 180);
    let data = Data::of(&lines, page, Scope::FromAsOf, &chart);
    let item = |n: usize| report.items.get(n);
    let old = |n: usize| -> Markup {
        html! { (item(n).map_or_else(String::new, |item| old_cell(item, report.until))) }
    };
    let lowest = |n: usize| -> Markup {
        html! { (sentence(&item(n).map_or_else(String::new, |item| lowest(item, report.until, page)))) }
    };
    // These do not follow the day that the reader chooses, so their titles say of which day they are.
    let old_ended = report.old.as_ref().is_some_and(|old| old.ended.is_some());
    let old_title = if old_ended { "old, before its end" } else { "old, at the import" };
    let columns = [
        CourseColumn::Fixed(old_title, Sort::Number, &old),
        CourseColumn::Seats("owned"),
        CourseColumn::Assigned,
        CourseColumn::Available,
        CourseColumn::Short,
        CourseColumn::Picture(&chart),
        CourseColumn::Fixed("lowest after the import", Sort::None, &lowest),
    ];
    let class = match report.verdict {
        Some(Verdict::Go) => "go",
        Some(Verdict::GoThenAct) => "then",
        Some(Verdict::NoGo) | None => "no",
    };
    let is_marked_above = report.actions.iter().flat_map(|action| &action.items).any(is_marked);
    // Doubts on any day that the reader can choose.
    let is_doubted = |item: &PreflightItem| item.old_certain == Some(false) || !item.timeline.doubts().is_empty();
    let main = html! {
        @if !report.actions.is_empty() {
            section {
                h2 { "What to do, by when" }
                ol.actions { @for one in &report.actions { (action(one, page)) } }
                @if is_marked_above { p.key { (DOUBT_LEGEND) } }
            }
        }
        @if !report.unknown.is_empty() {
            section {
                h2 { "What nobody knows" }
                (list(&report.unknown))
            }
        }
        @if !lines.is_empty() {
            section.license {
                h2 { "Seats on " span.at { (page.zone.show(page.as_of)) } }
                (plain_controls())
                (bands(&lines, page))
                (months(&lines, page))
                (tables(&lines, 0, page, &columns, &|n| item(n).is_some_and(|item| item.fits == Some(false))))
                p.key {
                    "Over time: the area is what is owned, the dashed line what is needed."
                    @if report.plan.is_some() { " What is planned by a day is counted as assigned on it." }
                }
                @if !is_marked_above && report.items.iter().any(is_doubted) { p.key { (DOUBT_LEGEND) } }
                @for line in replacements(report, |_| true) { p.key { (text(&line)) } }
            }
        }
        (costs_html(report.costs.as_ref(), page))
        (failures(&report.failures))
    };
    let looked_at = looked_at(report, page);
    let source = report.new.as_ref().map_or_else(String::new, |new| format!("{}: ", new.source));
    let sheet = Sheet {
        title: &report.headline,
        header: html! {
            div.verdict.(class) {
                h1 { (sentence(&report.headline)) }
                p { (text(&source)) (sentence(&looked_at)) }
            }
        },
        main,
        footer: footer(&format!("{source}{looked_at}"), page),
        data: &data,
    };
    sheet.render()
}

/// An action: "by DATE", what to do, for which items, and why.
fn action(action: &Action, page: &Page) -> Markup {
    let away = page.zone.span(page.as_of, action.due);
    html! {
        li.now[action.due <= page.as_of] {
            h3 {
                "by " span.whole { (page.zone.show(action.due)) }
                @if action.due > page.as_of { " (in " (away) ")" }
            }
            p { (sentence(&action.to_do)) }
            @if !action.items.is_empty() { (items(action, page)) }
            @for advice in &action.advice { p { (sentence(advice)) } }
            @if !action.locations.is_empty() { p { "why: " (text(&places(&action.locations))) } }
        }
    }
}

/// Whether a number of an item of an action is marked as not certain.
fn is_marked(item: &ActionItem) -> bool {
    let at_first = item.at_first.and_then(|first| first.old_certain);
    [item.certain, item.old_certain, at_first].contains(&Some(false))
}

/// Whether the number of missing seats is certain: the seats, and the need. Nothing where no numbers are shown.
fn short_certain(item: &ActionItem, short: &ShortSeats) -> Option<bool> {
    short.short?;
    Some(item.certain != Some(false) && short.old_certain != Some(false))
}

/// The most rows of an item on which more seats are missing, before its worst.
const MOST_RISES: usize = 12;

/// The missing seats of an item after the first day: as they grow more, at their most, and as they become fewer.
fn later_rows(item: &ActionItem, zone: Zone) -> Vec<(String, ShortSeats)> {
    let mut rows = Vec::new();
    if item.at_first.is_some() {
        let rises = rises(item).filter(|step| step.at < item.worst_at).take(MOST_RISES);
        rows.extend(rises.map(|step| (format!("then: {}", zone.show(step.at)), ShortSeats::at_step(item, step))));
        rows.push((format!("worst: {}", zone.show(item.worst_at)), ShortSeats::at_worst(item)));
    }
    rows.extend(eased(item).map(|(at, most)| {
        let then = if is_even(item) { "then" } else { "then at most" };
        (format!("{then}: {}", zone.show(at)), ShortSeats::at_step(item, most))
    }));
    rows
}

fn items(action: &Action, page: &Page) -> Markup {
    // Columns that would be empty are left out, so that the others have room on a phone.
    let locks_out = action.items.iter().any(|item| item.locks_out_at_most().at_most() > 0);
    let is_besides_seats = action.items.iter().any(|item| item.what.is_some());
    let is_old_needed = action.items.iter().any(|item| {
        item.old.is_some()
            || item.at_first.is_some_and(|first| first.old.is_some())
            || item.course.iter().any(|step| step.old.is_some())
    });
    let mark = |certain: Option<bool>| if certain == Some(false) { DOUBT } else { "" };
    let number = |count: Option<u64>| count.map_or_else(|| "–".to_owned(), |count| count.to_string());
    let numbers = |item: &ActionItem, short: ShortSeats| {
        html! {
            td.n { (assigned_cell(short.assigned, short.planned)) }
            @if is_old_needed { td.n { (number(short.old)) (mark(short.old_certain)) } }
            td.n { (number(short.seats)) (mark(item.certain)) }
            td.n { (number(short.short)) (mark(short_certain(item, &short))) }
            @if locks_out { td { (short.locked_out) } }
        }
    };
    let row = |item: &ActionItem| {
        let later = later_rows(item, page.zone);
        let rows = (!later.is_empty()).then_some(1 + later.len());
        html! {
            tr {
                th scope="row" rowspan=[rows] { (named(item.name.as_deref(), &item.id)) }
                td.date rowspan=[rows] { (item.kind.noun()) }
                @if is_besides_seats { td rowspan=[rows] { (text(item.what.as_deref().unwrap_or("seats"))) } }
                td.date { (page.zone.show(item.from)) }
                (numbers(item, ShortSeats::at_first(item)))
                td.date rowspan=[rows] {
                    (item.to.map_or_else(|| "for good".to_owned(), |to| page.zone.show(to)))
                    @if item.then_in_doubt { ", then not certain" }
                }
            }
            @for (heading, short) in later {
                tr {
                    th.date scope="row" { (heading) }
                    (numbers(item, short))
                }
            }
        }
    };
    let label = format!("What is concerned by {}: {}", page.zone.show(action.due), action.cause);
    html! {
        div.scroll tabindex="0" role="region" aria-label=(label) {
            table {
                thead {
                    tr {
                        th scope="col" { "item" }
                        th scope="col" { "kind" }
                        @if is_besides_seats { th scope="col" { "what" } }
                        th scope="col" { "from" }
                        th.n scope="col" { "assigned" }
                        @if is_old_needed { th.n scope="col" { "old" } }
                        th.n scope="col" { "seats" }
                        th.n scope="col" { "short" }
                        @if locks_out { th scope="col" { "locked out" } }
                        th scope="col" { "until" }
                    }
                }
                tbody { @for item in &action.items { (row(item)) } }
            }
        }
    }
}

fn line(item: &PreflightItem) -> ItemLine<'_> {
    ItemLine {
        need: item.need.as_ref(),
        need_doubts: &item.need_doubts,
        counted: item.assigned.is_some(),
        explanation: Some(&item.explanation),
        ..ItemLine::new(item.kind, &item.id, item.name.as_deref(), None, &item.timeline)
    }
}
