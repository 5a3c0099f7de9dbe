//! `seatline diff` as a workbook.

use crate::answers::Page;
use crate::answers::costs::costs_sheet;
use crate::answers::diff::phrase::sentences;
use crate::answers::diff::text::{notes, places, title, unchanged};
use crate::answers::diff::value::DiffReport;
use crate::answers::diff::{DiffFinding, DiffItem};
use crate::answers::workbook::{
    BookItem, Changed, Licenses, NONE, Tracks, about, book, certain_until, doubtful_later, doubtful_now, following,
    kinds, steps, turns, verdict_sheet,
};
use crate::layout::workbook::{BookSheet, CellValue, Form, SheetColumn, WorkbookError, letters};
use crate::seats::SeatTimeline;
use crate::source::ReadFile;
use crate::text::Phrase;
use crate::time::Instant;

/// `diff` as a workbook.
///
/// # Errors
/// Where the answer exceeds the limits of Excel.
pub(crate) fn diff_xlsx(report: &DiffReport, page: &Page, files: &[ReadFile]) -> Result<Vec<u8>, WorkbookError> {
    let side = |name: &str, side: Option<&crate::answers::DiffSide>| {
        format!("{name} {}", side.map_or("", |side| side.source.as_str()))
    };
    let licenses = Licenses::new([side("OLD", report.old.as_ref()), side("NEW", report.new.as_ref())]);
    let items = |license: usize| report.items.iter().map(move |answered| item(license, answered));
    let both: Vec<BookItem<'_>> = items(0).chain(items(1)).collect();
    let (seats, moved) = seats(report, page);
    let (_, _, over_time) = kinds(&both, &licenses, page);
    let title = title(report, page);
    let (notes, unchanged) = (notes(report), unchanged(report));
    let lines = std::iter::once(("Verdict", report.verdict.as_deref().unwrap_or("not known")))
        .chain([("Compared", title.as_str())])
        .chain(unchanged.iter().map(|line| ("Unchanged", line.as_str())))
        .chain(notes.iter().map(|line| ("Note", line.as_str())));
    let lines = lines.map(|(what, line)| (what, CellValue::text(line)));
    let shown_time = Changed { from: Some(report.as_of), to: None };
    let mut sheets = vec![
        verdict_sheet(lines, page),
        seats,
        steps(&both, shown_time, &licenses, page),
        changed(report, page),
        about(page, files, &report.failures),
    ];
    let costs: Vec<_> = report.costs.iter().map(|costs| (None, costs)).collect();
    let at_end = sheets.len() - 1;
    sheets.splice(at_end..at_end, costs_sheet(&costs, page));
    book(sheets, vec![moved], &over_time, &licenses, page)
}

/// An item of the workbook, of OLD if `license` is 0, of NEW if it is 1.
fn item(license: usize, answered: &DiffItem) -> BookItem<'_> {
    let DiffItem { kind, id, name, known_as, old_timeline, new_timeline, .. } = answered;
    let seats = if license == 0 { old_timeline } else { new_timeline };
    BookItem { license, kind: *kind, id, name: name.as_deref(), known_as: known_as.as_deref(), seats }
}

/// The sheet with the seats of OLD and NEW side by side, on the day in the date cell.
fn seats(report: &DiffReport, page: &Page) -> (BookSheet, Tracks) {
    const FIRST: usize = BookItem::COLUMNS.len();
    let own = [
        SheetColumn("Old", Form::Count),
        SheetColumn("Old certain", Form::Text),
        SheetColumn("Old certain until", Form::Date),
        SheetColumn("New", Form::Count),
        SheetColumn("New certain", Form::Text),
        SheetColumn("New certain until", Form::Date),
        SheetColumn("Difference", Form::Count),
        SheetColumn("Old ends for good", Form::End),
        SheetColumn("New ends for good", Form::End),
        SheetColumn("In", Form::Text),
        SheetColumn("Changed", Form::Text),
        SheetColumn("Lost", Form::Text),
    ];
    let mut sheet = following(BookItem::COLUMNS.into_iter().chain(own).collect(), page, Some(report.as_of));
    let [old, old_certain, old_until, new, new_certain, new_until, difference, old_end, new_end] =
        std::array::from_fn(|nth| FIRST + nth);
    sheet.doubtful = vec![
        doubtful_now(vec![old, difference], old_certain),
        doubtful_now(vec![new, difference], new_certain),
        doubtful_later(vec![old_end], "{cell}", old_certain, old_until),
        doubtful_later(vec![new_end], "{cell}", new_certain, new_until),
    ];
    let mut tracks = Tracks::new(
        "steps",
        &["old", "old certain", "old certain until", "new", "new certain", "new certain until"],
        page,
    );
    for answered in &report.items {
        let (old, new) = (&answered.old_timeline, &answered.new_timeline);
        let is_seated = item(0, answered).has_seats();
        let count = |seats: u64| match (is_seated, seats) {
            (true, seats) => CellValue::count(seats),
            (false, 0) => CellValue::text("not there"),
            (false, _) => CellValue::text("there"),
        };
        let at = |at: Instant| {
            let of = |side: &SeatTimeline| {
                [count(side.seats_at(at)), CellValue::yes(side.is_certain_at(at)), certain_until(side, at, page)]
            };
            let ([old, old_certain, old_until], [new, new_certain, new_until]) = (of(old), of(new));
            [old, old_certain, old_until, new, new_certain, new_until]
        };
        let row = sheet.next_row();
        let [old_now, old_certain, old_until, new_now, new_certain, new_until] =
            tracks.add(turns(old).chain(turns(new)), at);
        let difference = match (old_now.shown(), new_now.shown()) {
            (CellValue::Number(old), CellValue::Number(new)) => CellValue::count(new - old),
            _ => CellValue::text(NONE),
        };
        let [old_cell, new_cell] = [0, 3].map(|nth| format!("{}{row}", letters(FIRST + nth)));
        let formula = format!("=IF(COUNT({old_cell},{new_cell})=2,{new_cell}-{old_cell},\"{NONE}\")");
        let widest = old_now.width().max(new_now.width()) + 1;
        let end =
            |end: Option<Instant>| end.map_or_else(|| CellValue::text(NONE), |end| CellValue::date(end, page.zone));
        let mut cells: Vec<CellValue> = item(0, answered).cells().into();
        cells.extend([old_now, old_certain, old_until, new_now, new_certain, new_until]);
        cells.push(CellValue::formula(formula, difference, widest));
        cells.extend([
            end(old.final_end()),
            end(new.final_end()),
            CellValue::text(answered.presence.as_str()),
            CellValue::yes(answered.changed),
            CellValue::yes(!answered.lost.is_empty() || !answered.extras_lost.is_empty()),
        ]);
        sheet.rows.push(cells);
    }
    (sheet, tracks)
}

/// The sheet with the losses, the parts that cannot be read plainly, and the changes of every item that changes.
fn changed(report: &DiffReport, page: &Page) -> BookSheet {
    let columns = [
        SheetColumn("What", Form::Text),
        SheetColumn("Kind", Form::Text),
        SheetColumn("Id", Form::Text),
        SheetColumn("Message", Form::Prose),
        SheetColumn("Where", Form::Text),
    ];
    let finding = |found: &DiffFinding| {
        vec![
            CellValue::text(if found.reason == super::Reason::NotCertain { "not certain" } else { "lost" }),
            CellValue::text(found.kind.map_or(NONE, |kind| kind.noun())),
            CellValue::text(found.id.as_deref().unwrap_or(NONE)),
            CellValue::text(&found.message),
            CellValue::text(&places(report, found.old.as_ref(), found.new.as_ref())),
        ]
    };
    let change = |answered: &DiffItem| {
        let words = Phrase::join(sentences(answered, page), "; ");
        let [kind, id, _] = item(0, answered).cells();
        vec![CellValue::text("change"), kind, id, CellValue::text(&words), CellValue::text(NONE)]
    };
    let mut sheet = BookSheet::new("Changes", columns.to_vec());
    let items = report.items.iter().filter(|item| item.changed);
    sheet.rows = report.findings.iter().map(finding).chain(items.map(change)).collect();
    sheet
}
