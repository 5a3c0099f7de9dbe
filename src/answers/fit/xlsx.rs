//! `seatline fit` as a workbook.

use crate::answers::Page;
use crate::answers::costs::costs_sheet;
use crate::answers::fit::text::{looked_at, notes, remarks};
use crate::answers::fit::value::{FitItem, FitReport};
use crate::answers::workbook::{
    BookItem, Changed, Licenses, NONE, NeededSheet, about, book, doubtful_now, findings, kinds, steps, verdict_sheet,
};
use crate::layout::workbook::{BookSheet, CellValue, Fact, Form, SheetColumn, WorkbookError};
use crate::source::ReadFile;

/// `fit` as a workbook.
///
/// # Errors
/// Where the answer exceeds the limits of Excel.
pub(crate) fn fit_xlsx(report: &FitReport, page: &Page, files: &[ReadFile]) -> Result<Vec<u8>, WorkbookError> {
    let licenses = Licenses::new([report.source.clone().unwrap_or_default()]);
    let items: Vec<BookItem<'_>> = report.items.iter().map(item).collect();
    let more =
        [SheetColumn("Fits", Form::Text), SheetColumn("Fits until", Form::Date), SheetColumn("Remarks", Form::Prose)];
    let mut seats = NeededSheet::new(page, &more);
    for (item, answered) in items.iter().zip(&report.items) {
        let until = answered.fits_until.map_or_else(|| CellValue::text(NONE), |at| CellValue::date(at, page.zone));
        let remarks = remarks(answered, report.until, page).join("; ");
        let more = vec![CellValue::text(fits(answered.fits)), until, CellValue::text(&remarks)];
        seats.add(item, (answered.need.as_ref(), &[]), answered.assigned.is_some(), more);
    }
    let (seats, moved) = seats.done();
    let (_, _, over_time) = kinds(&items, &licenses, page);
    let (looked_at, notes) = (looked_at(report, page), notes(report));
    let lines = [("Verdict", report.verdict.as_str()), ("Looked at", looked_at.as_str())]
        .into_iter()
        .chain(notes.iter().map(|line| ("Note", line.as_str())))
        .map(|(what, line)| (what, CellValue::text(line)));
    let shown_time = Changed { from: Some(report.as_of), to: None };
    let mut sheets = vec![
        verdict_sheet(lines, page),
        seats,
        steps(&items, shown_time, &licenses, page),
        members(report, page),
        findings(report.findings.iter().map(|found| (0, found)), &licenses),
        about(page, files, &report.failures),
    ];
    let costs: Vec<_> = report.costs.iter().map(|costs| (None, costs)).collect();
    let at_end = sheets.len() - 1;
    sheets.splice(at_end..at_end, costs_sheet(&costs, page));
    book(sheets, vec![moved], &over_time, &licenses, page)
}

/// The cell of `fits`: "not known" where it is null.
pub(in crate::answers) fn fits(fits: Option<bool>) -> &'static str {
    match fits {
        Some(true) => "yes",
        Some(false) => "no",
        None => "not known",
    }
}

fn item(answered: &FitItem) -> BookItem<'_> {
    let FitItem { kind, id, name, known_as, timeline, .. } = answered;
    BookItem { license: 0, kind: *kind, id, name: name.as_deref(), known_as: known_as.as_deref(), seats: timeline }
}

/// The sheet of members: how many hold each user type at the as-of, and how many are locked out first.
fn members(report: &FitReport, page: &Page) -> BookSheet {
    let own = [
        SheetColumn("Assigned", Form::Count),
        SheetColumn("Planned", Form::Count),
        SheetColumn("Use in percent", Form::Count),
        SheetColumn("Use certain", Form::Text),
        SheetColumn("First shortage", Form::Date),
        SheetColumn("Until", Form::Date),
        SheetColumn("Seats then", Form::Count),
        SheetColumn("Assigned then", Form::Count),
        SheetColumn("Short then", Form::Short),
        SheetColumn("Certain then", Form::Text),
        SheetColumn("Does not fit from", Form::Date),
        SheetColumn("Locked out", Form::Count),
        SheetColumn("Perhaps more", Form::Count),
    ];
    let mut sheet = BookSheet::new("Members", BookItem::COLUMNS.into_iter().chain(own).collect());
    sheet.facts.push(Fact::Is("As of", CellValue::date(page.as_of, page.zone)));
    let counted = [("Members", report.members), ("Of them disabled", report.disabled_members)];
    sheet.facts.extend(counted.into_iter().filter_map(|(what, count)| Some(Fact::Is(what, CellValue::count(count?)))));
    for role in &report.unknown_roles {
        let line = format!(
            "Nobody says whether the role {} is an administrator's; members with it: {}",
            role.role.as_deref().unwrap_or("(none)"),
            role.members
        );
        sheet.facts.extend(Fact::lines(&line));
    }
    let none = || CellValue::text(NONE);
    let row = |answered: &FitItem| {
        let count = |count: Option<u64>| count.map_or_else(none, CellValue::count);
        let (short, locked_out) = (answered.first_shortage, answered.misfit_locked_out());
        let date = |at: Option<crate::time::Instant>| at.map_or_else(none, |at| CellValue::date(at, page.zone));
        let mut cells: Vec<CellValue> = item(answered).cells().into();
        cells.extend([
            count(answered.assigned),
            CellValue::count(answered.planned),
            answered.use_percent.map_or_else(none, CellValue::percent),
            answered.use_percent.map_or_else(none, |_| CellValue::yes(answered.certain)),
            date(short.map(|short| short.at)),
            date(short.and_then(|short| short.to)),
            count(short.map(|short| short.seats)),
            count(short.map(|short| short.assigned)),
            count(short.map(|short| short.short)),
            short.map_or_else(none, |short| CellValue::yes(short.certain)),
            date(answered.fits_until),
            count(locked_out.map(|locked_out| locked_out.certainly)),
            count(locked_out.map(|locked_out| locked_out.perhaps)),
        ]);
        cells
    };
    let held = |answered: &&FitItem| answered.assigned.is_some() || answered.planned > 0;
    let then = BookItem::COLUMNS.len() + 4;
    sheet.doubtful = vec![doubtful_now(vec![then - 2], then - 1), doubtful_now((then..then + 5).collect(), then + 5)];
    sheet.rows = report.items.iter().filter(held).map(row).collect();
    sheet
}
