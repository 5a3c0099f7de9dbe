//! `seatline fit` as a page: the verdict first, then what is owned, assigned, available and short side by side.

use maud::{Markup, html};

use crate::answers::Page;
use crate::answers::costs::costs_html;
use crate::answers::fit::text::{is_shown, locked_out, looked_at, notes, percent, remarks};
use crate::answers::fit::value::{FitItem, FitReport};
use crate::answers::html::{
    CourseColumn, Data, ItemLine, Scope, Sort, bands, chart, failures, findings, footer, list, months, plain_controls,
    sentence, tables,
};
use crate::layout::html::Sheet;
use crate::license::ItemKind;

/// The page of `fit`. Its seats can be moved to another day; the verdict keeps speaking of the whole period that was
/// looked at.
#[must_use]
pub fn fit_html(report: &FitReport, page: &Page) -> String {
    let items: Vec<_> = report.items.iter().filter(|item| is_shown(item)).collect();
    let lines: Vec<_> = items.iter().map(|item| line(item)).collect();
    let chart = chart(&lines, page, 180);
    let data = Data::of(&lines, page, Scope::FromAsOf, &chart);
    let used = |n: usize| -> Markup {
        html! { (items.get(n).map_or_else(String::new, |item| percent(item))) }
    };
    let remarks = |n: usize| items.get(n).map_or_else(Vec::new, |item| remarks(item, report.until, page));
    let locked = |n: usize| -> Markup {
        let locked_out = items.get(n).and_then(|item| locked_out(item, report.until));
        html! { (locked_out.map_or_else(String::new, |locked_out| locked_out.to_string())) }
    };
    let columns = [
        CourseColumn::Seats("owned"),
        CourseColumn::Assigned,
        CourseColumn::Available,
        CourseColumn::Short,
        CourseColumn::Fixed("use at the as-of", Sort::Number, &used),
        CourseColumn::Picture(&chart),
        CourseColumn::OfKind(ItemKind::UserType, "locked out", Sort::Number, &locked),
        CourseColumn::Remarks(&remarks),
    ];
    let class = match report.fits {
        Some(true) => "go",
        Some(false) => "no",
        None => "then",
    };
    let main = html! {
        @if !lines.is_empty() {
            section.license {
                h2 { "Seats on " span.at { (page.zone.show(page.as_of)) } }
                (plain_controls())
                (bands(&lines, page))
                (months(&lines, page))
                (tables(&lines, 0, page, &columns, &|n| items.get(n).is_some_and(|item| item.fits == Some(false))))
                p.key { "Over time: the area is what is owned, the dashed line what is assigned and planned." }
            }
        }
        (costs_html(report.costs.as_ref(), page))
        (list(&notes(report)))
        (findings(&report.findings))
        (failures(&report.failures))
    };
    let looked_at = looked_at(report, page);
    let sheet = Sheet {
        title: &report.verdict,
        header: html! {
            div.verdict.(class) {
                h1 { (sentence(&report.verdict)) }
                p { (sentence(&looked_at)) }
            }
        },
        main,
        footer: footer(&looked_at, page),
        data: &data,
    };
    sheet.render()
}

fn line(item: &FitItem) -> ItemLine<'_> {
    ItemLine {
        need: item.need.as_ref(),
        counted: item.assigned.is_some(),
        explanation: Some(&item.explanation),
        ..ItemLine::new(item.kind, &item.id, item.name.as_deref(), None, &item.timeline)
    }
}
