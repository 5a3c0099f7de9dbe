//! `seatline timeline` as a page.

use maud::{Markup, html};

use crate::answers::html::{
    CourseColumn, Data, ItemLine, Scope, Sort, all_controls, bands, chart, failures, findings, footer, list, months,
    tables, text,
};
use crate::answers::origin::SourceTitles;
use crate::answers::timeline::by_date;
use crate::answers::timeline::text::{By, change, doubt_legend, nothing, perhaps_begins, remarks, what};
use crate::answers::{Page, TimelineItem, TimelineReport};
use crate::layout::html::Sheet;

/// The page of `timeline`. Its seats can be moved to another day.
#[must_use]
pub fn timeline_html(report: &TimelineReport, page: &Page, by: By) -> String {
    let titles = SourceTitles::of(report.licenses.iter().map(|license| &*license.origin));
    let lines: Vec<_> = report.items.iter().map(line).collect();
    let chart = chart(&lines, page, 300);
    let data = Data::of(&lines, page, Scope::Always, &chart);
    let lines_of = |item: usize| report.items.get(item);
    let changes = |item: Option<&TimelineItem>| {
        html! {
            @for step in item.map_or(&[][..], |item| item.steps.as_slice()) {
                @if let Some(item) = item { div.date { (change(item, step, page)) } }
            }
            @if let Some(at) = item.and_then(|item| item.perhaps_begins) { div.date { (perhaps_begins(at, page)) } }
        }
    };
    let main = html! {
        (all_controls())
        @if by == By::Date { (dates(report, &titles, page)) }
        @for license in &report.licenses {
            @let rows = lines.get(license.rows.clone()).unwrap_or_default();
            @let base = license.rows.start;
            @let changes = |n: usize| changes(lines_of(base + n));
            @let remarks = |n: usize| lines_of(base + n).map_or_else(Vec::new, |item| remarks(item, page));
            @let columns = [
                CourseColumn::Picture(&chart),
                CourseColumn::Seats("seats"),
                CourseColumn::Status,
                CourseColumn::Left,
                CourseColumn::Fixed("changes", Sort::None, &changes),
                CourseColumn::Remarks(&remarks),
            ];
            section.license {
                h2 { (text(&titles.text(&license.origin))) }
                p { (text(&what(license, page))) }
                (bands(rows, page))
                (months(rows, page))
                (tables(rows, base, page, &columns, &|_| false))
                (findings(&license.findings))
            }
        }
        (list(&doubt_legend(&report.items).into_iter().collect::<Vec<_>>()))
        @if by == By::Item { (dates(report, &titles, page)) }
        (failures(&report.failures))
    };
    let files: Vec<_> = report.licenses.iter().map(|license| titles.text(&license.origin)).collect();
    let as_of = page.zone.show(page.as_of);
    let sheet = Sheet {
        title: "What changes when",
        header: html! {
            h1 { "What changes when" }
            p { "Seats and status as of " span.at { (as_of) } " (" (page.zone) ")" }
        },
        main,
        footer: footer(&format!("Read: {}", files.join("; ")), page),
        data: &data,
    };
    sheet.render()
}

/// The section that lists all changes by date.
fn dates(report: &TimelineReport, titles: &SourceTitles<'_>, page: &Page) -> Markup {
    html! {
        section {
            h2 { "All changes by date" }
            (list(&nothing(report, &report.items, page)))
            (by_date::markup(report, titles, page))
        }
    }
}

fn line(item: &TimelineItem) -> ItemLine<'_> {
    let TimelineItem { kind, id, name, known_as, timeline, .. } = item;
    ItemLine {
        explanation: Some(&item.explanation),
        ..ItemLine::new(*kind, id, name.as_deref(), known_as.as_deref(), timeline)
    }
}
