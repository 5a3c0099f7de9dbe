//! `seatline preflight` as a workbook: the verdict, what to do by when, and the seats on any day from the import on.

use crate::answers::Page;
use crate::answers::costs::{PRICE, costs_sheet, short_cells};
use crate::answers::fit::fits;
use crate::answers::preflight::action_value::{Action, ActionItem};
use crate::answers::preflight::costs::short;
use crate::answers::preflight::growth::eased;
use crate::answers::preflight::items_grid::{Concerned, old_later};
use crate::answers::preflight::looked_at::{looked_at, replaced_source};
use crate::answers::preflight::lowest::is_lowest_doubtful;
use crate::answers::preflight::value::{PreflightItem, PreflightReport};
use crate::answers::workbook::{
    BookItem, Changed, Licenses, NONE, NeededSheet, about, book, doubtful_now, kinds, steps, verdict_sheet,
};
use crate::layout::workbook::{BookSheet, CellValue, Form, SheetColumn, WorkbookError};
use crate::license::ItemKind;
use crate::source::ReadFile;
use crate::text::Phrase;
use crate::time::Instant;
use crate::usage::LockedOut;

/// The workbook with the verdict and the numbers behind it.
///
/// # Errors
/// A [`WorkbookError`] where Excel has no room for the content.
pub(crate) fn preflight_xlsx(
    report: &PreflightReport,
    page: &Page,
    files: &[ReadFile],
) -> Result<Vec<u8>, WorkbookError> {
    let licenses = Licenses::new([report.new.as_ref().map_or_else(String::new, |new| new.source.clone())]);
    let items: Vec<BookItem<'_>> = report.items.iter().map(item).collect();
    let ended = report.old.as_ref().is_some_and(|old| old.ended.is_some());
    let more = [
        SheetColumn(if ended { "Old before its end" } else { "Old at the import" }, Form::Count),
        SheetColumn("Old certain", Form::Text),
        SheetColumn("Old later at most", Form::Count),
        SheetColumn("Old later certain", Form::Text),
        SheetColumn("Fewest", Form::Count),
        SheetColumn("Fewest from", Form::Date),
        SheetColumn("Fewest certain", Form::Text),
        SheetColumn("Fits", Form::Text),
    ];
    let mut seats = NeededSheet::new(page, &more);
    for (column, certain) in [(0, 1), (2, 3), (4, 6), (5, 6)] {
        seats.mark_more(column, certain);
    }
    let concerned = Concerned::new(report);
    for (item, told) in items.iter().zip(&report.items) {
        let fewest = if item.has_seats() { CellValue::count(told.lowest.seats) } else { CellValue::text(NONE) };
        let later = old_later(told, report.until);
        let more = vec![
            told.old.map_or_else(|| CellValue::text(NONE), CellValue::count),
            certain(told.old_certain),
            later.map_or_else(|| CellValue::text(NONE), |(most, _)| CellValue::count(most)),
            certain(later.map(|(_, certain)| certain)),
            fewest,
            CellValue::date(told.lowest.at, page.zone),
            CellValue::yes(!is_lowest_doubtful(told, report.until, page)),
            fitting(told, &concerned),
        ];
        seats.add(item, (told.need.as_ref(), &told.need_doubts), told.assigned.is_some(), more);
    }
    let (seats, moved) = seats.done();
    let (_, _, over_time) = kinds(&items, &licenses, page);
    let looked_at = looked_at(report, page);
    let text = |(what, line): (&'static str, &str)| (what, CellValue::text(line));
    let replaced = report.old.as_ref().map(|old| replaced_source(report, old));
    let lines = [("Verdict", report.headline.as_str()), ("Looked at", looked_at.as_str())]
        .into_iter()
        .chain(report.new.iter().map(|new| ("New license", new.source.as_str())))
        .chain(replaced.iter().map(|replaced| ("Replaces", replaced.as_str())))
        .map(text)
        .chain(report.members.map(|members| ("Members", CellValue::count(members))))
        .chain(report.usage.iter().map(|source| text(("Counted in", source))))
        .chain(report.moved.map(|moves| ("Moves", CellValue::count(moves))))
        .chain(report.plan.iter().map(|plan| text(("Plan", plan))))
        .chain(report.unknown.iter().map(|line| text(("Not known", line))));
    let told = Changed { from: Some(report.as_of), to: None };
    let mut sheets = vec![
        verdict_sheet(lines, page),
        actions(report, page),
        seats,
        steps(&items, told, &licenses, page),
        about(page, files, &report.failures),
    ];
    let costs: Vec<_> = report.costs.iter().map(|costs| (None, costs)).collect();
    let at_end = sheets.len() - 1;
    sheets.splice(at_end..at_end, costs_sheet(&costs, page));
    book(sheets, vec![moved], &over_time, &licenses, page)
}

fn item(told: &PreflightItem) -> BookItem<'_> {
    let PreflightItem { kind, id, name, timeline, .. } = told;
    BookItem { license: 0, kind: *kind, id, name: name.as_deref(), known_as: None, seats: timeline }
}

/// A capability has no seats that could fit: it is only told where it is lost.
fn fitting(told: &PreflightItem, concerned: &Concerned<'_>) -> CellValue {
    match told.kind {
        ItemKind::Capability if concerned.has(told) => CellValue::text("no"),
        ItemKind::Capability => CellValue::text(NONE),
        _ => CellValue::text(fits(told.fits)),
    }
}

fn certain(certain: Option<bool>) -> CellValue {
    certain.map_or_else(|| CellValue::text(NONE), CellValue::yes)
}

/// The columns of the actions that are left out where no row says anything in them: a sheet of all columns is too wide
/// to be read on paper.
const OFTEN_EMPTY: [&str; 6] = ["Planned", "Old", "Old certain", "Less from", "Short from then", "Perhaps more"];

/// The columns that are left out where no row says anything else in them than in these.
const OFTEN_EQUAL: [(&str, &str); 2] = [("Worst from", "From"), ("Short then", "Short")];

/// A row for each item of an action; an action without items has one row. The columns after "Worst from" hold what is
/// so at that instant, the price too.
fn actions(report: &PreflightReport, page: &Page) -> BookSheet {
    let columns = [
        SheetColumn("No.", Form::Count),
        SheetColumn("Due", Form::Date),
        SheetColumn("Cause", Form::Text),
        SheetColumn("To do", Form::Prose),
        SheetColumn("Kind", Form::Text),
        SheetColumn("Id", Form::Text),
        SheetColumn("Name", Form::Text),
        SheetColumn("What", Form::Text),
        SheetColumn("From", Form::Date),
        SheetColumn("Short then", Form::Short),
        SheetColumn("Worst from", Form::Date),
        SheetColumn("Assigned", Form::Count),
        SheetColumn("Planned", Form::Count),
        SheetColumn("Old", Form::Count),
        SheetColumn("Old certain", Form::Text),
        SheetColumn("Seats", Form::Count),
        SheetColumn("Short", Form::Short),
        SheetColumn("Certain", Form::Text),
        SheetColumn("Less from", Form::Date),
        SheetColumn("Short from then", Form::Short),
        SheetColumn("Locked out", Form::Count),
        SheetColumn("Perhaps more", Form::Count),
        SheetColumn("Until", Form::Date),
        SheetColumn("Advice", Form::Text),
        SheetColumn("Lines", Form::Text),
    ];
    let mut columns = columns.to_vec();
    if report.costs.is_some() {
        columns.extend(PRICE);
        columns.push(SheetColumn("Cost", Form::Count));
    }
    let mut rows = Vec::new();
    for (number, action) in (1_i128..).zip(&report.actions) {
        let items: Vec<Option<&ActionItem>> =
            if action.items.is_empty() { vec![None] } else { action.items.iter().map(Some).collect() };
        rows.extend(items.into_iter().map(|item| {
            let mut cells = row(number, action, item, page);
            if report.costs.is_some() {
                let cost = item.and_then(|item| item.cost.as_ref());
                cells.extend(short_cells(cost, item.is_some_and(|item| short(action.cause, item).is_some())));
            }
            cells
        }));
    }
    let (columns, rows) = told(&columns, rows);
    let column = |title: &str| columns.iter().position(|column| column.0 == title);
    let marked = [
        ("Certain", &["Short then", "Seats", "Short", "Short from then"][..]),
        ("Old certain", &["Old", "Short then", "Short", "Short from then"]),
    ];
    let marked = marked.into_iter().filter_map(|(certain, marked)| {
        Some(doubtful_now(marked.iter().copied().filter_map(column).collect(), column(certain)?))
    });
    let mut sheet = BookSheet::new("Actions", columns.clone());
    sheet.doubtful = marked.collect();
    sheet.rows = rows;
    sheet
}

/// The columns in which a row says something, and their cells.
fn told(columns: &[SheetColumn], rows: Vec<Vec<CellValue>>) -> (Vec<SheetColumn>, Vec<Vec<CellValue>>) {
    let place = |title: &str| columns.iter().position(|column| column.0 == title);
    let is_empty = |cell: &CellValue| [CellValue::text(NONE), CellValue::Number(0)].contains(cell);
    let is_told = |nth: usize, title: &str| {
        let equal = OFTEN_EQUAL.iter().find(|(one, _)| *one == title).and_then(|(_, other)| place(other));
        match equal {
            Some(other) => rows.iter().any(|row| row.get(nth) != row.get(other)),
            None => {
                !OFTEN_EMPTY.contains(&title) || rows.iter().filter_map(|row| row.get(nth)).any(|cell| !is_empty(cell))
            }
        }
    };
    let kept: Vec<bool> = columns.iter().enumerate().map(|(nth, column)| is_told(nth, column.0)).collect();
    let of =
        |row: Vec<CellValue>| row.into_iter().zip(&kept).filter(|(_, kept)| **kept).map(|(cell, _)| cell).collect();
    let columns = columns.iter().zip(&kept).filter(|(_, kept)| **kept).map(|(column, _)| *column).collect();
    (columns, rows.into_iter().map(of).collect())
}

fn row(number: i128, action: &Action, item: Option<&ActionItem>, page: &Page) -> Vec<CellValue> {
    let none = || CellValue::text(NONE);
    let count = |count: Option<u64>| count.map_or_else(none, CellValue::count);
    let text = |text: Option<&str>| CellValue::text(text.unwrap_or(NONE));
    let until = |item: &ActionItem| {
        item.to.map_or_else(|| CellValue::text("for good"), |to: Instant| CellValue::date(to, page.zone))
    };
    let of_action = LockedOut::of_counts(action.locked_out, action.locked_out_certainly);
    let locked_out = item.map_or(of_action, ActionItem::locks_out);
    let eased = item.and_then(eased);
    vec![
        CellValue::Number(number),
        CellValue::date(action.due, page.zone),
        CellValue::text(action.cause.as_str()),
        CellValue::text(&action.to_do),
        text(item.map(|item| item.kind.noun())),
        text(item.map(|item| item.id.as_str())),
        text(item.and_then(|item| item.name.as_deref())),
        text(item.map(|item| item.what.as_deref().unwrap_or("seats"))),
        item.map_or_else(none, |item| CellValue::date(item.from, page.zone)),
        count(item.and_then(|item| item.at_first.map_or(item.short, |first| Some(first.short)))),
        item.map_or_else(none, |item| CellValue::date(item.worst_at, page.zone)),
        count(item.and_then(|item| Some(item.assigned?.saturating_sub(item.planned)))),
        count(item.and_then(|item| item.assigned.and(Some(item.planned)))),
        count(item.and_then(|item| item.old)),
        certain(item.and_then(|item| item.old_certain)),
        count(item.and_then(|item| item.seats)),
        count(item.and_then(|item| item.short)),
        certain(item.and_then(|item| item.certain)),
        eased.map_or_else(none, |(at, _)| CellValue::date(at, page.zone)),
        count(eased.map(|(_, most)| most.short)),
        CellValue::count(locked_out.certainly),
        CellValue::count(locked_out.perhaps),
        item.map_or_else(none, until),
        CellValue::text(&Phrase::join(&action.advice, "; ")),
        CellValue::text(&action.locations.join(", ")),
    ]
}
