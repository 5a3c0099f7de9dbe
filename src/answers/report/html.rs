//! `seatline report` as a page.

use std::collections::HashMap;

use maud::{Markup, html};

use crate::answers::costs::costs_html;
use crate::answers::html::{
    CourseColumn, Data, ItemLine, Scope, Sort, all_controls, bands, chart, failures, findings, footer, list, months,
    tables, text,
};
use crate::answers::origin::SourceTitles;
use crate::answers::report::text::legend;
use crate::answers::{FindingReport, ItemReport, LicenseReport, Page, Report};
use crate::layout::html::Sheet;
use crate::license::ItemKind;

/// The page of `report`. Its seats can be moved to another day.
#[must_use]
pub fn report_html(report: &Report, page: &Page) -> String {
    let titles = SourceTitles::of(report.licenses.iter().map(|license| &license.origin));
    let lines: Vec<Vec<ItemLine<'_>>> = report.licenses.iter().map(lines).collect();
    let all = lines.concat();
    let chart = chart(&all, page, 180);
    let mut data = Data::of(&all, page, Scope::Always, &chart);
    report.licenses.iter().for_each(|license| data.add_administrators(&license.compatible));
    let as_of = page.zone.show(page.as_of);
    let mut base = 0;
    let main = html! {
        (all_controls())
        @for (n, (license, lines)) in report.licenses.iter().zip(&lines).enumerate() {
            section.license {
                h2 { (text(&titles.text(&license.origin))) }
                p { (text(&license.origin.what())) }
                p { "An administrator can have: " span data-admins=(n) { (administrators(license)) } }
                @if let Some(foreign) = license.foreign_list() { p.doubt { (text(&foreign)) } }
                (bands(lines, page))
                (months(lines, page))
                (table(license, lines, base, page, &chart))
                (costs_html(license.costs.as_ref(), page))
                (list(&legend(license).collect::<Vec<_>>()))
                (findings(&license.findings))
            }
            @let () = base += lines.len();
        }
        (failures(&report.failures))
    };
    let files: Vec<_> = report.licenses.iter().map(|license| titles.text(&license.origin)).collect();
    let sheet = Sheet {
        title: &format!("Seats on {as_of}"),
        header: html! {
            h1 { "Seats on " span.at { (as_of) } " (" (page.zone) ")" }
        },
        main,
        footer: footer(&format!("Read: {}", files.join("; ")), page),
        data: &data,
    };
    sheet.render()
}

fn administrators(license: &LicenseReport) -> Markup {
    html! {
        @if license.administrators.is_empty() { "no user type that is certain to have seats" }
        @for (n, id) in license.administrators.iter().enumerate() {
            @if n > 0 { ", " }
            code { (text(id)) }
        }
    }
}

fn table(
    license: &LicenseReport,
    lines: &[ItemLine<'_>],
    base: usize,
    page: &Page,
    chart: &crate::layout::html::Chart,
) -> Markup {
    let included = |n: usize| {
        let by = license.items.get(n).map_or(&[][..], |item| item.included_by.as_slice());
        html! { @for (n, id) in by.iter().enumerate() { @if n > 0 { ", " } code { (text(id)) } } }
    };
    let columns = [
        CourseColumn::Seats("seats"),
        CourseColumn::Status,
        CourseColumn::Left,
        CourseColumn::Picture(chart),
        CourseColumn::Dates,
        CourseColumn::Administrator,
    ];
    let with_included: Vec<_> = columns
        .into_iter()
        .chain([CourseColumn::OfKind(ItemKind::Extension, "included by", Sort::Text, &included)])
        .collect();
    tables(lines, base, page, &with_included, &|_| false)
}

/// The items as rows, each with the findings about it.
fn lines(license: &LicenseReport) -> Vec<ItemLine<'_>> {
    let mut by_item: HashMap<_, Vec<&FindingReport>> = HashMap::new();
    for finding in &license.findings {
        if let (Some(kind), Some(id)) = (finding.kind, &finding.id) {
            by_item.entry((kind, id.as_str())).or_default().push(finding);
        }
    }
    let each = license.items.iter().map(|item| {
        let ItemReport { kind, id, name, known_as, timeline, .. } = item;
        ItemLine {
            administrator: item.administrator,
            explanation: Some(&item.explanation),
            findings: by_item.remove(&(*kind, id.as_str())).unwrap_or_default(),
            about: about(item),
            ..ItemLine::new(*kind, id, name.as_deref(), known_as.as_deref(), timeline)
        }
    });
    each.collect()
}

/// The members of the document about an item besides its seats, as lines.
fn about(item: &ItemReport) -> Vec<String> {
    let level = item.level.as_ref().map(|level| format!("level {level}"));
    let includes = (!item.includes.is_empty()).then(|| format!("includes {}", item.includes.join(", ")));
    [item.description.clone(), level, includes].into_iter().flatten().filter(|line| !line.is_empty()).collect()
}
