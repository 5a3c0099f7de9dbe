//! The sheet with every step of every item, by date.

use crate::answers::Page;
use crate::answers::workbook::{BookItem, Licenses, NONE};
use crate::layout::workbook::{BookSheet, CellValue, DoubtfulCells, Form, SheetColumn};
use crate::seats::{SeatTimeline, Step};
use crate::time::Instant;

const COLUMNS: [SheetColumn; 5] = [
    SheetColumn("Date", Form::Date),
    SheetColumn("What", Form::Text),
    SheetColumn("Seats before", Form::Count),
    SheetColumn("Seats from then on", Form::Count),
    SheetColumn("Certain", Form::Text),
];

/// The steps that the sheet shows.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::answers) struct Changed {
    pub(in crate::answers) from: Option<Instant>,
    pub(in crate::answers) to: Option<Instant>,
}

/// The steps by date; steps at one instant in the order of the items.
pub(in crate::answers) fn steps(
    items: &[BookItem<'_>],
    shown_time: Changed,
    licenses: &Licenses,
    page: &Page,
) -> BookSheet {
    let mut rows: Vec<(Instant, Vec<CellValue>)> =
        items.iter().flat_map(|item| rows_of(item, shown_time, licenses, page)).collect();
    rows.sort_by_key(|(at, _)| *at);
    let mut columns = licenses.columns();
    columns.extend(BookItem::COLUMNS);
    let first = columns.len();
    columns.extend(COLUMNS);
    let mut sheet = BookSheet::new("Timeline", columns);
    sheet.doubtful =
        vec![DoubtfulCells { columns: (first..first + 4).collect(), when: format!("{{{}}}=\"no\"", first + 4) }];
    sheet.rows = rows.into_iter().map(|(_, row)| row).collect();
    sheet
}

fn rows_of(
    item: &BookItem<'_>,
    shown_time: Changed,
    licenses: &Licenses,
    page: &Page,
) -> Vec<(Instant, Vec<CellValue>)> {
    let steps = item.seats.steps();
    let before = std::iter::once(0).chain(steps.iter().map(|step| step.seats));
    let within = |at: Instant| shown_time.from.is_none_or(|from| at >= from) && shown_time.to.is_none_or(|to| at <= to);
    // As in every output, dates beyond the first doubt after the as-of are marked.
    let doubtful = item.seats.certain_until(page.as_of);
    let shown = steps.iter().zip(before).filter(|(step, _)| within(step.at));
    shown
        .map(|(step, before)| {
            let count = |seats: u64| if item.has_seats() { CellValue::count(seats) } else { CellValue::text(NONE) };
            let certain = item.seats.is_certain_at(step.at) && doubtful.is_none_or(|until| step.at < until);
            let mut cells = licenses.cells(item.license);
            cells.extend(item.cells());
            cells.extend([
                CellValue::date(step.at, page.zone),
                CellValue::text(word(item.seats, *step, before)),
                count(before),
                count(step.seats),
                CellValue::yes(certain),
            ]);
            (step.at, cells)
        })
        .collect()
}

/// The word for a step. It is an "end" only where seats never come back.
fn word(timeline: &SeatTimeline, step: Step, before: u64) -> &'static str {
    match (before, step.seats) {
        (_, 0) if timeline.final_end() == Some(step.at) => "ends",
        (_, 0) => "gap begins",
        (0, _) if timeline.steps().first() == Some(&step) => "begins",
        (0, _) => "gap ends",
        (before, seats) if seats < before => "fewer",
        _ => "more",
    }
}
