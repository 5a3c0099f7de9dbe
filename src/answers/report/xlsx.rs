//! `report` as a workbook. Its seats are those of the date in its date cell.

use crate::answers::Page;
use crate::answers::costs::costs_sheet;
use crate::answers::origin::SourceTitles;
use crate::answers::report::text::legend;
use crate::answers::report::{ItemReport, LicenseReport, Report};
use crate::answers::workbook::{
    BookItem, Changed, Licenses, SeatsSheet, about, book, date_again, findings, kinds, steps,
};
use crate::layout::workbook::{CellValue, Fact, Form, SheetColumn, WorkbookError};
use crate::source::ReadFile;

/// `report` as a workbook.
///
/// # Errors
/// Where the answer exceeds the limits of Excel.
pub(crate) fn report_xlsx(report: &Report, page: &Page, files: &[ReadFile]) -> Result<Vec<u8>, WorkbookError> {
    let titles = SourceTitles::of(report.licenses.iter().map(|license| &license.origin));
    let licenses = Licenses::new(report.licenses.iter().map(|license| titles.short(&license.origin)));
    let each = || report.licenses.iter().enumerate();
    let items: Vec<BookItem<'_>> =
        each().flat_map(|(nth, license)| license.items.iter().map(move |answered| item(nth, answered))).collect();
    let mut seats = SeatsSheet::new(&licenses, page, true, &[SheetColumn("Includes, or included by", Form::Text)]);
    for (item, answered) in items.iter().zip(each().flat_map(|(_, license)| &license.items)) {
        let with = answered.includes.iter().chain(&answered.included_by).map(String::as_str).collect::<Vec<_>>();
        seats.add(item, answered.administrator, vec![CellValue::text(&with.join(", "))]);
    }
    let (seats, moved) = seats.done();
    let (mut summary, sums, over_time) = kinds(&items, &licenses, page);
    summary.facts = facts(report, &titles, page);
    let found = each().flat_map(|(nth, license)| license.findings.iter().map(move |found| (nth, found)));
    let mut sheets = vec![
        summary,
        seats,
        steps(&items, Changed::default(), &licenses, page),
        findings(found, &licenses),
        about(page, files, &report.failures),
    ];
    let several = report.licenses.len() > 1;
    let costs = report
        .licenses
        .iter()
        .filter_map(|license| Some((several.then(|| titles.short(&license.origin)), license.costs.as_ref()?)));
    let costs: Vec<_> = costs.collect();
    let at_end = sheets.len() - 1;
    sheets.splice(at_end..at_end, costs_sheet(&costs, page));
    book(sheets, vec![moved, sums], &over_time, &licenses, page)
}

fn item(license: usize, answered: &ItemReport) -> BookItem<'_> {
    let ItemReport { kind, id, name, known_as, timeline, .. } = answered;
    BookItem { license, kind: *kind, id, name: name.as_deref(), known_as: known_as.as_deref(), seats: timeline }
}

fn facts(report: &Report, titles: &SourceTitles<'_>, page: &Page) -> Vec<Fact> {
    let mut facts = vec![date_again(page), Fact::Is("Time zone", CellValue::text(&page.zone.to_string()))];
    if let [license] = report.licenses.as_slice() {
        facts.extend(Fact::lines(&format!("{}: {}", titles.text(&license.origin), license.origin.what())));
    }
    let mut remarks: Vec<&str> = report.licenses.iter().flat_map(legend).collect();
    remarks.sort_unstable();
    remarks.dedup();
    facts.extend(remarks.into_iter().flat_map(Fact::lines));
    let foreign =
        |license: &LicenseReport| Some(format!("{}: {}", titles.text(&license.origin), license.foreign_list()?));
    facts.extend(report.licenses.iter().filter_map(foreign).flat_map(|line| Fact::lines(&line)));
    if !report.failures.is_empty() {
        let count = report.failures.len();
        facts.extend(Fact::lines(&format!("Inputs that could not be read: {count}. The sheet About names them.")));
    }
    facts
}
