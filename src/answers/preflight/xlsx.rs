//! `seatline preflight` as a workbook: the verdict, what to do by when, and the seats on any day from the import on.

use crate::answers::Page;
use crate::answers::costs::costs_sheet;
use crate::answers::fit::fits;
use crate::answers::preflight::text::looked_at;
use crate::answers::preflight::value::{Action, ActionItem, PreflightItem, PreflightReport};
use crate::answers::workbook::{Changed, Item, Licenses, NONE, Needed, about, book, kinds, said, steps};
use crate::layout::workbook::{Column, Form, Sheet, Value, WorkbookError};
use crate::source::ReadFile;
use crate::time::Instant;

/// The verdict and what it needs, as a workbook.
///
/// # Errors
/// Where Excel has no room for it.
pub(crate) fn preflight_xlsx(
    report: &PreflightReport,
    page: &Page,
    files: &[ReadFile],
) -> Result<Vec<u8>, WorkbookError> {
    let licenses = Licenses::new([report.new.as_ref().map_or_else(String::new, |new| new.source.clone())]);
    let items: Vec<Item<'_>> = report.items.iter().map(item).collect();
    let more = [
        Column("Old at the import", Form::Count),
        Column("Fewest", Form::Count),
        Column("Fewest from", Form::Date),
        Column("Fewest certain", Form::Text),
        Column("Fits", Form::Text),
    ];
    let mut seats = Needed::new(page, &more);
    for (item, told) in items.iter().zip(&report.items) {
        let fewest = if item.has_seats() { Value::count(told.lowest.seats) } else { Value::text(NONE) };
        let more = vec![
            told.old.map_or_else(|| Value::text(NONE), Value::count),
            fewest,
            Value::date(told.lowest.at, page.zone),
            Value::yes(told.timeline.certain_until(page.as_of).is_none_or(|until| told.lowest.at < until)),
            Value::text(fits(told.fits)),
        ];
        seats.add(item, told.need.as_ref(), told.assigned.is_some(), more);
    }
    let (seats, moved) = seats.done();
    let (_, _, over_time) = kinds(&items, &licenses, page);
    let looked_at = looked_at(report, page);
    let counted = report.members.map(|members| members.to_string());
    let lines: Vec<(&str, &str)> = [("Verdict", report.headline.as_str()), ("Looked at", looked_at.as_str())]
        .into_iter()
        .chain(report.new.iter().map(|new| ("New license", new.source.as_str())))
        .chain(report.old.iter().map(|old| ("Replaces", old.source.as_str())))
        .chain(counted.iter().map(|count| ("Members", count.as_str())))
        .chain(report.usage.iter().map(|source| ("Counted in", source.as_str())))
        .chain(report.unknown.iter().map(|line| ("Not known", line.as_str())))
        .collect();
    let told = Changed { from: Some(report.as_of), to: None };
    let mut sheets = vec![
        said(&lines, page),
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

fn item(told: &PreflightItem) -> Item<'_> {
    let PreflightItem { kind, id, name, timeline, .. } = told;
    Item { license: 0, kind: *kind, id, name: name.as_deref(), known_as: None, seats: timeline }
}

/// One row an item of an action; an action without items is one row too.
fn actions(report: &PreflightReport, page: &Page) -> Sheet {
    let columns = [
        Column("No.", Form::Count),
        Column("Due", Form::Date),
        Column("Cause", Form::Text),
        Column("To do", Form::Prose),
        Column("Kind", Form::Text),
        Column("Id", Form::Text),
        Column("Name", Form::Text),
        Column("What", Form::Text),
        Column("Assigned", Form::Count),
        Column("Old", Form::Count),
        Column("Seats", Form::Count),
        Column("Short", Form::Lack),
        Column("From", Form::Date),
        Column("Until", Form::Date),
        Column("Locked out", Form::Count),
        Column("Advice", Form::Text),
        Column("Lines", Form::Text),
    ];
    let mut sheet = Sheet::new("Actions", columns.to_vec());
    for (number, action) in (1_i128..).zip(&report.actions) {
        let items: Vec<Option<&ActionItem>> =
            if action.items.is_empty() { vec![None] } else { action.items.iter().map(Some).collect() };
        sheet.rows.extend(items.into_iter().map(|item| row(number, action, item, page)));
    }
    sheet
}

fn row(number: i128, action: &Action, item: Option<&ActionItem>, page: &Page) -> Vec<Value> {
    let none = || Value::text(NONE);
    let count = |count: Option<u64>| count.map_or_else(none, Value::count);
    let text = |text: Option<&str>| Value::text(text.unwrap_or(NONE));
    let until =
        |item: &ActionItem| item.to.map_or_else(|| Value::text("for good"), |to: Instant| Value::date(to, page.zone));
    let locked_out = match item {
        Some(item) => item.locked_out,
        None => action.locked_out,
    };
    let locked_out = if action.locked_out_is_upper_bound && locked_out > 0 {
        Value::text(&format!("up to {locked_out}"))
    } else {
        Value::count(locked_out)
    };
    vec![
        Value::Number(number),
        Value::date(action.due, page.zone),
        Value::text(action.cause.as_str()),
        Value::text(&action.to_do),
        text(item.map(|item| item.kind.noun())),
        text(item.map(|item| item.id.as_str())),
        text(item.and_then(|item| item.name.as_deref())),
        text(item.map(|item| item.what.as_deref().unwrap_or("seats"))),
        count(item.and_then(|item| item.assigned)),
        count(item.and_then(|item| item.old)),
        count(item.and_then(|item| item.seats)),
        count(item.and_then(|item| item.short)),
        item.map_or_else(none, |item| Value::date(item.from, page.zone)),
        item.map_or_else(none, until),
        locked_out,
        Value::text(&action.advice.join("; ")),
        Value::text(&action.locations.join(", ")),
    ]
}
