//! `seatline diff` as a page: the verdict first, then what is lost, then what changes.

use maud::{Markup, html};

use crate::answers::Page;
use crate::answers::costs::costs_html;
use crate::answers::diff::DiffItem;
use crate::answers::diff::phrase::sentences;
use crate::answers::diff::text::{doubt_legend, notes, places, sections, title, unchanged};
use crate::answers::diff::value::DiffReport;
use crate::answers::html::{
    CourseColumn, Data, ItemLine, Scope, Sort, chart, failures, footer, list, plain_controls, sentence, tables, text,
};
use crate::layout::html::Sheet;

/// The page of `diff`. Its seats can be moved to another day; the verdict keeps speaking of the as-of and all later
/// times.
#[must_use]
pub fn diff_html(report: &DiffReport, page: &Page) -> String {
    let items: Vec<_> = report.items.iter().filter(|item| item.changed).collect();
    let lines: Vec<_> = items.iter().map(|item| line(item)).collect();
    let chart = chart(&lines, page, 180);
    let data = Data::of(&lines, page, Scope::FromAsOf, &chart);
    let words = |n: usize| -> Markup {
        let words = items.get(n).map_or_else(Vec::new, |item| sentences(item, page));
        html! { @for line in words { div { (sentence(&line)) } } }
    };
    let columns = [
        CourseColumn::Old("old"),
        CourseColumn::Seats("new"),
        CourseColumn::Delta,
        CourseColumn::Picture(&chart),
        CourseColumn::Fixed("from the as-of on", Sort::None, &words),
    ];
    let is_lost = |n: usize| items.get(n).is_some_and(|item| !item.lost.is_empty() || !item.extras_lost.is_empty());
    let verdict = report.verdict.as_deref().unwrap_or("an input could not be read");
    let class = match report.nothing_lost {
        Some(true) if report.falls.is_empty() => "go",
        Some(false) => "no",
        Some(true) | None => "then",
    };
    let main = html! {
        @for (heading, findings) in sections(report) {
            section {
                h2 { (heading) }
                ul.findings {
                    @for finding in findings {
                        @let place = places(report, finding.old.as_ref(), finding.new.as_ref());
                        li.error { (text(&finding.message)) " (" (text(&place)) ")" }
                    }
                }
            }
        }
        @if !lines.is_empty() {
            section {
                h2 { "What changes: seats on " span.at { (page.zone.show(page.as_of)) } }
                (plain_controls())
                (tables(&lines, 0, page, &columns, &is_lost))
                p.key { "Over time: the area is NEW, the dashed line OLD." }
            }
        }
        (costs_html(report.costs.as_ref(), page))
        (list(&unchanged(report).into_iter().collect::<Vec<_>>()))
        (list(&doubt_legend(report).into_iter().chain(notes(report)).collect::<Vec<_>>()))
        (failures(&report.failures))
    };
    let sheet = Sheet {
        title: verdict,
        header: html! {
            div.verdict.(class) {
                h1 { (sentence(verdict)) }
                p { (sentence(&title(report, page))) }
            }
        },
        main,
        footer: footer(&title(report, page), page),
        data: &data,
    };
    sheet.render()
}

fn line(item: &DiffItem) -> ItemLine<'_> {
    let DiffItem { kind, id, name, known_as, new_timeline, old_timeline, .. } = item;
    ItemLine {
        old: Some(old_timeline),
        explanation: Some(&item.explanation),
        ..ItemLine::new(*kind, id, name.as_deref(), known_as.as_deref(), new_timeline)
    }
}
