//! `seatline timeline` as a workbook.

use crate::answers::Page;
use crate::answers::origin::SourceTitles;
use crate::answers::timeline::text::{doubt_legend, nothing, what};
use crate::answers::workbook::{
    BookItem, Changed, Licenses, SeatsSheet, about, book, date_again, findings, kinds, steps,
};
use crate::answers::{TimelineItem, TimelineReport};
use crate::layout::workbook::{CellValue, Fact, WorkbookError};
use crate::source::ReadFile;

/// `timeline` as a workbook.
///
/// # Errors
/// Where the answer exceeds the limits of Excel.
pub(crate) fn timeline_xlsx(
    report: &TimelineReport,
    page: &Page,
    files: &[ReadFile],
) -> Result<Vec<u8>, WorkbookError> {
    let titles = SourceTitles::of(report.licenses.iter().map(|license| &*license.origin));
    let licenses = Licenses::new(report.licenses.iter().map(|license| titles.short(&license.origin)));
    let each = || report.licenses.iter().enumerate();
    let own = |(nth, rows): (usize, std::ops::Range<usize>)| {
        report.items.get(rows).unwrap_or_default().iter().map(move |answered| item(nth, answered))
    };
    let items: Vec<BookItem<'_>> = each().map(|(nth, license)| (nth, license.rows.clone())).flat_map(own).collect();
    let mut seats = SeatsSheet::new(&licenses, page, false, &[]);
    items.iter().for_each(|item| seats.add(item, None, Vec::new()));
    let (seats, moved) = seats.done();
    let (mut summary, sums, over_time) = kinds(&items, &licenses, page);
    summary.facts = vec![date_again(page), Fact::Is("Time zone", CellValue::text(&page.zone.to_string()))];
    if let [license] = report.licenses.as_slice() {
        let line = format!("{}: {}", titles.text(&license.origin), what(license, page));
        summary.facts.extend(Fact::lines(&line));
    }
    let remarks = nothing(report, &report.items, page).into_iter().chain(doubt_legend(&report.items));
    summary.facts.extend(remarks.flat_map(|line| Fact::lines(&line)));
    let found = each().flat_map(|(nth, license)| license.findings.iter().map(move |found| (nth, found)));
    let shown_time = Changed { from: report.from, to: report.to };
    let sheets = vec![
        summary,
        seats,
        steps(&items, shown_time, &licenses, page),
        findings(found, &licenses),
        about(page, files, &report.failures),
    ];
    book(sheets, vec![moved, sums], &over_time, &licenses, page)
}

fn item(license: usize, answered: &TimelineItem) -> BookItem<'_> {
    let TimelineItem { kind, id, name, known_as, timeline, .. } = answered;
    BookItem { license, kind: *kind, id, name: name.as_deref(), known_as: known_as.as_deref(), seats: timeline }
}
